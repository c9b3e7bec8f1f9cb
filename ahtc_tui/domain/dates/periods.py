"""Reads months, years, seasons, quarters and the parts of them; the latest day stays the end of the period."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from ahtc_tui.domain.dates import names
from ahtc_tui.domain.dates.components import GAP, MONTH, SEPARATOR, day_of, end_of_month, month_of, year_of
from ahtc_tui.domain.dates.date_as_known import MONTHS, DateAsKnown, Precision, last_of_month
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

Reader = Callable[[str, date], DateAsKnown | None]


def first_read(readers: Iterable[Reader], said: str, today: date) -> DateAsKnown | None:
    """What the first reader that understands it makes of it."""
    return next((known for reader in readers if (known := reader(said, today))), None)


def year_first(said: str, today: date) -> DateAsKnown | None:
    """A year and a month, with or without a day, biggest first, or a month and its year in numbers."""
    found = _YEAR_FIRST.fullmatch(said) or _MONTH_NUMBER.fullmatch(said)
    if not found:
        return None
    year, month = year_of(found["year"]), month_of(found["month"])
    if day := found.groupdict().get("day"):
        return DateAsKnown(day_of(int(day), month, year, today))
    return DateAsKnown(last_of_month(year, month), Precision.MONTH)


def month_name(said: str, today: date) -> DateAsKnown | None:
    """A month by its name, in the year that is said or the next such month."""
    unclear = _MONTH_OR_DAY.fullmatch(said)
    found = unclear or _MONTH_NAME.fullmatch(said)
    month = names.month_number(found["month"]) if found else None
    if not found or not month:
        return None
    if unclear:
        sentence = _('"{text}" may be a day or a year: write the day first, as in {day} {month}, or the year in full.')
        raise BadInput(sentence.format(text=said, day=unclear["number"], month=_(MONTHS[month])))
    return DateAsKnown(end_of_month(month, found["year"] or found["short"], today), Precision.MONTH)


def year_alone(said: str, today: date) -> DateAsKnown | None:
    """A year of four digits."""
    return DateAsKnown(date(year_of(said), 12, 31), Precision.YEAR) if re.fullmatch("[0-9]{4}", said) else None


def season(said: str, today: date) -> DateAsKnown | None:
    """A season; a winter of two years ends in the second."""
    found = _SEASON.fullmatch(said)
    month = names.SEASON_ENDS[found["season"]] if found else 0
    is_winter = month == 2
    if not found or (found["split"] and not is_winter):
        return None
    year = str(year_of(found["year"]) + is_winter) if found["year"] else None
    return DateAsKnown(end_of_month(month, year, today), Precision.SEASON)


def quarter(said: str, today: date) -> DateAsKnown | None:
    """A quarter of a year, or of a financial year from April ("Q4 2013/14" ends in March 2014)."""
    found = _QUARTER.fullmatch(said)
    if not found:
        return None
    month, year = int(found["quarter"]) * 3, found["year"]
    if found["split"]:
        month, year = month % 12 + 3, str(year_of(year) + month // 12)
    return DateAsKnown(end_of_month(month, year, today), Precision.SEASON)


def part_of(said: str, today: date) -> DateAsKnown | None:
    """ "End of" or "mid" a month, season or year. The latest day stays the end of it: no day within it is invented."""
    found = _PART.fullmatch(said)
    whole = first_read((year_first, month_name, year_alone, season, quarter), found["whole"], today) if found else None
    if not found or not whole or whole.precision is Precision.DAY:
        return None
    is_end_of_year = whole.precision is Precision.YEAR and found["part"] in names.ENDS
    return replace(whole, precision=Precision.MONTH) if is_end_of_year else whole
