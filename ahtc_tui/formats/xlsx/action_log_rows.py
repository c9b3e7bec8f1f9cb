"""The action log as plain values: its columns, what each says of an action, and the hash that finds later edits.

Workbook and CSV share it. Never a style, never a file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import NamedTuple

from ahtc_tui.domain.actions.model import NEVER_LATE_STATUSES, ActionRow, Brag, Marking
from ahtc_tui.domain.dates.date_as_known import DateAsKnown, Precision, format_long_date
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.plan.brag_meanings import Meaning
from ahtc_tui.formats.xlsx.cell_text import clean_cell_text

Value = str | int | date | None
"""What a cell holds; None is an empty cell."""


class ObjectiveName(NamedTuple):
    """An objective of the plan, whether or not an action of the log belongs to it."""

    number: str | int
    title: str


class MonthCount(NamedTuple):
    """How many actions were opened and closed in a month, "2013-11"."""

    month: str
    opened: int
    closed: int


@dataclass(frozen=True, slots=True)
class ActionLog:
    """Everything that goes into a log; rows, objectives and months in the order in which they are shown."""

    title: str
    marking: Marking
    as_at: date
    rows: Sequence[ActionRow]
    leads: Sequence[str] = ()
    """The names that the drop-down of the lead offers."""
    objectives: Sequence[ObjectiveName] = ()
    months: Sequence[MonthCount] = ()
    meanings: Sequence[Meaning] = ()
    """What the BRAG letters mean in the plan."""
    created_by: str = ""
    """The post or the office that sends it."""
    filter_words: str = ""
    """What was left out, in words; empty when nothing was."""

    @property
    def shown_marking(self) -> Marking:
        """The marking on every page: never lower than that of an action in it."""
        if any(row.marking is Marking.OFFICIAL_SENSITIVE for row in self.rows):
            return Marking.OFFICIAL_SENSITIVE
        return self.marking

    @property
    def note(self) -> str:
        """The line under the title: "OFFICIAL · as at 31 December 2013 · 28 actions"."""
        count = len(self.rows)
        actions = ngettext("1 action", "{n} actions", count)
        as_at = _("as at {day}").format(day=format_long_date(self.as_at))
        return " · ".join(part for part in (self.shown_marking.label, as_at, actions, self.filter_words) if part)


DAYS_COLUMN = 8
"""The position of the column of days left: the only one that changes from day to day without an edit."""


def action_columns() -> tuple[str, ...]:
    """The names of the columns that people see, in order."""
    return (
        _("Ref"),
        _("Source"),
        _("Objective"),
        _("Action"),
        _("Lead"),
        _("Support"),
        _("Original due"),
        _("Due"),
        _("Days"),
        _("BRAG"),
        _("Status"),
        _("Latest update"),
        _("Update date"),
        _("Closed"),
        _("Evidence"),
    )


def action_cells(row: ActionRow, as_at: date) -> list[Value]:
    """What each column says of an action, in the order of `headings`."""
    return [
        clean_cell_text(row.ref),
        clean_cell_text(row.source or row.meeting),
        clean_cell_text(format_objective(row.objective, row.objective_title)),
        clean_cell_text(row.title),
        clean_cell_text(row.lead),
        clean_cell_text("; ".join(row.support)),
        format_known_date(row.original_due),
        format_known_date(row.due),
        None if row.status in NEVER_LATE_STATUSES else row.days_left(as_at),
        format_rating(row.brag) if row.brag else None,
        row.status.label,
        clean_cell_text(row.latest_update),
        row.latest_update_on,
        format_known_date(row.closed_on),
        clean_cell_text(row.evidence),
    ]


def format_rating(brag: Brag) -> str:
    """Letter and word, so that the colour never stands alone: "R Red"."""
    return f"{brag.value} {brag.label}"


def format_objective(number: str | int | None, title: str | None) -> str | None:
    """The objective as a plan names it: "1. Build an evidence base"."""
    return f"{number}. {title or ''}".rstrip() if number is not None else title


def format_known_date(known_date: DateAsKnown | None) -> str | date | None:
    """A day where one is known exactly, else the words: "December 2013". A day before Excel's first stays words too."""
    if known_date is None:
        return None
    if known_date.precision is Precision.DAY and known_date.latest.year > 1900:
        return known_date.latest
    return clean_cell_text(str(known_date))


def hash_row(cells: Sequence[object], days_column: int | None = DAYS_COLUMN) -> str:
    """Sixteen hexadecimal digits over the visible values of a row, the days left aside (None: there are none).

    `shown` is in the order of `headings`, days included. A cell that was only opened gives the same digits: an empty
    cell is None or "", a day is a date or a datetime. Whoever reads a log back computes it again: other digits, edited.
    """
    canonical = [_format_canonical(value) for position, value in enumerate(cells) if position != days_column]
    return sha256("\x1f".join(canonical).encode()).hexdigest()[:16]


def _format_canonical(value: object) -> str:
    if value is None:
        return ""
    return value.isoformat()[:10] if isinstance(value, date) else str(value)
