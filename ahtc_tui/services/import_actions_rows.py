"""The rows of an action log as fields: which column means what, and which lines are rows at all. No database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from ahtc_tui.domain.folding import folded
from ahtc_tui.domain.imports import ColumnRead
from ahtc_tui.domain.return_words import field_of, fields_of, ref_key
from ahtc_tui.domain.returns import ROW_IDS, ROW_SENT, read_ids
from ahtc_tui.domain.sheets import Book, Cell, Line, Table

HIDDEN = ("row_id", "row_hash", "row_sent", "row_ids")
SEVERAL = ("update", "comment", "support")
"""Fields that more than one column may mean; all of them are read."""

_CLOSED = (
    "closed",
    "completed",
    "complete",
    "done",
    "archive",
    "archived",
    "wedi cau",
    "caewyd",
    "cwblhawyd",
    "archif",
)
_SAMPLES, _SAMPLE_LENGTH = 3, 60


def meaning(heading: str, said: Mapping[str, str]) -> str | None:
    """The field that a heading means: as a person said, one of ours, or as people write it."""
    words = heading_key(heading)
    if words in said:
        return said[words] or None
    for own in (ROW_SENT, ROW_IDS):
        if words == folded(own):
            return own
    return field_of(heading)


def heading_key(heading: str) -> str:
    """A heading as it is learnt."""
    return folded(heading)


@dataclass(frozen=True, slots=True)
class TableIn:
    """One table with what its columns mean."""

    file: str
    sheet: str
    headings: tuple[str, ...]
    fields: tuple[str | None, ...]
    hidden: bool
    closed: bool
    """The sheet is called one of closed actions."""


@dataclass(slots=True)
class RowIn:
    """One row. A cell stands here if it holds, or is coloured, or has a comment; empty cells are in no list."""

    table: TableIn
    line: Line
    cells: dict[str, list[Cell]] = field(default_factory=dict)
    key: bytes | None = None
    """The action that it is about, once that is known."""
    by_words: bool = False
    """The action was found by the words alone."""

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

    @property
    def at(self) -> str:
        """Where the row stands: "Open!7"."""
        number = str(self.line.number)
        return f"{self.table.sheet}!{number}" if self.table.sheet else number

    def place(self, name: str) -> str:
        """Where a field of the row stands: its cell, or the row."""
        cell = self.cell(name) or next(iter(self.cells.get(name, ())), None)
        return cell.at if cell else self.at


def text_of(cell: Cell) -> str:
    """What a cell says, as a person would type it."""
    value = cell.value
    if isinstance(value, str):
        return value.strip()
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def tables_of(book: Book, said: Mapping[str, str]) -> list[tuple[TableIn, Table]]:
    """The tables of actions in a file: those that say which action a row is about, and one thing more.

    In a workbook of ours only tables with our hidden column count: its summary looks like actions and is none.
    """
    found = []
    for table in book.tables:
        fields = _fields(table.headers, said)
        told = {name for name in fields if name}
        if told & {"title", "row_id"} or ("ref" in told and len(told) > 1):
            words = folded(table.sheet).split()
            closed = " ".join(words) in _CLOSED or bool(words and (words[0] in _CLOSED or words[-1] in _CLOSED))
            columns = TableIn(book.path.name, table.sheet, table.headers, fields, table.hidden, closed)
            found.append((columns, table))
    of_ours = [pair for pair in found if "row_id" in pair[0].fields]
    return of_ours or found


def ids_sent(book: Book) -> list[bytes]:
    """The keys of all rows that were sent in this workbook, where it says so."""
    found: list[bytes] = []
    for table in book.tables:
        columns = [position for position, name in enumerate(table.headers) if meaning(name, {}) == ROW_IDS]
        for line in table.lines if columns else ():
            found += [key for position in columns for key in read_ids(line.cells[position].value)]
    return found


def _fields(headings: tuple[str, ...], said: Mapping[str, str]) -> tuple[str | None, ...]:
    """What each column means: what a person said goes first, and a field that may come twice does."""
    plain = fields_of([heading if heading_key(heading) not in said else "" for heading in headings])
    taken = {mean for heading in headings if (mean := said.get(heading_key(heading)))}
    found: list[str | None] = []
    for heading, usual in zip(headings, plain, strict=True):
        words = heading_key(heading)
        mean = meaning(heading, said)
        if words in said or mean in HIDDEN or mean in SEVERAL:
            found.append(mean)
        else:
            found.append(None if usual in taken else usual)
    return tuple(found)


def rows_of(table: TableIn, lines: Table) -> Iterator[RowIn]:
    """The rows of a table; a line that says nothing of an action, or only its number, is none."""
    for line in lines.lines:
        row = RowIn(table, line)
        for name, cell in zip(table.fields, line.cells, strict=False):
            if name and (cell.value is not None or cell.fill or cell.comment):
                row.cells.setdefault(name, []).append(cell)
        if _is_row(row):
            yield row


def _is_row(row: RowIn) -> bool:
    if row.cell("title") or row.cell("row_id"):
        return True
    ref = row.cell("ref")
    if ref is None:
        return False
    key = ref_key(ref.value)
    return key is not None and not key.replace(" ", "").isdigit()


def columns_read(table: TableIn, lines: Table, said: Mapping[str, str]) -> Iterator[ColumnRead]:
    """What each column was taken for, with samples and how sure that is; our own hidden columns aside."""
    for position, (heading, name) in enumerate(zip(table.headings, table.fields, strict=True)):
        if name in HIDDEN:
            continue
        samples: list[str] = []
        for line in lines.lines[:200]:
            text = text_of(line.cells[position])[:_SAMPLE_LENGTH] if position < len(line.cells) else ""
            if text and text not in samples:
                samples.append(text)
            if len(samples) == _SAMPLES:
                break
        if heading or samples:
            yield ColumnRead(table.sheet, heading, name, _confidence(heading, name, said), tuple(samples))


def _confidence(heading: str, name: str | None, said: Mapping[str, str]) -> int:
    from ahtc_tui.domain.return_headers import KNOWN

    if name is None:
        return 0
    if heading_key(heading) in said:
        return 100
    return 95 if folded(heading) in KNOWN.get(name, ()) else 70
