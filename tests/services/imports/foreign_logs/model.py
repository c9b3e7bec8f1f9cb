"""Action logs as other offices keep them, written by code, with what an import must find in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Rows = Sequence[Sequence[Any]]
Values = Mapping[str, str]
Asked = tuple[str, str]
"""Field of a question and the value in the file."""


@dataclass(frozen=True)
class LogSheet:
    """A sheet of a log."""

    name: str
    rows: Rows
    merges: tuple[str, ...] = ()
    formats: Mapping[str, str] = field(default_factory=dict)
    """Number format by column letter."""
    is_hidden: bool = False


@dataclass(frozen=True)
class ForeignLog:
    """A log with one fault, and its gold answers."""

    name: str
    content: str | tuple[LogSheet, ...]
    """Text of a .csv file, or the sheets of a workbook."""
    taken: Mapping[str, Values] = field(default_factory=dict)
    """Title of each action that is taken without a question, with values that it must have."""
    asked: frozenset[Asked] = frozenset()
    """Questions that stay open."""
    named: tuple[str, ...] = ()
    """Parts of warnings: what is left out."""
    answers: Mapping[Asked, str] = field(default_factory=dict)
    taken_after: Mapping[str, Values] = field(default_factory=dict)
    """The actions after these answers."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """Column mappings that a person gives."""
    refused: str = ""
    """Part of the sentence with which the whole file is refused."""


def write_log(log: ForeignLog, folder: Path) -> Path:
    """Write the file of a log; return its path."""
    if isinstance(log.content, str):
        path = folder / "log.csv"
        path.write_text(log.content, encoding="utf-8")
        return path
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for content in log.content:
        sheet: Any = book.create_sheet(content.name)
        for row in content.rows:
            sheet.append(list(row))
        for area in content.merges:
            sheet.merge_cells(area)
        for letter, number_format in content.formats.items():
            for cell in sheet[letter]:
                cell.number_format = number_format
        sheet.sheet_state = "hidden" if content.is_hidden else "visible"
    path = folder / "log.xlsx"
    book.save(path)
    return path


def build_csv(*rows: Sequence[object], separator: str = ",") -> str:
    """Return rows as delimited text."""
    return "".join(
        separator.join(f'"{value}"' if separator in str(value) else str(value) for value in row) + "\n" for row in rows
    )
