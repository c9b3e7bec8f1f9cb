"""Tables as files of cells give them: workbooks and comma-separated text alike. Never what a column means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from ahtc_tui.domain.imports.report import FileWarning

CellValue = str | int | float | bool | date | datetime | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table."""

    value: CellValue
    """Text stripped of space at its ends and of control characters; an empty text is None."""
    address: str
    """Where it stands: "Open!F4"; "F4" in a file without sheets."""
    fill: str | None = None
    """The colour behind it as a person would call it: blue, red, amber, green; None for any other."""
    comment: str | None = None
    struck: bool = False
    spread: bool = False
    """The value is that of the first of several merged cells, which is displayed here as well."""

    @property
    def text(self) -> str:
        """The value as a person would type it: whole numbers without a fraction, dates in ISO 8601; empty for None."""
        value = self.value
        if isinstance(value, str):
            return value.strip()
        if value is None:
            return ""
        if isinstance(value, datetime):
            return value.date().isoformat()
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, float) and abs(value) < 1e15 and value == int(value):
            return str(int(value))
        return str(value)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table."""

    number: int
    """As the program that shows the file numbers it."""
    cells: tuple[Cell, ...]
    """One a column, in the order of the headers."""
    hidden: bool = False
    section: str | None = None
    """The heading between the rows under which this one stands: "Objective 2: Training"."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a sheet, wherever it stands on it."""

    sheet: str
    headers: tuple[str, ...]
    """As written; a header over two rows is joined by a space."""
    lines: Sequence[Line]
    """Made as they are asked for, so that a long table stays small: go through them once, or keep what you need."""
    hidden: bool = False
    """The sheet is."""
    hidden_columns: tuple[int, ...] = ()
    """Positions in `headers`."""
    title: str = ""
    """The line right above the headers, where it is one cell: "Closed actions"."""
    header_address: str = ""
    """The first cell of the row of headers: "Open!A5"."""


@dataclass(frozen=True, slots=True)
class Book:
    """What was read of one file."""

    path: Path
    tables: tuple[Table, ...]
    warnings: tuple[FileWarning, ...]
    """What was left out or guessed, and where."""
    since_1904: bool = False
    """Plain numbers that are days count from 1904, as old workbooks of a Mac do."""
