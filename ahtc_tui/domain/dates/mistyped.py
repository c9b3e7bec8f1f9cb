"""Tells a mistyped date from words that may replace one.

Words such as "when funding allows" are kept where a date is not known. Text is a mistyped date if it
- has only words of dates and numbers ("31 30 2014", "Spring 2014-15"), or
- has beside them only words that resemble a month, weekday or season ("end of Febuary", "Frday 12 March"), or
- is a day with one word in the place of the month: with a year whatever the word is ("12 smarch 2014"), without one if
  it ends as a month does ("30 Febtober").
"""

from __future__ import annotations

import re
from functools import lru_cache

from ahtc_tui.domain.dates import names

SHORTEST_NAME = 4
"""Letters of the shortest name that is compared: "May" and "Iau" resemble too many words."""
MONTH_ENDINGS = ("uary", "ember", "tober", "fror", "hefin", "ffennaf", "wedd", "fyr")

_DATE_WORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "ar",
        "at",
        "before",
        "by",
        "commencing",
        "beginning",
        "ending",
        "due",
        "during",
        "for",
        "from",
        "in",
        "latest",
        "later",
        "next",
        "no",
        "not",
        "of",
        "on",
        "or",
        "prior",
        "than",
        "the",
        "this",
        "to",
        "until",
        "w",
        "c",
        "wc",
        "wb",
        "we",
        "week",
        "weeks",
        "within",
        "st",
        "nd",
        "rd",
        "th",
        "af",
        "il",
        "ydd",
        "ed",
        "fed",
        "eg",
        "ain",
        "o",
        "y",
        "yr",
        "na",
        "nag",
        "financial",
        "fy",
        "quarter",
        "half",
        "first",
        "second",
        "third",
        "fourth",
        "last",
        "q",
        "eom",
        "eoy",
        "eow",
    ]
)
_DAY_AND_WORD = re.compile(
    r"(?:[^\W\d]+ )*?(?P<day>[0-9]{1,2}) ?(?:st|nd|rd|th|af|il|ydd|ed|fed|eg|ain)?(?: of| o)? (?P<word>[^\W\d]{3,})"
    r"(?:,? ['’]?(?P<year>[0-9]{4}|[0-9]{2}))?"
)


@lru_cache(maxsize=1)
def _list_names() -> tuple[str, ...]:
    """Return the names of months, weekdays and seasons that are long enough to be compared."""
    rows = (*names.MONTHS, *names.WEEKDAYS, *names.SEASON_ENDS)
    return tuple(name for row in rows for name in row.split() if len(name) >= SHORTEST_NAME)


def is_mistyped_date(words: str) -> bool:
    """Return whether text that is not a date was meant as one."""
    text = " ".join(re.findall(r"[^\W\d_]+|[0-9]+", words.casefold()))
    unknown_words = [word for word in text.split() if not word.isdigit() and not _is_date_word(word)]
    if not unknown_words or all(_resembles_name(word) for word in unknown_words):
        return True
    match = _DAY_AND_WORD.fullmatch(text)
    if match is None or unknown_words != [match["word"]] or not 1 <= int(match["day"]) <= 39:
        return False
    return match["year"] is not None or match["word"].endswith(MONTH_ENDINGS)


def _is_date_word(word: str) -> bool:
    if word in _DATE_WORDS or word in names.PARTS or word in names.WELSH or word in names.SEASON_ENDS:
        return True
    if word in names.NEAR_DAYS or word in names.UNITS or word in names.COUNTS:
        return True
    return len(word) > 2 and bool(names.find_month_number(word) or names.find_weekday_number(word))


@lru_cache(maxsize=1024)
def _resembles_name(word: str) -> bool:
    """Return whether a word is a name with a letter that is wrong, missing, added or out of place."""
    from rapidfuzz.distance import OSA

    return len(word) >= SHORTEST_NAME and any(
        OSA.distance(word, name) <= (2 if len(name) > 6 else 1) for name in _list_names()
    )
