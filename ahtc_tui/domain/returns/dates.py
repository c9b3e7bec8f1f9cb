"""A cell that should hold a date: what it says, whether that is a guess, and what to ask. Never asks the clock."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from ahtc_tui.domain.dates.date_as_known import NO_DAY, DateAsKnown, Precision, from_iso, long_date
from ahtc_tui.domain.dates.parser import read_date, read_date_or_words
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.sheets import Value
from ahtc_tui.domain.text.normalization import folded

FIRST_SERIAL, LAST_SERIAL = 20_000, 73_050
"""Serial numbers that are taken as days: 3 October 1954 to 31 December 2099."""
LONGEST = 200
"""Letters above which a text is a report, no date."""
_ZERO, _ZERO_1904 = date(1899, 12, 30), date(1904, 1, 1)
_DIGITS = re.compile(r"[0-9]{5}(?:\.[0-9]+)?")
_COMPACT = re.compile(r"(?:19|20)[0-9]{6}")
_INSIDE = re.compile(
    r"(?<![0-9/.-])(?:[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}[/.-][0-9]{1,2}[/.-](?:[0-9]{4}|[0-9]{2})(?![0-9])"
    r"|[0-9]{1,2}(?:st|nd|rd|th|ain|eg|fed|ydd|ed|af|il)?(?: of| o)? [^\W\d]{3,10},? (?:[0-9]{4}|['’][0-9]{2}))",
    re.IGNORECASE,
)
_MONTH_INSIDE = re.compile(r"\b[^\W\d]{3,10} (?:19|20)[0-9]{2}\b")
_THREE_NUMBERS = re.compile(r"(?P<first>[0-9]{1,2})[/.-](?P<second>[0-9]{1,2})[/.-](?P<year>[0-9]{4}|[0-9]{2})")
_DASHES = re.compile(r"(?<=[0-9])\s*[\u2010-\u2015]\s*(?=[0-9])")
_GOES_ON = frozenset(
    ("ongoing", "on going", "continuing", "continuous", "no end date", "standing", "bau", "parhaus", "yn parhau")
)


@dataclass(frozen=True, slots=True)
class Said:
    """What a cell says about a day."""

    known: DateAsKnown | None
    """None where the cell is empty or cannot be read; words that name no day have the precision `words`."""
    guess: bool = False
    """The year, or the choice of one date among words, is ours: propose it, never apply it unasked."""
    question: str | None = None
    """Why it cannot be read, or why it is a guess where that is neither the year nor the day, as a sentence."""

    @property
    def words_only(self) -> bool:
        """The cell names no day ("ASAP"): the words are kept."""
        return self.known is not None and self.known.precision is Precision.WORDS

    @property
    def goes_on(self) -> bool:
        """The words say that there is no end ("ongoing")."""
        return self.known is not None and folded(self.known.words) in _GOES_ON


NOTHING = Said(None)


@dataclass(slots=True)
class Habits:
    """How a file writes its dates."""

    since_1904: bool = False
    """A plain number counts days from 1904, not 1900 (`Book.since_1904`)."""
    month_first: bool = False
    """Somewhere in it stands a date that is none unless the month is first: every other one is in doubt."""


PLAIN = Habits()


def is_month_first(value: Value) -> bool:
    """The text is a date with its month first, and none day first: "02/13/2014"."""
    found = _THREE_NUMBERS.fullmatch(value.strip()) if isinstance(value, str) else None
    return found is not None and 1 <= int(found["first"]) <= 12 < int(found["second"]) <= 31


def day_of(value: Value, as_at: date, habits: Habits = PLAIN) -> Said:
    """What the cell says, day first. A year that is not said is that of the next such day after `as_at`, as a guess."""
    said = _day_first(value, as_at, habits.since_1904)
    if not habits.month_first and not is_month_first(value):
        return said
    return _month_first(value, said)


def _month_first(value: Value, said: Said) -> Said:
    """The day with its month first, as a guess, where that is another day."""
    found = _THREE_NUMBERS.fullmatch(value.strip()) if isinstance(value, str) else None
    if found:
        year, month, day = int(found["year"]), int(found["first"]), int(found["second"])
        year += 2000 if year < 100 else 0
    elif isinstance(value, date):
        year, month, day = value.year, value.day, value.month
    else:
        return said
    try:
        swapped = date(year, month, day)
    except ValueError:
        return said
    if said.known and said.known.latest == swapped:
        return said
    sentence = _("the file writes dates with the month first: {day}?")
    return Said(DateAsKnown(swapped), guess=True, question=sentence.format(day=long_date(swapped)))


def _day_first(value: Value, as_at: date, since_1904: bool) -> Said:
    if isinstance(value, datetime):
        return Said(DateAsKnown(value.date()))
    if isinstance(value, date):
        return Said(DateAsKnown(value))
    if value is None or isinstance(value, bool):
        return NOTHING if value is None else Said(None, question=_no_date(value))
    if isinstance(value, (int, float)):
        return _of_number(value, since_1904)
    text = _DASHES.sub("-", value.strip())
    return _of_text(text.strip(" .,;'\u2019") or text, as_at, since_1904)


def _of_number(number: float, since_1904: bool) -> Said:
    if not abs(number) < 1e9:
        return Said(None, question=_no_date(f"{number:.3g}" if isinstance(number, float) else "…"))
    whole = float(number).is_integer()
    if whole and _COMPACT.fullmatch(f"{number:.0f}"):
        return _of_compact(f"{number:.0f}")
    first = FIRST_SERIAL - (1462 if since_1904 else 0)
    if first <= number < LAST_SERIAL + 1:
        return Said(DateAsKnown((_ZERO_1904 if since_1904 else _ZERO) + timedelta(days=int(number))))
    if whole and 1990 <= number <= 2099:
        return Said(DateAsKnown(date(int(number), 12, 31), Precision.YEAR))
    return Said(None, question=_no_date(number))


def _of_compact(digits: str) -> Said:
    try:
        return Said(from_iso(f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"))
    except BadInput:
        return Said(None, question=_no_date(digits))


def _of_text(text: str, as_at: date, since_1904: bool) -> Said:
    if not text:
        return NOTHING
    if len(text) > LONGEST:
        return Said(None, question=_no_date(text))
    if _DIGITS.fullmatch(text):
        return replace(_of_number(float(text), since_1904), guess=True)
    if _COMPACT.fullmatch(text):
        return _of_compact(text)
    if not any(sign.isalnum() for sign in text):
        return Said(DateAsKnown(NO_DAY, Precision.WORDS, text))
    try:
        known = read_date_or_words(text, as_at)
    except BadInput as error:
        return Said(None, question=str(error))
    if known.precision is Precision.WORDS:
        return _date_among_words(text, known, as_at)
    return Said(known, guess=known != _in_another_year(text, as_at))


def _in_another_year(text: str, as_at: date) -> DateAsKnown | None:
    """The same words read eleven years later: where they then say another day, the year is not in the words."""
    try:
        return read_date(text, date(min(as_at.year + 11, 2188), as_at.month, min(as_at.day, 28)))
    except BadInput:
        return None


def _date_among_words(text: str, known: DateAsKnown, as_at: date) -> Said:
    """One date among words is proposed with the words kept; of several none is chosen."""
    found = _INSIDE.findall(text) or _MONTH_INSIDE.findall(text)
    if not found:
        return Said(known)
    if len(set(found)) > 1:
        return Said(None, question=_('"{text}" names several dates: say which one.').format(text=_short(text)))
    try:
        inside = read_date(found[0], as_at)
    except BadInput:
        return Said(known)
    return Said(replace(inside, words=known.words), guess=True)


def _no_date(value: object) -> str:
    return _('"{text}" is no date.').format(text=_short(str(value)))


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
