"""Returns as owners send them back: the sent workbook with cells edited by code, and what an import must find in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.services.exports.return_files import edit_workbook, put_value

Cells = Mapping[tuple[str, str], Any]
"""Value, or value with its style, by reference and heading."""
Found = tuple[str, str, str]
"""Reference, field and value; empty where there is none."""
FIRST = "DP-03"
"""The first action of the workbook, a continuing duty."""
OPEN = "DP-05"
"""The second action, which is in progress, as the last one is."""
LAST = "DP-42"


@dataclass(frozen=True)
class DamagedReturn:
    """A returned workbook with one fault, and its gold answers."""

    name: str
    cells: Cells = field(default_factory=dict)
    new_rows: tuple[Mapping[str, Any], ...] = ()
    """Rows below the table, by heading."""
    edit: Callable[[Any], None] | None = None
    """A further change of the sheet."""
    changed: frozenset[Found] = frozenset()
    """Changes without a question."""
    asked: frozenset[Found] = frozenset()
    named: tuple[str, ...] = ()
    """Parts of warnings."""


def damage_workbook(path: Path, damaged: DamagedReturn) -> None:
    """Edit a sent workbook in place."""
    from openpyxl import load_workbook

    edit_workbook(path, dict(damaged.cells))
    if not (damaged.new_rows or damaged.edit):
        return
    book = load_workbook(path)
    sheet: Any = book.worksheets[0]
    top = next(row for row in range(1, 10) if sheet.cell(row, 1).value == "Ref")
    columns = {sheet.cell(top, column).value: column for column in range(1, sheet.max_column + 1)}
    last = max(row for row in range(top, sheet.max_row + 1) if sheet.cell(row, 1).value)
    for number, row in enumerate(damaged.new_rows, last + 1):
        for heading, value in row.items():
            put_value(sheet.cell(number, columns[heading]), value)
    if damaged.edit:
        damaged.edit(sheet)
    book.save(path)
