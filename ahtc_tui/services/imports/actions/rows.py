"""The rows of an action log as fields: which lines are rows at all, and which words go on from above. No database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from ahtc_tui.domain.imports.sheets import Cell, Line, Table
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.returns.readers import DateReading, is_month_first, normalize_reference, read_date_cell
from ahtc_tui.domain.returns.statuses import TICKS
from ahtc_tui.domain.text.normalization import normalize_text
from ahtc_tui.services.imports.actions.tables import LogTable, format_cell, is_closed_heading

_DATE_FIELDS = frozenset(("due", "proposed_due", "original_due", "closed_on", "update_on"))
_TEXT_FIELDS = ("update", "comment")
_FILLER_FIELDS = frozenset((*_DATE_FIELDS, *_TEXT_FIELDS, "support", "status", "brag", "evidence", "priority"))
_FILLER_WORDS = frozenset(("n a", "na", "none", "nil", "blank", "dim", "amh", "amherthnasol", "dd b"))
_CONTINUATION_FIELDS = frozenset(("title", *_TEXT_FIELDS))
"""All that a row holds which may be the rest of the one above."""


@dataclass(slots=True)
class LogRow:
    """One row. A cell stands here if it holds, or is coloured, or has a comment; empty cells are in no list."""

    table: LogTable
    line: Line
    """Without its cells: those that say something stand below."""
    cells: dict[str, list[Cell]] = field(default_factory=dict)
    key: RowKey | None = None
    """The action that it is about, once that is known."""
    conflicting_key: RowKey | None = None
    """The action of its reference, where its hidden key names another one and the words do not say which."""
    matched_by_title: bool = False
    """The action was found by the words alone."""
    row_above: LogRow | None = None
    """The row right above, where this one may go on from it."""
    cells_below: list[Cell] = field(default_factory=list)
    """Updates in rows of their own right below, which name no action."""

    def first_cell(self, field_name: str) -> Cell | None:
        """The first filled cell of a field."""
        for cell in self.cells.get(field_name, ()):
            if cell.value is not None:
                return cell
        return None

    def text_of(self, field_name: str) -> str:
        """What that cell says, as text; empty where there is none."""
        cell = self.first_cell(field_name)
        return format_cell(cell) if cell else ""

    def has_column(self, field_name: str) -> bool:
        """Whether the table has a column for a field."""
        return field_name in self.table.fields

    def heading_of(self, field_name: str) -> str:
        """The heading of the first column of a field."""
        return self.table.headings[self.table.fields.index(field_name)] if self.has_column(field_name) else ""

    def read_date(self, cell: Cell, today: date) -> DateReading:
        """What a cell says of a day, as the file writes its dates."""
        return read_date_cell(cell.value, today, self.table.date_conventions)

    def release_cells(self) -> None:
        """Keep only what was sent with it: the rest is in the plan, and a long log is held once."""
        self.cells = {name: cells for name, cells in self.cells.items() if name == "row_sent"}
        self.cells_below = []

    @property
    def is_closed(self) -> bool:
        """It stands among closed actions: on their sheet, or under their heading."""
        return self.table.is_closed or is_closed_heading(self.line.section)

    @property
    def address(self) -> str:
        """Where the row stands: "Open!7"."""
        number = str(self.line.number)
        return f"{self.table.sheet}!{number}" if self.table.sheet else number

    def address_of(self, field_name: str) -> str:
        """Where a field of the row stands: its cell, or the row."""
        cell = self.first_cell(field_name) or next(iter(self.cells.get(field_name, ())), None)
        return cell.address if cell else self.address


def read_rows(log_table: LogTable, table: Table) -> Iterator[LogRow]:
    """The rows of a table; a line that says nothing of an action, or only its number, is none.

    The words of such a line go to the row right above it, to be asked about.
    """
    row_above: LogRow | None = None
    last_number = 0
    for line in table.lines:
        row = LogRow(log_table, Line(line.number, (), line.hidden, line.section))
        for field_name, raw_cell in zip(log_table.fields, line.cells, strict=False):
            cell = replace(raw_cell, value=None) if field_name in _FILLER_FIELDS and _is_filler(raw_cell) else raw_cell
            if field_name and (cell.value is not None or cell.fill or cell.comment):
                if field_name in row.cells:
                    row.cells[field_name].append(cell)
                else:
                    row.cells[field_name] = [cell]
                if field_name in _DATE_FIELDS and is_month_first(cell.value):
                    log_table.date_conventions.month_first = True
        is_adjacent = row_above is not None and line.number == last_number + 1
        if _is_action_row(row):
            row.row_above = row_above if is_adjacent and set(row.cells) <= _CONTINUATION_FIELDS else None
            yield row
            row_above, last_number = row, line.number
        elif row_above is not None and is_adjacent:
            row_above.cells_below += [
                cell
                for field_name in _TEXT_FIELDS
                for cell in row.cells.get(field_name, ())
                if any(map(str.isalpha, format_cell(cell)))
            ]
            last_number = line.number


def _is_filler(cell: Cell) -> bool:
    """The cell is filled so as not to be empty: "–", "n/a", "None"."""
    value = cell.value
    if not isinstance(value, str) or len(value) > len("amherthnasol"):
        return False
    return (not any(map(str.isalnum, value)) and not set(value) & TICKS) or normalize_text(value) in _FILLER_WORDS


def _is_action_row(row: LogRow) -> bool:
    if row.first_cell("title") or row.first_cell("row_id"):
        return True
    ref_cell = row.first_cell("ref")
    if ref_cell is None:
        return False
    normalized_ref = normalize_reference(ref_cell.value)
    return normalized_ref is not None and (
        not normalized_ref.replace(" ", "").isdigit() or row.first_cell("update") is not None
    )
