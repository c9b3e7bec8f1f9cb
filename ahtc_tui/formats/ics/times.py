"""When a meeting is, as a calendar file says it: start, end, series, replaced instance. Never invents a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from ahtc_tui.domain.dates.date_as_known import Precision
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.meetings.model import MeetingCard, MeetingRow
from ahtc_tui.formats.ics.vtimezone import TZID, instant, london_time

if TYPE_CHECKING:
    from icalendar import vRecur

USUAL_LENGTH = timedelta(minutes=60)
"""How long a meeting without an end takes."""


@dataclass(frozen=True, slots=True)
class Span:
    """DTSTART and DTEND: two days, the second exclusive, or two times in London."""

    start: date
    end: date

    @property
    def timed(self) -> bool:
        """Whether the hour is known."""
        return isinstance(self.start, datetime)


def left_out(card: MeetingCard) -> str | None:
    """Why a meeting cannot stand in a calendar, in one sentence; None where it can."""
    row = card.row
    if row.day is None:
        return _('"{title}" has no date.').format(title=row.title)
    if row.day.precision is not Precision.DAY:
        return _('"{title}" has no day, only "{when}".').format(title=row.title, when=row.day)
    if not _zone_exists(row.tz):
        return _('"{title}" is in the time zone "{zone}", which does not exist.').format(title=row.title, zone=row.tz)
    if _ends_too_early(row):
        return _('"{title}" ends before it starts.').format(title=row.title)
    if row.recurrence and _read_rule(row.recurrence) is None:
        return _('"{title}" repeats by a rule that cannot be read: "{rule}".').format(
            title=row.title, rule=row.recurrence
        )
    return None


def span(row: MeetingRow) -> Span:
    """Start and end of a meeting that `left_out` lets pass.

    Without an hour, or all day: whole days, the end exclusive (RFC 5545 section 3.6.1). Other zones become London's.
    """
    if row.day is None:
        raise ValueError(row.ref)
    if row.all_day or row.starts is None:
        return Span(row.day.latest, _last_day(row) + timedelta(days=1))
    start = instant(row.starts, row.tz)
    end = instant(row.ends, row.tz) if row.ends else start + USUAL_LENGTH
    if row.recurrence:  # a series that starts in UTC would move by an hour in summer
        return Span(start.astimezone(ZoneInfo(TZID)), london_time(end))
    return Span(london_time(start), london_time(end))


def rule(row: MeetingRow) -> vRecur | None:
    """The series rule; UNTIL is a day where the start is one, else a time in UTC (RFC 5545 section 3.3.10)."""
    read = _read_rule(row.recurrence) if row.recurrence else None
    if read is None or not read.get("UNTIL"):
        return read
    until = read["UNTIL"][0]
    if not span(row).timed:
        read["UNTIL"] = [until.date() if isinstance(until, datetime) else until]
    elif not isinstance(until, datetime):
        read["UNTIL"] = [instant(datetime.combine(until, time(23, 59, 59)), row.tz)]
    elif until.tzinfo is None:
        read["UNTIL"] = [instant(until, row.tz)]
    else:
        read["UNTIL"] = [until.astimezone(UTC)]
    return read


def replaced_instance(card: MeetingCard) -> date | None:
    """RECURRENCE-ID: the instance of the series that this meeting replaces, a day where the meeting has no hour."""
    if card.row.recurrence_id is None:
        return None
    return planned(card.row.recurrence_id, card.row.tz, timed=span(card.row).timed)


def planned(wall: datetime, tz: str, *, timed: bool) -> date:
    """A day of a series as the rule gives it, in the form of the start of the series: a time in London, or a day."""
    return instant(wall, tz).astimezone(ZoneInfo(TZID)) if timed else wall.date()


def moved_span(row: MeetingRow, starts: datetime) -> Span:
    """Start and end of a series on a day on which it begins at another wall time than planned."""
    usual = span(row)
    if not usual.timed:
        return Span(starts.date(), starts.date() + (usual.end - usual.start))
    assert isinstance(usual.start, datetime)
    assert isinstance(usual.end, datetime)
    begin = instant(starts, row.tz)
    return Span(london_time(begin), london_time(begin + (usual.end.astimezone(UTC) - usual.start.astimezone(UTC))))


def _last_day(row: MeetingRow) -> date:
    """The last day that an all-day meeting covers; an end at midnight closes the day before it."""
    if row.day is None:
        raise ValueError(row.ref)
    if row.ends is None:
        return row.day.latest
    last = row.ends.date()
    if row.ends.time() == time.min and last > row.day.latest:
        return last - timedelta(days=1)
    return last


def _zone_exists(tz: str) -> bool:
    try:
        ZoneInfo(tz)
    except (ValueError, OSError, KeyError):  # ZoneInfoNotFoundError is a KeyError; a folder's name gives an OSError
        return False
    return True


def _ends_too_early(row: MeetingRow) -> bool:
    if row.ends is None or row.day is None:
        return False
    if row.all_day or row.starts is None:
        return row.ends.date() < row.day.latest
    return instant(row.ends, row.tz) <= instant(row.starts, row.tz)


def _read_rule(text: str) -> vRecur | None:
    """The rule of an RRULE value; None where it is not one."""
    from icalendar import vRecur

    if any(ord(sign) < 32 for sign in text):
        return None
    try:
        read = vRecur.from_ical(text)
    except (ValueError, TypeError, KeyError):
        return None
    return read if read.get("FREQ") and not ("COUNT" in read and "UNTIL" in read) else None
