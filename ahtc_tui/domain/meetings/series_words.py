"""Reads the rule of a series in words, in English or Welsh: "monthly on the second Tuesday, 6 times"."""

from __future__ import annotations

import re
from datetime import date

from ahtc_tui.domain.dates.calendar_names import format_weekday
from ahtc_tui.domain.dates.date_as_known import DateAsKnown, Precision, format_long_date
from ahtc_tui.domain.dates.names import COUNTS, ENDS, ORDINALS, UNITS, WORKING_DAY, find_weekday_number
from ahtc_tui.domain.dates.parser import read_date
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _, gettext_noop, ngettext, ngettext_noop, pgettext
from ahtc_tui.domain.meetings.kinds import OnHoliday
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


WEEKDAY_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WORKING_DAYS = "BYDAY=MO,TU,WE,TH,FR"
"""Weekdays of which BYSETPOS chooses a working day of the month."""
_ORDINALS = {
    1: gettext_noop("the first {day}"),
    2: gettext_noop("the second {day}"),
    3: gettext_noop("the third {day}"),
    4: gettext_noop("the fourth {day}"),
    5: gettext_noop("the fifth {day}"),
    -1: gettext_noop("the last {day}"),
}
SECOND = 2
"""Ordinal that causes the soft mutation in Welsh: "yr ail ddydd Mawrth"."""
_UNITS = {
    "DAILY": ngettext_noop("every day", "every {n} days"),
    "WEEKLY": ngettext_noop("every week", "every {n} weeks"),
    "MONTHLY": ngettext_noop("every month", "every {n} months"),
    "YEARLY": ngettext_noop("every year", "every {n} years"),
}
_DESCRIBED_PARTS = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYSETPOS", "WKST"}


def format_rule(rule: str) -> str:
    """Return an RRULE value in words, or the value itself where there are none for it."""
    parts = dict(part.split("=", 1) for part in rule.split(";") if "=" in part)
    words = _format_days(parts)
    if words is None or not parts.keys() <= _DESCRIBED_PARTS or parts.get("FREQ") not in _UNITS:
        return rule
    head = ngettext(*_UNITS[parts["FREQ"]], int(parts.get("INTERVAL", "1")))
    return " ".join(part for part in (head, words) if part) + _format_end(parts)


def format_recurrence(rule: str | None, on_holiday: OnHoliday) -> str:
    """Return an RRULE value and the rule for holidays in words; empty for a meeting that does not recur."""
    return ", ".join(part for part in (format_rule(rule), format_holiday_rule(on_holiday)) if part) if rule else ""


def format_holiday_rule(rule: OnHoliday) -> str:
    """Return the holiday rule in words, to append to the rule; empty for KEEP."""
    return {
        OnHoliday.MOVE: _("moved to the next working day on a bank holiday"),
        OnHoliday.SKIP: _("not on a bank holiday"),
        OnHoliday.KEEP: "",
    }[rule]


def _format_days(parts: dict[str, str]) -> str | None:
    """Return the days of the rule in words; empty without days, None if there are no words for them."""
    if "BYMONTHDAY" in parts:
        days = parts["BYMONTHDAY"]
        return _("on day {n}").format(n=days) if days.isdigit() and "BYDAY" not in parts else None
    position = parts.get("BYSETPOS", "")
    if f"BYDAY={parts.get('BYDAY')}" == WORKING_DAYS and position.lstrip("-").isdigit() and int(position) in _ORDINALS:
        is_mutated = int(position) == SECOND
        day = pgettext("mutated weekday", "working day") if is_mutated else pgettext("weekday", "working day")
        return _("on {days}").format(days=_(_ORDINALS[int(position)]).format(day=day))
    weekdays: list[tuple[int, int]] = []
    for code in parts.get("BYDAY", "").split(",") if parts.get("BYDAY") else ():
        match = re.fullmatch(r"([+-]?\d+)?([A-Z]{2})", code)
        if match is None or match[2] not in WEEKDAY_CODES:
            return None
        weekdays.append((int(match[1] or parts.get("BYSETPOS", "0")), WEEKDAY_CODES.index(match[2])))
    if not weekdays:
        return None if "BYSETPOS" in parts else ""
    if "BYSETPOS" in parts and len(weekdays) > 1:
        return None
    if any(ordinal and ordinal not in _ORDINALS for ordinal, _weekday in weekdays):
        return None
    names = [_format_weekday(ordinal, weekday, is_first=not n) for n, (ordinal, weekday) in enumerate(weekdays)]
    return _("on {days}").format(days=", ".join(names))


def _format_weekday(ordinal: int, weekday: int, *, is_first: bool) -> str:
    """Return a weekday in words: "Tuesday", or with an ordinal "the second Tuesday"; the first follows "on"."""
    if not ordinal:
        return format_weekday(weekday, mutated=is_first)
    return _(_ORDINALS[ordinal]).format(day=format_weekday(weekday, mutated=ordinal == SECOND))


def _format_end(parts: dict[str, str]) -> str:
    if count := parts.get("COUNT"):
        return ", " + ngettext("once", "{n} times", int(count)).format(n=count)
    if until := parts.get("UNTIL"):
        day = date(int(until[:4]), int(until[4:6]), int(until[6:8]))
        return ", " + _("until {day}").format(day=format_long_date(day))
    return ""
