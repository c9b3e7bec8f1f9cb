"""Names of months and weekdays: English for reading, translated for writing."""

from __future__ import annotations

from ahtc_tui.domain.i18n import _, gettext_noop, pgettext, pgettext_noop

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
MUTATED_DAYS = (
    pgettext_noop("mutated weekday", "Monday"),
    pgettext_noop("mutated weekday", "Tuesday"),
    pgettext_noop("mutated weekday", "Wednesday"),
    pgettext_noop("mutated weekday", "Thursday"),
    pgettext_noop("mutated weekday", "Friday"),
    pgettext_noop("mutated weekday", "Saturday"),
    pgettext_noop("mutated weekday", "Sunday"),
)
"""English names of the weekdays whose Welsh has the soft mutation, as after "ar" and "ail", by `date.weekday()`."""

SHORT_MONTHS = (
    "",
    pgettext_noop("short month", "Jan"),
    pgettext_noop("short month", "Feb"),
    pgettext_noop("short month", "Mar"),
    pgettext_noop("short month", "Apr"),
    pgettext_noop("short month", "May"),
    pgettext_noop("short month", "Jun"),
    pgettext_noop("short month", "Jul"),
    pgettext_noop("short month", "Aug"),
    pgettext_noop("short month", "Sep"),
    pgettext_noop("short month", "Oct"),
    pgettext_noop("short month", "Nov"),
    pgettext_noop("short month", "Dec"),
)
"""Abbreviations of at most four letters, by the number of the month."""
SHORT_DAYS = (
    pgettext_noop("short weekday", "Mon"),
    pgettext_noop("short weekday", "Tue"),
    pgettext_noop("short weekday", "Wed"),
    pgettext_noop("short weekday", "Thu"),
    pgettext_noop("short weekday", "Fri"),
    pgettext_noop("short weekday", "Sat"),
    pgettext_noop("short weekday", "Sun"),
)
"""Abbreviations of at most four letters, by `date.weekday()`."""

HOLIDAYS = (
    gettext_noop("New Year's Day"),
    gettext_noop("Good Friday"),
    gettext_noop("Easter Monday"),
    gettext_noop("May Day"),
    gettext_noop("Spring Bank Holiday"),
    gettext_noop("Late Summer Bank Holiday"),
    gettext_noop("Christmas Day"),
    gettext_noop("Boxing Day"),
    gettext_noop("Coronation of Charles III"),
    gettext_noop("Diamond Jubilee of Elizabeth II"),
    gettext_noop("Platinum Jubilee of Elizabeth II"),
    gettext_noop("State Funeral of Queen Elizabeth II"),
    gettext_noop("Wedding of William and Catherine"),
)
"""English names of the bank holidays in Wales, as the library of holidays has them."""
OBSERVED = " (observed)"
"""Ends the name of the working day on which a bank holiday at a weekend is kept."""


def format_month(month: int) -> str:
    """Return the translated name of a month, 1 to 12."""
    return pgettext("month", MONTHS[month])


def format_weekday(weekday: int, *, mutated: bool = False) -> str:
    """Return the translated name of a weekday, 0 (Monday) to 6; `mutated` for one after the Welsh "ar" or "ail"."""
    return pgettext("mutated weekday" if mutated else "weekday", DAYS[weekday])


def format_short_month(month: int) -> str:
    """Return the translated abbreviation of a month, 1 to 12: "Nov"."""
    return pgettext("short month", SHORT_MONTHS[month])


def format_short_weekday(weekday: int) -> str:
    """Return the translated abbreviation of a weekday, 0 (Monday) to 6: "Fri"."""
    return pgettext("short weekday", SHORT_DAYS[weekday])


def format_bank_holiday(name: str) -> str:
    """Return the translated name of a bank holiday: "Boxing Day (substitute day)"."""
    holiday = _(name.removesuffix(OBSERVED))
    return _("{holiday} (substitute day)").format(holiday=holiday) if name.endswith(OBSERVED) else holiday
