"""Readable form of recurrence rules: "every month on the second Tuesday, 6 times"."""

from __future__ import annotations

import re
from datetime import date

from ahtc_tui.domain.dates.calendar_names import format_weekday
from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.i18n import _, gettext_noop, ngettext, ngettext_noop, pgettext
from ahtc_tui.domain.meetings.kinds import OnHoliday

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
