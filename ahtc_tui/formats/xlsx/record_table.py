"""A workbook with one table of records to filter, sort and print.

openpyxl is imported inside functions, so that only an export loads it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.formats.xlsx.style import add_native_table, build_style, set_widths, write_cell, write_headings
from ahtc_tui.formats.xlsx.workbook import ReportWorkbook, write_report

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

    def without_empty_columns(self) -> RecordTable:
        """Copy without the columns that have no value in any row, for a table that is read and not sent back."""
        filled = [n for n in range(len(self.headings)) if any(row[n] for row in self.rows)]
        if not self.rows:
            return self
        rows = [[row[n] for n in filled] for row in self.rows]
        headings, widths = [self.headings[n] for n in filled], [self.widths[n] for n in filled]
        return replace(self, headings=headings, widths=widths, rows=rows)


def write_record_table(path: Path, record_table: RecordTable) -> None:
    """Write the workbook to `path`, replacing any file."""
    workbook = ReportWorkbook(record_table.title, record_table.note, record_table.marking, record_table.as_at)
    _add_sheet(workbook, record_table)
    workbook.save(path)


def write_record_tables(path: Path, build_table: Callable[[], RecordTable]) -> None:
    """Write the table on one sheet for each language of the file."""
    write_report(path, build_table, _add_sheet)


def _add_sheet(workbook: ReportWorkbook, record_table: RecordTable) -> None:
    sheet = workbook.add_sheet(record_table.name)
    set_widths(sheet, record_table.widths)
    write_headings(sheet, HEADING_ROW, record_table.headings, record_table.widths)
    text = build_style(sheet)
    for number, row in enumerate(record_table.rows, start=HEADING_ROW + 1):
        for column, value in enumerate(row, start=1):
            write_cell(sheet.cell(number, column), value, text)
    add_native_table(sheet, record_table.name, record_table.headings, len(record_table.rows), HEADING_ROW)
    frozen = f"{record_table.scrolls_from}{HEADING_ROW + 1}"
    workbook.lay_out(sheet, heading_rows=f"{HEADING_ROW}:{HEADING_ROW}", frozen=frozen)
