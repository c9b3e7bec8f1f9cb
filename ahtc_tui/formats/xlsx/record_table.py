"""A workbook with one table of records to filter, sort and print.

openpyxl is imported inside functions, so that only an export loads it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.formats.xlsx.style import build_style, format_column_name, set_widths, write_cell, write_headings
from ahtc_tui.formats.xlsx.workbook import ReportWorkbook, write_report

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

HEADING_ROW = 3


@dataclass(frozen=True, slots=True)
class RecordTable:
    """Content of the workbook."""

    name: str
    """Name of the sheet and of its table: one word."""
    title: str
    note: str
    marking: Marking
    as_at: date
    headings: Sequence[str]
    widths: Sequence[float]
    rows: Sequence[Sequence[str | None]]
    scrolls_from: str = "B"
    """First column that is not frozen."""


def write_record_table(path: Path, record_table: RecordTable) -> None:
    """Write the workbook to `path`, replacing any file."""
    workbook = ReportWorkbook(record_table.title, record_table.note, record_table.marking, record_table.as_at)
    _add_sheet(workbook, record_table)
    workbook.save(path)


def write_record_tables(path: Path, build_table: Callable[[], RecordTable]) -> None:
    """Write the table in each language of the file on a sheet of its own."""
    write_report(path, build_table, _add_sheet)


def _add_sheet(workbook: ReportWorkbook, record_table: RecordTable) -> None:
    sheet = workbook.add_sheet(record_table.name)
    set_widths(sheet, record_table.widths)
    write_headings(sheet, HEADING_ROW, record_table.headings, record_table.widths)
    text = build_style(sheet)
    for number, row in enumerate(record_table.rows, start=HEADING_ROW + 1):
        for column, value in enumerate(row, start=1):
            write_cell(sheet.cell(number, column), value, text)
    _add_table(sheet, record_table)
    frozen = f"{record_table.scrolls_from}{HEADING_ROW + 1}"
    workbook.lay_out(sheet, heading_rows=f"{HEADING_ROW}:{HEADING_ROW}", frozen=frozen)


def _add_table(sheet: Worksheet, record_table: RecordTable) -> None:
    """Add a table over headings and rows; Excel requires at least one row below the headings."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.table import Table, TableStyleInfo

    last = HEADING_ROW + max(len(record_table.rows), 1)
    table: Any = Table(
        displayName=_format_identifier(record_table.name),
        ref=f"A{HEADING_ROW}:{get_column_letter(len(record_table.headings))}{last}",
    )
    table._initialise_columns()
    for column, name in zip(table.tableColumns, record_table.headings, strict=True):
        column.name = format_column_name(name)
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    sheet.add_table(table)


def _format_identifier(words: str) -> str:
    """Return a valid table name: without spaces and punctuation."""
    return re.sub(r"\W+", "_", words).strip("_")
