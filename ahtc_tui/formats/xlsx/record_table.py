"""A list of records as a workbook: one table to filter, sort and print. Never what the rows are about.

openpyxl is imported inside the functions, so that only an export pays for it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.formats.xlsx.cell_text import sheet_name
from ahtc_tui.formats.xlsx.streaming import save
from ahtc_tui.formats.xlsx.style import (
    describe,
    fit_height,
    lay_out_page,
    new_workbook,
    put,
    put_heads,
    put_title,
    set_widths,
    style,
)

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

HEADING_ROW = 3


@dataclass(frozen=True, slots=True)
class Register:
    """What the workbook says."""

    name: str
    """Of the sheet and of its table: one word."""
    title: str
    note: str
    marking: Marking
    as_at: date
    headings: Sequence[str]
    widths: Sequence[float]
    rows: Sequence[Sequence[str | None]]
    moves_from: str = "B"
    """The first column that moves when somebody scrolls to the right."""


def write_register(path: Path, register: Register) -> None:
    """Write the workbook to `path`, over whatever is there."""
    workbook = new_workbook()
    sheet: Any = workbook.active
    sheet.title = sheet_name(register.name)
    put_title(sheet, register.title, register.note)
    set_widths(sheet, register.widths)
    put_heads(sheet, HEADING_ROW, register.headings)
    fit_height(sheet, HEADING_ROW, register.headings, register.widths)
    text = style(sheet)
    for number, row in enumerate(register.rows, start=HEADING_ROW + 1):
        for column, value in enumerate(row, start=1):
            put(sheet.cell(number, column), value, text)
    _add_table(sheet, register)
    sheet.freeze_panes = f"{register.moves_from}{HEADING_ROW + 1}"
    lay_out_page(sheet, register.marking, register.as_at)
    sheet.print_title_rows = f"{HEADING_ROW}:{HEADING_ROW}"
    describe(
        workbook,
        title=register.title,
        subject=register.note,
        creator=register.title,
        marking=register.marking,
        as_at=register.as_at,
    )
    save(workbook, path, register.as_at)


def _add_table(sheet: Worksheet, register: Register) -> None:
    """The table over headings and rows; an empty register keeps one empty row, as Excel asks of a table."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.table import Table, TableStyleInfo

    last = HEADING_ROW + max(len(register.rows), 1)
    table = Table(
        displayName=_identifier(register.name), ref=f"A{HEADING_ROW}:{get_column_letter(len(register.headings))}{last}"
    )
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    sheet.add_table(table)


def _identifier(words: str) -> str:
    """The words as the name of a table, which takes neither blanks nor strokes."""
    return re.sub(r"\W+", "_", words).strip("_")
