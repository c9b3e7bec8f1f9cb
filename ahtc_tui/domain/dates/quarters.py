"""Quarters of the calendar year: their ends, lists of them, and their names; and the last months."""

from __future__ import annotations

from datetime import date, timedelta

from ahtc_tui.domain.dates.date_as_known import find_month_end
from ahtc_tui.domain.i18n import _, gettext_noop

QUARTERS = (
    gettext_noop("Jan to Mar {year}"),
    gettext_noop("Apr to Jun {year}"),
    gettext_noop("Jul to Sep {year}"),
    gettext_noop("Oct to Dec {year}"),
)


def find_quarter_end(day: date) -> date:
    """Return the last day of the quarter of a day."""
    return find_month_end(day.year, (day.month + 2) // 3 * 3)


def find_previous_quarter_end(day: date) -> date:
    """Return the last day of the quarter before the one that includes a day."""
    return find_month_end(day.year - 1, 12) if day.month < 4 else find_month_end(day.year, (day.month - 1) // 3 * 3)


def list_quarter_ends(last: date, number: int) -> list[date]:
    """Ends of `number` quarters up to the quarter of `last`, earliest first."""
    ends = [find_quarter_end(last)]
    while len(ends) < number:
        ends.append(find_previous_quarter_end(ends[-1]))
    return ends[::-1]


def list_quarters_between(first: date, last: date) -> list[date]:
    """Return the ends of the quarters from the one that includes `first` to the one that includes `last`, earliest
    first.
    """
    ends = [find_quarter_end(first)]
    while ends[-1] < find_quarter_end(last):
        ends.append(find_quarter_end(ends[-1] + timedelta(days=1)))
    return ends


def list_last_months(day: date, number: int) -> tuple[date, ...]:
    """Return the first days of the last `number` months up to and including the month of a day, earliest first."""
    last = day.year * 12 + day.month - 1
    return tuple(date(month // 12, month % 12 + 1, 1) for month in range(last - number + 1, last + 1))


def format_quarter(end: date) -> str:
    """Return a quarter in words: "Oct to Dec 2013"."""
    return _(QUARTERS[(end.month - 1) // 3]).format(year=end.year)


def format_quarter_code(end: date) -> str:
    """Return the key of a quarter: "2013-Q4"."""
    return f"{end.year}-Q{end.month // 3}"
