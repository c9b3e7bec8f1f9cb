"""The cascade as a workbook: practices by places, the authorities on a sheet of their own, then every cell in full.

A cell says its sign and its word, so that colour never stands alone. Never a formula.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.evidence.practice import (
    AdoptionRow,
    AdoptionStatus,
    PlaceKind,
    PracticeMatrix,
    cell_words,
    count_cells,
)
from ahtc_tui.domain.i18n import _
from ahtc_tui.formats.xlsx.cell_text import lines, sheet_name
from ahtc_tui.formats.xlsx.streaming import save
from ahtc_tui.formats.xlsx.style import (
    HEADING_FILL,
    LINE_POINTS,
    describe,
    fit_height,
    lay_out_page,
    new_workbook,
    put,
    put_heads,
    put_title,
    room,
    set_widths,
    style,
)

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

COLOURS = {
    AdoptionStatus.ADOPTED: ("00703C", "FFFFFF"),
    AdoptionStatus.UNDER_WAY: ("FFB81C", "000000"),
    AdoptionStatus.PLANNED: ("CFE0F3", "000000"),
    AdoptionStatus.DECLINED: ("4A4F55", "FFFFFF"),
    AdoptionStatus.NOT_APPLICABLE: ("E4E6E9", "000000"),
}
"""Fill and ink of each status; every pair has a contrast above 4.5 to 1."""
NOT_SAID_INK = "6B7178"
_TITLE_WIDTH, _PLACE_WIDTH, _TOTAL_WIDTH = 38.0, 12.0, 13.0
_AUTHORITY_WIDTH, _PRACTICE_WIDTH = 22.0, 16.0
_LIST_WIDTHS = (38, 30, 24, 20, 40, 24, 16)
_HEAD_ROW, _FIRST_ROW = 5, 6


@dataclass(frozen=True, slots=True)
class MatrixReport:
    """What the workbook says."""

    title: str
    marking: Marking
    as_at: date
    matrix: PracticeMatrix
    created_by: str = ""

    @property
    def note(self) -> str:
        """Marking and signs, on one line."""
        signs = "   ".join(f"{status.symbol} {status.label}" for status in AdoptionStatus)
        return f"{self.marking.label}   {signs}   {_('· not said')}"


def write_matrix(path: Path, report: MatrixReport) -> None:
    """Write the workbook to `path`, over whatever is there."""
    workbook = new_workbook()
    found = report.matrix
    authorities = found.block(PlaceKind.AUTHORITY)
    others = [number for number in range(len(found.places)) if number not in authorities]
    first: Any = workbook.active
    first.title = sheet_name(_("Cascade"))
    _table(first, report, others, authorities)
    if authorities:
        _authorities(workbook.create_sheet(sheet_name(_("Authorities"))), report, authorities)
    _cells(workbook.create_sheet(sheet_name(_("Cells"))), report)
    describe(
        workbook,
        title=report.title,
        subject=report.note,
        creator=report.created_by,
        marking=report.marking,
        as_at=report.as_at,
    )
    save(workbook, path, report.as_at)


class _Looks:
    """The styles of one sheet, each made once."""

    def __init__(self, sheet: Worksheet) -> None:
        self.heading = style(sheet, bold=True, size=8, ink="FFFFFF", fill=HEADING_FILL, across="center")
        self.title = style(sheet, bold=True)
        self.total = style(sheet, bold=True, across="center")
        self.not_said = style(sheet, ink=NOT_SAID_INK, across="center")
        self.status = {
            status: style(sheet, size=9, ink=ink, fill=fill, across="center") for status, (fill, ink) in COLOURS.items()
        }


def _table(sheet: Worksheet, report: MatrixReport, shown: Sequence[int], folded: Sequence[int]) -> None:
    """One line a practice, one column a place; `folded` places are one column of counts."""
    from openpyxl.utils import get_column_letter

    found, looks = report.matrix, _Looks(sheet)
    put_title(sheet, report.title, report.note)
    headings = [found.places[number].plain_name for number in shown]
    also = [_("{n} authorities").format(n=len(folded))] if folded else []
    names = [_("Practice"), *headings, *also, _("Adopted of said")]
    for column, name in enumerate(names, start=1):
        put(sheet.cell(_HEAD_ROW, column), name, looks.heading)
        wide = _TITLE_WIDTH if column == 1 else _PLACE_WIDTH if column < len(names) else _TOTAL_WIDTH
        sheet.column_dimensions[get_column_letter(column)].width = wide
    tall = max(lines(name, room(_PLACE_WIDTH - 1)) for name in names[1:])
    sheet.row_dimensions[_HEAD_ROW].height = tall * LINE_POINTS + 4
    _blocks(sheet, report, shown, looks)
    for at, row in enumerate(found.rows, start=_FIRST_ROW):
        title = row.practice.title
        put(sheet.cell(at, 1), title, looks.title)
        for column, number in enumerate(shown, start=2):
            _put_cell(sheet.cell(at, column), row.cells[number], looks)
        last = len(shown) + 2
        if folded:
            put(sheet.cell(at, last), count_cells(row.cells[number] for number in folded).short, looks.total)
        count = count_cells(row.cells[number] for number in (*shown, *folded))
        put(sheet.cell(at, len(names)), _adopted(count.adopted, count.said), looks.total)
        tall = max(3 if any(row.cells[number] for number in shown) else 1, lines(title, room(_TITLE_WIDTH - 6)))
        sheet.row_dimensions[at].height = tall * LINE_POINTS + 4
    _totals(sheet, report, shown, folded, looks)
    _finish(sheet, report, f"A1:{get_column_letter(len(names))}{_FIRST_ROW + len(found.rows)}")


def _authorities(sheet: Worksheet, report: MatrixReport, shown: Sequence[int]) -> None:
    """One line an authority, one column a practice: 22 columns could not be read on a page."""
    from openpyxl.utils import get_column_letter

    found, looks = report.matrix, _Looks(sheet)
    put_title(sheet, report.title, report.note)
    names = [_("Authority"), *(row.practice.title for row in found.rows), _("Adopted of said")]
    for column, name in enumerate(names, start=1):
        put(sheet.cell(_HEAD_ROW, column), name, looks.heading)
        wide = _AUTHORITY_WIDTH if column == 1 else _PRACTICE_WIDTH if column < len(names) else _TOTAL_WIDTH
        sheet.column_dimensions[get_column_letter(column)].width = wide
    tall = max(lines(name, room(_PRACTICE_WIDTH + 2)) for name in names[1:])
    sheet.row_dimensions[_HEAD_ROW].height = tall * LINE_POINTS + 4
    for at, number in enumerate(shown, start=_FIRST_ROW):
        put(sheet.cell(at, 1), found.places[number].plain_name, looks.title)
        for column, row in enumerate(found.rows, start=2):
            said = row.cells[number]
            words = f"{said.status.symbol} {said.status.label}" if said else "·"
            put(sheet.cell(at, column), words, looks.status[said.status] if said else looks.not_said)
        count = count_cells(found.column(number))
        put(sheet.cell(at, len(names)), _adopted(count.adopted, count.said), looks.total)
    last = _FIRST_ROW + len(shown)
    put(sheet.cell(last, 1), _("Adopted of said"), looks.title)
    columns = [[row.cells[number] for number in shown] for row in found.rows]
    for column, cells in enumerate([*columns, [cell for each in columns for cell in each]], start=2):
        count = count_cells(cells)
        put(sheet.cell(last, column), _adopted(count.adopted, count.said), looks.total)
    _finish(sheet, report, f"A1:{get_column_letter(len(names))}{last}")


def _finish(sheet: Worksheet, report: MatrixReport, area: str) -> None:
    """Heads that stay in sight, on the screen and on every page."""
    sheet.freeze_panes = f"B{_FIRST_ROW}"
    lay_out_page(sheet, report.marking, report.as_at)
    sheet.print_title_rows = f"{_HEAD_ROW - 1}:{_HEAD_ROW}"
    sheet.print_title_cols = "A:A"
    sheet.print_area = area


def _blocks(sheet: Worksheet, report: MatrixReport, shown: Sequence[int], looks: _Looks) -> None:
    """The kinds of places over their columns."""
    column = 2
    for kind, of_kind in groupby(shown, key=lambda number: report.matrix.places[number].kind):
        wide = len(list(of_kind))
        for at in range(column, column + wide):
            put(sheet.cell(_HEAD_ROW - 1, at), kind.label if at == column else None, looks.total)
        if wide > 1:
            sheet.merge_cells(
                start_row=_HEAD_ROW - 1, end_row=_HEAD_ROW - 1, start_column=column, end_column=column + wide - 1
            )
        column += wide


def _put_cell(cell: Any, said: AdoptionRow | None, looks: _Looks) -> None:
    if said is None:
        put(cell, "·", looks.not_said)
    else:
        put(cell, f"{said.status.symbol}\n{said.status.label}", looks.status[said.status])


def _totals(sheet: Worksheet, report: MatrixReport, shown: Sequence[int], folded: Sequence[int], looks: _Looks) -> None:
    """How many practices each place has adopted, of those that it speaks of."""
    found, at = report.matrix, _FIRST_ROW + len(report.matrix.rows)
    put(sheet.cell(at, 1), _("Adopted of said"), looks.title)
    groups: list[Sequence[int]] = [*((number,) for number in shown), *((folded,) if folded else ())]
    for column, numbers in enumerate([*groups, (*shown, *folded)], start=2):
        count = count_cells(cell for number in numbers for cell in found.column(number))
        put(sheet.cell(at, column), _adopted(count.adopted, count.said), looks.total)


def _adopted(adopted: int, said: int) -> str:
    return _("{adopted} of {said}").format(adopted=adopted, said=said) if said else "–"


def _cells(sheet: Worksheet, report: MatrixReport) -> None:
    """Every cell that says something, with its date, evidence, contact and source."""
    put_title(sheet, report.title, report.note)
    names = (_("Practice"), _("Place"), _("Status"), _("Since"), _("Evidence"), _("Contact"), _("Source"))
    set_widths(sheet, _LIST_WIDTHS)
    put_heads(sheet, _HEAD_ROW - 1, names)
    text = style(sheet)
    at = _HEAD_ROW - 1
    for at, values in enumerate(_list_of(report.matrix), start=_HEAD_ROW):
        for column, value in enumerate(values, start=1):
            put(sheet.cell(at, column), value, text)
        fit_height(sheet, at, values, _LIST_WIDTHS)
    sheet.freeze_panes = f"A{_HEAD_ROW}"
    lay_out_page(sheet, report.marking, report.as_at)
    sheet.print_title_rows = f"{_HEAD_ROW - 1}:{_HEAD_ROW - 1}"
    sheet.print_area = f"A1:G{at}"


def _list_of(matrix: PracticeMatrix) -> Iterable[tuple[str | None, ...]]:
    for row in matrix.rows:
        for said in row.cells:
            if said is not None:
                since = str(said.since) if said.since else None
                yield said.practice, said.place, cell_words(said), since, said.evidence, said.contact, said.source
