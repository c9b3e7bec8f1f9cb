"""The value type for dates of any precision: the latest day, the precision, and the original words.

"By the end of 2013" keeps its words, sorts by 31 December 2013, and is never given an invented day.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from ahtc_tui.domain.dates.calendar_names import format_month
from ahtc_tui.domain.dates.wording import count_months, translate_phrase, translate_words
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _

NO_DAY = date(9999, 12, 31)
"""Latest day of words without a day ("ASAP"): sorts after every real day and is never late."""

OLDEST_DUE_YEARS = 20
"""Age in years from which a due date is taken for a typing error."""


class Precision(StrEnum):
    """How exactly a date is known: to the day, month, season or year, or in words only."""

    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    WORDS = "words"


@dataclass(frozen=True, slots=True, order=True)
class DateAsKnown:
    """A date of any precision, ordered by its latest possible day."""

    latest: date
    precision: Precision = Precision.DAY
    words: str = ""
    """Original words, if they hold more than the date."""

    @property
    def has_day(self) -> bool:
        """Whether it names a day or period: words such as "ASAP" do not."""
        return self.latest != NO_DAY

    @property
    def earliest(self) -> date:
        """First day that the date allows."""
        match self.precision:
            case Precision.MONTH:
                return self.latest.replace(day=1)
            case Precision.SEASON:
                return add_months(self.latest.replace(day=1), 1 - count_months(self.words))
            case Precision.YEAR:
                return date(self.latest.year, 1, 1)
        return self.latest

    @property
    def iso(self) -> str | None:
        """Reduced ISO 8601 date: "2013-10-18", "2013-10" or "2013"; "2014-03/2014-05" for a season; None for words."""
        match self.precision:
            case Precision.DAY:
                return self.latest.isoformat()
            case Precision.MONTH:
                return self.latest.isoformat()[:7]
            case Precision.SEASON:
                return f"{self.earliest.isoformat()[:7]}/{self.latest.isoformat()[:7]}"
            case Precision.WORDS:
                return None
            case _:
                return self.latest.isoformat()[:4]

    @property
    def stored_text(self) -> str:
        """Stored form, which sorts by the latest day: "2013-12-31 month by the end of 2013"; "2013-12-31" for a day."""
        if self.words:
            return f"{self.latest.isoformat()} {self.precision} {self.words}"
        if self.precision is Precision.DAY:
            return self.latest.isoformat()
        return f"{self.latest.isoformat()} {self.precision}"

    def means_same(self, other: DateAsKnown) -> bool:
        """Return whether both are the same date, whatever the words: "end of March 2014" and "diwedd Mawrth 2014"."""
        if self.precision is Precision.WORDS:
            return self == other or (other.precision is Precision.WORDS and str(self) == str(other))
        return (self.latest, self.precision) == (other.latest, other.precision)

    def __str__(self) -> str:
        """Readable form in the language of the interface: the words if any, else "18 October 2013" or "2013"."""
        if self.words:
            translate = translate_phrase if self.precision is Precision.WORDS else translate_words
            return translate(self.words)
        match self.precision:
            case Precision.DAY:
                return format_long_date(self.latest)
            case Precision.MONTH:
                return f"{format_month(self.latest.month)} {self.latest.year}"
            case _:
                return str(self.latest.year)


_REDUCED_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def find_month_end(year: int, month: int) -> date:
    """Return the last day of a month. Raises ValueError if the month does not exist."""
    from calendar import monthrange

    return date(year, month, monthrange(year, month)[1])


def move_day(known: DateAsKnown, days: int, today: date) -> DateAsKnown:
    """Return the exact day some days from the latest day that the date allows; a past date moves on from today.

    Raises BadInput for words without a day.
    """
    if not known.has_day:
        raise BadInput(_('"{words}" is not an exact date, so it cannot be moved. Edit it.').format(words=known))
    return DateAsKnown((max(known.latest, today) if days > 0 else known.latest) + timedelta(days))


def add_months(day: date, months: int) -> date:
    """Return the day `months` later, or the last day of that month if it is shorter. `months` may be negative.

    For starts and lists, which do without the library that `add_units` loads.
    """
    years, month = divmod(day.month - 1 + months, 12)
    last = find_month_end(day.year + years, month + 1)
    return last.replace(day=min(day.day, last.day))


def add_units(day: date, count: int, unit: str) -> date:
    """Return the day `count` "days", "weeks", "months" or "years" later; `count` may be negative.

    A month that is too short gives its last day. Raises ValueError or OverflowError outside the years 1 to 9999.
    """
    from pendulum import Date  # loads a compiled package, which no start and no list needs

    moved = Date(day.year, day.month, day.day).add(**{unit: count})
    return date(moved.year, moved.month, moved.day)


def format_long_date(day: date) -> str:
    """Return the full date: "30 November 2013"."""
    return f"{day.day} {format_month(day.month)} {day.year}"


def refuse_future_day(known_date: DateAsKnown | None, today: date) -> None:
    """Raise BadInput for the day of a fact that has not come: only what is planned may be in the future."""
    if known_date and known_date.has_day and known_date.earliest > today:
        raise BadInput(_("{day} is in the future. Enter the date when it happened.").format(day=known_date))


def refuse_distant_due(known_date: DateAsKnown | None, today: date) -> None:
    """Raise BadInput for a due date so long ago that its year is a typing error."""
    if known_date and known_date.has_day and known_date.latest < add_months(today, -12 * OLDEST_DUE_YEARS):
        sentence = _("{day} is more than {n} years ago. Check the year.")
        raise BadInput(sentence.format(day=known_date, n=OLDEST_DUE_YEARS))


@lru_cache(maxsize=4096)
def read_stored_date(text: str | None) -> DateAsKnown | None:
    """Return the value of a stored form; None for empty text. Raises ValueError for text that is not a stored form."""
    if not text:
        return None
    day_text, space, remainder = text.partition(" ")
    day = date.fromisoformat(day_text)
    if day.isoformat() != day_text:
        raise ValueError(text)
    if not space:
        return DateAsKnown(day)
    precision, _space, words = remainder.partition(" ")
    return DateAsKnown(day, Precision(precision), words)


def read_iso_date(text: str, words: str = "") -> DateAsKnown:
    """Read a reduced ISO 8601 date ("2013", "2013-10", "2013-10-18"). Raises BadInput for other text."""
    parts = _REDUCED_ISO.fullmatch(text)
    if parts:
        year, month, day = (None if part is None else int(part) for part in parts.groups())
        with suppress(ValueError):
            return _build_reduced_date(year or 0, month, day, words)
    raise BadInput(_('"{text}" is not a date. Enter YYYY, YYYY-MM or YYYY-MM-DD.').format(text=text))


def _build_reduced_date(year: int, month: int | None, day: int | None, words: str) -> DateAsKnown:
    if month is None:
        return DateAsKnown(date(year, 12, 31), Precision.YEAR, words)
    if day is None:
        return DateAsKnown(find_month_end(year, month), Precision.MONTH, words)
    return DateAsKnown(date(year, month, day), Precision.DAY, words)
