"""A rule of a series in words: "every month on the second Tuesday, 6 times". A rule without words stays as it is."""

from __future__ import annotations

import re

from ahtc_tui.domain.dates.date_as_known import DAYS, long_date
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.meetings.enums import OnHoliday

_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_PLACES = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", -1: "last"}
_UNITS = {
    "DAILY": ("every day", "every {n} days"),
    "WEEKLY": ("every week", "every {n} weeks"),
    "MONTHLY": ("every month", "every {n} months"),
    "YEARLY": ("every year", "every {n} years"),
}
_SAID = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYSETPOS", "WKST"}


def say_rule(rule: str) -> str:
    """What people say for an RRULE value."""
    parts = dict(part.split("=", 1) for part in rule.split(";") if "=" in part)
    words = _days(parts)
    if words is None or not parts.keys() <= _SAID or parts.get("FREQ") not in _UNITS:
        return rule
    once, often = _UNITS[parts["FREQ"]]
    interval = int(parts.get("INTERVAL", "1"))
    head = _(once) if interval == 1 else _(often).format(n=interval)
    return " ".join(part for part in (head, words) if part) + _end(parts)


def say_holidays(rule: OnHoliday) -> str:
    """What happens on a bank holiday, after the words of the rule; empty where nothing does."""
    return {
        OnHoliday.MOVE: _("on a bank holiday the next working day"),
        OnHoliday.SKIP: _("not on a bank holiday"),
        OnHoliday.KEEP: "",
    }[rule]


def _days(parts: dict[str, str]) -> str | None:
    """Which days: empty for none named, None for what cannot be said."""
    if "BYMONTHDAY" in parts:
        days = parts["BYMONTHDAY"]
        return _("on day {n}").format(n=days) if days.isdigit() and "BYDAY" not in parts else None
    named = []
    for code in parts.get("BYDAY", "").split(",") if parts.get("BYDAY") else ():
        found = re.fullmatch(r"([+-]?\d+)?([A-Z]{2})", code)
        if found is None or found[2] not in _CODES:
            return None
        named.append((int(found[1] or parts.get("BYSETPOS", "0")), _(DAYS[_CODES.index(found[2])])))
    if not named:
        return None if "BYSETPOS" in parts else ""
    if "BYSETPOS" in parts and len(named) > 1:
        return None
    if any(place and place not in _PLACES for place, _day in named):
        return None
    return _("on {days}").format(
        days=", ".join(_("the {place} {day}").format(place=_(_PLACES[at]), day=day) if at else day for at, day in named)
    )


def _end(parts: dict[str, str]) -> str:
    if count := parts.get("COUNT"):
        return ", " + (_("once") if count == "1" else _("{n} times").format(n=count))
    if until := parts.get("UNTIL"):
        from datetime import date

        day = date(int(until[:4]), int(until[4:6]), int(until[6:8]))
        return ", " + _("until {day}").format(day=long_date(day))
    return ""
