"""Formatting of dates, numbers of days and counts."""

from __future__ import annotations

from datetime import date, datetime, time

from ahtc_tui.domain.dates.calendar_names import format_short_month, format_short_weekday, format_weekday
from ahtc_tui.domain.dates.date_as_known import DateAsKnown, Precision, format_long_date
from ahtc_tui.domain.i18n import _, ngettext, pgettext

NARROW_WIDTH = 12
"""Characters to which a season is shown in words."""
YEARLESS_DAYS = 300
"""Days ahead within which a date is shown without its year."""

SOFTENED_WORDS = {
    "Mawrth": "Fawrth", "Mai": "Fai", "Mehefin": "Fehefin", "Gorffennaf": "Orffennaf", "Medi": "Fedi",
    "Tachwedd": "Dachwedd", "Rhagfyr": "Ragfyr", "canol": "ganol", "dechrau": "ddechrau", "diwedd": "ddiwedd",
    "dydd": "ddydd", "gwanwyn": "wanwyn",
}  # fmt: skip
"""First words of Welsh dates with their soft mutation."""


def format_due(due: DateAsKnown | None, today: date, late: bool) -> str:
    """Return a due date in short, or its words: "–", "28 d late", "today", "Fri 29 Nov", "Nov 2014" or "2014"."""
    if due is None:
        return "–"
    days_ahead = (due.latest - today).days
    if late and days_ahead < 0:
        return _("{days} d late").format(days=-days_ahead)
    return _format_day(due.latest, days_ahead) if due.precision is Precision.DAY else _format_period(due)


def _format_day(day: date, days_ahead: int) -> str:
    if days_ahead == 0:
        return _("today")
    day_and_month = f"{day.day} {format_short_month(day.month)}"
    if 0 < days_ahead <= YEARLESS_DAYS:
        return f"{format_short_weekday(day.weekday())} {day_and_month}"
    return f"{day_and_month} {day.year % 100:02}"


def _format_period(due: DateAsKnown) -> str:
    """Return the words where they fit ("Spring 2014"), else the last month: shortened words would lose the year."""
    words_fit = 0 < len(str(due)) <= NARROW_WIDTH and due.words
    if due.precision is Precision.WORDS or (due.precision is Precision.SEASON and words_fit):
        return str(due)
    if due.precision is Precision.YEAR:
        return str(due.latest.year)
    return f"{format_short_month(due.latest.month)} {due.latest.year}"


def format_days_from_today(days: int) -> str:
    """Return the distance from today: "12 days late", "1 day late", "today", "tomorrow" or "in 3 days"."""
    if days < 0:
        return ngettext("1 day late", "{n} days late", -days)
    if days > 1:
        return ngettext("in {n} day", "in {n} days", days)
    return _("tomorrow") if days else _("today")


def format_short_weekday_date(day: date) -> str:
    """Return the day and month with abbreviated names: "Tue 31 Dec"."""
    return f"{format_short_weekday(day.weekday())} {day.day} {format_short_month(day.month)}"


def format_weekday_date(day: date) -> str:
    """Return the full date with weekday: "Friday 29 November 2013"; in Welsh without a capital."""
    return f"{format_weekday(day.weekday())} {format_long_date(day)}"


def format_short_date(day: date) -> str:
    """Return the date with an abbreviated month, of constant width in English: "01 Dec 2013"."""
    return f"{day:%d} {format_short_month(day.month)} {day:%Y}"


def soften_date(day: object) -> str:
    """Return a date as it follows "o" and "hyd", which soften its first word in Welsh: "o Dachwedd 2012"."""
    first_word, space, others = str(day).partition(" ")
    return SOFTENED_WORDS.get(first_word, first_word) + space + others


def format_clock(moment: time | datetime, *, after_preposition: bool = False) -> str:
    """Return the time of day in the style of GOV.UK and of its Welsh pages: "10am", "1:30pm", "midday", "midnight".

    `after_preposition` gives the form that follows "to" and "at", which mutates in Welsh.
    """
    if moment.minute == 0 and moment.hour % 12 == 0:
        if after_preposition:
            midday, midnight = pgettext("after a preposition", "midday"), pgettext("after a preposition", "midnight")
        else:
            midday, midnight = _("midday"), _("midnight")
        return midday if moment.hour else midnight
    minutes = f":{moment.minute:02}" if moment.minute else ""
    return f"{(moment.hour - 1) % 12 + 1}{minutes}{'am' if moment.hour < 12 else 'pm'}"


def measure_clock() -> int:
    """Return the width in characters of the longest time of day in the current language."""
    return max(len("12:30pm"), len(_("midday")), len(_("midnight")))


def format_wall_time(moment: datetime) -> str:
    """Return the day and time as they are in `moment`: "10 December 2013, 10am"."""
    return f"{format_long_date(moment.date())}, {format_clock(moment)}"


def format_weekday_time(moment: datetime) -> str:
    """Return the weekday, day and time as they are in `moment`: "Tuesday 10 December 2013, 10am"."""
    return f"{format_weekday_date(moment.date())}, {format_clock(moment)}"


def format_hours(starts: datetime, ends: datetime | None) -> str:
    """Start and end of a meeting, with the day of the end where it differs: "10am to 12:30pm"."""
    if ends is None:
        return format_clock(starts)
    end = format_clock(ends, after_preposition=True)
    if ends.date() != starts.date():
        end = f"{end}, {format_weekday_date(ends.date())}"
    return _("{start} to {end}").format(start=format_clock(starts), end=end)


def format_short_moment(moment: datetime) -> str:
    """Return the day with an abbreviated month, and time, as they are in `moment`: "01 Dec 2013 10:32am"."""
    return f"{format_short_date(moment)} {format_clock(moment)}"


def format_local_moment(moment: datetime) -> str:
    """Return the day and time in the zone of the machine: "29 November 2013 at 10:32am"."""
    local = moment.astimezone()
    return _("{day} at {time}").format(
        day=format_long_date(local.date()), time=format_clock(local, after_preposition=True)
    )
