"""Reads dates as people in Wales write them, day first. Never asks the clock and never guesses a day.

A date without a year is the next such day, month or season on or after today: a form is about what is due.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import date

from ahtc_tui.domain import date_names
from ahtc_tui.domain.dates import DAYS, MONTHS, NO_DAY, DateAsKnown, Precision, last_of_month, long_date
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.words import _

FIRST_YEAR, LAST_YEAR = 1900, 2199
_UNITS = {"d": "days", "w": "weeks", "m": "months", "y": "years"}

_YEAR = r"(?P<year>[0-9]{4}|['’]?[0-9]{2})"
_DAY = r"(?P<day>[0-9]{1,2}) ?(?:st|nd|rd|th|af|il|ydd|ed|fed|eg|ain)?"
_WEEKDAY = r"(?:(?:dydd )?(?P<weekday>[a-z]{3,}) ?)?(?:the )?"
_MONTH = r"(?P<month>[a-z]{3,})"
_GAP = r"[ /.-]*"
_SEP = r" ?[ /.-] ?"

_DAY_OF_MONTH = re.compile(rf"{_WEEKDAY}{_DAY}(?: of| o)?{_GAP}{_MONTH}(?:{_GAP}{_YEAR})?")
_MONTH_AND_DAY = re.compile(rf"(?:(?P<weekday>[a-z]{{3,}}) )?{_MONTH} {_DAY}{_SEP}(?P<year>[0-9]{{4}})")
_NUMBERS = re.compile(rf"{_WEEKDAY}{_DAY}{_SEP}(?P<month>[0-9]{{1,2}})(?:{_SEP}{_YEAR})?")
_YEAR_FIRST = re.compile(rf"(?P<year>[0-9]{{4}}){_SEP}(?P<month>[0-9]{{1,2}})(?:{_SEP}(?P<day>[0-9]{{1,2}}))?")
_MONTH_NUMBER = re.compile(rf"(?P<month>[0-9]{{1,2}}){_SEP}(?P<year>[0-9]{{4}})")
_MONTH_NAME = re.compile(rf"{_MONTH}(?: of)?(?:{_GAP}(?P<year>[0-9]{{4}})|(?:-|[ -]?['’])(?P<short>[0-9]{{2}}))?")
_MONTH_OR_DAY = re.compile(rf"{_MONTH} (?P<number>[0-9]{{1,2}})")
_WEEKDAY_ALONE = re.compile(r"(?:next |this |dydd |nos )?(?P<weekday>[a-z]{3,})")
_AMOUNT = re.compile(r"\+? ?(?P<count>[0-9]{1,3}) ?(?P<unit>d|w|m|y|days?|weeks?|wks?|months?|years?)")
_SEASON = re.compile(
    rf"(?P<season>{'|'.join(date_names.SEASON_ENDS)})(?: of)?(?: ?(?P<year>[0-9]{{4}})(?P<split>[/-][0-9]{{2,4}})?)?"
)
_QUARTER = re.compile(r"(?:q|ch) ?(?P<quarter>[1-4])(?: of)?(?: ?(?P<year>[0-9]{4})(?P<split>[/-][0-9]{2,4})?)?")
_PART = re.compile(rf"(?P<part>{'|'.join(date_names.PARTS)})(?: of)?[ -](?:the )?(?P<whole>.+)")
_LEAD = re.compile(r"(?:due )?(?:(?:by|on|in|during|for|erbyn|ar|ym|yn|yng) )?(?:the |mis )?")
_MIDNIGHT = re.compile(r"[ t]00:00(?::00)?$")

Reader = Callable[[str, date], DateAsKnown | None]


def read_date(text: str, today: date) -> DateAsKnown:
    """The date that the text names. Raises BadInput where it names none, or one that does not exist."""
    words = " ".join(text.split())
    if known := _read(words, today):
        return known
    raise _not_a_date(words)


def read_date_or_words(text: str, today: date) -> DateAsKnown:
    """As `read_date`, but words that name no day ("ASAP") are kept. A date that does not exist is still BadInput."""
    words = " ".join(text.split())
    if known := _read(words, today):
        return known
    if any(letter.isalpha() for letter in words):
        return DateAsKnown(NO_DAY, Precision.WORDS, words)
    raise _not_a_date(words)


def _read(words: str, today: date) -> DateAsKnown | None:
    if not words:
        raise BadInput(_("There is no date: write one like 24 November 2013, fri or +2w."))
    said = _plain(words)
    if said in date_names.WITHOUT_A_DAY:
        return DateAsKnown(NO_DAY, Precision.WORDS, words)
    if known := _first(_EXACT, said, today):
        return known
    known = _first((*_EXACT, *_LOOSE), _LEAD.sub("", said, count=1), today)
    if known is None or known.precision is Precision.DAY:
        return known
    return replace(known, words=words)


def _plain(words: str) -> str:
    """Small letters, no commas, no full stop after a letter, no time of midnight (a sheet adds one to a plain day)."""
    said = re.sub(r"(?<=[a-z])\.", " ", words.casefold().replace(",", " "))
    return _MIDNIGHT.sub("", " ".join(said.split()))


def _first(readers: Iterable[Reader], said: str, today: date) -> DateAsKnown | None:
    return next((known for reader in readers if (known := reader(said, today))), None)


def _near_day(said: str, today: date) -> DateAsKnown | None:
    return _moved(today, "days", date_names.NEAR_DAYS[said]) if said in date_names.NEAR_DAYS else None


def _amount(said: str, today: date) -> DateAsKnown | None:
    found = _AMOUNT.fullmatch(said)
    return _moved(today, _UNITS[found["unit"][0]], int(found["count"])) if found else None


def _moved(today: date, unit: str, count: int) -> DateAsKnown:
    import pendulum

    day = pendulum.date(today.year, today.month, today.day).add(**{unit: count})
    return DateAsKnown(date(_year_in_range(day.year), day.month, day.day))


def _end_of_this(said: str, today: date) -> DateAsKnown | None:
    if said in date_names.ENDS_OF_THIS_MONTH:
        return DateAsKnown(last_of_month(today.year, today.month))
    return DateAsKnown(date(today.year, 12, 31)) if said in date_names.ENDS_OF_THIS_YEAR else None


def _weekday_alone(said: str, today: date) -> DateAsKnown | None:
    found = _WEEKDAY_ALONE.fullmatch(said)
    weekday = date_names.weekday_number(found["weekday"]) if found else None
    return _moved(today, "days", (weekday - 2 - today.weekday()) % 7 + 1) if weekday else None


def _day_of_month(said: str, today: date) -> DateAsKnown | None:
    found = _DAY_OF_MONTH.fullmatch(said) or _MONTH_AND_DAY.fullmatch(said)
    month = date_names.month_number(found["month"]) if found else None
    return _checked_day(found, month, today) if found and month else None


def _numbers(said: str, today: date) -> DateAsKnown | None:
    found = _NUMBERS.fullmatch(said)
    return _checked_day(found, _month(found["month"]), today) if found else None


def _year_first(said: str, today: date) -> DateAsKnown | None:
    found = _YEAR_FIRST.fullmatch(said) or _MONTH_NUMBER.fullmatch(said)
    if not found:
        return None
    year, month = _year(found["year"]), _month(found["month"])
    if day := found.groupdict().get("day"):
        return DateAsKnown(_day(int(day), month, year, today))
    return DateAsKnown(last_of_month(year, month), Precision.MONTH)


def _month_name(said: str, today: date) -> DateAsKnown | None:
    unclear = _MONTH_OR_DAY.fullmatch(said)
    found = unclear or _MONTH_NAME.fullmatch(said)
    month = date_names.month_number(found["month"]) if found else None
    if not found or not month:
        return None
    if unclear:
        sentence = _('"{text}" may be a day or a year: write the day first, as in {day} {month}, or the year in full.')
        raise BadInput(sentence.format(text=said, day=unclear["number"], month=_(MONTHS[month])))
    return DateAsKnown(_end_of_month(month, found["year"] or found["short"], today), Precision.MONTH)


def _year_alone(said: str, today: date) -> DateAsKnown | None:
    return DateAsKnown(date(_year(said), 12, 31), Precision.YEAR) if re.fullmatch("[0-9]{4}", said) else None


def _season(said: str, today: date) -> DateAsKnown | None:
    found = _SEASON.fullmatch(said)
    month = date_names.SEASON_ENDS[found["season"]] if found else 0
    is_winter = month == 2
    if not found or (found["split"] and not is_winter):
        return None
    year = str(_year(found["year"]) + is_winter) if found["year"] else None
    return DateAsKnown(_end_of_month(month, year, today), Precision.SEASON)


def _quarter(said: str, today: date) -> DateAsKnown | None:
    """A quarter of a year, or of a financial year from April ("Q4 2013/14" ends in March 2014)."""
    found = _QUARTER.fullmatch(said)
    if not found:
        return None
    month, year = int(found["quarter"]) * 3, found["year"]
    if found["split"]:
        month, year = month % 12 + 3, str(_year(year) + month // 12)
    return DateAsKnown(_end_of_month(month, year, today), Precision.SEASON)


def _part(said: str, today: date) -> DateAsKnown | None:
    """ "End of" or "mid" a month, season or year. The latest day stays the end of it: no day within it is invented."""
    found = _PART.fullmatch(said)
    whole = _first((_year_first, _month_name, _year_alone, _season, _quarter), found["whole"], today) if found else None
    if not found or not whole or whole.precision is Precision.DAY:
        return None
    is_end_of_year = whole.precision is Precision.YEAR and found["part"] in date_names.ENDS
    return replace(whole, precision=Precision.MONTH) if is_end_of_year else whole


_EXACT: tuple[Reader, ...] = (
    _near_day, _end_of_this, _amount, _day_of_month, _numbers, _year_first, _month_name, _year_alone, _weekday_alone,
)  # fmt: skip
_LOOSE: tuple[Reader, ...] = (_season, _quarter, _part)


def _year(text: str) -> int:
    digits = text.lstrip("'’")
    if len(digits) == 4:
        return _year_in_range(int(digits))
    return int(digits) + (2000 if int(digits) < 70 else 1900)


def _year_in_range(year: int) -> int:
    if FIRST_YEAR <= year <= LAST_YEAR:
        return year
    sentence = _("The year {year} is too far away: write one from {first} to {last}.")
    raise BadInput(sentence.format(year=year, first=FIRST_YEAR, last=LAST_YEAR))


def _month(text: str) -> int:
    if 1 <= int(text) <= 12:
        return int(text)
    raise BadInput(_("There is no month {month}: write the day first, as in 24/11/2013.").format(month=int(text)))


def _end_of_month(month: int, year: str | None, today: date) -> date:
    """The last day of the month in that year, else of the next such month that is not over."""
    if year:
        return last_of_month(_year(year), month)
    this_year = last_of_month(today.year, month)
    return this_year if this_year >= today else last_of_month(today.year + 1, month)


def _checked_day(found: re.Match[str], month: int, today: date) -> DateAsKnown | None:
    """The day that was found, if the weekday before it is one and agrees."""
    weekday = date_names.weekday_number(found["weekday"]) if found["weekday"] else None
    if found["weekday"] and not weekday:
        return None
    day = _day(int(found["day"]), month, _year(found["year"]) if found["year"] else None, today)
    if weekday and weekday - 1 != day.weekday():
        sentence = _("{day} is a {right}, not a {wrong}: correct the weekday, or the date and its year.")
        right, wrong = _(DAYS[day.weekday()]), _(DAYS[weekday - 1])
        raise BadInput(sentence.format(day=long_date(day), right=right, wrong=wrong))
    return DateAsKnown(day)


def _day(day: int, month: int, year: int | None, today: date) -> date:
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


def _not_a_date(words: str) -> BadInput:
    sentence = _('"{text}" is not a date: write one like 24 November 2013, 24/11/13, fri or +2w.')
    return BadInput(sentence.format(text=words if len(words) <= 40 else words[:39] + "…"))
