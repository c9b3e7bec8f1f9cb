"""Columns and cell values of the action log for workbook and CSV file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, partial
from typing import NamedTuple, TypeVar

from ahtc_tui.domain.actions.list_columns import LIST_COLUMNS
from ahtc_tui.domain.actions.model import NEVER_LATE_STATUSES, ActionRow, Brag, Marking, MonthCounts, Status, is_late
from ahtc_tui.domain.dates.date_as_known import DateAsKnown, format_long_date
from ahtc_tui.domain.dates.formal_dates import format_day
from ahtc_tui.domain.fields.model import Place, format_value, list_columns_in, read_column
from ahtc_tui.domain.i18n import _, mark_untranslated, ngettext, render_lines
from ahtc_tui.domain.plan.brag_meanings import Meaning
from ahtc_tui.domain.replication.conflict_marks import ConflictMarks
from ahtc_tui.domain.text.sources import format_source
from ahtc_tui.formats.xlsx.cell_text import clean_cell_text

Value = str | int | date | None
"""Value of a cell; None is an empty cell."""

STATED = list_columns_in(Place.WORKBOOK, ActionRow)
"""Columns that the row class states, which are the last of the log."""
DAYS_COLUMN = 8
"""Position of the column of days left, the only one that changes daily without an edit."""
VIEW_COLUMNS = {
    "ref": (0,), "objective": (2,), "title": (3,), "lead": (4,), "support": (5,), "due": (7, DAYS_COLUMN), "brag": (9,),
    "status": (10,), "update": (11, 12), "closed": (13,),
    **{name: (15 + place,) for place, name in enumerate(STATED)},
}  # fmt: skip
"""Positions of the columns of the log by the column of a saved view."""


Cell = TypeVar("Cell", bound=Value)


class ObjectiveName(NamedTuple):
    """An objective of the plan, with or without actions in the log."""

    number: str | int
    title: str
    title_cy: str | None = None


class CountedRow(NamedTuple):
    """The columns of an action that the totals of a log count."""

    ref: str
    objective: str | None
    status: Status
    brag: Brag | None
    lead: str | None
    due: DateAsKnown | None
    marking: Marking


@dataclass
class LogTotals:
    """Totals over all rows of a log."""

    leads: set[str] = field(default_factory=set)
    statuses: Counter[Status] = field(default_factory=Counter)
    ratings: Counter[tuple[str | None, Brag | None]] = field(default_factory=Counter)
    """Numbers of actions by objective and rating."""
    late: int = 0
    has_sensitive: bool = False
    """Whether an action is marked above OFFICIAL."""
    disputed_refs: list[str] = field(default_factory=list)
    """References of the actions with values that wait for a decision, in display order."""


@dataclass(frozen=True, slots=True)
class ActionLog:
    """Content of an action log. Rows, objectives and months are in display order."""

    title: str
    marking: Marking
    as_at: date
    rows: Collection[ActionRow]
    totals: LogTotals
    objectives: Sequence[ObjectiveName] = ()
    months: Sequence[MonthCounts] = ()
    meanings: Sequence[Meaning] = ()
    """Meanings of the BRAG ratings in the plan."""
    describe_filter: Callable[[], str] = str
    """Returns the description of the filter in the current language; empty if nothing was left out."""
    marks: ConflictMarks = field(default_factory=ConflictMarks)
    """The actions with values that wait for a decision."""
    columns: Sequence[str] = ()
    """Columns of a saved view, in its order; empty for all of the log."""

    @property
    def conflict_note(self) -> str:
        """The fields of these actions that wait for a decision, in one sentence; empty where there is none."""
        return self.marks.describe_all(self.totals.disputed_refs)

    @property
    def shown_marking(self) -> Marking:
        """The marking on every page: the highest of the log and its actions."""
        return Marking.OFFICIAL_SENSITIVE if self.totals.has_sensitive else self.marking

    @property
    def note(self) -> str:
        """The line below the title, in each language: "OFFICIAL · as at 31 December 2013 · 28 actions"."""
        return render_lines(self._format_note)

    def _format_note(self) -> str:
        count = len(self.rows)
        actions = ngettext("1 action", "{n} actions", count)
        as_at = _("as at {day}").format(day=format_long_date(self.as_at))
        parts = (self.shown_marking.label, as_at, actions, self.describe_filter(), self.conflict_note)
        return " · ".join(part for part in parts if part)


def list_hidden_columns(columns: Sequence[str]) -> list[int]:
    """Return the positions of the columns of the log that a saved view does not show; none without a view."""
    shown = {position for column in columns for position in VIEW_COLUMNS.get(column, ())}
    return [position for position in range(len(action_columns())) if shown and position not in shown]


def view_headings(columns: Sequence[str]) -> list[str]:
    """Return the headings of the columns of a saved view, in its order."""
    return _select_columns(columns, action_columns(), lambda name: LIST_COLUMNS[name].long_heading)


def view_cells(row: ActionRow, as_at: date, columns: Sequence[str]) -> list[Value]:
    """Return the cells of the columns of a saved view, in its order."""
    return _select_columns(
        columns, action_cells(row, as_at), lambda name: format_cell(LIST_COLUMNS[name].read(row, as_at))
    )


def _select_columns(columns: Sequence[str], values: Sequence[Cell], read: Callable[[str], Cell]) -> list[Cell]:
    """Return the values of the columns of a view; `read` returns those that the log does not have."""
    parts = (
        [values[place] for place in VIEW_COLUMNS[name]] if name in VIEW_COLUMNS else [read(name)] for name in columns
    )
    return [value for part in parts for value in part]


def format_cell(value: object) -> Value:
    """Return a value of a record as a cell: days and numbers as such, other values as people read them."""
    if isinstance(value, DateAsKnown):
        return format_known_date(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    return clean_cell_text(format_value(value)) or None


def action_columns() -> tuple[str, ...]:
    """Return the headings of the visible columns, in order."""
    return (
        _("Ref"), _("Source"), _("Objective"), _("Action"), _("Lead"), _("Support"), _("Original due"), _("Due"),
        _("Days"), _("BRAG"), _("Status"), _("Latest update"), _("Update date"), _("Closed"), _("Evidence"),
        *(stated.heading for stated in STATED.values()),
    )  # fmt: skip


def action_cells(row: ActionRow, as_at: date) -> list[Value]:
    """Return the cells of an action, in the order of `action_columns`."""
    return [read(row, as_at) for read in list_column_cells()]


@cache
def list_column_cells() -> tuple[Callable[[ActionRow, date], Value], ...]:
    """Return the functions that build the cells of an action, in the order of `action_columns`."""
    return (
        lambda row, _as_at: clean_cell_text(row.ref),
        lambda row, _as_at: clean_cell_text(format_source(row.source) or row.meeting),
        lambda row, _as_at: format_objective_of_action(row),
        lambda row, _as_at: clean_cell_text(row.returned_title),
        lambda row, _as_at: clean_cell_text(row.lead),
        lambda row, _as_at: clean_cell_text("; ".join(row.support)),
        lambda row, _as_at: format_known_date(row.original_due),
        lambda row, _as_at: format_known_date(row.due),
        lambda row, as_at: None if row.status in NEVER_LATE_STATUSES else row.days_left(as_at),
        lambda row, _as_at: row.brag.option_label if row.brag else None,
        lambda row, _as_at: row.status.label,
        lambda row, _as_at: clean_cell_text(row.printed_update),
        lambda row, _as_at: row.latest_update_on,
        lambda row, _as_at: format_known_date(row.closed_on),
        lambda row, _as_at: clean_cell_text(mark_untranslated(row.evidence)),
        *(partial(_format_stated, name) for name in STATED),
    )


def _format_stated(name: str, row: ActionRow, _as_at: date) -> Value:
    return format_cell(read_column(row, name))


def format_objective(number: str | int | None, title: str | None) -> str | None:
    """Return number and title of an objective: "1. Build an evidence base"."""
    return f"{number}. {title or ''}".rstrip() if number is not None else title


def format_objective_of_action(row: ActionRow) -> str | None:
    """Return number and title of the objective of an action; in both languages the Welsh above the English."""
    return clean_cell_text(render_lines(lambda: row.printed_objective or "") or None)


def format_known_date(known_date: DateAsKnown | None) -> str | date | None:
    """Return a date where documents print a day in full and Excel can store it (after 1900), else the words."""
    if known_date is None:
        return None
    text = format_day(known_date)
    if known_date.latest.year > 1900 and text == format_long_date(known_date.latest):
        return known_date.latest
    return clean_cell_text(text)


def count_rows(rows: Iterable[CountedRow | ActionRow], as_at: date, marks: ConflictMarks) -> LogTotals:
    """Return the totals of the rows, which are read once."""
    totals = LogTotals()
    for row in rows:
        if row.lead:
            totals.leads.add(row.lead)
        totals.statuses[row.status] += 1
        totals.ratings[row.objective, row.brag] += 1
        totals.late += is_late(row.status, row.due, as_at)
        totals.has_sensitive |= row.marking is Marking.OFFICIAL_SENSITIVE
        if row.ref in marks:
            totals.disputed_refs.append(row.ref)
    return totals
