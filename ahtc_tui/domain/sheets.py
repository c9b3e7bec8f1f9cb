"""Tables as files of cells give them: workbooks and comma-separated text alike. Never what a column means."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from ahtc_tui.domain.imports import Warned

Value = str | int | float | bool | date | datetime | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table."""

    value: Value
    """Text stripped of space at its ends and of control characters; an empty text is None."""
    at: str
    """Where it stands: "Open!F4"; "F4" in a file without sheets."""
    fill: str | None = None
    """The colour behind it as a person would call it: blue, red, amber, green; None for any other."""
    comment: str | None = None
    struck: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table."""

    number: int
    """As the program that shows the file numbers it."""
    cells: tuple[Cell, ...]
    """One a column, in the order of the headers."""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a sheet, wherever it stands on it."""

    sheet: str
    headers: tuple[str, ...]
    """As written; a header over two rows is joined by a space."""
    lines: tuple[Line, ...]
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Book:
    """What was read of one file."""

    path: Path
    tables: tuple[Table, ...]
    warnings: tuple[Warned, ...]
    """What was left out or guessed, and where."""
