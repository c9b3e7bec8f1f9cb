"""Reads the rule of a series in words, in English or Welsh: "monthly on the second Tuesday, 6 times"."""

from __future__ import annotations

import re
from datetime import date

from ahtc_tui.domain.dates.date_as_known import DateAsKnown, Precision
from ahtc_tui.domain.dates.names import COUNTS, ENDS, ORDINALS, UNITS, WORKING_DAY, find_weekday_number
from ahtc_tui.domain.dates.parser import read_date
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.meetings.series_description import WEEKDAY_CODES, WORKING_DAYS, format_rule
from ahtc_tui.domain.text.normalization import normalize_text

MOST_UNITS = 12
"""Largest interval that is read in words: "every 12 months"."""
MOST_TIMES = 100
"""Largest number of meetings that is read in words."""

ADVERBS = {
    **dict.fromkeys(("daily", "dyddiol", "ddyddiol"), ("days", 1)),
    **dict.fromkeys(("weekly", "wythnosol"), ("weeks", 1)),
    **dict.fromkeys(("fortnightly", "pythefnosol", "bythefnosol"), ("weeks", 2)),
    **dict.fromkeys(("monthly", "misol", "fisol"), ("months", 1)),
    **dict.fromkeys(("quarterly", "chwarterol"), ("months", 3)),
    **dict.fromkeys(("yearly", "annually", "blynyddol", "flynyddol"), ("years", 1)),
}
"""Unit and number of the words for a frequency."""
TIMES = {
    **dict.fromkeys(("once", "unwaith"), 1),
    **dict.fromkeys(("twice", "dwywaith", "ddwywaith"), 2),
    **dict.fromkeys(("teirgwaith", "deirgwaith"), 3),
}
"""Numbers of times in one word."""
UNITS_OF_SERIES = {
    **UNITS,
    **dict.fromkeys(("quarter", "quarters", "chwarter"), ("months", 3)),
    "dydd": ("days", 1),
    "flynyddoedd": ("years", 1),
}
FREQUENCIES = {"days": "DAILY", "weeks": "WEEKLY", "months": "MONTHLY", "years": "YEARLY"}

_UNIT = "|".join(sorted(UNITS_OF_SERIES, key=len, reverse=True))
_NUMBER = rf"(?P<number>[0-9]{{1,3}}|{'|'.join(COUNTS)})"
_ORDINAL = "|".join(ORDINALS)
_ADVERB = re.compile(rf"(?:yn )?(?P<adverb>{'|'.join(ADVERBS)})")
_EVERY = re.compile(rf"(?:every|each|bob) (?:{_NUMBER} (?:o )?|(?P<other>other|yn ail|ail) )?(?P<unit>{_UNIT})")
_TIMES_PER = re.compile(
    rf"(?:(?P<times>{'|'.join(TIMES)})|{_NUMBER} (?:times|gwaith|waith)) (?:a|an|every|each|per|y|yr|bob)"
    rf" (?P<unit>{_UNIT})"
)
_DAY = (
    rf"(?:the |yr? )?(?:(?P<before>{_ORDINAL}) )?(?:d?dydd )?(?P<day>{'|'.join(WORKING_DAY)}|[a-z]{{3,}})"
    rf"(?: (?P<after>{_ORDINAL}))?"
)
_WEEKDAY = re.compile(_DAY)
_DAY_OF_PERIOD = re.compile(
    rf"(?P<days>.+?) (?:of |in |o |yn )?(?P<head>(?:the|every|each|y|yr|or|bob) (?P<unit>{_UNIT}))"
)
_DAY_NUMBER = re.compile(
    r"(?:the |yr? )?([0-9]{1,2})(?:st|nd|rd|th|af|il|ydd|ed|fed|eg|ain)|(?:day|ddiwrnod|diwrnod) ([0-9]{1,2})"
)
_END = re.compile(r"(?P<rule>.*?)[\s,]+(?:until|till|up to|tan|hyd at|hyd)\s+(?P<day>.+)", re.IGNORECASE)
_COUNT = re.compile(r"(?P<rule>.*?)(?: and)? (?:(?P<number>[0-9]{1,3}) (?:times|gwaith|waith)|(?P<times>once|unwaith))")


def read_series_words(text: str, today: date) -> str | None:
    """Return the RRULE value that a text describes; None where it is not understood."""
    if end := _END.fullmatch(text.strip()):
        rule, last = _read_rule(_fold(end["rule"])), _read_last_day(end["day"], today)
        return f"{rule};UNTIL={last.latest:%Y%m%d}" if rule and last else None
    words = _fold(text)
    if count := _COUNT.fullmatch(words):
        number = int(count["number"] or 1)
        rule = _read_rule(count["rule"]) if 1 <= number <= MOST_TIMES else None
        if rule:
            return f"{rule};COUNT={number}"
    return _read_rule(words)


def format_typed_rule(rule: str, today: date) -> str:
    """Return the words of an RRULE value, or the value itself where `read_series_words` reads another from them."""
    words = format_rule(rule)
    return words if set((read_series_words(words, today) or "").split(";")) == set(rule.split(";")) else rule


def _fold(text: str) -> str:
    return normalize_text(text.replace(",", " and "))


def _read_last_day(text: str, today: date) -> DateAsKnown | None:
    """Return the last day of a series: a day, or the end of a period that is called its end."""
    try:
        last = read_date(text, today)
    except BadInput:
        return None
    is_end = last.has_day and normalize_text(text).removeprefix("the ").split(" ")[0] in ENDS
    return last if last.precision is Precision.DAY or is_end else None


def _read_rule(words: str) -> str | None:
    """Read a frequency with its days: "every 2 weeks on Tuesday", "every Tuesday", "last working day of the month"."""
    head, _on, days = words.partition(" on ") if " on " in words else words.partition(" ar ")
    if frequency := _read_frequency(head):
        return _add_days(frequency, days) if days else frequency
    if match := _DAY_OF_PERIOD.fullmatch(words):
        unit, number = UNITS_OF_SERIES[match["unit"]]
        return _add_days(_build_frequency(unit, number), match["days"].removeprefix("on ").removeprefix("ar "))
    weekday = re.fullmatch(r"(?:every|each|bob) (?P<other>other |yn ail )?(?P<day>\S.*)", words)
    return _add_days(_build_frequency("weeks", 2 if weekday["other"] else 1), weekday["day"]) if weekday else None


def _read_frequency(words: str) -> str | None:
    if match := _ADVERB.fullmatch(words):
        return _build_frequency(*ADVERBS[match["adverb"]])
    if match := _EVERY.fullmatch(words):
        unit, factor = UNITS_OF_SERIES[match["unit"]]
        return _build_frequency(unit, factor * (2 if match["other"] else _read_number(match["number"])))
    match = _TIMES_PER.fullmatch(words)
    if match is None:
        return None
    unit, factor = UNITS_OF_SERIES[match["unit"]]
    months = factor * {"months": 1, "years": 12}.get(unit, 0)
    times = TIMES[match["times"]] if match["times"] else _read_number(match["number"])
    if times == 1:
        return _build_frequency(unit, factor)
    return _build_frequency("months", months // times) if times and months and months % times == 0 else None


def _read_number(text: str | None) -> int:
    if text is None:
        return 1
    return int(text) if text.isdigit() else COUNTS[text]


def _build_frequency(unit: str, number: int) -> str | None:
    if unit not in FREQUENCIES or not 1 <= number <= MOST_UNITS:
        return None
    return f"FREQ={FREQUENCIES[unit]}" + (f";INTERVAL={number}" if number > 1 else "")


def _add_days(rule: str | None, words: str) -> str | None:
    """Return a rule with its days: weekdays of a weekly rule, or days or numbered weekdays of a monthly one."""
    days = [_read_day(part) for part in re.split(r" (?:and|ac?) ", words)]
    if rule is None or None in days:
        return None
    codes = [day for day in days if day]
    frequency = rule.partition(";")[0]
    if all(code in WEEKDAY_CODES for code in codes) and frequency == "FREQ=WEEKLY":
        return f"{rule};BYDAY={','.join(codes)}"
    if frequency != "FREQ=MONTHLY" or any(code in WEEKDAY_CODES for code in codes):
        return None
    if all(code.isdigit() for code in codes):
        return f"{rule};BYMONTHDAY={','.join(codes)}"
    if len(codes) == 1 and codes[0].startswith(WORKING_DAYS):
        return f"{rule};{codes[0]}"
    return f"{rule};BYDAY={','.join(codes)}" if all(code[-2:] in WEEKDAY_CODES for code in codes) else None


def _read_day(words: str) -> str | None:
    """Return the code of a day: "TU", "2TU", "31", or the rule of the last working day."""
    if match := _DAY_NUMBER.fullmatch(words):
        number = int(match[1] or match[2])
        return str(number) if 1 <= number <= 31 else None
    match = _WEEKDAY.fullmatch(words)
    if match is None or (match["before"] and match["after"]):
        return None
    ordinal = ORDINALS.get(match["before"] or match["after"] or "")
    if match["day"] in WORKING_DAY:
        return f"{WORKING_DAYS};BYSETPOS={ordinal}" if ordinal else None
    weekday = find_weekday_number(match["day"].removesuffix("s"))
    return f"{ordinal or ''}{WEEKDAY_CODES[weekday - 1]}" if weekday else None
