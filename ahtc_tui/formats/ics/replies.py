"""Answers to invitations out of METHOD:REPLY calendars, alone or inside a mail. Never decides what an answer changes.

Real files are odd: line ends are made even, time zones are left out (an answer needs none), and what the library read
is counted against what the file holds, because some odd files come out empty without an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.replies import Answer
from ahtc_tui.formats.files.input_files import bytes_of, text_of
from ahtc_tui.formats.ics.invitation_text import one_line
from ahtc_tui.formats.ics.values import listed, parameter

LARGEST = 10
"""Megabytes of a file."""
MOST_EVENTS = 2000
LONGEST_COMMENT = 1000
_LINE_END = re.compile(r"\r+\n?|\n")
_BEGINNINGS = (
    (b"PK\x03\x04", "a zip archive: unpack it and import what is in it"),
    (b"\xd0\xcf\x11\xe0", "an Outlook message (.msg): save it as .ics or .eml"),
)
_CALENDAR = "begin:vcalendar"


def read_answers(path: Path) -> list[Answer]:
    """Every answer of a file, the same one once. Raises BadFile with one sentence, whatever the file holds."""
    data = _bytes_of(path)
    try:
        texts = list(_calendars_in(data))
        if not texts:
            raise BadFile(_("it is neither a calendar nor a mail with one"))
        return list({_without_place(answer): answer for text in texts for answer in _answers(text)}.values())
    except BadFile as error:
        raise BadFile(_('"{path}" cannot be used: {reason}.').format(path=path, reason=error)) from error
    except Exception as error:  # the libraries raise many kinds on odd files, and a person can do the same about each
        raise BadFile(
            _('"{path}" cannot be read as a calendar: it is damaged, or of another kind.').format(path=path)
        ) from error


def _bytes_of(path: Path) -> bytes:
    """The bytes of the file, unless they are of a kind that people take for a mail. Raises BadFile."""
    data = bytes_of(path, LARGEST, _("it is no answer to an invitation"))
    for beginning, kind in _BEGINNINGS:
        if data.startswith(beginning):
            raise BadFile(_('"{path}" is {kind}.').format(path=path, kind=_(kind)))
    return data


def _calendars_in(data: bytes) -> Iterator[str]:
    """The text of each calendar: of the file itself, else of the calendar parts of the mail that it is."""
    text = text_of(data)
    if text.lstrip().lower().startswith(_CALENDAR):
        yield text
        return
    from email import message_from_bytes

    for part in message_from_bytes(data).walk():
        named = (part.get_filename() or "").lower().endswith(".ics")
        if not part.is_multipart() and (named or part.get_content_type() in ("text/calendar", "application/ics")):
            inside = part.get_payload(decode=True)
            if isinstance(inside, bytes):
                yield text_of(inside, part.get_content_charset())


def _answers(text: str) -> Iterator[Answer]:
    """The answers of one file of calendars. Raises BadFile where no calendar of it is METHOD:REPLY."""
    from icalendar import Calendar

    lines = _even(text)
    whole = [line.strip().lower() for line in lines]
    events = whole.count("begin:vevent")
    if events > MOST_EVENTS:
        raise BadFile(_("it holds {n} entries: it is no answer to an invitation").format(n=events))
    found: Any = Calendar.from_ical("\r\n".join(lines), multiple=True)
    read = [event for calendar in found for event in calendar.walk("VEVENT")]
    if len(read) != events or len(found) != whole.count(_CALENDAR):
        raise BadFile(_("it is broken off, or its parts do not fit together"))
    methods = [str(calendar.get("METHOD", "")).strip().upper() for calendar in found]
    if "REPLY" not in methods:
        raise BadFile(_no_reply(methods))
    answers = [
        event
        for method, calendar in zip(methods, found, strict=True)
        if method == "REPLY"
        for event in calendar.walk("VEVENT")
    ]
    if not answers:
        raise BadFile(_("it holds no answer to a meeting"))
    for number, event in enumerate(answers, 1):
        yield _answer(event, f"VEVENT {number}")


def _even(text: str) -> list[str]:
    """The lines without their ends, empty ones and time zones."""
    kept, in_zone = [], False
    for line in _LINE_END.split(text):
        bare = line.strip().lower()
        if bare == "begin:vtimezone":
            in_zone = True
        if bare and not in_zone:
            kept.append(line)
        if bare == "end:vtimezone":
            in_zone = False
    return kept


def _no_reply(methods: list[str]) -> str:
    said = next((method for method in methods if method), "")
    if not said:
        return _("it does not say METHOD:REPLY, so it is no answer")
    return _("it is METHOD:{method}, no answer (METHOD:REPLY)").format(method=one_line(said)[:20])


def _answer(event: Any, cell: str) -> Answer:
    guests = _without_delegates(listed(event.get("ATTENDEE")))
    guest = guests[0] if len(guests) == 1 else None
    instance = event.get("RECURRENCE-ID")
    comments = [one_line(str(comment)) for comment in listed(event.get("COMMENT"))]
    return Answer(
        cell,
        one_line(str(event.get("UID", "")))[:LONGEST_COMMENT],
        _sequence(event.get("SEQUENCE", 0)),
        _sent(event.get("DTSTAMP")),
        len(guests),
        _address(guest),
        one_line(parameter(guest, "PARTSTAT")).upper()[:40] or "NEEDS-ACTION",
        _delegated_to(guest),
        "; ".join(comment for comment in comments if comment)[:LONGEST_COMMENT] or None,
        one_line(_written(instance))[:40] if instance is not None else None,
        *_planned(instance),
    )


def _without_delegates(guests: list[Any]) -> list[Any]:
    """The guests but for those to whom one of them delegates: a delegation may name both (RFC 5546 section 3.2.2.3)."""
    delegates = {address for guest in guests for address in _delegated_to(guest)}
    return [guest for guest in guests if _address(guest) not in delegates]


def _delegated_to(guest: Any) -> tuple[str, ...]:
    value = getattr(guest, "params", {}).get("DELEGATED-TO")
    return tuple(bare for bare in (_bare(str(one)) for one in listed(value)) if bare)


def _address(guest: Any) -> str:
    """The address of a guest; Apple writes a URN and puts the address in EMAIL."""
    said = str(guest or "")
    return _bare(said) if "@" in said else _bare(parameter(guest, "EMAIL"))


def _bare(text: str) -> str:
    """An address without "mailto:", in small letters, so that it can be compared."""
    said = text.strip().strip('"').lower()
    return one_line(unquote(said.removeprefix("mailto:")).partition("?")[0])[:320]


def _sequence(value: Any) -> int | None:
    try:
        return int(value)
    except (TypeError, ValueError):
        return None


def _sent(value: Any) -> datetime | None:
    """The instant of a DTSTAMP; without a zone it is taken as UTC, which it has to be (RFC 5545 section 3.8.7.2)."""
    try:
        moment: datetime = value.dt
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (AttributeError, TypeError, ValueError, OverflowError):
        return None


def _planned(value: Any) -> tuple[datetime | None, bool]:
    """The time of a RECURRENCE-ID, and whether it names a day alone."""
    moment = getattr(value, "dt", None)
    if isinstance(moment, datetime):
        return moment, False
    return (datetime.combine(moment, time.min), True) if isinstance(moment, date) else (None, False)


def _written(value: Any) -> str:
    made = value.to_ical()
    return made.decode("utf-8", "replace") if isinstance(made, bytes) else str(made)


def _without_place(answer: Answer) -> tuple[Any, ...]:
    """What makes two answers the same: a mail often carries one both as text and as attachment."""
    return (answer.uid, answer.email, answer.said, answer.sent, answer.sequence, answer.instance, answer.guests)
