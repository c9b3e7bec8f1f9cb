"""Amounts of time: "+2w", "a fortnight", "10 working days", "dwy wythnos"; and a day at that distance from another."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from ahtc_tui.domain.dates import names
from ahtc_tui.domain.dates.components import check_year
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.dates.working_days import add_working_days, subtract_working_days

_AMOUNT = (
    rf"\+? ?(?:(?P<count>[0-9]{{1,3}}) ?|(?P<word>{'|'.join(names.COUNTS)}) )?(?P<unit>{'|'.join(names.UNITS)})"
    r"(?:['’]s?)?(?: time)?"
)
_ALONE = re.compile(_AMOUNT)
_DISTANCE = re.compile(
    rf"(?:the |yr? )?{_AMOUNT} (?P<side>before|prior to|ahead of|cyn|after|from|following|ar ôl|ar ol|wedi)"
    r"(?: the| yr?)? (?P<anchor>\S.*)"
)
_BACK = ("before", "prior to", "ahead of", "cyn")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of days, working days, weeks, months or years."""

    unit: str
    count: int

    def add_to(self, day: date, *, back: bool = False) -> date:
        """Return the day at this distance after a day, or before it. Raises BadInput for a year out of range."""
        if self.unit == "working days":
            return (subtract_working_days if back else add_working_days)(day, self.count)
        import pendulum

        count = -self.count if back else self.count
        moved = pendulum.date(day.year, day.month, day.day).add(**{self.unit: count})
        return date(check_year(moved.year), moved.month, moved.day)


def read_amount(text: str) -> Amount | None:
    """Return the amount that folded text names with a number; None for other text."""
    match = _ALONE.fullmatch(text)
    has_count = match and (match["count"] or match["word"] or match["unit"] in names.UNITS_WITH_COUNT)
    return _build_amount(match) if match and has_count else None


def read_distance(text: str, find_day: Callable[[str], DateAsKnown | None]) -> date | None:
    """Return the day that folded text puts at a distance from another: "two weeks before 1 March 2014"."""
    match = _DISTANCE.fullmatch(text)
    anchor = find_day(match["anchor"]) if match else None
    if match is None or anchor is None or not anchor.has_day:
        return None
    is_back = match["side"] in _BACK
    return _build_amount(match).add_to(anchor.earliest if is_back else anchor.latest, back=is_back)


def _build_amount(match: re.Match[str]) -> Amount:
    unit, factor = names.UNITS[match["unit"]]
    count = int(match["count"]) if match["count"] else names.COUNTS.get(match["word"] or "", 1)
    return Amount(unit, count * factor)
