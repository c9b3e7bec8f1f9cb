"""Dates as known: the latest day that the words allow, how exact it is, and the words. One value type for every record.

A paper says "by the end of 2013"; the office must keep the words, sort by 31 December 2013 and never invent a day.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.words import _

NO_DAY = date(9999, 12, 31)
"""The latest day of words that name none ("ASAP"): after every real day, never late."""


class Precision(StrEnum):
    """How exact a date is known."""

    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    WORDS = "words"


@dataclass(frozen=True, slots=True, order=True)
class DateAsKnown:
    """A date as known. Ordered by the latest day that it allows."""

    latest: date
    precision: Precision = Precision.DAY
    words: str = ""
    """The words of whoever gave the date, where they say more than the date does."""

    @property
    def iso(self) -> str | None:
        """The reduced ISO 8601 date: "2013-10-18", "2013-10" or "2013"; None where only words are known."""
        match self.precision:
            case Precision.DAY:
                return self.latest.isoformat()
            case Precision.MONTH:
                return self.latest.isoformat()[:7]
            case Precision.WORDS:
                return None
            case _:
                return self.latest.isoformat()[:4]

    @property
    def stored(self) -> str:
        """One line that sorts by the latest day: "2013-12-31 month by the end of 2013"; a plain day is the day alone."""
        if self.precision is Precision.DAY and not self.words:
            return self.latest.isoformat()
        return f"{self.latest.isoformat()} {self.precision} {self.words}".rstrip()

    def __str__(self) -> str:
        """As a person says it: the words if there are any, else "18 October 2013", "October 2013" or "2013"."""
        if self.words:
            return self.words
        match self.precision:
            case Precision.DAY:
                return long_date(self.latest)
            case Precision.MONTH:
                return f"{MONTHS[self.latest.month]} {self.latest.year}"
            case _:
                return str(self.latest.year)


MONTHS = ("", *calendar.month_name[1:])
DAYS = tuple(calendar.day_name)


def long_date(day: date) -> str:
    """A day in full: "30 November 2013"."""
    return f"{day.day} {_(MONTHS[day.month])} {day.year}"


def from_stored(text: str | None) -> DateAsKnown | None:
    """The value behind a stored line; None stays None. Raises ValueError on a line that this module did not write."""
    if not text:
        return None
    day = date.fromisoformat(text[:10])
    if len(text) == 10:
        return DateAsKnown(day)
    precision, _space, words = text[11:].partition(" ")
    return DateAsKnown(day, Precision(precision), words)


def from_iso(text: str, words: str = "") -> DateAsKnown:
    """The value of a reduced ISO 8601 date ("2013", "2013-10", "2013-10-18"). Raises BadInput on anything else."""
    try:
        match len(text):
            case 4:
                return DateAsKnown(date(int(text), 12, 31), Precision.YEAR, words)
            case 7:
                year, month = int(text[:4]), int(text[5:])
                return DateAsKnown(date(year, month, calendar.monthrange(year, month)[1]), Precision.MONTH, words)
            case 10:
                return DateAsKnown(date.fromisoformat(text), Precision.DAY, words)
    except (ValueError, calendar.IllegalMonthError):
        pass
    raise BadInput(_('"{text}" is not a date: write YYYY, YYYY-MM or YYYY-MM-DD.').format(text=text))
