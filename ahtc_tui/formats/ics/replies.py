"""Reader of replies to invitations from METHOD:REPLY calendars, in a file or a mail, and builder of our own answers.

Line ends are normalized and time zones dropped, since replies do not need them. The number of events is compared with
the file, because the library returns no events for some invalid files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import _, gettext_noop
from ahtc_tui.domain.imports.replies import InvitationAnswer
from ahtc_tui.domain.meetings.kinds import Reply
from ahtc_tui.domain.text.cleaning import clean_line
from ahtc_tui.formats.files.input_files import decode_text, read_file_bytes
from ahtc_tui.formats.ics.blocks import read_parameter, read_stamp, to_list
from ahtc_tui.formats.ics.invitation_text import parse_address
from ahtc_tui.formats.ics.invites import Invite, build_calendar, require_organiser_and_day
from ahtc_tui.formats.ics.people import build_organiser, format_person_name
from ahtc_tui.formats.ics.times import build_moved_span, find_replaced_instance
from ahtc_tui.formats.ics.zone_names import find_named_zone

MAX_MEGABYTES = 10
"""Maximum size of a file."""
MAX_EVENTS = 2000
MAX_COMMENT_LENGTH = 1000
_LINE_END = re.compile(r"\r+\n?|\n")
_REFUSED_BEGINNINGS = (
    (b"PK\x03\x04", gettext_noop("a workbook or a zip archive; import a workbook as actions, unpack an archive")),
    (b"\xd0\xcf\x11\xe0", gettext_noop("an Outlook message (.msg): save it as .ics or .eml")),
)
_CALENDAR = "begin:vcalendar"
COUNTER, DECLINECOUNTER, REPLY = "COUNTER", "DECLINECOUNTER", "REPLY"
_READ_METHODS = {REPLY, COUNTER, DECLINECOUNTER, "REFRESH", "REQUEST"}
"""Methods that guests send; a file without any of them is refused."""


def read_answers(path: Path) -> list[InvitationAnswer]:
    """Return every event of a file with answers, without duplicates. Raises BadFile with one sentence."""
    data = _read_bytes(path)
    try:
        texts = list(_find_calendars(data))
        if not texts:
            raise BadFile(_("it is neither a calendar nor an email with one"))
        return list({_build_answer_key(answer): answer for text in texts for answer in _parse_answers(text)}.values())
    except BadFile as error:
        raise BadFile(_('"{path}" cannot be used: {reason}.').format(path=path, reason=error)) from error
    except Exception as error:  # the libraries raise many types for invalid files
        raise BadFile(
            _('"{path}" cannot be read as a calendar. It is damaged, or of another kind.').format(path=path)
        ) from error


def parse_replies(data: bytes) -> list[InvitationAnswer]:
    """Return the replies of a calendar that came with a mail; none from one that cannot be read or is no reply."""
    try:
        return [answer for answer in _parse_answers(decode_text(data)) if answer.method == REPLY]
    except Exception:  # the libraries raise many types for invalid files
        return []


def _read_bytes(path: Path) -> bytes:
    """Return the content of the file. Raises BadFile for kinds that are mistaken for mail."""
    data = read_file_bytes(path, MAX_MEGABYTES, _("it is not a reply to an invitation"))
    for beginning, kind in _REFUSED_BEGINNINGS:
        if data.startswith(beginning):
            raise BadFile(_('"{path}" is {kind}.').format(path=path, kind=_(kind)))
    return data


def _find_calendars(data: bytes) -> Iterator[str]:
    """Yield the text of each calendar: the file, or the calendar parts of the mail."""
    text = decode_text(data)
    if text.lstrip().lower().startswith(_CALENDAR):
        yield text
        return
    from email import message_from_bytes

    for part in message_from_bytes(data).walk():
        is_calendar_file = (part.get_filename() or "").lower().endswith(".ics")
        if not part.is_multipart() and (
            is_calendar_file or part.get_content_type() in ("text/calendar", "application/ics")
        ):
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                yield decode_text(payload, part.get_content_charset())


def _parse_answers(text: str) -> Iterator[InvitationAnswer]:
    """Yield the events of a text. Raises BadFile if no calendar is one that a guest sends."""
    from icalendar import Calendar

    lines = _normalize_lines(text)
    lowered = [line.strip().lower() for line in lines]
    event_count = lowered.count("begin:vevent")
    if event_count > MAX_EVENTS:
        raise BadFile(_("it has {n} entries, so it is not a reply to an invitation").format(n=event_count))
    calendars: Any = Calendar.from_ical("\r\n".join(lines), multiple=True)
    methods = [str(calendar.get("METHOD", "")).strip().upper() for calendar in calendars]
    events = [
        (event, method)
        for method, calendar in zip(methods, calendars, strict=True)
        for event in calendar.walk("VEVENT")
    ]
    if len(events) != event_count or len(calendars) != lowered.count(_CALENDAR):
        raise BadFile(_("it is incomplete, or the parts do not match"))
    if not set(methods) & _READ_METHODS:
        raise BadFile(_explain_no_reply(methods))
    if not events:
        raise BadFile(_("it contains no reply to an invitation"))
    for number, (event, method) in enumerate(events, 1):
        yield _build_answer(event, f"VEVENT {number}", method)


def _normalize_lines(text: str) -> list[str]:
    """Return the non-empty lines without their ends and without time zones."""
    kept, in_zone = [], False
    for line in _LINE_END.split(text):
        lowered = line.strip().lower()
        if lowered == "begin:vtimezone":
            in_zone = True
        if lowered and not in_zone:
            kept.append(line)
        if lowered == "end:vtimezone":
            in_zone = False
    return kept


def _explain_no_reply(methods: list[str]) -> str:
    first_method = next((method for method in methods if method), "")
    if not first_method:
        return _("it has no METHOD:REPLY, so it is not a reply")
    return _("it is METHOD:{method}, not a reply (METHOD:REPLY)").format(method=clean_line(first_method)[:20])


def _build_answer(event: Any, location: str, method: str) -> InvitationAnswer:
    guests = _drop_delegates(to_list(event.get("ATTENDEE")))
    guest = guests[0] if len(guests) == 1 else None
    instance = event.get("RECURRENCE-ID")
    comments = [clean_line(str(comment)) for comment in to_list(event.get("COMMENT"))]
    return InvitationAnswer(
        location,
        clean_line(str(event.get("UID", "")))[:MAX_COMMENT_LENGTH],
        _parse_sequence(event.get("SEQUENCE", 0)),
        read_stamp(event.get("DTSTAMP")),
        len(guests),
        _read_address(guest),
        clean_line(read_parameter(guest, "PARTSTAT")).upper()[:40] or "NEEDS-ACTION",
        _read_delegates(guest),
        "; ".join(comment for comment in comments if comment)[:MAX_COMMENT_LENGTH] or None,
        clean_line(_format_property(instance))[:40] if instance is not None else None,
        *_read_planned(instance),
        method,
        _read_day_or_time(event.get("DTSTART")),
    )


def _drop_delegates(guests: list[Any]) -> list[Any]:
    """Return the guests without their delegates: a reply may have both (RFC 5546 section 3.2.2.3)."""
    delegates = {address for guest in guests for address in _read_delegates(guest)}
    return [guest for guest in guests if _read_address(guest) not in delegates]


def _read_delegates(guest: Any) -> tuple[str, ...]:
    value = getattr(guest, "params", {}).get("DELEGATED-TO")
    return tuple(address for address in (_normalize_address(str(delegate)) for delegate in to_list(value)) if address)


def _read_address(guest: Any) -> str:
    """Return the address of a guest; Apple writes a URN and the address in EMAIL."""
    text = str(guest or "")
    return _normalize_address(text) if "@" in text else _normalize_address(read_parameter(guest, "EMAIL"))


def _normalize_address(text: str) -> str:
    stripped = text.strip().strip('"').lower()
    return clean_line(unquote(stripped.removeprefix("mailto:")).partition("?")[0])[:320]


def _parse_sequence(value: Any) -> int | None:
    try:
        return int(value)
    except (TypeError, ValueError):
        return None


def _read_planned(value: Any) -> tuple[datetime | None, bool]:
    """Return the time of a RECURRENCE-ID, and whether it is a date."""
    moment = _read_day_or_time(value)
    if isinstance(moment, datetime):
        return moment, False
    return (datetime.combine(moment, time.min), True) if isinstance(moment, date) else (None, False)


def _read_day_or_time(value: Any) -> date | None:
    """Return the day or time of a property, in the zone of its TZID; without a zone where that is unknown.

    The library reads it in the zone of this name that any file described before in the process.
    """
    moment = getattr(value, "dt", None)
    name = read_parameter(value, "TZID")
    if isinstance(moment, datetime) and name:
        return moment.replace(tzinfo=find_named_zone(name))
    return moment if isinstance(moment, date) else None


def _format_property(value: Any) -> str:
    encoded = value.to_ical()
    return encoded.decode("utf-8", "replace") if isinstance(encoded, bytes) else str(encoded)


def _build_answer_key(answer: InvitationAnswer) -> tuple[Any, ...]:
    """Return what identifies a reply: a mail often has it both as text and as attachment."""
    return (
        answer.uid,
        answer.email,
        answer.partstat,
        answer.sent,
        answer.sequence,
        answer.instance,
        answer.guest_count,
        answer.method,
        answer.starts,
    )


def build_time_answer(
    invite: Invite,
    starts: datetime,
    method: str,
    sender: tuple[str, str] | None = None,
    reply: Reply | None = None,
) -> bytes:
    """Return a proposal of another start, the refusal of such a proposal, or the reply to an invitation.

    All have the SEQUENCE of the meeting, which only its organiser raises. `sender` is name and address of the guest who
    answers. Raises Refused without an organiser's address or a day.
    """
    from icalendar import Event, vCalAddress

    require_organiser_and_day(invite.card)
    row, span = invite.card.row, build_moved_span(invite.card.row, starts)
    event = Event()
    event.add("uid", clean_line(row.uid))
    event.add("sequence", row.sequence)
    event.add("dtstamp", invite.changed_at.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", span.start)
    event.add("dtend", span.end)
    event.add("summary", clean_line(row.shown_title))
    event.add("organizer", build_organiser(invite.card))
    if (instance := find_replaced_instance(invite.card)) is not None:
        event.add("recurrence-id", instance)
    if sender and (address := parse_address(sender[1])):
        partstat = reply.value.upper() if reply else None
        event.add("attendee", vCalAddress.new(address, cn=format_person_name(sender[0]) or None, partstat=partstat))
    return build_calendar([event], method)
