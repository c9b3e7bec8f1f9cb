"""The rows of an action log as fields: which lines are rows at all, and which words go on from above. No database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from ahtc_tui.domain.imports.sheets import Cell, Line, Table
from ahtc_tui.domain.returns.readers import Said, day_of, is_month_first, ref_key
from ahtc_tui.domain.returns.statuses import TICKS
from ahtc_tui.domain.text.normalization import folded
from ahtc_tui.services.imports.actions.tables import TableIn, says_closed, text_of

_DAYS = frozenset(("due", "proposed_due", "original_due", "closed_on", "update_on"))
_WORDS = ("update", "comment")
_MAY_BE_NOTHING = frozenset((*_DAYS, *_WORDS, "support", "status", "brag", "evidence", "priority"))
_NOTHING = frozenset(("n a", "na", "none", "nil", "blank", "dim", "amh", "amherthnasol", "dd b"))
_MAY_GO_ON = frozenset(("title", *_WORDS))
"""All that a row holds which may be the rest of the one above."""


@dataclass(slots=True)
class RowIn:
    """One row. A cell stands here if it holds, or is coloured, or has a comment; empty cells are in no list."""

    table: TableIn
    line: Line
    """Without its cells: those that say something stand below."""
    cells: dict[str, list[Cell]] = field(default_factory=dict)
    key: bytes | None = None
    """The action that it is about, once that is known."""
    other: bytes | None = None
    """The action of its reference, where its hidden key names another one and the words do not say which."""
    by_words: bool = False
    """The action was found by the words alone."""
    above: RowIn | None = None
    """The row right above, where this one may go on from it."""
    below: list[Cell] = field(default_factory=list)
    """Updates in rows of their own right below, which name no action."""

    def cell(self, name: str) -> Cell | None:
        """The first filled cell of a field."""
        for cell in self.cells.get(name, ()):
            if cell.value is not None:
                return cell
        return None

    def text(self, name: str) -> str:
        """What that cell says, as text; empty where there is none."""
        cell = self.cell(name)
        return text_of(cell) if cell else ""

    def has(self, name: str) -> bool:
        """Whether the table has a column for a field."""
        return name in self.table.fields

    def heading(self, name: str) -> str:
        """The heading of the first column of a field."""
        return self.table.headings[self.table.fields.index(name)] if self.has(name) else ""

    def day(self, cell: Cell, today: date) -> Said:
        """What a cell says of a day, as the file writes its dates."""
        return day_of(cell.value, today, self.table.habits)

    def let_go(self) -> None:
        """Keep only what was sent with it: the rest is in the plan, and a long log is held once."""
        self.cells = {name: cells for name, cells in self.cells.items() if name == "row_sent"}
        self.below = []

    @property
    def closed(self) -> bool:
        """It stands among closed actions: on their sheet, or under their heading."""
        return self.table.closed or says_closed(self.line.section)

    @property
    def at(self) -> str:
        """Where the row stands: "Open!7"."""
        number = str(self.line.number)
        return f"{self.table.sheet}!{number}" if self.table.sheet else number

    def place(self, name: str) -> str:
        """Where a field of the row stands: its cell, or the row."""
        cell = self.cell(name) or next(iter(self.cells.get(name, ())), None)
        return cell.at if cell else self.at


def rows_of(table: TableIn, lines: Table) -> Iterator[RowIn]:
    """The rows of a table; a line that says nothing of an action, or only its number, is none.

    The words of such a line go to the row right above it, to be asked about.
    """
    above: RowIn | None = None
    last = 0
    for line in lines.lines:
        row = RowIn(table, Line(line.number, (), line.hidden, line.section))
        for name, said in zip(table.fields, line.cells, strict=False):
            cell = replace(said, value=None) if name in _MAY_BE_NOTHING and _says_nothing(said) else said
            if name and (cell.value is not None or cell.fill or cell.comment):
                if name in row.cells:
                    row.cells[name].append(cell)
                else:
                    row.cells[name] = [cell]
                if name in _DAYS and is_month_first(cell.value):
                    table.habits.month_first = True
        follows = above is not None and line.number == last + 1
        if _is_row(row):
            row.above = above if follows and set(row.cells) <= _MAY_GO_ON else None
            yield row
            above, last = row, line.number
        elif above is not None and follows:
            above.below += [
                cell for name in _WORDS for cell in row.cells.get(name, ()) if any(map(str.isalpha, text_of(cell)))
            ]
            last = line.number


def _says_nothing(cell: Cell) -> bool:
    """The cell is filled so as not to be empty: "–", "n/a", "None"."""
    value = cell.value
    if not isinstance(value, str) or len(value) > len("amherthnasol"):
        return False
    return (not any(map(str.isalnum, value)) and not set(value) & TICKS) or folded(value) in _NOTHING


def _is_row(row: RowIn) -> bool:
    if row.cell("title") or row.cell("row_id"):
        return True
    ref = row.cell("ref")
    if ref is None:
        return False
    key = ref_key(ref.value)
    return key is not None and (not key.replace(" ", "").isdigit() or row.cell("update") is not None)
