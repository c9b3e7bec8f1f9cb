"""Dates relative to a record: "two weeks before LG-2014-01", "by the next Leadership Group", "y Grŵp Arwain nesaf"."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from ahtc_tui.domain.dates.components import read_distance
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.dates.names import fold_words
from ahtc_tui.domain.dates.parser import strip_lead
from ahtc_tui.domain.i18n import _

_BEFORE = re.compile(r"(?:before|prior to|ahead of|in time for|cyn)(?: the| yr?)? (?P<anchor>\S.*)")
_NEXT = re.compile(
    r"next (?:meeting of (?:the )?)?(?P<english>.+?)(?: meeting)?|cyfarfod nesaf (?:o )?(?:yr? )?(?P<of>.+)"
    r"|(?P<welsh>.+) nesaf"
)
_REFERENCE = re.compile(r"[a-z][\w]*-[\w/-]*[0-9]\w*")


def read_relative_date(words: str, find_day: Callable[[str], date | None]) -> date | None:
    """Return the date of words such as "two weeks after the board"; None for other words.

    `find_day` returns the date of the record that a folded text names, or None.
    """
    text = strip_lead(fold_words(words))

    def find_anchor(anchor: str) -> DateAsKnown | None:
        day = find_day(strip_lead(anchor))
        return DateAsKnown(day) if day else None

    if day := read_distance(text, find_anchor):
        return day
    if match := _BEFORE.fullmatch(text):
        day = find_day(strip_lead(match["anchor"]))
        return day - timedelta(days=1) if day else None
    return find_day(text)


def find_next_group(text: str) -> str | None:
    """Return the name in "next Leadership Group" or "cyfarfod nesaf y Grŵp Arwain"; None for other folded text."""
    match = _NEXT.fullmatch(text)
    return next(name for name in match.groups() if name) if match else None


def may_name_record(words: str) -> bool:
    """Return whether words may be relative to a record, which is found when they are saved."""
    any_day = date(2000, 1, 1)
    day = read_relative_date(
        words, lambda text: any_day if _REFERENCE.fullmatch(text) or find_next_group(text) else None
    )
    return day is not None


def format_kept_words(known_date: DateAsKnown) -> str:
    """Return a sentence about a date that is kept as words."""
    if may_name_record(known_date.words):
        return _('"{words}" is kept as text until the meeting has a date.').format(words=known_date)
    return _('"{words}" is kept as text. It is not a date, so it is never late.').format(words=known_date)
