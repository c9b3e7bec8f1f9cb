"""Days of a series of meetings, by its recurrence rule and its rule for bank holidays in Wales.

Times are wall times. A rule is an RRULE value (RFC 5545 section 3.3.10). The start of a series is always one of its
days, since programs treat other starts differently.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from ahtc_tui.domain.dates.date_as_known import Precision, add_months
from ahtc_tui.domain.dates.working_days import ONE_DAY, add_working_days, find_bank_holiday, subtract_working_days
from ahtc_tui.domain.meetings.kinds import OnHoliday
from ahtc_tui.domain.meetings.model import LONDON, MeetingRow

if TYPE_CHECKING:
    from dateutil.rrule import rrule  # type: ignore[import-untyped]

LONGEST_MOVE = timedelta(days=10)
"""Upper bound of the shift by holidays."""
MOST_SLOTS = 5000
"""Largest number of days computed at a time: more than ten years of a daily series."""

_WORKING_DAY = re.compile(r"BYDAY=MO,TU,WE,TH,FR;BYSETPOS=(-?[1-5])(?![0-9])")
_UNTIL = re.compile(r"UNTIL=(\d{8})(?:T(\d{6})(Z?))?")


@dataclass(frozen=True, slots=True)
class Slot:
    """One day of a series."""

    planned: datetime
    """Wall time given by the rule, which identifies the day permanently (RECURRENCE-ID)."""
    starts: datetime | None
    """Wall time of the meeting; None if a holiday cancels it."""
    holiday: str | None = None
    """Bank holiday that moved or cancelled it."""


@dataclass(frozen=True, slots=True)
class Series:
    """A rule of repetition with its first day, and what it does on bank holidays (RFC 5545, section 3.3.10)."""

    rule: str
    first: datetime
    """Wall time of the first meeting; midnight if the time is not known."""
    on_holiday: OnHoliday = OnHoliday.KEEP
    tz: str = LONDON

    @property
    def is_endless(self) -> bool:
        """Whether the rule has neither COUNT nor UNTIL."""
        return "COUNT=" not in self.rule and "UNTIL=" not in self.rule

    def list_slots(self, start: date, end: date) -> list[Slot]:
        """Return the days of the series that are planned for, or moved to, days from `start` to `end`, in order."""
        return [
            slot for slot in islice(self._iterate_slots(start, end), MOST_SLOTS) if _is_slot_between(slot, start, end)
        ]

    def find_next_slot(self, day: date, taken: Iterable[datetime] = ()) -> Slot | None:
        """Return the first day of the series from a day on, without those planned in `taken`; None after the end."""
        taken_plans = set(taken)
        search_start = datetime.combine(max(day, self.first.date()), datetime.min.time()) - LONGEST_MOVE
        for planned in islice(self._iterate_planned(search_start), MOST_SLOTS):
            slot = self.build_slot(planned)
            if slot.starts and slot.starts.date() >= day and planned not in taken_plans:
                return slot
        return None

    def has_planned(self, planned: datetime) -> bool:
        """Return whether the rule gives this wall time."""
        rule = self._parse_rule()
        return bool(rule and rule.between(planned, planned, inc=True))

    def build_slot(self, planned: datetime) -> Slot:
        """Return the day of the series for a planned wall time, after the holiday rule."""
        if position := _WORKING_DAY.search(self.rule):
            return self._build_working_day(planned, int(position[1]))
        holiday = None if self.on_holiday is OnHoliday.KEEP else find_bank_holiday(planned.date())
        if holiday is None:
            return Slot(planned, planned)
        if self.on_holiday is OnHoliday.SKIP:
            return Slot(planned, None, holiday)
        return Slot(planned, datetime.combine(add_working_days(planned.date()), planned.time()), holiday)

    def _build_working_day(self, planned: datetime, position: int) -> Slot:
        """Return the numbered working day of a month, where the weekday that the rule gives may be a bank holiday."""
        first = planned.date().replace(day=1)
        day = add_working_days(first - ONE_DAY, position) if position > 0 else add_months(first, 1)
        if position < 0:
            day = subtract_working_days(day, -position)
        nearer, further = sorted((day, planned.date()))
        days = (nearer + timedelta(days=number) for number in range((further - nearer).days + 1))
        holiday = next((name for each in days if (name := find_bank_holiday(each))), None)
        return Slot(planned, datetime.combine(day, planned.time()), holiday if day != planned.date() else None)

    def list_skipped_months(self) -> list[int]:
        """Return the months of the first year in which a rule by the month has no date: "day 31" skips February."""
        parts = dict(part.split("=", 1) for part in self.rule.split(";") if "=" in part)
        if parts.get("FREQ") != "MONTHLY":
            return []
        start = self.first.date().replace(day=1)
        interval = int(parts.get("INTERVAL", "1"))
        months = [add_months(start, number) for number in range(interval, 12, interval)]
        planned = [day.date() for day in islice(self._iterate_planned(self.first), 12)]
        met = {(day.year, day.month) for day in planned}
        last = planned[-1] if planned else start
        return [month.month for month in months if (month.year, month.month) not in met and month < last]

    def split_rule(self, planned: datetime) -> tuple[str, str]:
        """Return the rule of the days before a planned time, and the rule of this and the following days."""
        parts = [part for part in self.rule.split(";") if part and not part.startswith(("COUNT=", "UNTIL="))]
        before = ";".join((*parts, f"UNTIL={planned - timedelta(days=1):%Y%m%d}"))
        count = re.search(r"COUNT=(\d+)", self.rule)
        if count is None:
            return before, self.rule
        rule = self._parse_rule()
        earlier = len(rule.between(self.first, planned - timedelta(seconds=1), inc=True)) if rule else 0
        return before, ";".join((*parts, f"COUNT={int(count[1]) - earlier}"))

    def find_start(self) -> datetime | None:
        """Return the first wall time of the rule from the start on; None if there is none or the rule is invalid."""
        return next(self._iterate_planned(self.first), None)

    def _iterate_slots(self, start: date, end: date) -> Iterator[Slot]:
        for planned in self._iterate_planned(_shift_midnight(start, -LONGEST_MOVE)):
            if planned.date() > end:
                return
            yield self.build_slot(planned)

    def _iterate_planned(self, moment: datetime) -> Iterator[datetime]:
        rule = self._parse_rule()
        if rule is not None:
            yield from rule.xafter(moment, inc=True)

    def _parse_rule(self) -> rrule | None:
        from dateutil.rrule import rrulestr

        try:
            return rrulestr(_convert_until(self.rule, self.tz), dtstart=self.first)
        except ValueError:
            return None


def build_series(row: MeetingRow) -> Series | None:
    """Return the rule of a meeting as stored; None if it does not repeat or has no exact day to count from."""
    if not row.recurrence or row.day is None or row.day.precision is not Precision.DAY:
        return None
    return Series(row.recurrence, datetime.combine(row.day.latest, row.start_time or time.min), row.on_holiday, row.tz)


def _is_slot_between(slot: Slot, start: date, end: date) -> bool:
    days = [slot.planned.date(), *([slot.starts.date()] if slot.starts else [])]
    return any(start <= day <= end for day in days)


def _shift_midnight(day: date, offset: timedelta) -> datetime:
    """Return the midnight of a day plus an offset, or without it at the ends of the calendar."""
    try:
        return datetime.combine(day, datetime.min.time()) + offset
    except OverflowError:
        return datetime.combine(day, datetime.min.time())


def _convert_until(rule: str, tz: str) -> str:
    """Return the rule with UNTIL as a wall time: a date is the end of that day, and UTC is converted to the zone."""
    match = _UNTIL.search(rule)
    if match is None:
        return rule
    day, clock, utc = match.groups()
    if clock is None:
        return rule.replace(match[0], f"UNTIL={day}T235959")
    moment = datetime.strptime(f"{day}{clock}", "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    wall = moment.astimezone(ZoneInfo(tz)) if utc else moment
    return rule.replace(match[0], f"UNTIL={wall:%Y%m%dT%H%M%S}")
