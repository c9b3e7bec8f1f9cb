"""Years, months, days and amounts of time from digits; values that do not exist raise BadInput."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from ahtc_tui.domain.dates import names
from ahtc_tui.domain.dates.calendar_names import format_month, format_weekday
from ahtc_tui.domain.dates.date_as_known import DateAsKnown, add_units, find_month_end, format_long_date
from ahtc_tui.domain.dates.working_days import add_working_days, subtract_working_days
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _

FIRST_YEAR, LAST_YEAR = 1900, 2199


class NotADate(BadInput):
    """Text that is not a date; a date that does not exist or may be two days is another `BadInput`."""


MONTH = r"(?P<month>[a-z]{3,})"
GAP = r"[ /.-]*"
SEPARATOR = r" ?[ /.-] ?"


def expand_year(text: str) -> int:
    """Return the year of two or four digits; 70 to 99 are 1970 to 1999."""
    digits = text.lstrip("'’")
    if len(digits) == 4:
        return check_year(int(digits))
    return int(digits) + (2000 if int(digits) < 70 else 1900)


def check_year(year: int) -> int:
    """Return the year, if it is between FIRST_YEAR and LAST_YEAR. Raises BadInput otherwise."""
    if FIRST_YEAR <= year <= LAST_YEAR:
        return year
    sentence = _("The year {year} is out of range. Enter one from {first} to {last}.")
    raise BadInput(sentence.format(year=year, first=FIRST_YEAR, last=LAST_YEAR))


def check_month(text: str) -> int:
    """Return the month of one or two digits. Raises BadInput unless it is 1 to 12."""
    if 1 <= int(text) <= 12:
        return int(text)
    raise BadInput(_("There is no month {month}. Enter the day first, as in 24/11/2013.").format(month=int(text)))


def resolve_month_end(month: int, year: str | None, today: date) -> date:
    """Return the last day of the month in the given year, else of its next occurrence that has not ended."""
    if year:
        return find_month_end(expand_year(year), month)
    this_year = find_month_end(today.year, month)
    return this_year if this_year >= today else find_month_end(today.year + 1, month)


def build_checked_day(match: re.Match[str], month: int, today: date) -> DateAsKnown | None:
    """Return the day of a match with groups `day`, `year` and `weekday`; None if the weekday is not a weekday name.

    Raises BadInput if the weekday contradicts the date.
    """
    weekday = names.find_weekday_number(match["weekday"]) if match["weekday"] else None
    if match["weekday"] and not weekday:
        return None
    day = resolve_day(int(match["day"]), month, expand_year(match["year"]) if match["year"] else None, today)
    if weekday and weekday - 1 != day.weekday():
        sentence = _("{day} is a {right}, not a {wrong}. Correct the weekday, or the date and year.")
        right, wrong = format_weekday(day.weekday()), format_weekday(weekday - 1)
        raise BadInput(sentence.format(day=format_long_date(day), right=right, wrong=wrong))
    return DateAsKnown(day)


def resolve_day(day: int, month: int, year: int | None, today: date) -> date:
    """Return the day in the given year, else its next occurrence in this year or the next.

    Raises BadInput where the day does not exist.
    """
    for each_year in [year] if year else (today.year, today.year + 1):
        with suppress(ValueError):
            candidate = date(each_year, month, day)
            if year or candidate >= today:
                return candidate
    if year is None and (month, day) == (2, 29):
        leap_year = next(each for each in range(today.year + 2, today.year + 9) if find_month_end(each, 2).day == day)
        sentence = _("The next 29 February is in {year}. Enter the year if you mean it, or another date.")
        raise BadInput(sentence.format(year=leap_year))
    name = f"{format_month(month)} {year}" if year else format_month(month)
    last = find_month_end(year or 2000, month).day
    sentence = _("{day} {month} does not exist. {month} has {last} days.")
    raise BadInput(sentence.format(day=day, month=name, last=last))


_ALONE = re.compile(names.AMOUNT)
_DISTANCE = re.compile(
    rf"(?:the |yr? )?{names.AMOUNT} (?P<side>{'|'.join((*names.BEFORE, *names.AFTER))})"
    r"(?: the| yr?)? (?P<anchor>\S.*)"
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of days, working days, weeks, months or years."""

    unit: str
    count: int

    def add_to(self, day: date, *, back: bool = False) -> date:
        """Return the day at this distance after a day, or before it. Raises BadInput for a year out of range."""
        if self.unit == "working days":
            return (subtract_working_days if back else add_working_days)(day, self.count)
        moved = add_units(day, -self.count if back else self.count, self.unit)
        check_year(moved.year)
        return moved


def read_amount(text: str) -> Amount | None:
    """Return the amount that folded text names with a number; None for other text."""
    match = _ALONE.fullmatch(text)
    has_count = match and (match["count"] or match["word"] or match["unit"] in names.UNITS_WITH_COUNT)
    return Amount(*names.read_unit_and_count(match)) if match and has_count else None


def read_distance(text: str, find_day: Callable[[str], DateAsKnown | None]) -> date | None:
    """Return the day that folded text puts at a distance from another: "two weeks before 1 March 2014"."""
    match = _DISTANCE.fullmatch(text)
    anchor = find_day(match["anchor"]) if match else None
    if match is None or anchor is None or not anchor.has_day:
        return None
    is_back = match["side"] in names.BEFORE
    return Amount(*names.read_unit_and_count(match)).add_to(anchor.earliest if is_back else anchor.latest, back=is_back)
