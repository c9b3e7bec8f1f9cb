"""Meetings out of calendar files, ours or anybody's. Never decides whose they are, and never expands a series.

Each VEVENT is parsed alone, without the file's time zones, so that a fault costs one event: it is said why.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.meetings import CalendarEvent, CalendarFile
from ahtc_tui.domain.imports.report import Warned
from ahtc_tui.domain.meetings.model import MeetingState
from ahtc_tui.formats.ics.blocks import MOST_LETTERS, Block, read_blocks
from ahtc_tui.formats.ics.guests import guest, guests
from ahtc_tui.formats.ics.invitation_text import one_line, plain, uri
from ahtc_tui.formats.ics.values import first, listed
from ahtc_tui.formats.ics.zones import Clock

OURS = "-//ahtc//"
"""How the PRODID of our own files begins."""
LONGEST_NOTE = 10_000
MOST_EXCEPTIONS = 500
_STATES = {"CANCELLED": MeetingState.CANCELLED, "TENTATIVE": MeetingState.TENTATIVE}
_LINKS = ("URL", "X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL", "CONFERENCE")


class _Refused(Exception):
    """Why one event is not read."""


def read_meetings(path: Path) -> CalendarFile:
    """The events of a file, and a warning for each VEVENT that gives none. Raises BadFile."""
    blocks = read_blocks(path)
    if all(block.calendar.method == "REPLY" for block in blocks.events):
        raise BadFile(_('"{path}" holds answers to invitations: use import replies.').format(path=path))
    events: list[CalendarEvent] = []
    warnings: list[Warned] = []
    clocks: dict[int, Clock] = {}
    for block in blocks.events:
        at = f"VEVENT {block.number}"
        clock = clocks.setdefault(
            id(block.calendar), Clock(block.calendar, lambda said: warnings.append(Warned(path.name, said)))
        )
        try:
            events.append(_event(block, clock, at, warnings))
        except _Refused as refused:
            warnings.append(Warned(at, str(refused)))
        except Exception:  # the library raises many kinds on odd events, and a person can do the same about each
            warnings.append(Warned(at, _("cannot be read: it is damaged")))
    for name, count in blocks.others.items():
        if count:
            warnings.append(Warned(path.name, _("{n} {name} left out: not a meeting").format(n=count, name=name)))
    kept, doubles = _newest(events)
    return CalendarFile(path, len(blocks.events), tuple(kept), tuple(warnings + doubles))


def _newest(events: list[CalendarEvent]) -> tuple[list[CalendarEvent], list[Warned]]:
    """The events without those that the file itself replaces, and a warning for each; series before their days."""
    best: dict[tuple[str, datetime | None], CalendarEvent] = {}
    gone: list[Warned] = []
    for event in events:
        name = (event.uid, event.instance)
        older = best.get(name)
        if older is None or _version(event) >= _version(older):
            best[name] = event
        else:
            older = event
        if older:
            gone.append(Warned(older.at, _("is in the file twice: the newer one counts")))
    return sorted(best.values(), key=lambda event: event.instance is not None), gone


def _version(event: CalendarEvent) -> tuple[int, float]:
    return event.sequence, event.modified.timestamp() if event.modified else 0.0


def _event(block: Block, clock: Clock, at: str, warnings: list[Warned]) -> CalendarEvent:
    read = _parsed(block)
    day, starts, tz, foreign = _start(read, clock)
    title = " ".join(_text(read, "SUMMARY").split())[:500]
    rule = _rule(read)
    if rule and foreign:
        warnings.append(Warned(at, _("repeats by the time of another zone; here it repeats by London time")))
    if read.get("RDATE"):
        warnings.append(Warned(at, _("its extra dates (RDATE) are left out")))
    ours = block.calendar.prodid.startswith(OURS)
    return CalendarEvent(
        at=at,
        uid=_text(read, "UID")[:500] or _made_uid(title, day, starts),
        title=title,
        day=day,
        starts=starts,
        ends=_end(read, clock, day, starts, lambda reason: warnings.append(Warned(at, reason))),
        tz=tz,
        instance=_instance(read, clock),
        recurrence=rule,
        exceptions=_exceptions(read, clock),
        state=_STATES.get(_text(read, "STATUS").upper(), MeetingState.CONFIRMED),
        cancels=block.calendar.method == "CANCEL",
        sequence=_number(read.get("SEQUENCE")),
        modified=clock.instant(first(read.get("LAST-MODIFIED"))),
        place=_text(read, "LOCATION")[:500],
        link=next((link for name in _LINKS if (link := uri(_text(read, name)))), None),
        note="" if ours else plain(str(first(read.get("DESCRIPTION")) or ""))[:LONGEST_NOTE],
        categories=tuple(_categories(read)),
        organiser=guest(first(read.get("ORGANIZER"))),
        guests=guests(read.get("ATTENDEE")),
        sensitive=_text(read, "CLASS").upper() == "CONFIDENTIAL",
        ours=ours,
    )


def _parsed(block: Block) -> Any:
    """The block as the library reads it, in silence. Raises _Refused for what it is not to see."""
    from warnings import catch_warnings, simplefilter

    from icalendar import Event

    if not block.whole:
        raise _Refused(_("is broken off: it has no END:VEVENT"))
    if block.size > MOST_LETTERS:
        raise _Refused(_("is larger than any meeting: {n} letters").format(n=block.size))
    with catch_warnings():
        simplefilter("ignore")  # it warns of names of time zones on the terminal
        read: Any = Event.from_ical("\r\n".join(("BEGIN:VEVENT", *block.lines, "END:VEVENT")))
    if _text(read, "CLASS").upper() == "PRIVATE":
        raise _Refused(_("is marked as private: left out"))
    return read


def _text(read: Any, name: str) -> str:
    """A property on one line; empty where it is missing."""
    return one_line(str(first(read.get(name)) or ""))


def _start(read: Any, clock: Clock) -> tuple[date, datetime | None, str, bool]:
    value = first(read.get("DTSTART"))
    if value is None:
        raise _Refused(_("does not say when it starts (DTSTART)"))
    try:
        when, tz, foreign = clock.wall(value)
    except (AttributeError, ValueError, OverflowError, TypeError) as error:
        raise _Refused(_("starts at a time that cannot be (DTSTART)")) from error
    if isinstance(when, datetime):
        return when.date(), when, tz, foreign
    return when, None, tz, foreign


def _end(read: Any, clock: Clock, day: date, starts: datetime | None, warn: Any) -> datetime | None:
    """The end by DTEND or DURATION; none where there is neither or it is not after the start."""
    value, lasts = first(read.get("DTEND")), first(read.get("DURATION"))
    try:
        if value is not None:
            when = clock.wall(value)[0]
        elif lasts is not None:
            when = (starts or datetime.combine(day, time.min)) + lasts.dt
        else:
            return None
    except (AttributeError, ValueError, OverflowError, TypeError):
        warn(_("its end cannot be read: left out"))
        return None
    if starts is None:
        last = when.date() if isinstance(when, datetime) else when
        return datetime.combine(last, time.min) if last > day + timedelta(days=1) else None
    ends = when if isinstance(when, datetime) else datetime.combine(when, time.min)
    if ends < starts:
        warn(_("ends before it starts: the end is left out"))
    return ends.replace(second=0, microsecond=0) if ends > starts else None


def _instance(read: Any, clock: Clock) -> datetime | None:
    value = first(read.get("RECURRENCE-ID"))
    if value is None:
        return None
    try:
        return _moment(clock.wall(value)[0])
    except (AttributeError, ValueError, OverflowError, TypeError) as error:
        raise _Refused(_("names a day of a series that cannot be (RECURRENCE-ID)")) from error


def _exceptions(read: Any, clock: Clock) -> tuple[datetime, ...]:
    """Days that the series leaves out; one that cannot be is none."""
    found = []
    for value in listed(read.get("EXDATE")):
        with suppress(AttributeError, ValueError):  # a broken property has no days
            for one in value.dts[:MOST_EXCEPTIONS]:
                if not one.params.get("TZID") and value.params.get("TZID"):
                    one.params["TZID"] = value.params["TZID"]
                with suppress(ValueError, OverflowError, TypeError):
                    found.append(_moment(clock.wall(one)[0]))
    return tuple(sorted(set(found))[:MOST_EXCEPTIONS])


def _moment(when: date) -> datetime:
    return when if isinstance(when, datetime) else datetime.combine(when, time.min)


def _rule(read: Any) -> str | None:
    """The series rule, checked for shape and never expanded."""
    from ahtc_tui.domain.drafts.meetings import series_rule

    rules = listed(read.get("RRULE"))
    if not rules:
        return None
    said = "; ".join(rule.to_ical().decode("utf-8", "replace") for rule in rules)
    try:
        return series_rule(said)
    except ValueError as error:
        raise _Refused(
            _('repeats by a rule that no meeting here has: "{rule}"').format(rule=one_line(said)[:80])
        ) from error


def _categories(read: Any) -> list[str]:
    found = [
        one_line(str(name)) for value in listed(read.get("CATEGORIES")) for name in getattr(value, "cats", [value])
    ]
    return [name for name, _n in Counter(found).items() if name][:20]


def _number(value: Any) -> int:
    try:
        return min(max(int(first(value) or 0), 0), 1_000_000)
    except (TypeError, ValueError):
        return 0


def _made_uid(title: str, day: date, starts: datetime | None) -> str:
    """A UID for an event without one, the same for the same event."""
    words = f"{title}|{starts or day}"
    return f"{hashlib.sha256(words.encode('utf-8', 'replace')).hexdigest()[:32]}@imported.ahtc"
