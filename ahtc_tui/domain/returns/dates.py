"""Reads cells that should hold a date: the date, whether it is a guess, and the question about it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache

from ahtc_tui.domain.dates.date_as_known import (
    NO_DAY,
    DateAsKnown,
    Precision,
    format_long_date,
    read_iso_date,
    refuse_distant_due,
    refuse_future_day,
)
from ahtc_tui.domain.dates.parser import read_date, read_date_or_words
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import Language, _, get_current_language
from ahtc_tui.domain.imports.sheets import CellValue
from ahtc_tui.domain.returns.heading_vocabulary import CELLS
from ahtc_tui.domain.text.normalization import normalize_text

FIRST_SERIAL, LAST_SERIAL = 20_000, 73_050
"""Range of serial dates: 3 October 1954 to 31 December 2099."""
MAX_LENGTH = 200
"""Number of letters above which a text is a report and not a date."""
_EPOCH_1900, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
_DIGITS = re.compile(r"[0-9]{5}(?:\.[0-9]+)?")
_COMPACT = re.compile(r"(?:19|20)[0-9]{6}")
_DATE_INSIDE = re.compile(
    r"(?<![0-9/.-])(?:[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}[/.-][0-9]{1,2}[/.-](?:[0-9]{4}|[0-9]{2})(?![0-9])"
    r"|[0-9]{1,2}(?:st|nd|rd|th|ain|eg|fed|ydd|ed|af|il)?(?: of| o)? [^\W\d]{3,10},? (?:[0-9]{4}|['’][0-9]{2}))",
    re.IGNORECASE,
)
_MONTH_INSIDE = re.compile(r"\b[^\W\d]{3,10} (?:19|20)[0-9]{2}\b")
MONTHS = 12
_THREE_NUMBERS = re.compile(r"(?P<first>[0-9]{1,2})[/.-](?P<second>[0-9]{1,2})[/.-](?P<year>[0-9]{4}|[0-9]{2})")
_DASHES = re.compile(r"(?<=[0-9])\s*[\u2010-\u2015]\s*(?=[0-9])")


@dataclass(frozen=True, slots=True)
class DateReading:
    """The date in a cell."""

    value: DateAsKnown | None
    """None where the cell is empty or unreadable; words without a day have the precision `words`."""
    is_guess: bool = False
    """The year is inferred, or the date is within other text: it is proposed and never applied without a decision."""
    is_month_first: bool = False
    """The guess is that the month is written first."""
    day_first: DateAsKnown | None = None
    """The date read with the day first, where `is_month_first`; None if there is no such date."""
    is_refused: bool = False
    """The cell has a date that the field cannot have: a fact in the future, or a due date of long ago."""
    question: str | None = None
    """A sentence: why the cell is unreadable, or why the date is a guess."""

    @property
    def is_words_only(self) -> bool:
        """Whether the cell has words without a day ("ASAP")."""
        return self.value is not None and self.value.precision is Precision.WORDS

    @property
    def is_ongoing(self) -> bool:
        """Whether the words mean that there is no end ("ongoing")."""
        return self.value is not None and normalize_text(self.value.words) in CELLS["no_end"]


EMPTY_READING = DateReading(None)


@dataclass(frozen=True, slots=True)
class DateConventions:
    """Conventions of the dates in a file."""

    since_1904: bool = False
    """Serial dates count from 1904 instead of 1900 (`Book.since_1904`)."""
    month_first: bool = False
    """The file has a date that is valid, or is as it was sent, only with the month first: others are doubtful."""


DEFAULT_CONVENTIONS = DateConventions()


def is_month_first(value: CellValue) -> bool:
    """Return whether a text is a date with the month first, and not one with the day first: "02/13/2014"."""
    match = _THREE_NUMBERS.fullmatch(value.strip()) if isinstance(value, str) else None
    return match is not None and 1 <= int(match["first"]) <= MONTHS < int(match["second"]) <= 31


def is_day_first(value: CellValue) -> bool:
    """Return whether a text is a date with the day first, and not one with the month first: "13/02/2014"."""
    match = _THREE_NUMBERS.fullmatch(value.strip()) if isinstance(value, str) else None
    return match is not None and 1 <= int(match["second"]) <= MONTHS < int(match["first"]) <= 31


def read_date_cell(value: CellValue, as_at: date, conventions: DateConventions = DEFAULT_CONVENTIONS) -> DateReading:
    """Return the date in a cell, day first. A missing year is guessed: the next such date after `as_at`."""
    reading = _read_day_first(value, as_at, conventions.since_1904)
    if not conventions.month_first and not is_month_first(value):
        return reading
    return _read_month_first(value, reading)


def read_due_cell(value: CellValue, as_at: date, conventions: DateConventions = DEFAULT_CONVENTIONS) -> DateReading:
    """Return the due date in a cell; a question for one so long ago that its year is a typing error."""
    return _refuse_reading(read_date_cell(value, as_at, conventions), refuse_distant_due, as_at)


def read_fact_cell(value: CellValue, as_at: date, conventions: DateConventions = DEFAULT_CONVENTIONS) -> DateReading:
    """Return the day of a fact in a cell; a question for one that has not come."""
    return _refuse_reading(read_date_cell(value, as_at, conventions), refuse_future_day, as_at)


def _refuse_reading(
    reading: DateReading, refuse: Callable[[DateAsKnown | None, date], None], as_at: date
) -> DateReading:
    try:
        refuse(reading.value, as_at)
    except BadInput as error:
        return DateReading(None, is_refused=True, question=str(error))
    try:
        refuse(reading.day_first, as_at)
    except BadInput:
        return replace(reading, day_first=None)
    return reading


def find_date_order(value: CellValue, sent: DateAsKnown) -> str:
    """Return "day" or "month", which comes first where a text means a date that was sent; "" where neither shows it."""
    if not isinstance(value, str) or not sent.has_day or sent.latest.day == sent.latest.month:
        return ""
    if read_month_first(value) == sent.latest:
        return "month"
    match = _THREE_NUMBERS.fullmatch(value.strip())
    is_day_first = match is not None and (int(match["first"]), int(match["second"])) == (
        sent.latest.day,
        sent.latest.month,
    )
    return "day" if is_day_first else ""


def read_month_first(value: CellValue) -> date | None:
    """Return the date of three numbers with the month first, or of a date whose day and month are exchanged."""
    match = _THREE_NUMBERS.fullmatch(value.strip()) if isinstance(value, str) else None
    if match:
        year, month, day = int(match["year"]), int(match["first"]), int(match["second"])
        year += 2000 if year < 100 else 0
    elif isinstance(value, date):
        year, month, day = value.year, value.day, value.month
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _read_month_first(value: CellValue, reading: DateReading) -> DateReading:
    """Return the date with the month first as a guess, if it is another date."""
    swapped = read_month_first(value)
    if swapped is None or (reading.value and reading.value.latest == swapped):
        return reading
    sentence = (
        _("the day and the month may be exchanged: {day}?")
        if isinstance(value, date)
        else _("the file writes dates with the month first: {day}?")
    )
    question = sentence.format(day=format_long_date(swapped))
    day_first = None if reading.is_words_only else reading.value
    return DateReading(DateAsKnown(swapped), is_guess=True, is_month_first=True, day_first=day_first, question=question)


def _read_day_first(value: CellValue, as_at: date, since_1904: bool) -> DateReading:
    if isinstance(value, datetime):
        return DateReading(DateAsKnown(value.date()))
    if isinstance(value, date):
        return DateReading(DateAsKnown(value))
    if value is None or isinstance(value, bool):
        return EMPTY_READING if value is None else DateReading(None, question=_format_no_date(value))
    if isinstance(value, (int, float)):
        return _read_number(value, since_1904)
    text = _DASHES.sub("-", value.strip())
    return _read_text(text.strip(" .,;'\u2019") or text, as_at, since_1904, get_current_language())


def _read_number(number: float, since_1904: bool) -> DateReading:
    if not abs(number) < 1e9:
        return DateReading(None, question=_format_no_date(f"{number:.3g}" if isinstance(number, float) else "…"))
    is_whole = float(number).is_integer()
    if is_whole and _COMPACT.fullmatch(f"{number:.0f}"):
        return _read_compact(f"{number:.0f}")
    first_serial = FIRST_SERIAL - (1462 if since_1904 else 0)
    if first_serial <= number < LAST_SERIAL + 1:
        return DateReading(DateAsKnown((_EPOCH_1904 if since_1904 else _EPOCH_1900) + timedelta(days=int(number))))
    if is_whole and 1990 <= number <= 2099:
        return DateReading(DateAsKnown(date(int(number), 12, 31), Precision.YEAR))
    return DateReading(None, question=_format_no_date(number))


def _read_compact(digits: str) -> DateReading:
    try:
        return DateReading(read_iso_date(f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"))
    except BadInput:
        return DateReading(None, question=_format_no_date(digits))


@lru_cache(maxsize=1024)
def _read_text(text: str, as_at: date, since_1904: bool, _language: Language) -> DateReading:
    """Read a date in a text; cached, because the cells of a log repeat. Its questions are in the language."""
    if not text:
        return EMPTY_READING
    if len(text) > MAX_LENGTH:
        return DateReading(None, question=_format_no_date(text))
    if _DIGITS.fullmatch(text):
        return replace(_read_number(float(text), since_1904), is_guess=True)
    if _COMPACT.fullmatch(text):
        return _read_compact(text)
    if not any(character.isalnum() for character in text):
        return DateReading(DateAsKnown(NO_DAY, Precision.WORDS, text))
    try:
        day = read_date_or_words(text, as_at)
    except BadInput as error:
        return DateReading(None, question=str(error))
    if day.precision is Precision.WORDS:
        return _read_date_in_words(text, day, as_at)
    return DateReading(day, is_guess=day != _read_in_later_year(text, as_at))


def _read_in_later_year(text: str, as_at: date) -> DateAsKnown | None:
    """Read a text as at eleven years later: another result means that the text has no year."""
    try:
        return read_date(text, date(min(as_at.year + 11, 2188), as_at.month, min(as_at.day, 28)))
    except BadInput:
        return None


def _read_date_in_words(text: str, day: DateAsKnown, as_at: date) -> DateReading:
    """Return a single date within other text as a guess that keeps the text; several dates are a question."""
    dates = _DATE_INSIDE.findall(text) or _MONTH_INSIDE.findall(text)
    if not dates:
        return DateReading(day)
    if len(set(dates)) > 1:
        return DateReading(
            None, question=_('"{text}" contains more than one date. Choose one.').format(text=_shorten_text(text))
        )
    try:
        inner_day = read_date(dates[0], as_at)
    except BadInput:
        return DateReading(day)
    return DateReading(replace(inner_day, words=day.words), is_guess=True)


def _format_no_date(value: object) -> str:
    return _('"{text}" is not a date.').format(text=_shorten_text(str(value)))


def _shorten_text(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
