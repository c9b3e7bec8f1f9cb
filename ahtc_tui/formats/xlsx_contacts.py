"""Contacts as a workbook: one table to filter, sort and print. Never what is only the desk's.

openpyxl is imported inside the functions, so that only an export pays for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from ahtc_tui.domain.actions import Marking
from ahtc_tui.domain.cards import Outgoing
from ahtc_tui.domain.dates import long_date
from ahtc_tui.domain.words import _
from ahtc_tui.formats.csv_contacts import headings, values
from ahtc_tui.formats.xlsx_stream import save
from ahtc_tui.formats.xlsx_style import (
    HEADING_FILL,
    describe,
    lay_out_page,
    new_workbook,
    put,
    put_title,
    style,
)
from ahtc_tui.formats.xlsx_text import looks_like_a_formula

HEADING_ROW = 3
WIDTHS = (22, 12, 32, 12, 32, 30, 18, 30, 18, 10, 24, 40)


def write_contacts_xlsx(path: Path, contacts: Sequence[Outgoing], marking: Marking, as_at: date, title: str) -> None:
    """Write the workbook; an empty list keeps one empty row, as Excel asks of a table."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.table import Table, TableStyleInfo

    workbook = new_workbook()
    sheet: Any = workbook.active
    sheet.title = _("Contacts")
    note = _("{marking}. {n} contacts as at {day}").format(marking=marking.label, n=len(contacts), day=long_date(as_at))
    put_title(sheet, title, note)
    heading = style(sheet, bold=True, ink="FFFFFF", fill=HEADING_FILL)
    for column, (name, width) in enumerate(zip(headings(), WIDTHS, strict=True), start=1):
        put(sheet.cell(HEADING_ROW, column), name, heading)
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.row_dimensions[HEADING_ROW].height = 32
    _place(sheet, contacts)
    last = HEADING_ROW + max(len(contacts), 1)
    area = f"A{HEADING_ROW}:{get_column_letter(len(WIDTHS))}{last}"
    table = Table(displayName="Contacts", ref=area)
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    sheet.add_table(table)
    sheet.freeze_panes = f"D{HEADING_ROW + 1}"
    lay_out_page(sheet, marking, as_at)
    sheet.print_title_rows = f"{HEADING_ROW}:{HEADING_ROW}"
    describe(workbook, title=title, subject=note, creator=title, marking=marking, as_at=as_at)
    save(workbook, path, as_at)


def _place(sheet: Any, contacts: Sequence[Outgoing]) -> None:
    text, quoted = style(sheet), style(sheet, quoted=True)
    for number, contact in enumerate(contacts, start=HEADING_ROW + 1):
        for column, value in enumerate(values(contact), start=1):
            runs = value is not None and looks_like_a_formula(value)
            put(sheet.cell(number, column), value, quoted if runs else text)
