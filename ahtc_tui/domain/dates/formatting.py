"""Says dates and numbers of days in short and in full. Never reads a date and never asks the clock."""

from __future__ import annotations

from datetime import date

from ahtc_tui.domain.dates.date_as_known import DAYS, MONTHS, DateAsKnown, Precision, long_date
from ahtc_tui.domain.i18n import _

NARROW = 12
"""Characters of the narrow column that `say_due` fits."""
SOON = 300
"""Days ahead within which a day needs no year: nobody takes it for the same day of another year."""


def say_due(due: DateAsKnown | None, today: date, late: bool) -> str:
    """At most 12 characters: "–", "28 d late", "today", "Fri 29 Nov", "29 Nov 15", "Nov 2014" or "2014"."""
    if due is None:
        return "–"
    days_ahead = (due.latest - today).days
    if late and days_ahead < 0:
        return _cut(_("{days} d late").format(days=-days_ahead))
    return _cut(_say_day(due.latest, days_ahead) if due.precision is Precision.DAY else _say_period(due))


def _say_day(day: date, days_ahead: int) -> str:
    if days_ahead == 0:
        return _("today")
    day_and_month = f"{day.day} {_(MONTHS[day.month][:3])}"
    if 0 < days_ahead <= SOON:
        return f"{_(DAYS[day.weekday()][:3])} {day_and_month}"
    return f"{day_and_month} {day.year % 100:02}"


def _say_period(due: DateAsKnown) -> str:
    """ "Spring 2014" where the words fit; "by Spring 2014" would lose its year, so its last month stands for it."""
    words_fit = 0 < len(due.words) <= NARROW
    if due.precision is Precision.WORDS or (due.precision is Precision.SEASON and words_fit):
        return due.words
    if due.precision is Precision.YEAR:
        return str(due.latest.year)
    return f"{_(MONTHS[due.latest.month][:3])} {due.latest.year}"


def _cut(text: str) -> str:
    return text if len(text) <= NARROW else text[: NARROW - 1].rstrip() + "…"


def say_number(n: int, one: str, more: str) -> str:
    """A number with its noun: "1 gap", "3 gaps", as the two sentences have it."""
    return (one if n == 1 else more).format(n=n)


def say_days(days: int) -> str:
    """How far a day is from today: "12 days late", "1 day late", "today", "tomorrow" or "in 3 days"."""
    match days:
        case -1:
            return _("1 day late")
        case 0:
            return _("today")
        case 1:
            return _("tomorrow")
        case _:
            return (_("in {days} days") if days > 0 else _("{days} days late")).format(days=abs(days))


def long_date_with_day(day: date) -> str:
    """A day in full with its weekday: "Friday 29 November 2013"."""
    return f"{_(DAYS[day.weekday()])} {long_date(day)}"
