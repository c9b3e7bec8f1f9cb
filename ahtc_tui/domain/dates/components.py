"""Years, months and days from the digits that people write; refuses those that do not exist."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date

from ahtc_tui.domain.dates import names
from ahtc_tui.domain.dates.date_as_known import DAYS, MONTHS, DateAsKnown, last_of_month, long_date
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _

FIRST_YEAR, LAST_YEAR = 1900, 2199

MONTH = r"(?P<month>[a-z]{3,})"
GAP = r"[ /.-]*"
SEPARATOR = r" ?[ /.-] ?"


def year_of(text: str) -> int:
    """The year of two or four digits; 70 and above is of the last century."""
    digits = text.lstrip("'’")
    if len(digits) == 4:
        return year_in_range(int(digits))
    return int(digits) + (2000 if int(digits) < 70 else 1900)


def year_in_range(year: int) -> int:
    """The year, if a diary may hold it."""
    if FIRST_YEAR <= year <= LAST_YEAR:
        return year
    sentence = _("The year {year} is too far away: write one from {first} to {last}.")
    raise BadInput(sentence.format(year=year, first=FIRST_YEAR, last=LAST_YEAR))


def month_of(text: str) -> int:
    """The month of one or two digits."""
    if 1 <= int(text) <= 12:
        return int(text)
    raise BadInput(_("There is no month {month}: write the day first, as in 24/11/2013.").format(month=int(text)))


def end_of_month(month: int, year: str | None, today: date) -> date:
    """The last day of the month in that year, else of the next such month that is not over."""
    if year:
        return last_of_month(year_of(year), month)
    this_year = last_of_month(today.year, month)
    return this_year if this_year >= today else last_of_month(today.year + 1, month)


def checked_day(found: re.Match[str], month: int, today: date) -> DateAsKnown | None:
    """The day that was found, if the weekday before it is one and agrees."""
    weekday = names.weekday_number(found["weekday"]) if found["weekday"] else None
    if found["weekday"] and not weekday:
        return None
    day = day_of(int(found["day"]), month, year_of(found["year"]) if found["year"] else None, today)
    if weekday and weekday - 1 != day.weekday():
        sentence = _("{day} is a {right}, not a {wrong}: correct the weekday, or the date and its year.")
        right, wrong = _(DAYS[day.weekday()]), _(DAYS[weekday - 1])
        raise BadInput(sentence.format(day=long_date(day), right=right, wrong=wrong))
    return DateAsKnown(day)


def day_of(day: int, month: int, year: int | None, today: date) -> date:
    """The day in that year, else the next such day. Nine years hold a 29 February, also around 2100."""
    for each_year in [year] if year else range(today.year, today.year + 9):
        with suppress(ValueError):
            found = date(each_year, month, day)
            if year or found >= today:
                return found
    name = f"{_(MONTHS[month])} {year}" if year else _(MONTHS[month])
    last = last_of_month(year or 2000, month).day
    sentence = _("{day} {month} does not exist: {month} has {last} days.")
    raise BadInput(sentence.format(day=day, month=name, last=last))
