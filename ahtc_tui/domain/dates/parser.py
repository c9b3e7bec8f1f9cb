"""Reads dates as people in Wales write them, day first. Never asks the clock and never guesses a day.

A date without a year is the next such day, month or season on or after today: a form is about what is due.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from ahtc_tui.domain.dates import names
from ahtc_tui.domain.dates.components import GAP, MONTH, SEPARATOR, checked_day, month_of, year_in_range
from ahtc_tui.domain.dates.date_as_known import NO_DAY, DateAsKnown, Precision, last_of_month
from ahtc_tui.domain.dates.periods import (
    Reader,
    first_read,
    month_name,
    part_of,
    quarter,
    season,
    year_alone,
    year_first,
)
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _

_UNITS = {"d": "days", "w": "weeks", "m": "months", "y": "years"}

_YEAR = r"(?P<year>[0-9]{4}|['’]?[0-9]{2})"
_DAY = r"(?P<day>[0-9]{1,2}) ?(?:st|nd|rd|th|af|il|ydd|ed|fed|eg|ain)?"
_WEEKDAY = r"(?:(?:dydd )?(?P<weekday>[a-z]{3,}) ?)?(?:the )?"

_DAY_OF_MONTH = re.compile(rf"{_WEEKDAY}{_DAY}(?: of| o)?{GAP}{MONTH}(?:{GAP}{_YEAR})?")
_MONTH_AND_DAY = re.compile(rf"(?:(?P<weekday>[a-z]{{3,}}) )?{MONTH} {_DAY}{SEPARATOR}(?P<year>[0-9]{{4}})")
_NUMBERS = re.compile(rf"{_WEEKDAY}{_DAY}{SEPARATOR}(?P<month>[0-9]{{1,2}})(?:{SEPARATOR}{_YEAR})?")
_WEEKDAY_ALONE = re.compile(r"(?:next |this |dydd |nos )?(?P<weekday>[a-z]{3,})")
_AMOUNT = re.compile(r"\+? ?(?P<count>[0-9]{1,3}) ?(?P<unit>d|w|m|y|days?|weeks?|wks?|months?|years?)")
_LEAD = re.compile(r"(?:due )?(?:(?:by|on|in|during|for|erbyn|ar|ym|yn|yng) )?(?:the |mis )?")
_TWICE = re.compile(r"([a-z]{3,})/([a-z]{3,})")
_MIDNIGHT = re.compile(r"[ t]00:00(?::00)?$")


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
    if said in names.WITHOUT_A_DAY:
        return DateAsKnown(NO_DAY, Precision.WORDS, words)
    if known := first_read(_EXACT, said, today):
        return known
    known = first_read((*_EXACT, *_LOOSE), _LEAD.sub("", said, count=1), today)
    if known is None or known.precision is Precision.DAY:
        return known
    return replace(known, words=words)


def _plain(words: str) -> str:
    """Small letters, no commas, no full stop after a letter, no time of midnight (a sheet adds one to a plain day)."""
    said = _TWICE.sub(_once, re.sub(r"(?<=[a-z])\.", " ", words.casefold().replace(",", " ")))
    return _MIDNIGHT.sub("", " ".join(said.split()))


def _once(found: re.Match[str]) -> str:
    """One month in two languages, "rhagfyr/december", is that month; anything else stays."""
    first, second = (names.month_number(name) for name in found.groups())
    return found[1] if first is not None and first == second else found[0]


def _near_day(said: str, today: date) -> DateAsKnown | None:
    return _moved(today, "days", names.NEAR_DAYS[said]) if said in names.NEAR_DAYS else None


def _amount(said: str, today: date) -> DateAsKnown | None:
    found = _AMOUNT.fullmatch(said)
    return _moved(today, _UNITS[found["unit"][0]], int(found["count"])) if found else None


def _moved(today: date, unit: str, count: int) -> DateAsKnown:
    import pendulum

    day = pendulum.date(today.year, today.month, today.day).add(**{unit: count})
    return DateAsKnown(date(year_in_range(day.year), day.month, day.day))


def _end_of_this(said: str, today: date) -> DateAsKnown | None:
    if said in names.ENDS_OF_THIS_MONTH:
        return DateAsKnown(last_of_month(today.year, today.month))
    return DateAsKnown(date(today.year, 12, 31)) if said in names.ENDS_OF_THIS_YEAR else None


def _weekday_alone(said: str, today: date) -> DateAsKnown | None:
    found = _WEEKDAY_ALONE.fullmatch(said)
    weekday = names.weekday_number(found["weekday"]) if found else None
    return _moved(today, "days", (weekday - 2 - today.weekday()) % 7 + 1) if weekday else None


def _day_of_month(said: str, today: date) -> DateAsKnown | None:
    found = _DAY_OF_MONTH.fullmatch(said) or _MONTH_AND_DAY.fullmatch(said)
    month = names.month_number(found["month"]) if found else None
    return checked_day(found, month, today) if found and month else None


def _numbers(said: str, today: date) -> DateAsKnown | None:
    found = _NUMBERS.fullmatch(said)
    return checked_day(found, month_of(found["month"]), today) if found else None


_EXACT: tuple[Reader, ...] = (
    _near_day, _end_of_this, _amount, _day_of_month, _numbers, year_first, month_name, year_alone, _weekday_alone,
)  # fmt: skip
_LOOSE: tuple[Reader, ...] = (season, quarter, part_of)


def _not_a_date(words: str) -> BadInput:
    sentence = _('"{text}" is not a date: write one like 24 November 2013, 24/11/13, fri or +2w.')
    return BadInput(sentence.format(text=words if len(words) <= 40 else words[:39] + "…"))
