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

from ahtc_tui.domain.dates.working_days import add_working_days, find_bank_holiday
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
    def is_moved(self) -> bool:
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
    def is_endless(self) -> bool:
        """Whether the rule names no end."""
        return "COUNT=" not in self.rule and "UNTIL=" not in self.rule

    def list_slots(self, start: date, end: date) -> list[Slot]:
        """The days of the series that are planned for, or moved to, a day from `start` to `end`, by their plan."""
        return [
            slot for slot in islice(self._iterate_slots(start, end), MOST_SLOTS) if _is_slot_between(slot, start, end)
        ]

    def find_next_slot(self, day: date, taken: Iterable[datetime] = ()) -> Slot | None:
        """The first that is on a day or later and is not among the `taken` plans; None where the series is over."""
        taken_plans = set(taken)
        search_start = datetime.combine(max(day, self.first.date()), datetime.min.time()) - LONGEST_MOVE
        for planned in islice(self._iterate_planned(search_start), MOST_SLOTS):
            slot = self.build_slot(planned)
            if slot.starts and slot.starts.date() >= day and planned not in taken_plans:
                return slot
        return None

    def has_planned(self, planned: datetime) -> bool:
        """Whether the rule gives this wall time."""
        rule = self._parse_rule()
        return bool(rule and rule.between(planned, planned, inc=True))

    def build_slot(self, planned: datetime) -> Slot:
        """What the rule for holidays makes of a planned wall time."""
        holiday = None if self.on_holiday is OnHoliday.KEEP else find_bank_holiday(planned.date())
        if holiday is None:
            return Slot(planned, planned)
        if self.on_holiday is OnHoliday.SKIP:
            return Slot(planned, None, holiday)
        return Slot(planned, datetime.combine(add_working_days(planned.date()), planned.time()), holiday)

    def find_start(self) -> datetime | None:
        """The first wall time that the rule gives, from the start on; None where it gives none, or cannot be read."""
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


def _is_slot_between(slot: Slot, start: date, end: date) -> bool:
    days = [slot.planned.date(), *([slot.starts.date()] if slot.starts else [])]
    return any(start <= day <= end for day in days)


def _shift_midnight(day: date, offset: timedelta) -> datetime:
    """A midnight so far from a day, as far as the calendar goes."""
    try:
        return datetime.combine(day, datetime.min.time()) + offset
    except OverflowError:
        return datetime.combine(day, datetime.min.time())


def _convert_until(rule: str, tz: str) -> str:
    """The rule with UNTIL as a wall time: the whole of a day that is named, and UTC in the time of the zone."""
    match = _UNTIL.search(rule)
    if match is None:
        return rule
    day, clock, utc = match.groups()
    if clock is None:
        return rule.replace(match[0], f"UNTIL={day}T235959")
    moment = datetime.strptime(f"{day}{clock}", "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    wall = moment.astimezone(ZoneInfo(tz)) if utc else moment
    return rule.replace(match[0], f"UNTIL={wall:%Y%m%dT%H%M%S}")
