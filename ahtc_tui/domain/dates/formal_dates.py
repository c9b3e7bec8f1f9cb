"""Dates as formal documents print them, in the current language: in full where the day is known."""

from __future__ import annotations

import re

from ahtc_tui.domain.dates.calendar_names import MONTHS
from ahtc_tui.domain.dates.date_as_known import DateAsKnown, Precision, format_long_date
from ahtc_tui.domain.dates.names import ENDS, PARTS, WELSH, find_month_number
from ahtc_tui.domain.dates.wording import is_phrase, rewrite_words
from ahtc_tui.domain.i18n import Language, _, get_current_language


def format_day(day: DateAsKnown | None) -> str:
    """Return a due date: a day in full, or else the words in which it is known.

    Words that a document cannot print ("end jan") become the day or month that they mean, in either language; others
    are put into Welsh in a Welsh document ("diwedd Ionawr 2014"). A date that is known to the year only stays as it is.
    """
    if day is None:
        return ""
    is_welsh = get_current_language() is Language.CY
    if day.precision is Precision.DAY:
        return format_long_date(day.latest)
    if (
        not day.words
        or day.precision is Precision.WORDS
        or is_phrase(day.words)
        or (not is_welsh and _is_printable(day.words))
    ):
        return str(day)
    if is_welsh and _is_printable(day.words) and (words := rewrite_words(day.words)):
        return words
    if day.precision is Precision.MONTH and _is_part_of_month(day.words):
        return str(DateAsKnown(day.latest, Precision.MONTH))
    return str(day) if day.precision is Precision.YEAR else format_long_date(day.latest)


def _is_printable(words: str) -> bool:
    """Return whether words can be printed in an English document: with the year, and months in full."""
    names = re.findall(r"[^\W\d]{2,}", words)
    short = (name for name in names if len(name) > 2 and find_month_number(name.lower()) and name not in MONTHS)
    has_year = re.search(r"\b[0-9]{4}\b", words) is not None
    return has_year and not any(short) and not {*WELSH} & {n.lower() for n in names}


def _is_part_of_month(words: str) -> bool:
    """Return whether the words mean an earlier part of a month than its end: "mid jan", "dechrau Ionawr"."""
    return bool({word for word in PARTS if word not in ENDS} & set(words.lower().split()))


def format_deadline(day: DateAsKnown | None) -> str:
    """Return "by 31 January 2014" or "by the end of 2013"; words without a day are unchanged."""
    text = format_day(day)
    if day is None or day.precision is Precision.WORDS or text.lower().startswith(("by ", "before ", "erbyn ", "cyn ")):
        return text
    return _("by {day}").format(day=text)
