"""Tables as they are read from workbooks and delimited text, without the meaning of their columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import overload

from ahtc_tui.domain.imports.report import FileWarning

CellValue = str | int | float | bool | date | datetime | None


@dataclass(frozen=True, slots=True)
class Cell:
    """A value with its address and what its appearance adds: colour, comment, strike-through."""

    value: CellValue
    """Text without surrounding space and control characters; None for an empty text."""
    address: str
    """"Open!F4", or "F4" in a file without sheets."""
    fill: str | None = None
    """Background colour: "blue", "red", "amber" or "green"; None for any other."""
    comment: str | None = None
    struck: bool = False
    spread: bool = False
    """Whether the value belongs to the first of several merged cells and is displayed in this one as well."""

    @property
    def text(self) -> str:
        """The value as a person would type it (`format_cell_value`)."""
        return format_cell_value(self.value)


def format_cell_value(value: CellValue) -> str:
    """Return a value as a person would type it: whole numbers without a fraction, dates in ISO 8601; empty for None."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and abs(value) < 1e15 and value == int(value):
        return str(int(value))
    return str(value)


class PlainCells(Sequence[Cell]):
    """Cells of a row that are nothing but their values, each built at its access: a long log needs little memory."""

    __slots__ = ("columns", "number", "values")

    def __init__(self, columns: Sequence[str], number: int, values: Sequence[CellValue]) -> None:
        """`columns` are the addresses without the number of the row: "Open!F"."""
        self.columns, self.number, self.values = columns, number, values

    def __len__(self) -> int:
        return len(self.values)

    @overload
    def __getitem__(self, index: int) -> Cell: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Cell, ...]: ...
    def __getitem__(self, index: int | slice) -> Cell | tuple[Cell, ...]:
        if isinstance(index, slice):
            return tuple(self[position] for position in range(*index.indices(len(self))))
        return Cell(self.values[index], f"{self.columns[index]}{self.number}")


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table."""

    number: int
    """Row number as a spreadsheet program shows it."""
    cells: Sequence[Cell]
    """One cell for each header."""
    hidden: bool = False
    section: str | None = None
    """The heading between the rows above: "Objective 2: Training"."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a sheet; a sheet may hold several."""

    sheet: str
    headers: tuple[str, ...]
    """As written; a header over two rows is joined by a space."""
    lines: Sequence[Line]
    """Lazily created at each access, so that a long table needs little memory."""
    hidden: bool = False
    """The sheet is hidden."""
    hidden_columns: tuple[int, ...] = ()
    """Positions in `headers`."""
    title: str = ""
    """The line directly above the headers, where it is a single cell: "Closed actions"."""
    header_address: str = ""
    """Address of the first header: "Open!A5"."""
    notes: tuple[Cell, ...] = ()
    """Text below the last line: "Please call me", "Key:"."""
    above: Iterable[Cell] = ()
    """Text above the headings; lazily created, like `beside`."""
    beside: Iterable[Cell] = ()
    """Text left and right of the headings and the lines."""
    sections: tuple[Cell, ...] = ()
    """The headings between the lines."""
    values: Iterable[Sequence[CellValue]] = ()
    """The values of the lines without their appearance, one for each header; lazily created."""
    columns: tuple[str, ...] = ()
    """Letters of the column of each header."""


@dataclass(frozen=True, slots=True)
class SheetNotes:
    """What a sheet holds besides its tables; the caller knows which of it was read."""

    texts: Iterable[Cell]
    """The cells with words, lazily created at each access."""
    comments: tuple[Cell, ...]
    """Cells with a comment, without their values."""
    text_boxes: tuple[Cell, ...]
    """Texts of shapes, with the address of the cell below their corner."""


@dataclass(frozen=True, slots=True)
class Book:
    """The tables of one file."""

    path: Path
    tables: tuple[Table, ...]
    warnings: tuple[FileWarning, ...]
    """Omissions and guesses, with their places."""
    sheets_without_table: tuple[str, ...] = ()
    """Names of the sheets with values of which no table was recognised."""
    notes: Mapping[str, SheetNotes] = field(default_factory=dict)
    """Notes of each sheet by its name."""
    since_1904: bool = False
    """Serial dates count from 1904, as in old workbooks of Excel for Mac."""
