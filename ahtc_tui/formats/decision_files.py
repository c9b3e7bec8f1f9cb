"""The decision register as a workbook, as CSV and as Markdown: one decision a row, text that is never a formula.

openpyxl is imported inside the functions, so that only an export pays for it.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from ahtc_tui.domain.actions import Marking
from ahtc_tui.domain.dates import long_date
from ahtc_tui.domain.decisions import Decision
from ahtc_tui.domain.documents import one_line
from ahtc_tui.domain.words import _
from ahtc_tui.formats.md_meeting import inline, literal
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
WIDTHS = (16, 18, 30, 60, 40, 16, 24, 18)


def headings() -> tuple[str, ...]:
    """The columns of every form of the register."""
    first = (_("Ref"), _("Date"), _("Body"), _("Decision"), _("Reason"), _("Superseded by"), _("Actions"))
    return (*first, _("Meeting"))


def values(row: Decision) -> list[str]:
    """One decision in the order of `headings`."""
    day = str(row.decided_on) if row.decided_on else ""
    first = [row.ref, day, row.body or "", row.text, row.reason or "", row.superseded_by or ""]
    return [*first, ", ".join(row.actions), row.meeting or ""]


def title() -> str:
    """What the register is called."""
    return _("Decision register")


def _note(rows: Sequence[Decision], marking: Marking, as_at: date) -> str:
    sentence = _("{marking}. {n} decisions as at {day}")
    return sentence.format(marking=marking.label, n=len(rows), day=long_date(as_at))


def write_xlsx(path: Path, rows: Sequence[Decision], marking: Marking, as_at: date) -> None:
    """Write the workbook; an empty register keeps one empty row, as Excel asks of a table."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.table import Table, TableStyleInfo

    workbook = new_workbook()
    sheet: Any = workbook.active
    sheet.title = _("Decisions")
    put_title(sheet, title(), _note(rows, marking, as_at))
    heading = style(sheet, bold=True, ink="FFFFFF", fill=HEADING_FILL)
    for column, (name, width) in enumerate(zip(headings(), WIDTHS, strict=True), start=1):
        put(sheet.cell(HEADING_ROW, column), name, heading)
        sheet.column_dimensions[get_column_letter(column)].width = width
    text, quoted = style(sheet), style(sheet, quoted=True)
    for number, row in enumerate(rows, start=HEADING_ROW + 1):
        for column, value in enumerate(values(row), start=1):
            put(sheet.cell(number, column), value, quoted if looks_like_a_formula(value) else text)
    area = f"A{HEADING_ROW}:{get_column_letter(len(WIDTHS))}{HEADING_ROW + max(len(rows), 1)}"
    table = Table(displayName="Decisions", ref=area)
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    sheet.add_table(table)
    sheet.freeze_panes = f"B{HEADING_ROW + 1}"
    lay_out_page(sheet, marking, as_at)
    sheet.print_title_rows = f"{HEADING_ROW}:{HEADING_ROW}"
    subject = _note(rows, marking, as_at)
    describe(workbook, title=title(), subject=subject, creator=title(), marking=marking, as_at=as_at)
    save(workbook, path, as_at)


def write_csv(path: Path, rows: Sequence[Decision]) -> None:
    """Write one line a decision; an apostrophe stands before what would run."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(headings())
        writer.writerows(
            [f"'{value}" if looks_like_a_formula(value) else value for value in values(row)] for row in rows
        )


def write_md(path: Path, rows: Sequence[Decision], marking: Marking, as_at: date) -> None:
    """Write a table with the marking first and last."""
    lines = [f"**{literal(marking.label)}**", "", f"# {title()}", "", _note(rows, marking, as_at), ""]
    table = [headings(), ("---",) * len(WIDTHS), *([inline(one_line(value)) for value in values(row)] for row in rows)]
    lines += [f"| {' | '.join(cells)} |" for cells in table]
    path.write_text("\n".join([*lines, "", f"**{literal(marking.label)}**", ""]), encoding="utf-8")
