"""Names of months and weekdays: English for reading, translated for writing."""

from __future__ import annotations

from ahtc_tui.domain.i18n import pgettext, pgettext_noop

MONTHS = (
    "",
    pgettext_noop("month", "January"),
    pgettext_noop("month", "February"),
    pgettext_noop("month", "March"),
    pgettext_noop("month", "April"),
    pgettext_noop("month", "May"),
    pgettext_noop("month", "June"),
    pgettext_noop("month", "July"),
    pgettext_noop("month", "August"),
    pgettext_noop("month", "September"),
    pgettext_noop("month", "October"),
    pgettext_noop("month", "November"),
    pgettext_noop("month", "December"),
)
"""English names, by the number of the month."""
DAYS = (
    pgettext_noop("weekday", "Monday"),
    pgettext_noop("weekday", "Tuesday"),
    pgettext_noop("weekday", "Wednesday"),
    pgettext_noop("weekday", "Thursday"),
    pgettext_noop("weekday", "Friday"),
    pgettext_noop("weekday", "Saturday"),
    pgettext_noop("weekday", "Sunday"),
)
"""English names, by `date.weekday()`."""


def format_month(month: int) -> str:
    """Return the translated name of a month, 1 to 12."""
    return pgettext("month", MONTHS[month])


def format_weekday(weekday: int) -> str:
    """Return the translated name of a weekday, 0 (Monday) to 6."""
    return pgettext("weekday", DAYS[weekday])
