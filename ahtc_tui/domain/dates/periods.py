"""Readers of months, years, seasons, quarters and parts of them. The latest day is always the end of the period."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from ahtc_tui.domain.dates import names
from ahtc_tui.domain.dates.calendar_names import format_month
from ahtc_tui.domain.dates.components import (
    GAP,
    MONTH,
    SEPARATOR,
    check_month,
    expand_year,
    resolve_day,
    resolve_month_end,
)
from ahtc_tui.domain.dates.date_as_known import DateAsKnown, Precision, find_month_end
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _

_YEAR_FIRST = re.compile(
    rf"(?P<year>[0-9]{{4}}){SEPARATOR}(?P<month>[0-9]{{1,2}})(?:{SEPARATOR}(?P<day>[0-9]{{1,2}}))?"
)
_MONTH_NUMBER = re.compile(rf"(?P<month>[0-9]{{1,2}}){SEPARATOR}(?P<year>[0-9]{{4}})")
_MONTH_NAME = re.compile(rf"{MONTH}(?: of)?(?:{GAP}(?P<year>[0-9]{{4}})|(?:-|[ -]?['’])(?P<short>[0-9]{{2}}))?")
_MONTH_OR_DAY = re.compile(rf"{MONTH} (?P<number>[0-9]{{1,2}})")
_SEASON = re.compile(
    rf"(?P<season>{'|'.join(names.SEASON_ENDS)})(?: of)?(?: ?(?P<year>[0-9]{{4}})(?P<split>[/-][0-9]{{2,4}})?)?"
)
_QUARTER = re.compile(r"(?:q|ch) ?(?P<quarter>[1-4])(?: of)?(?: ?(?P<year>[0-9]{4})(?P<split>[/-][0-9]{2,4})?)?")
_PART = re.compile(rf"(?P<part>{'|'.join(names.PARTS)})(?: of)?[ -](?:the )?(?P<whole>.+)")

DateReader = Callable[[str, date], DateAsKnown | None]


def try_readers(readers: Iterable[DateReader], text: str, today: date) -> DateAsKnown | None:
    """Result of the first reader that accepts the text, or None."""
    return next((known_date for reader in readers if (known_date := reader(text, today))), None)


def read_year_first(text: str, today: date) -> DateAsKnown | None:
    """Read "2013-11-24", "2013-11" or "11/2013"."""
    match = _YEAR_FIRST.fullmatch(text) or _MONTH_NUMBER.fullmatch(text)
    if not match:
        return None
    year, month = expand_year(match["year"]), check_month(match["month"])
    if day := match.groupdict().get("day"):
        return DateAsKnown(resolve_day(int(day), month, year, today))
    return DateAsKnown(find_month_end(year, month), Precision.MONTH)


def read_month_name(text: str, today: date) -> DateAsKnown | None:
    """Read a month by name with or without a year. Raises BadInput if the number may be a day or a year."""
    ambiguous = _MONTH_OR_DAY.fullmatch(text)
    match = ambiguous or _MONTH_NAME.fullmatch(text)
    month = names.find_month_number(match["month"]) if match else None
    if not match or not month:
        return None
    if ambiguous:
        sentence = _('"{text}" may be a day or a year: write the day first, as in {day} {month}, or the year in full.')
        raise BadInput(sentence.format(text=text, day=ambiguous["number"], month=format_month(month)))
    return DateAsKnown(resolve_month_end(month, match["year"] or match["short"], today), Precision.MONTH)


def read_year(text: str, today: date) -> DateAsKnown | None:
    """Read a year of four digits."""
    return DateAsKnown(date(expand_year(text), 12, 31), Precision.YEAR) if re.fullmatch("[0-9]{4}", text) else None


def read_season(text: str, today: date) -> DateAsKnown | None:
    """Read a season; a winter with two years ends in the second."""
    match = _SEASON.fullmatch(text)
    month = names.SEASON_ENDS[match["season"]] if match else 0
    is_winter = month == 2
    if not match or (match["split"] and not is_winter):
        return None
    year = str(expand_year(match["year"]) + is_winter) if match["year"] else None
    return DateAsKnown(resolve_month_end(month, year, today), Precision.SEASON)


def read_quarter(text: str, today: date) -> DateAsKnown | None:
    """Read a quarter of a year, or of a financial year from April ("Q4 2013/14" ends in March 2014)."""
    match = _QUARTER.fullmatch(text)
    if not match:
        return None
    month, year = int(match["quarter"]) * 3, match["year"]
    if match["split"]:
        month, year = month % 12 + 3, str(expand_year(year) + month // 12)
    return DateAsKnown(resolve_month_end(month, year, today), Precision.SEASON)


def read_part_of_period(text: str, today: date) -> DateAsKnown | None:
    """Read "end of" or "mid" with a month, season or year. The latest day remains the end of the period."""
    match = _PART.fullmatch(text)
    period = (
        try_readers((read_year_first, read_month_name, read_year, read_season, read_quarter), match["whole"], today)
        if match
        else None
    )
    if not match or not period or period.precision is Precision.DAY:
        return None
    is_end_of_year = period.precision is Precision.YEAR and match["part"] in names.ENDS
    return replace(period, precision=Precision.MONTH) if is_end_of_year else period
