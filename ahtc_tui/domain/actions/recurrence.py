"""Recurrence of actions: by the calendar, or a fixed time after completion.

The stored form is an RRULE (RFC 5545 section 3.3.10, FREQ and INTERVAL), which other programs can read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ahtc_tui.domain.dates.date_as_known import add_units
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _, ngettext, ngettext_noop


class Unit(StrEnum):
    """Unit of the interval."""

    DAY = "DAILY"
    WEEK = "WEEKLY"
    MONTH = "MONTHLY"
    YEAR = "YEARLY"


_BY_CALENDAR = {
    Unit.DAY: ngettext_noop("every day", "every {n} days"),
    Unit.WEEK: ngettext_noop("every week", "every {n} weeks"),
    Unit.MONTH: ngettext_noop("every month", "every {n} months"),
    Unit.YEAR: ngettext_noop("every year", "every {n} years"),
}
_AFTER_COMPLETION = {
    Unit.DAY: ngettext_noop("{n} day after each is done", "{n} days after each is done"),
    Unit.WEEK: ngettext_noop("{n} week after each is done", "{n} weeks after each is done"),
    Unit.MONTH: ngettext_noop("{n} month after each is done", "{n} months after each is done"),
    Unit.YEAR: ngettext_noop("{n} year after each is done", "{n} years after each is done"),
}
LONGEST_INTERVAL = 120
"""Longest interval, in units."""

COMMON_INTERVALS = {
    "daily": (1, Unit.DAY),
    "weekly": (1, Unit.WEEK),
    "fortnightly": (2, Unit.WEEK),
    "monthly": (1, Unit.MONTH),
    "quarterly": (3, Unit.MONTH),
    "half-yearly": (6, Unit.MONTH),
    "yearly": (1, Unit.YEAR),
    "annually": (1, Unit.YEAR),
    **{"dyddiol": (1, Unit.DAY), "wythnosol": (1, Unit.WEEK), "bob pythefnos": (2, Unit.WEEK)},
    **{"misol": (1, Unit.MONTH), "chwarterol": (3, Unit.MONTH), "bob deufis": (2, Unit.MONTH)},
    **{"hanner-blynyddol": (6, Unit.MONTH), "blynyddol": (1, Unit.YEAR)},
}

UNIT_BY_WELSH_NAME = {
    **dict.fromkeys(("diwrnod", "ddiwrnod", "niwrnod", "dydd"), "day"),
    **{"wythnos": "week", "mis": "month", "fis": "month", "chwarter": "quarter"},
    **dict.fromkeys(("blwyddyn", "flwyddyn", "blynedd", "flynedd", "mlynedd", "flynyddoedd"), "year"),
}
"""English names of units by their Welsh ones, mutated forms included."""
WORDS_PATTERN = re.compile(
    rf"(?:(?:every|bob)\s+)?(?:(\d{{1,3}})\s+(?:o\s+)?)?(day|week|month|quarter|year|{'|'.join(UNIT_BY_WELSH_NAME)})s?",
    re.IGNORECASE,
)
AFTER_DONE_PATTERN = re.compile(
    r"\s+(?:after\s+(?:(?:(?:it|each)\s+is\s+)?done|completion)|ar\s+ôl\s+(?:(?:ei|eu)\s+)?(?:cwblhau|gwblhau|chwblhau)(?:\s+pob\s+un)?)$",
    re.IGNORECASE,
)
RULE_PATTERN = re.compile(r"(?:RRULE:)?FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)(?:;INTERVAL=(\d{1,3}))?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Recurrence:
    """Interval between instances, counted from the first due date or from the last completion."""

    every: int
    unit: Unit
    from_completion: bool = False

    @property
    def rule(self) -> str:
        """RRULE value: "FREQ=MONTHLY;INTERVAL=3"."""
        return f"FREQ={self.unit}" + (f";INTERVAL={self.every}" if self.every > 1 else "")

    def __str__(self) -> str:
        """Readable form: "every 3 months", "2 weeks after each is done"."""
        return ngettext(*(_AFTER_COMPLETION if self.from_completion else _BY_CALENDAR)[self.unit], self.every)

    def compute_day(self, anchor: date, number: int) -> date:
        """Return the day of an instance; `anchor` is the day of instance 1.

        Counted from the anchor, not from the previous instance, so that the 31st remains the last day of each month.
        Raises BadInput after the year 9999.
        """
        try:
            return add_units(anchor, self.every * (number - 1), f"{self.unit.name.lower()}s")
        except (ValueError, OverflowError) as error:
            raise BadInput(_("It would repeat after the year 9999.")) from error


def read_recurrence(text: str) -> Recurrence:
    """Read "quarterly", "every 2 weeks", "3 months after done", "bob 2 fis" or "FREQ=MONTHLY;INTERVAL=3".

    Raises BadInput with examples of the accepted forms.
    """
    typed = " ".join(text.split())
    after_done = AFTER_DONE_PATTERN.search(typed)
    plain = typed[: after_done.start()] if after_done else typed
    if plain.lower() in COMMON_INTERVALS:
        every, unit = COMMON_INTERVALS[plain.lower()]
    elif match := RULE_PATTERN.fullmatch(plain):
        every, unit = int(match[2] or 1), Unit(match[1].upper())
    elif match := WORDS_PATTERN.fullmatch(plain):
        name = UNIT_BY_WELSH_NAME.get(match[2].lower(), match[2]).upper()
        count = int(match[1] or 1)
        every, unit = (3 * count, Unit.MONTH) if name == "QUARTER" else (count, Unit[name])
    else:
        raise BadInput(
            _('"{text}" is not an interval. Enter monthly, every 3 months, or 2 weeks after done.').format(text=text)
        )
    if not 1 <= every <= LONGEST_INTERVAL:
        raise BadInput(
            _("An action repeats after 1 to {most} days, weeks, months or years.").format(most=LONGEST_INTERVAL)
        )
    return Recurrence(every, unit, bool(after_done))
