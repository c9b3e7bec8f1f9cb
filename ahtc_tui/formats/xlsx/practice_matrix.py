"""Good practice by place as a workbook: matrix, local authorities on a separate sheet, and a list of all cells.

A cell has a symbol and a word, so that colour is never the only information.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.dates.formal_dates import format_day
from ahtc_tui.domain.evidence.practice import (
    NO_INFORMATION,
    AdoptionRow,
    AdoptionStatus,
    PlaceKind,
    PracticeMatrix,
    count_cells,
    format_cell,
)
from ahtc_tui.domain.i18n import _, mark_untranslated, ngettext
from ahtc_tui.domain.text.sources import format_source
from ahtc_tui.formats.xlsx.cell_text import count_lines
from ahtc_tui.formats.xlsx.style import (
    BODY_POINTS,
    HEADING_FILL,
    HEADING_ROOM,
    LINE_POINTS,
    add_native_table,
    build_style,
    fit_height,
    measure_room,
    set_widths,
    write_cell,
    write_headings,
)
from ahtc_tui.formats.xlsx.workbook import ReportWorkbook, write_report

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

COLOURS = {
    AdoptionStatus.ADOPTED: ("00703C", "FFFFFF"),
    AdoptionStatus.UNDER_WAY: ("FFB81C", "000000"),
    AdoptionStatus.PLANNED: ("CFE0F3", "000000"),
    AdoptionStatus.DECLINED: ("4A4F55", "FFFFFF"),
    AdoptionStatus.NOT_APPLICABLE: ("E4E6E9", "000000"),
}
"""Background and text colour of each status, with a contrast of at least 4.5 to 1."""
UNANSWERED_INK = "6B7178"
_TITLE_WIDTH, _PLACE_WIDTH, _TOTAL_WIDTH = 38.0, 12.0, 13.0
_AUTHORITY_WIDTH, _PRACTICE_WIDTH = 22.0, 16.0
_LIST_WIDTHS = (38, 26, 24, 18, 40, 24, 44)
_HEAD_ROW, _FIRST_ROW = 5, 6
_HEADING_POINTS = 8.0
_HEADING_ROOM = HEADING_ROOM * BODY_POINTS / _HEADING_POINTS
"""Part of the width that a heading has, which is bold and smaller than the text that is measured."""


@dataclass(frozen=True, slots=True)
class MatrixReport:
    """Content of the workbook."""

    marking: Marking
    as_at: date
    matrix: PracticeMatrix

    @property
    def title(self) -> str:
        """Title of every sheet."""
        return _("Good practice: take-up by area")

    @property
    def note(self) -> str:
        """Marking and explanation of the symbols on one line."""
        signs = "   ".join(f"{status.symbol} {status.label}" for status in AdoptionStatus)
        return "   ".join((self.marking.label, signs, _("· no information")))


def write_matrix(path: Path, report: MatrixReport, names: Mapping[str, str] | None = None) -> None:
    """Write the workbook to `path`, replacing any file; `names` are Welsh names for the sheets in Welsh."""
    write_report(path, lambda: report, _add_sheets, names)


def _add_sheets(workbook: ReportWorkbook, report: MatrixReport) -> None:
    matrix = report.matrix
    authorities = matrix.list_columns(PlaceKind.AUTHORITY)
    other_places = [number for number in range(len(matrix.places)) if number not in authorities]
    _write_table(workbook, report, other_places, authorities)
    if authorities:
        _write_authorities(workbook, report, authorities)
    _write_adoptions(workbook, report)


class _MatrixStyles:
    """Cell styles of the matrix, made once for a workbook."""

    def __init__(self, sheet: Worksheet) -> None:
        self.heading = build_style(
            sheet, bold=True, size=_HEADING_POINTS, ink="FFFFFF", fill=HEADING_FILL, across="center"
        )
        self.title = build_style(sheet, bold=True)
        self.total = build_style(sheet, bold=True, across="center")
        self.unanswered = build_style(sheet, ink=UNANSWERED_INK, across="center")
        self.status = {
            status: build_style(sheet, size=9, ink=ink, fill=fill, across="center")
            for status, (fill, ink) in COLOURS.items()
        }


def _write_head(sheet: Worksheet, names: Sequence[str], widths: Sequence[float], styles: _MatrixStyles) -> None:
    """Write the headings, and set the widths of their columns."""
    set_widths(sheet, widths)
    for column, name in enumerate(names, start=1):
        write_cell(sheet.cell(_HEAD_ROW, column), name, styles.heading)


def _write_table(workbook: ReportWorkbook, report: MatrixReport, shown: Sequence[int], folded: Sequence[int]) -> None:
    """Write one row per practice and one column per place; `folded` places share one column of counts."""
    from openpyxl.utils import get_column_letter

    sheet = workbook.add_sheet(_("Take-up"))
    matrix, styles = report.matrix, _MatrixStyles(sheet)
    headings = [matrix.places[number].plain_name for number in shown]
    authority_headings = [ngettext("{n} authority", "{n} authorities", len(folded))] if folded else []
    names = [_("Practice"), *headings, *authority_headings, _("Adopted (of those reported)")]
    _write_head(sheet, names, (_TITLE_WIDTH, *[_PLACE_WIDTH] * (len(names) - 2), _TOTAL_WIDTH), styles)
    line_count = max(count_lines(name, measure_room(_PLACE_WIDTH * _HEADING_ROOM)) for name in names[1:])
    sheet.row_dimensions[_HEAD_ROW].height = line_count * LINE_POINTS + 4
    _write_place_kinds(sheet, report, shown, styles)
    for row_number, row in enumerate(matrix.rows, start=_FIRST_ROW):
        title = row.practice.printed_title
        write_cell(sheet.cell(row_number, 1), title, styles.title)
        for column, number in enumerate(shown, start=2):
            _write_adoption(sheet.cell(row_number, column), row.cells[number], styles)
        last = len(shown) + 2
        if folded:
            write_cell(
                sheet.cell(row_number, last), count_cells(row.cells[number] for number in folded).summary, styles.total
            )
        count = count_cells(row.cells[number] for number in (*shown, *folded))
        write_cell(sheet.cell(row_number, len(names)), _format_adopted(count.adopted, count.answered), styles.total)
        line_count = max(
            3 if any(row.cells[number] for number in shown) else 1, count_lines(title, measure_room(_TITLE_WIDTH - 6))
        )
        sheet.row_dimensions[row_number].height = line_count * LINE_POINTS + 4
    _write_totals(sheet, report, shown, folded, styles)
    add_native_table(sheet, sheet.title, names, len(matrix.rows), _HEAD_ROW)
    _finish_sheet(workbook, sheet, f"A1:{get_column_letter(len(names))}{_FIRST_ROW + len(matrix.rows)}")


def _write_authorities(workbook: ReportWorkbook, report: MatrixReport, shown: Sequence[int]) -> None:
    """Write one row per authority and one column per practice: 22 columns do not fit on a page."""
    from openpyxl.utils import get_column_letter

    sheet = workbook.add_sheet(_("Authorities"), _("Good practice: take-up by local authority"))
    matrix, styles = report.matrix, _MatrixStyles(sheet)
    names = [_("Authority"), *(row.practice.printed_title for row in matrix.rows), _("Adopted (of those reported)")]
    _write_head(sheet, names, (_AUTHORITY_WIDTH, *[_PRACTICE_WIDTH] * (len(names) - 2), _TOTAL_WIDTH), styles)
    line_count = max(count_lines(name, measure_room(_PRACTICE_WIDTH * _HEADING_ROOM)) for name in names[1:])
    sheet.row_dimensions[_HEAD_ROW].height = line_count * LINE_POINTS + 4
    for row_number, number in enumerate(shown, start=_FIRST_ROW):
        write_cell(sheet.cell(row_number, 1), matrix.places[number].plain_name, styles.title)
        for column, row in enumerate(matrix.rows, start=2):
            adoption = row.cells[number]
            words = f"{adoption.status.symbol} {adoption.status.label}" if adoption else NO_INFORMATION
            write_cell(
                sheet.cell(row_number, column), words, styles.status[adoption.status] if adoption else styles.unanswered
            )
        count = count_cells(matrix.list_cells(number))
        write_cell(sheet.cell(row_number, len(names)), _format_adopted(count.adopted, count.answered), styles.total)
    last = _FIRST_ROW + len(shown)
    write_cell(sheet.cell(last, 1), _("Adopted (of those reported)"), styles.title)
    columns = [[row.cells[number] for number in shown] for row in matrix.rows]
    for column, cells in enumerate([*columns, [cell for column_cells in columns for cell in column_cells]], start=2):
        count = count_cells(cells)
        write_cell(sheet.cell(last, column), _format_adopted(count.adopted, count.answered), styles.total)
    add_native_table(sheet, sheet.title, names, len(shown), _HEAD_ROW)
    _finish_sheet(workbook, sheet, f"A1:{get_column_letter(len(names))}{last}")


def _finish_sheet(workbook: ReportWorkbook, sheet: Worksheet, area: str) -> None:
    """Repeat the headings on the screen and on every page."""
    workbook.lay_out(sheet, area=area, heading_rows=f"{_HEAD_ROW - 1}:{_HEAD_ROW}", frozen=f"B{_FIRST_ROW}")
    sheet.print_title_cols = "A:A"


def _write_place_kinds(sheet: Worksheet, report: MatrixReport, shown: Sequence[int], styles: _MatrixStyles) -> None:
    column = 2
    for kind, of_kind in groupby(shown, key=lambda number: report.matrix.places[number].kind):
        width = len(list(of_kind))
        for kind_column in range(column, column + width):
            write_cell(
                sheet.cell(_HEAD_ROW - 1, kind_column), kind.label if kind_column == column else None, styles.total
            )
        if width > 1:
            sheet.merge_cells(
                start_row=_HEAD_ROW - 1, end_row=_HEAD_ROW - 1, start_column=column, end_column=column + width - 1
            )
        column += width


def _write_adoption(cell: Any, adoption: AdoptionRow | None, styles: _MatrixStyles) -> None:
    if adoption is None:
        write_cell(cell, NO_INFORMATION, styles.unanswered)
    else:
        write_cell(cell, f"{adoption.status.symbol}\n{adoption.status.label}", styles.status[adoption.status])


def _write_totals(
    sheet: Worksheet, report: MatrixReport, shown: Sequence[int], folded: Sequence[int], styles: _MatrixStyles
) -> None:
    """Write how many practices each place has adopted, of those with a known status."""
    matrix, row_number = report.matrix, _FIRST_ROW + len(report.matrix.rows)
    write_cell(sheet.cell(row_number, 1), _("Adopted (of those reported)"), styles.title)
    groups: list[Sequence[int]] = [*((number,) for number in shown), *((folded,) if folded else ())]
    for column, numbers in enumerate([*groups, (*shown, *folded)], start=2):
        count = count_cells(cell for number in numbers for cell in matrix.list_cells(number))
        write_cell(sheet.cell(row_number, column), _format_adopted(count.adopted, count.answered), styles.total)


def _format_adopted(adopted: int, answered: int) -> str:
    return _("{adopted} of {answered}").format(adopted=adopted, answered=answered) if answered else "–"


def _write_adoptions(workbook: ReportWorkbook, report: MatrixReport) -> None:
    """Write every known cell with date, evidence, contact and source; columns without any value are left out."""
    from openpyxl.utils import get_column_letter

    sheet = workbook.add_sheet(_("Cells"), _("Good practice: each place with a source"))
    names = (_("Practice"), _("Place"), _("Status"), _("Since"), _("Evidence"), _("Contact"), _("Source"))
    rows = list(_list_adoptions(report.matrix))
    filled = [n for n in range(len(names)) if not rows or any(row[n] for row in rows)]
    widths, headings = [_LIST_WIDTHS[n] for n in filled], [names[n] for n in filled]
    set_widths(sheet, widths)
    write_headings(sheet, _HEAD_ROW - 1, headings, widths)
    text = build_style(sheet)
    for row_number, row in enumerate(rows, start=_HEAD_ROW):
        values = [row[n] or "–" for n in filled]
        for column, value in enumerate(values, start=1):
            write_cell(sheet.cell(row_number, column), value, text)
        fit_height(sheet, row_number, values, widths)
    add_native_table(sheet, sheet.title, headings, len(rows), _HEAD_ROW - 1)
    heading_rows = f"{_HEAD_ROW - 1}:{_HEAD_ROW - 1}"
    area = f"A1:{get_column_letter(len(headings))}{_HEAD_ROW - 1 + len(rows)}"
    workbook.lay_out(sheet, area=area, heading_rows=heading_rows, frozen=f"A{_HEAD_ROW}")


def _list_adoptions(matrix: PracticeMatrix) -> Iterable[tuple[str | None, ...]]:
    for row in matrix.rows:
        for adoption in row.cells:
            if adoption is not None:
                since = format_day(adoption.since) or None
                yield (
                    row.practice.printed_title,
                    adoption.place,
                    format_cell(adoption, is_printed=True),
                    since,
                    mark_untranslated(adoption.evidence),
                    adoption.contact,
                    format_source(adoption.source),
                )
