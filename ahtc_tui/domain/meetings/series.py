"""The days of a series of meetings: what its rule gives, and what its rule for bank holidays in Wales makes of them.

Times are wall times. A rule is an RRULE value (RFC 5545 section 3.3.10); the start of a series is always one of its
days, because programs do not agree on a start that is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from ahtc_tui.domain.dates.working_days import bank_holiday, working_day_after
from ahtc_tui.domain.meetings.enums import LONDON, OnHoliday

if TYPE_CHECKING:
    from dateutil.rrule import rrule  # type: ignore[import-untyped]

LONGEST_MOVE = timedelta(days=10)
"""No holiday moves a meeting further."""
MOST_SLOTS = 5000
"""What is looked at in one go: a daily series for more than ten years."""

_UNTIL = re.compile(r"UNTIL=(\d{8})(?:T(\d{6})(Z?))?")


@dataclass(frozen=True, slots=True)
class Slot:
    """One day of a series, as the rules of the series have it."""

    planned: datetime
    """What the rule gives: the name of the day for good (RECURRENCE-ID)."""
    starts: datetime | None
    """When it is; None where the holiday falls out."""
    holiday: str | None = None
    """The bank holiday that moved it or made it fall out."""

    @property
    def moved(self) -> bool:
        """Whether a holiday moved it."""
        return self.starts is not None and self.starts != self.planned


@dataclass(frozen=True, slots=True)
class Series:
    """When a series of meetings is."""

    rule: str
    first: datetime
    """The wall time of its first meeting; midnight where the hour is not known."""
    on_holiday: OnHoliday = OnHoliday.KEEP
    tz: str = LONDON

    @property
    def endless(self) -> bool:
        """Whether the rule names no end."""
        return "COUNT=" not in self.rule and "UNTIL=" not in self.rule

    def slots(self, start: date, end: date) -> list[Slot]:
        """The days of the series that are planned for, or moved to, a day from `start` to `end`, by their plan."""
        return [slot for slot in islice(self._between(start, end), MOST_SLOTS) if _touches(slot, start, end)]

    def next(self, day: date, taken: Iterable[datetime] = ()) -> Slot | None:
        """The first that is on a day or later and is not among the `taken` plans; None where the series is over."""
        gone = set(taken)
        begin = datetime.combine(max(day, self.first.date()), datetime.min.time()) - LONGEST_MOVE
        for planned in islice(self._planned_from(begin), MOST_SLOTS):
            slot = self.slot(planned)
            if slot.starts and slot.starts.date() >= day and planned not in gone:
                return slot
        return None

    def plans(self, planned: datetime) -> bool:
        """Whether the rule gives this wall time."""
        rule = self._read()
        return bool(rule and rule.between(planned, planned, inc=True))

    def slot(self, planned: datetime) -> Slot:
        """What the rule for holidays makes of a planned wall time."""
        holiday = None if self.on_holiday is OnHoliday.KEEP else bank_holiday(planned.date())
        if holiday is None:
            return Slot(planned, planned)
        if self.on_holiday is OnHoliday.SKIP:
            return Slot(planned, None, holiday)
        return Slot(planned, datetime.combine(working_day_after(planned.date()), planned.time()), holiday)

    def begin(self) -> datetime | None:
        """The first wall time that the rule gives, from the start on; None where it gives none, or cannot be read."""
        return next(self._planned_from(self.first), None)

    def _between(self, start: date, end: date) -> Iterator[Slot]:
        for planned in self._planned_from(_midnight(start, -LONGEST_MOVE)):
            if planned.date() > end:
                return
            yield self.slot(planned)

    def _planned_from(self, moment: datetime) -> Iterator[datetime]:
        rule = self._read()
        if rule is not None:
            yield from rule.xafter(moment, inc=True)

    def _read(self) -> rrule | None:
        from dateutil.rrule import rrulestr

        try:
            return rrulestr(_wall_until(self.rule, self.tz), dtstart=self.first)
        except ValueError:
            return None


def _touches(slot: Slot, start: date, end: date) -> bool:
    days = [slot.planned.date(), *([slot.starts.date()] if slot.starts else [])]
    return any(start <= day <= end for day in days)


def _midnight(day: date, by: timedelta) -> datetime:
    """A midnight so far from a day, as far as the calendar goes."""
    try:
        return datetime.combine(day, datetime.min.time()) + by
    except OverflowError:
        return datetime.combine(day, datetime.min.time())


def _wall_until(rule: str, tz: str) -> str:
    """The rule with UNTIL as a wall time: the whole of a day that is named, and UTC in the time of the zone."""
    found = _UNTIL.search(rule)
    if found is None:
        return rule
    day, clock, utc = found.groups()
    if clock is None:
        return rule.replace(found[0], f"UNTIL={day}T235959")
    moment = datetime.strptime(f"{day}{clock}", "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    wall = moment.astimezone(ZoneInfo(tz)) if utc else moment
    return rule.replace(found[0], f"UNTIL={wall:%Y%m%dT%H%M%S}")
