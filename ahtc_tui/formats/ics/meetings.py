"""Reader of meetings from calendar files. Series are not expanded.

Each VEVENT is parsed separately, without the time zones of the file, so that an error drops one event with a warning.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.meetings import CalendarEvent, CalendarFile, Guest, UnclearZone
from ahtc_tui.domain.imports.report import FileWarning
from ahtc_tui.domain.meetings.kinds import InviteRole, MeetingState, Reply
from ahtc_tui.domain.text.cleaning import clean_line
from ahtc_tui.formats.content_lines import clean_text
from ahtc_tui.formats.ics.blocks import (
    MAX_EVENT_LETTERS,
    EventBlock,
    read_blocks,
    read_parameter,
    read_stamp,
    take_first,
    to_list,
)
from ahtc_tui.formats.ics.invitation_text import parse_address, parse_uri
from ahtc_tui.formats.ics.later_days import split_changed_series
from ahtc_tui.formats.ics.zone_names import ZONE_PARAMETER, normalize_zone_name, repair_time_lines
from ahtc_tui.formats.ics.zones import TimeReader, ZoneUnclear

MAX_GUESTS = 500
_ROLES = {"CHAIR": InviteRole.CHAIR, "OPT-PARTICIPANT": InviteRole.OPTIONAL, "NON-PARTICIPANT": InviteRole.OPTIONAL}
_REPLIES = {reply.value.upper().replace("_", "-"): reply for reply in Reply}

OUR_PRODID = "-//ahtc//"
"""Beginning of the PRODID of our files."""

MAX_NOTE_LENGTH = 10_000
MAX_EXCEPTIONS = 500
_STATES = {"CANCELLED": MeetingState.CANCELLED, "TENTATIVE": MeetingState.TENTATIVE}

_GUEST_METHODS = ("REPLY", "COUNTER", "DECLINECOUNTER", "REFRESH")
"""Methods of messages about a meeting: several guests may send one each."""

_METHODS_WITHOUT_START = ("CANCEL", "DECLINECOUNTER", "REFRESH")
"""Methods whose events need no DTSTART (RFC 5546 section 3.2)."""

_LINK_PROPERTIES = ("URL", "X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL", "CONFERENCE")


def read_guests(values: Any) -> tuple[Guest, ...]:
    """Return the guests of ATTENDEE properties, each address once."""
    guests_by_key: dict[str, Guest] = {}
    for value in to_list(values)[:MAX_GUESTS]:
        if read_parameter(value, "CUTYPE").upper() in ("ROOM", "RESOURCE"):
            continue
        guest = read_guest(value)
        if guest:
            guests_by_key.setdefault(guest.email or guest.name.casefold(), guest)
    return tuple(guests_by_key.values())


def read_guest(value: Any) -> Guest | None:
    """Return one ORGANIZER or ATTENDEE, or None without name and address. Apple writes the address in EMAIL."""
    if value is None:
        return None
    mailbox = _strip_mailto(str(value))
    email = parse_address(mailbox) or parse_address(_strip_mailto(read_parameter(value, "EMAIL"))) or ""
    name = clean_line(read_parameter(value, "CN"))[:200]
    if not email and not name:
        return None
    role = _ROLES.get(read_parameter(value, "ROLE").upper(), InviteRole.REQUIRED)
    reply = _REPLIES.get(read_parameter(value, "PARTSTAT").upper(), Reply.NEEDS_ACTION)
    return Guest(email.lower(), "" if name.lower() == email.lower() else name, role, reply)


def _strip_mailto(text: str) -> str:
    stripped = clean_line(text).strip().strip('"')
    return unquote(stripped[7:] if stripped.lower().startswith("mailto:") else stripped).partition("?")[0][:320]


class _EventRefused(Exception):
    """Reason why an event is not read."""


class _EventPrivate(_EventRefused):
    """The event is private, and private events were not asked for."""


def read_meetings(
    path: Path,
    zones: Mapping[str, str] | None = None,
    *,
    include_private: bool = False,
    data: bytes | None = None,
) -> CalendarFile:
    """Return the events of a file, or of `data` in its place, and a warning for each that is not read. Raises BadFile.

    `zones` has IANA names by normalized TZID, for zones that the file leaves unclear; an empty name is the description
    in the file. Events in other unclear zones are left out, and their zones are returned.
    """
    blocks = read_blocks(path, data)
    if all(block.calendar.method == "REPLY" for block in blocks.events):
        raise BadFile(_('"{path}" contains replies to invitations. Use import replies.').format(path=path))
    events: list[CalendarEvent] = []
    warnings: list[FileWarning] = []
    unclear_zones: dict[str, UnclearZone] = {}
    private = 0
    clocks: dict[int, TimeReader] = {}
    for block in blocks.events:
        location = f"VEVENT {block.number}"
        clock = clocks.setdefault(id(block.calendar), TimeReader(block.calendar, zones or {}))
        try:
            events.append(_build_event(block, clock, location, warnings, include_private=include_private))
        except ZoneUnclear as unclear:
            _count_zone(unclear_zones, unclear, location)
        except _EventRefused as refused:
            if isinstance(refused, _EventPrivate):
                private += 1
            warnings.append(FileWarning(location, str(refused)))
        except Exception:  # the library raises many types for invalid events; the remedy is the same
            warnings.append(FileWarning(location, _("cannot be read, because it is damaged")))
    for name, count in blocks.other_components.items():
        if count:
            warnings.append(FileWarning(path.name, _("{n} {name} left out: not a meeting").format(n=count, name=name)))
    newest, duplicates = _keep_newest(events)
    kept, splits = split_changed_series(newest)
    all_warnings, zones_left = (*warnings, *duplicates, *splits), tuple(unclear_zones.values())
    return CalendarFile(path, len(blocks.events), tuple(kept), all_warnings, zones_left, private=private)


def _count_zone(zones: dict[str, UnclearZone], unclear: ZoneUnclear, position: str) -> None:
    """Count one event of an unclear zone."""
    name = normalize_zone_name(unclear.name)
    known = zones.get(name) or UnclearZone(clean_line(unclear.name), position, 0, unclear.described)
    zones[name] = replace(known, events=known.events + 1)


def _keep_newest(events: list[CalendarEvent]) -> tuple[list[CalendarEvent], list[FileWarning]]:
    """Return the events without older duplicates, and a warning for each duplicate."""
    best: dict[tuple[object, ...], CalendarEvent] = {}
    duplicates: list[FileWarning] = []
    for event in events:
        key = (event.uid, event.instance, *_identify_sender(event))
        older = best.get(key)
        if older is None or _get_version(event) >= _get_version(older):
            best[key] = event
        else:
            older = event
        if older:
            duplicates.append(FileWarning(older.position, _("is in the file twice, and the newer one is used")))
    return list(best.values()), duplicates


def _identify_sender(event: CalendarEvent) -> tuple[object, ...]:
    """Return what tells the messages of guests about one meeting apart; empty for a version of the meeting itself."""
    if event.method not in _GUEST_METHODS:
        return ()
    return event.method, *(guest.email or guest.name for guest in event.guests[:1])


def _get_version(event: CalendarEvent) -> tuple[int, float]:
    return event.sequence, event.modified.timestamp() if event.modified else 0.0


def _build_event(
    block: EventBlock, clock: TimeReader, location: str, warnings: list[FileWarning], *, include_private: bool
) -> CalendarEvent:
    component = _parse_block(block, include_private=include_private)
    rule = _read_rule(component)
    has_start = component.get("DTSTART") is not None or block.calendar.method not in _METHODS_WITHOUT_START
    day, starts, tz = _read_start(component, clock, "DTSTART" if has_start else "", is_series=rule is not None)
    title = " ".join(_read_text(component, "SUMMARY").split())[:500]
    exceptions = _read_exceptions(component, clock, starts, tz)
    warnings += (FileWarning(location, reason) for reason in _list_ignored_days(component, exceptions))
    ours = block.calendar.prodid.startswith(OUR_PRODID)
    return CalendarEvent(
        position=location,
        uid=_read_text(component, "UID")[:500] or _make_uid(title, day, starts),
        title=title,
        day=day,
        starts=starts,
        ends=_read_end(
            component, clock, (day, starts, tz), lambda reason: warnings.append(FileWarning(location, reason))
        ),
        tz=tz,
        instance=_read_instance(component, clock),
        **_describe_instance(component),
        recurrence=rule,
        exceptions=exceptions,
        state=_STATES.get(_read_text(component, "STATUS").upper(), MeetingState.CONFIRMED),
        cancels=block.calendar.method == "CANCEL",
        sequence=_parse_sequence(component.get("SEQUENCE")),
        modified=read_stamp(take_first(component.get("LAST-MODIFIED"))),
        place=_read_text(component, "LOCATION")[:500],
        link=next((link for name in _LINK_PROPERTIES if (link := parse_uri(_read_text(component, name)))), None),
        note="" if ours else clean_text(str(take_first(component.get("DESCRIPTION")) or ""))[:MAX_NOTE_LENGTH],
        categories=tuple(_read_categories(component)),
        organiser=read_guest(take_first(component.get("ORGANIZER"))),
        guests=read_guests(component.get("ATTENDEE")),
        sensitive=_read_text(component, "CLASS").upper() in ("CONFIDENTIAL", "PRIVATE"),
        is_own=ours,
        method=block.calendar.method,
        has_start=has_start,
    )


def _parse_block(block: EventBlock, *, include_private: bool) -> Any:
    """Return the parsed block. Raises _EventRefused for a block that is incomplete, too large or private."""
    from warnings import catch_warnings, simplefilter

    from icalendar import Event

    if not block.complete:
        raise _EventRefused(_("is incomplete, without END:VEVENT"))
    if block.size > MAX_EVENT_LETTERS:
        raise _EventRefused(_("is too large: {n} characters").format(n=block.size))
    with catch_warnings():
        simplefilter("ignore")  # it prints warnings about time zone names
        lines = repair_time_lines(block.lines)
        component: Any = Event.from_ical("\r\n".join(("BEGIN:VEVENT", *lines, "END:VEVENT")))
    if _read_text(component, "CLASS").upper() == "PRIVATE" and not include_private:
        raise _EventPrivate(_("is marked as private, and is left out"))
    return component


def _read_text(component: Any, name: str) -> str:
    """Return a property on one line; empty if it is missing."""
    return clean_line(str(take_first(component.get(name)) or ""))


def _read_start(component: Any, clock: TimeReader, name: str, *, is_series: bool) -> tuple[date, datetime | None, str]:
    """Return day, wall time and zone of the start; a series keeps its own zone.

    Where `name` is empty, they are those of the day of the series, else of the message.
    """
    names = (name,) if name else ("RECURRENCE-ID", "DTSTAMP")
    value = next((value for name in names if (value := take_first(component.get(name))) is not None), None)
    if value is None:
        raise _EventRefused(_("has no start (DTSTART)"))
    try:
        when, tz = clock.read_wall_time(value, clock.find_series_zone(value) if is_series else None)
    except (AttributeError, ValueError, OverflowError, TypeError) as error:
        raise _EventRefused(_("has an invalid start (DTSTART)")) from error
    if isinstance(when, datetime):
        return when.date(), when, tz
    return when, None, tz


def _read_end(
    component: Any, clock: TimeReader, start: tuple[date, datetime | None, str], warn: Callable[[str], None]
) -> datetime | None:
    """Return the end by DTEND or DURATION; None without one, and if it is not after the start."""
    day, starts, tz = start
    value, duration = take_first(component.get("DTEND")), take_first(component.get("DURATION"))
    try:
        if value is not None:
            when = clock.read_wall_time(value, tz)[0]
        elif duration is not None:
            when = (starts or datetime.combine(day, time.min)) + duration.dt
        else:
            return None
    except (AttributeError, ValueError, OverflowError, TypeError):
        warn(_("the end cannot be read, and is left out"))
        return None
    if starts is None:
        last = when.date() if isinstance(when, datetime) else when
        return datetime.combine(last, time.min) if last > day + timedelta(days=1) else None
    ends = when if isinstance(when, datetime) else datetime.combine(when, time.min)
    if ends < starts:
        warn(_("ends before it starts, so the end is left out"))
    return ends.replace(second=0, microsecond=0) if ends > starts else None


def _read_instance(component: Any, clock: TimeReader) -> datetime | None:
    value = take_first(component.get("RECURRENCE-ID"))
    if value is None:
        return None
    try:
        return _to_datetime(clock.read_wall_time(value)[0])
    except (AttributeError, ValueError, OverflowError, TypeError) as error:
        raise _EventRefused(_("has an invalid RECURRENCE-ID")) from error


def _describe_instance(component: Any) -> dict[str, bool]:
    """Return whether the RECURRENCE-ID is a date, and whether all later days change as well."""
    value = take_first(component.get("RECURRENCE-ID"))
    is_day = value is not None and not isinstance(getattr(value, "dt", None), datetime)
    return {"is_instance_day": is_day, "is_onward": bool(read_parameter(value, "RANGE"))}


def _list_ignored_days(component: Any, exceptions: tuple[datetime, ...]) -> Iterator[str]:
    """Yield what is not read of the days of a series."""
    if component.get("RDATE"):
        yield _("the extra dates (RDATE) are left out")
    if component.get("EXRULE"):
        yield _("the excluding rule (EXRULE) is left out, so the dates stay in the series")
    if component.get("EXDATE") and not exceptions:
        yield _("the excluded dates (EXDATE) cannot be read, so they stay in the series")


def _read_exceptions(component: Any, clock: TimeReader, starts: datetime | None, tz: str) -> tuple[datetime, ...]:
    """Return the excluded days of a series in its zone, a date at the time of its start; invalid ones are dropped."""
    exceptions = []
    is_floating = clock.is_floating(take_first(component.get("DTSTART")))
    for value in to_list(component.get("EXDATE")):
        with suppress(AttributeError, ValueError):  # invalid properties have no days
            for day in value.dts[:MAX_EXCEPTIONS]:
                if zone := value.params.get(ZONE_PARAMETER):
                    day.params[ZONE_PARAMETER] = zone
                with suppress(ValueError, OverflowError, TypeError):
                    if is_floating and starts and _is_same_clock(day.dt, starts):
                        exceptions.append(day.dt.replace(tzinfo=None))
                        continue
                    when = clock.read_wall_time(day, tz)[0]
                    is_day = starts is not None and not isinstance(when, datetime)
                    exceptions.append(
                        datetime.combine(when, starts.time()) if starts and is_day else _to_datetime(when)
                    )
    return tuple(sorted(set(exceptions))[:MAX_EXCEPTIONS])


def _is_same_clock(when: date, starts: datetime) -> bool:
    """Return whether a time in UTC has the hour of a series without a zone, whose writer meant that hour."""
    return isinstance(when, datetime) and when.tzinfo is not None and when.time() == starts.time()


def _to_datetime(when: date) -> datetime:
    return when if isinstance(when, datetime) else datetime.combine(when, time.min)


def _read_rule(component: Any) -> str | None:
    """Return the recurrence rule, validated but not expanded."""
    from ahtc_tui.domain.drafts.meetings import check_series_rule

    rules = to_list(component.get("RRULE"))
    if not rules:
        return None
    rule_text = "; ".join(rule.to_ical().decode("utf-8", "replace") for rule in rules)
    try:
        return check_series_rule(rule_text)
    except ValueError as error:
        raise _EventRefused(
            _('has an unsupported recurrence rule: "{rule}"').format(rule=clean_line(rule_text)[:80])
        ) from error


def _read_categories(component: Any) -> list[str]:
    names = [
        clean_line(str(name))
        for value in to_list(component.get("CATEGORIES"))
        for name in getattr(value, "cats", [value])
    ]
    return [name for name, _n in Counter(names).items() if name][:20]


def _parse_sequence(value: Any) -> int:
    try:
        return min(max(int(take_first(value) or 0), 0), 1_000_000)
    except (TypeError, ValueError):
        return 0


def _make_uid(title: str, day: date, starts: datetime | None) -> str:
    """Return a UID for an event without one; equal events have equal UIDs."""
    text = f"{title}|{starts or day}"
    return f"{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()[:32]}@imported.ahtc"
