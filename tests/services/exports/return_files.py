"""Writes workbooks such as people return, with the rows and the damage of a test."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ahtc_tui.domain.actions.filters import ActionFilter
from ahtc_tui.domain.returns.model import COMPARED_FIELDS, SENT_SHEET, encode_sent_values
from ahtc_tui.services.actions.service import list_actions
from ahtc_tui.services.exports.returns import write_returns
from ahtc_tui.services.workspace import Workspace
from tests.builders import query_rows

COLOURS = {"blue": "9DC3E6", "red": "FF0000", "amber": "FFC000", "green": "92D050"}
HEAD = ("Ref", "Action", "Lead", "Due", "Status", "Progress")


def write_return(workspace: Workspace, folder: Path, ref: str) -> Path:
    """Write only the return of the lead of an action, with all open actions of that lead."""
    rows = list_actions(workspace, ActionFilter())
    lead = next(row.lead_ref for row in rows if row.ref == ref)
    refs = [row.ref for row in rows if row.lead_ref == lead]
    (lead_return,) = write_returns(workspace, folder, ActionFilter(), refs=refs).files
    return lead_return.file


class StyledValue:
    """A value with a background colour, a comment or a line through it."""

    def __init__(
        self, value: Any = None, *, fill: str | None = None, comment: str | None = None, struck: bool = False
    ) -> None:
        """Take a value with any of the three styles."""
        self.value, self.fill, self.comment, self.struck = value, fill, comment, struck


def write_workbook(
    path: Path,
    rows: Sequence[Sequence[Any]],
    headings: Sequence[str] = HEAD,
    *,
    title: Sequence[str] = (),
    first_column: int = 1,
    hidden: Sequence[int] = (),
    **more_sheets: Sequence[Sequence[Any]],
) -> Path:
    """Write a workbook with a table of these rows, and a further sheet for each keyword, with the same headings."""
    from openpyxl import Workbook

    book = Workbook()
    del book["Sheet"]
    for name, sheet_rows in {"Open": rows, **more_sheets}.items():
        sheet = book.create_sheet(name)
        for number, title_text in enumerate(title, start=1):
            sheet.cell(number, first_column, title_text)
        top = len(title) + 2 if title else 1
        for offset, row in enumerate((headings, *sheet_rows)):
            for column, value in enumerate(row, start=first_column):
                put_value(sheet.cell(top + offset, column), value)
        for number in hidden if name == "Open" else ():
            sheet.row_dimensions[number].hidden = True
    book.save(path)
    return path


def put_value(cell: Any, value: Any) -> None:
    """Set a value, or a value with its style."""
    from openpyxl.comments import Comment
    from openpyxl.styles import Font, PatternFill

    if not isinstance(value, StyledValue):
        cell.value = value
        return
    cell.value = value.value
    if value.fill:
        cell.fill = PatternFill("solid", fgColor=COLOURS[value.fill])
    if value.comment:
        cell.comment = Comment(value.comment, "reviewer")
    if value.struck:
        cell.font = Font(strike=True)


def edit_workbook(
    path: Path, changes: dict[tuple[str, str], Any], *, drop: Sequence[str] = (), strip: bool = False
) -> Path:
    """Change cells of an exported workbook by reference and heading, drop rows, or remove its hidden sheets."""
    from openpyxl import load_workbook

    book = load_workbook(path)
    sheet = book.worksheets[0]
    top = next(row for row in range(1, 10) if sheet.cell(row, 1).value == "Ref")
    columns = {sheet.cell(top, column).value: column for column in range(1, sheet.max_column + 1)}
    rows = {sheet.cell(row, 1).value: row for row in range(top + 1, sheet.max_row + 1)}
    for (ref, heading), value in changes.items():
        put_value(sheet.cell(rows[ref], columns[heading]), value)
    for ref in drop:
        sheet.delete_rows(rows[ref])
    if strip:
        del book[SENT_SHEET]
        del book["Lists"]
    book.save(path)
    return path


def use_old_layout(workspace: Workspace, path: Path) -> Path:
    """Rewrite an exported workbook as it was before the sheet of sent values: hidden columns beside the table."""
    from openpyxl import load_workbook

    book = load_workbook(path)
    sheet, sent_sheet = book.worksheets[0], book[SENT_SHEET]
    top = next(row for row in range(1, 10) if sheet.cell(row, 1).value == "Ref")
    first = sheet.max_column + 1
    names = [str(cell.value) for cell in sent_sheet[1]]
    lines = [[str(cell) if cell else None for cell in line] for line in sent_sheet.iter_rows(2, values_only=True)]
    rows = {line[0]: dict(zip(names, line, strict=True)) for line in lines}
    keys = {ref: bytes(key).hex() for ref, key in query_rows(workspace, "SELECT ref, id FROM actions")}
    for column, heading in enumerate(("row_id", "row_hash", "row_sent"), start=first):
        sheet.cell(top, column, heading)
    for number in range(top + 1, sheet.max_row + 1):
        sent = rows[str(sheet.cell(number, 1).value)]
        values = {name: sent[f"sent_{name}"] for name in COMPARED_FIELDS}
        sheet.cell(number, first, keys[sent["sent_ref"]])
        sheet.cell(number, first + 2, encode_sent_values(values, sent["sent_batch"] or ""))
    if "Summary" in book.sheetnames:
        book["Lists"]["Z1"], book["Lists"]["Z2"] = "row_ids", " ".join(keys[ref] for ref in rows)
    del book[SENT_SHEET]
    book.save(path)
    return path
