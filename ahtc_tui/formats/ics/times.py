"""Times of meetings in calendar files: start, end, recurrence rule and replaced instance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from ahtc_tui.domain.dates.date_as_known import Precision
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.meetings.model import MeetingCard, MeetingRow
from ahtc_tui.domain.meetings.wall_time import end_to_utc, to_utc
from ahtc_tui.formats.ics.vtimezone import TZID, to_london_time

if TYPE_CHECKING:
    from icalendar import vRecur

DEFAULT_LENGTH = timedelta(minutes=60)
"""Length of a meeting without an end."""


@dataclass(frozen=True, slots=True)
class Span:
    """DTSTART and DTEND: two dates, the second exclusive, or two times in London or in the zone of the series."""

    start: date
    end: date

    @property
    def timed(self) -> bool:
        """Whether the time is known."""
        return isinstance(self.start, datetime)


def explain_omission(card: MeetingCard) -> str | None:
    """Return why a calendar cannot hold a meeting, in one sentence, or None."""
    row = card.row
    if row.day is None:
        return _('"{title}" has no date.').format(title=row.title)
    if row.day.precision is not Precision.DAY:
        return _('"{title}" has no date, only "{when}".').format(title=row.title, when=row.day)
    if not _is_known_zone(row.tz):
        return _('"{title}" is in the time zone "{zone}". There is no such time zone.').format(
            title=row.title, zone=row.tz
        )
    if _has_early_end(row):
        return _('"{title}" ends before it starts.').format(title=row.title)
    if row.recurrence and _parse_rule(row.recurrence) is None:
        return _('"{title}" has an invalid recurrence rule, "{rule}".').format(title=row.title, rule=row.recurrence)
    return None


def build_span(row: MeetingRow) -> Span:
    """Return start and end of a meeting that `explain_omission` accepts.

    Without a time, or all day: dates, the end exclusive (RFC 5545 section 3.6.1). Times are in London, except those of
    a series in another zone.
    """
    if row.day is None:
        raise ValueError(row.ref)
    if row.all_day or row.starts is None:
        return Span(row.day.latest, _find_last_day(row) + timedelta(days=1))
    start = to_utc(row.starts, row.tz)
    end = end_to_utc(row.ends, row.starts, row.tz) if row.ends else start + DEFAULT_LENGTH
    if row.recurrence:  # a London series with a start in UTC would move by an hour in summer
        zone = ZoneInfo(row.tz)
        return Span(start.astimezone(zone), to_london_time(end) if row.tz == TZID else end.astimezone(zone))
    return Span(to_london_time(start), to_london_time(end))


def build_rule(row: MeetingRow) -> vRecur | None:
    """Return the recurrence rule; UNTIL is a date if the start is one, else a time in UTC (RFC 5545 section 3.3.10)."""
    recurrence = _parse_rule(row.recurrence) if row.recurrence else None
    if recurrence is None or not recurrence.get("UNTIL"):
        return recurrence
    until = recurrence["UNTIL"][0]
    if not build_span(row).timed:
        recurrence["UNTIL"] = [until.date() if isinstance(until, datetime) else until]
    elif not isinstance(until, datetime):
        recurrence["UNTIL"] = [to_utc(datetime.combine(until, time(23, 59, 59)), row.tz)]
    elif until.tzinfo is None:
        recurrence["UNTIL"] = [to_utc(until, row.tz)]
    else:
        recurrence["UNTIL"] = [until.astimezone(UTC)]
    return recurrence


def find_replaced_instance(card: MeetingCard) -> date | None:
    """Return RECURRENCE-ID, the instance that this meeting replaces; a date if the meeting has no time."""
    if card.row.recurrence_id is None:
        return None
    row = card.row
    return to_series_day(card.row.recurrence_id, row.series_tz or row.tz, timed=build_span(row).timed)


def to_series_day(wall: datetime, tz: str, *, timed: bool) -> date:
    """Return a planned day of a series in the form of its start: a time in its zone, or a date."""
    return to_utc(wall, tz).astimezone(ZoneInfo(tz)) if timed else wall.date()


def build_moved_span(row: MeetingRow, starts: datetime) -> Span:
    """Return start and end of a day of a series that begins at another wall time in London than planned."""
    usual = build_span(row)
    if not usual.timed:
        return Span(starts.date(), starts.date() + (usual.end - usual.start))
    assert isinstance(usual.start, datetime)
    assert isinstance(usual.end, datetime)
    begin = to_utc(starts, TZID)
    return Span(
        to_london_time(begin), to_london_time(begin + (usual.end.astimezone(UTC) - usual.start.astimezone(UTC)))
    )


def _find_last_day(row: MeetingRow) -> date:
    """Return the last day of an all-day meeting; an end at midnight is that of the day before."""
    if row.day is None:
        raise ValueError(row.ref)
    if row.ends is None:
        return row.day.latest
    last = row.ends.date()
    if row.ends.time() == time.min and last > row.day.latest:
        return last - timedelta(days=1)
    return last


def _is_known_zone(tz: str) -> bool:
    try:
        ZoneInfo(tz)
    except (ValueError, OSError, KeyError):  # ZoneInfoNotFoundError is a KeyError; a folder name gives an OSError
        return False
    return True


def _has_early_end(row: MeetingRow) -> bool:
    if row.ends is None or row.day is None:
        return False
    if row.all_day or row.starts is None:
        return row.ends.date() < row.day.latest
    return end_to_utc(row.ends, row.starts, row.tz) <= to_utc(row.starts, row.tz)


def _parse_rule(text: str) -> vRecur | None:
    from icalendar import vRecur

    if any(ord(character) < 32 for character in text):
        return None
    try:
        recurrence = vRecur.from_ical(text)
    except (ValueError, TypeError, KeyError):
        return None
    return recurrence if recurrence.get("FREQ") and not ("COUNT" in recurrence and "UNTIL" in recurrence) else None
