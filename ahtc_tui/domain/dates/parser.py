"""Parser of dates as written in Wales, day first. It does not read the clock and does not guess days.

A date without a year is its next occurrence on or after today, since forms ask for due dates.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from ahtc_tui.domain.dates import names
from ahtc_tui.domain.dates.components import GAP, MONTH, SEPARATOR, build_checked_day, check_month, check_year
from ahtc_tui.domain.dates.date_as_known import NO_DAY, DateAsKnown, Precision, find_month_end
from ahtc_tui.domain.dates.periods import (
    DateReader,
    read_month_name,
    read_part_of_period,
    read_quarter,
    read_season,
    read_year,
    read_year_first,
    try_readers,
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
    """Read a date. Raises BadInput if the text is not a date or the date does not exist."""
    words = " ".join(text.split())
    if known_date := _try_read_date(words, today):
        return known_date
    raise _build_not_a_date_error(words)


def read_date_or_words(text: str, today: date) -> DateAsKnown:
    """Read a date, or keep words without a day ("ASAP"). Raises BadInput if the date does not exist."""
    words = " ".join(text.split())
    if known_date := _try_read_date(words, today):
        return known_date
    if any(letter.isalpha() for letter in words):
        return DateAsKnown(NO_DAY, Precision.WORDS, words)
    raise _build_not_a_date_error(words)


def _try_read_date(words: str, today: date) -> DateAsKnown | None:
    if not words:
        raise BadInput(_("There is no date: write one like 24 November 2013, fri or +2w."))
    text = _normalize_words(words)
    if text in names.WITHOUT_A_DAY:
        return DateAsKnown(NO_DAY, Precision.WORDS, words)
    if known_date := try_readers(_EXACT_READERS, text, today):
        return known_date
    known_date = try_readers((*_EXACT_READERS, *_LOOSE_READERS), _LEAD.sub("", text, count=1), today)
    if known_date is None or known_date.precision is Precision.DAY:
        return known_date
    return replace(known_date, words=words)


def _normalize_words(words: str) -> str:
    """Case-fold; drop commas, full stops after letters, and a time of midnight, which spreadsheets add to a date."""
    text = _TWICE.sub(_merge_bilingual_month, re.sub(r"(?<=[a-z])\.", " ", words.casefold().replace(",", " ")))
    return _MIDNIGHT.sub("", " ".join(text.split()))


def _merge_bilingual_month(match: re.Match[str]) -> str:
    """Reduce one month in two languages, "rhagfyr/december", to one name; leave other text unchanged."""
    first, second = (names.find_month_number(name) for name in match.groups())
    return match[1] if first is not None and first == second else match[0]


def _read_near_day(text: str, today: date) -> DateAsKnown | None:
    return _shift_day(today, "days", names.NEAR_DAYS[text]) if text in names.NEAR_DAYS else None


def _read_amount(text: str, today: date) -> DateAsKnown | None:
    match = _AMOUNT.fullmatch(text)
    return _shift_day(today, _UNITS[match["unit"][0]], int(match["count"])) if match else None


def _shift_day(today: date, unit: str, count: int) -> DateAsKnown:
    import pendulum

    day = pendulum.date(today.year, today.month, today.day).add(**{unit: count})
    return DateAsKnown(date(check_year(day.year), day.month, day.day))


def _read_end_of_this(text: str, today: date) -> DateAsKnown | None:
    if text in names.ENDS_OF_THIS_MONTH:
        return DateAsKnown(find_month_end(today.year, today.month))
    return DateAsKnown(date(today.year, 12, 31)) if text in names.ENDS_OF_THIS_YEAR else None


def _read_weekday(text: str, today: date) -> DateAsKnown | None:
    match = _WEEKDAY_ALONE.fullmatch(text)
    weekday = names.find_weekday_number(match["weekday"]) if match else None
    return _shift_day(today, "days", (weekday - 2 - today.weekday()) % 7 + 1) if weekday else None


def _read_day_of_month(text: str, today: date) -> DateAsKnown | None:
    match = _DAY_OF_MONTH.fullmatch(text) or _MONTH_AND_DAY.fullmatch(text)
    month = names.find_month_number(match["month"]) if match else None
    return build_checked_day(match, month, today) if match and month else None


def _read_numeric_date(text: str, today: date) -> DateAsKnown | None:
    match = _NUMBERS.fullmatch(text)
    return build_checked_day(match, check_month(match["month"]), today) if match else None


_EXACT_READERS: tuple[DateReader, ...] = (
    _read_near_day, _read_end_of_this, _read_amount, _read_day_of_month, _read_numeric_date, read_year_first,
    read_month_name, read_year, _read_weekday,
)  # fmt: skip
_LOOSE_READERS: tuple[DateReader, ...] = (read_season, read_quarter, read_part_of_period)


def _build_not_a_date_error(words: str) -> BadInput:
    sentence = _('"{text}" is not a date: write one like 24 November 2013, 24/11/13, fri or +2w.')
    return BadInput(sentence.format(text=words if len(words) <= 40 else words[:39] + "…"))
