"""Reads the rule of a series in words, in English or Welsh: "monthly on the second Tuesday, 6 times"."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from ahtc_tui.domain.dates.date_as_known import Precision
from ahtc_tui.domain.dates.parser import read_date
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.domain.meetings.series_description import WEEKDAY_CODES, format_rule
from ahtc_tui.domain.text.normalization import normalize_text

MOST_UNITS = 12
"""Largest interval that is read in words: "every 12 months"."""
MOST_TIMES = 100
"""Largest number of meetings that is read in words."""
ORDINALS = (1, 2, 3, 4, 5, -1)

SHORT_HEADS = {
    "FREQ=DAILY": ("daily", "yn ddyddiol"),
    "FREQ=WEEKLY": ("weekly", "yn wythnosol"),
    "FREQ=WEEKLY;INTERVAL=2": ("fortnightly", "every fortnight", "every other week", "bob pythefnos"),
    "FREQ=MONTHLY": ("monthly", "yn fisol"),
    "FREQ=MONTHLY;INTERVAL=3": ("quarterly", "every quarter", "bob chwarter", "yn chwarterol"),
    "FREQ=YEARLY": ("yearly", "annually", "yn flynyddol"),
}
"""Other words for the frequency of a rule."""

_END = re.compile(r"(?P<rule>.*?)[\s,]+(?:until|tan)\s+(?P<day>.+)", re.IGNORECASE)
_DAY_OF_MONTH = re.compile(r"on (?:the )?([1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)")


def read_series_words(text: str, today: date) -> str | None:
    """Return the RRULE value that a text describes; None where it is not understood."""
    end = _END.fullmatch(text.strip())
    if end is None:
        return _read_rule(normalize_text(text))
    rule = _read_rule(normalize_text(end["rule"]))
    try:
        last = read_date(end["day"], today)
    except BadInput:
        return None
    if rule is None or "COUNT" in rule or last.precision is not Precision.DAY:
        return None
    return f"{rule};UNTIL={last.latest:%Y%m%d}"


def format_typed_rule(rule: str, today: date) -> str:
    """Return the words of an RRULE value, or the value itself where `read_series_words` reads another from them."""
    words = format_rule(rule)
    return words if set((read_series_words(words, today) or "").split(";")) == set(rule.split(";")) else rule


def _read_rule(text: str) -> str | None:
    for ending, count in _list_counts().items():
        if text.endswith(f" {ending}"):
            rule = _read_frequency(text.removesuffix(ending).strip())
            return f"{rule};COUNT={count}" if rule else None
    return _read_frequency(text)


def _read_frequency(text: str) -> str | None:
    if match := re.fullmatch(r"(?:the )?(.*) of (?:the|every|each) month", text):
        text = f"monthly on the {match[1]}"
    if match := re.fullmatch(r"every (\w+)", text):
        text = f"weekly on {match[1]}" if f"on {match[1]}" in _list_days() else text
    for head, rule in _list_heads().items():
        if text == head:
            return rule
        if text.startswith(f"{head} "):
            return _add_day(rule, text.removeprefix(head).strip())
    return None


def _add_day(rule: str, words: str) -> str | None:
    """Return a rule with its day: a weekday of a weekly rule, or a day or numbered weekday of a monthly one."""
    if match := _DAY_OF_MONTH.fullmatch(words):
        words = f"on day {match[1]}"
    day = _list_days().get(words)
    frequency = "FREQ=WEEKLY" if day and re.fullmatch(r"BYDAY=[A-Z]+", day) else "FREQ=MONTHLY"
    return f"{rule};{day}" if day and rule.partition(";")[0] == frequency else None


@cache
def _list_heads() -> dict[str, str]:
    """Return the frequencies by their words, the longest first."""
    heads = {words: rule for rule, phrases in SHORT_HEADS.items() for words in phrases}
    for unit in ("DAILY", "WEEKLY", "MONTHLY", "YEARLY"):
        for interval in range(1, MOST_UNITS + 1):
            rule = f"FREQ={unit}" + (f";INTERVAL={interval}" if interval > 1 else "")
            heads |= dict.fromkeys(_describe(rule), rule)
    return dict(sorted(heads.items(), key=lambda head: -len(head[0])))


@cache
def _list_days() -> dict[str, str]:
    """Return the days of a rule by their words: "on the second tuesday" is BYDAY=2TU."""
    codes = (*WEEKDAY_CODES, *(f"{ordinal}{code}" for ordinal in ORDINALS for code in WEEKDAY_CODES))
    parts = (*(f"BYDAY={code}" for code in codes), *(f"BYMONTHDAY={day}" for day in range(1, 32)))
    return _describe_parts(parts)


@cache
def _list_counts() -> dict[str, int]:
    """Return the numbers of meetings by their words: "6 times"."""
    counts = {f"COUNT={count}": count for count in range(1, MOST_TIMES + 1)}
    described = _describe_parts(tuple(counts))
    return {words: counts[part] for words, part in sorted(described.items(), key=lambda item: -len(item[0]))}


def _describe_parts(parts: tuple[str, ...]) -> dict[str, str]:
    """Return parts of rules by the words that describe them after a frequency, in both languages."""
    rule, described = "FREQ=MONTHLY", {}
    for part in parts:
        for head, words in zip(_describe(rule), _describe(f"{rule};{part}"), strict=True):
            described[words.removeprefix(head).strip()] = part
    return described


def _describe(rule: str) -> list[str]:
    """Return the words of a rule in English and in Welsh."""
    described = []
    for language in (Language.EN, Language.CY):
        with use_language(language):
            described.append(normalize_text(format_rule(rule)))
    return described
