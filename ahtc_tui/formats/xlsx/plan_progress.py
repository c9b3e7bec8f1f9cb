"""The progress sheet of a plan: counts by objective, quarter and month as plain numbers, each beside its chart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ahtc_tui.domain.actions.model import Brag
from ahtc_tui.domain.dates.date_as_known import from_iso
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.plan.model import UNRATED
from ahtc_tui.domain.plan.periods import quarter_name
from ahtc_tui.formats.xlsx.action_log_rows import brag_label, objective_label
from ahtc_tui.formats.xlsx.cell_text import lines, sheet_name
from ahtc_tui.formats.xlsx.charts import add_line_chart, add_objective_chart
from ahtc_tui.formats.xlsx.plan_common import put_meanings
from ahtc_tui.formats.xlsx.style import (
    BRAG_COLOURS,
    HEADING_FILL,
    LINE_POINTS,
    lay_out_page,
    put,
    put_title,
    room,
    style,
)

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from ahtc_tui.formats.xlsx.plan_common import PlanReport

_LABEL, _NUMBER = 40, 9
_CHART_COLUMN = "K"
_CHART_ROWS = 14
_CHART_POINTS = 210.0

Line = Sequence[str | int]


def add_progress(workbook: Workbook, report: PlanReport) -> None:
    """Add the sheet."""
    sheet: Worksheet = workbook.create_sheet(sheet_name(_("Progress")))
    put_title(sheet, _("Progress"), report.note)
    sheet.column_dimensions["A"].width = _LABEL
    for letter in "BCDEFGHI":
        sheet.column_dimensions[letter].width = _NUMBER
    row = put_meanings(sheet, 3, report.meanings, 18)
    put(sheet.cell(row, 1), report.trend.undated.words or None, style(sheet, grid=False, wrap=False))
    row += 2
    letters = [brag_label(brag) for brag in Brag]
    names = [_("Objective"), *letters, _("Not rated"), _("All"), _("Open"), _("Late")]
    rows = _objectives(report)
    last = _table(sheet, row, names, rows)
    add_objective_chart(sheet, f"{_CHART_COLUMN}{row}", (row, last - 1), _CHART_POINTS)
    row = max(last, row + _CHART_ROWS) + 2
    names[0] = _("Quarter")
    last = _table(sheet, row, names, _quarters(report))
    title = _("Rating at the end of each quarter")
    add_objective_chart(sheet, f"{_CHART_COLUMN}{row}", (row, last), _CHART_POINTS, title)
    row = max(last, row + _CHART_ROWS) + 2
    if report.burn.months:
        months = [(str(from_iso(month.month)), month.open, month.raised, month.closed) for month in report.burn.months]
        last = _table(sheet, row, (_("Month"), _("Open"), _("Raised"), _("Closed")), months)
        add_line_chart(sheet, f"{_CHART_COLUMN}{row}", (row, last), _CHART_POINTS, _("Open actions by month"))
        row = max(last, row + _CHART_ROWS) + 2
    lay_out_page(sheet, report.marking, report.as_at, pages_tall=1)
    sheet.print_area = f"A1:T{row}"


def _objectives(report: PlanReport) -> list[Line]:
    view = report.view
    rows: list[Line] = []
    for row in view.objectives:
        label = objective_label(row.number, row.title) or ""
        rows.append((label, *_letters(dict(row.by_brag)), row.total, row.open, row.late))
    return [*rows, (_("All actions"), *_letters(dict(view.by_brag)), view.total, view.open, view.late)]


def _quarters(report: PlanReport) -> list[Line]:
    return [
        (quarter_name(stood.day), *_letters(dict(counts.by_brag)), counts.total, counts.open, counts.late)
        for stood in report.trend.quarters
        for counts in (stood.total,)
    ]


def _letters(counts: dict[str, int]) -> list[int]:
    return [counts.get(key, 0) for key in (*(brag.value for brag in Brag), UNRATED)]


def _table(sheet: Worksheet, row: int, names: Sequence[str], rows: Sequence[Line]) -> int:
    """Names and numbers; returns the last row. The letters stand in their colours."""
    colours = {brag_label(brag): pair for brag, pair in BRAG_COLOURS.items()}
    for column, name in enumerate(names, start=1):
        fill, ink = colours.get(name, (HEADING_FILL, "FFFFFF"))
        across = "left" if column == 1 else "right"
        put(sheet.cell(row, column), name, style(sheet, bold=True, ink=ink, fill=fill, across=across))
    sheet.row_dimensions[row].height = 28
    label, number = style(sheet), style(sheet, across="right")
    for at, values in enumerate(rows, start=row + 1):
        for column, value in enumerate(values, start=1):
            put(sheet.cell(at, column), value, label if column == 1 else number)
        sheet.row_dimensions[at].height = max(15.0, lines(str(values[0]), room(_LABEL)) * LINE_POINTS + 3)
    return row + len(rows)
