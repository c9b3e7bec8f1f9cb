"""Progress sheet of the plan workbook: counts by objective, quarter and month, each with a chart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ahtc_tui.domain.actions.model import Brag
from ahtc_tui.domain.dates.date_as_known import read_iso_date
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.plan.model import UNRATED_KEY
from ahtc_tui.domain.plan.periods import format_quarter
from ahtc_tui.formats.xlsx.action_log_rows import format_objective, format_rating
from ahtc_tui.formats.xlsx.cell_text import count_lines
from ahtc_tui.formats.xlsx.charts import add_line_chart, add_objective_chart
from ahtc_tui.formats.xlsx.plan_common import write_meanings
from ahtc_tui.formats.xlsx.style import BRAG_COLOURS, HEADING_FILL, LINE_POINTS, build_style, measure_room, write_cell
from ahtc_tui.formats.xlsx.workbook import ReportWorkbook

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from ahtc_tui.formats.xlsx.plan_common import PlanReport

_LABEL, _NUMBER = 40, 9
_CHART_COLUMN = "K"
_CHART_ROWS = 14
_CHART_POINTS = 210.0

TableRow = Sequence[str | int]


def add_progress(workbook: ReportWorkbook, report: PlanReport) -> None:
    """Add the sheet to the workbook."""
    sheet = workbook.add_sheet(_("Progress"), _("Progress"))
    sheet.column_dimensions["A"].width = _LABEL
    for letter in "BCDEFGHI":
        sheet.column_dimensions[letter].width = _NUMBER
    row = write_meanings(sheet, 3, report.meanings, 18)
    write_cell(sheet.cell(row, 1), report.trend.undated.sentence or None, build_style(sheet, grid=False, wrap=False))
    row += 2
    letters = [format_rating(brag) for brag in Brag]
    names = [_("Objective"), *letters, _("Not rated"), _("All"), _("Open"), _("Late")]
    rows = _count_objectives(report)
    last = _write_table(sheet, row, names, rows)
    add_objective_chart(sheet, f"{_CHART_COLUMN}{row}", (row, last - 1), _CHART_POINTS)
    row = max(last, row + _CHART_ROWS) + 2
    names[0] = _("Quarter")
    last = _write_table(sheet, row, names, _count_quarters(report))
    title = _("Rating at the end of each quarter")
    add_objective_chart(sheet, f"{_CHART_COLUMN}{row}", (row, last), _CHART_POINTS, title)
    row = max(last, row + _CHART_ROWS) + 2
    if report.burn.months:
        months = [
            (str(read_iso_date(month.month)), month.open, month.raised, month.closed) for month in report.burn.months
        ]
        last = _write_table(sheet, row, (_("Month"), _("Open"), _("Raised"), _("Closed")), months)
        add_line_chart(sheet, f"{_CHART_COLUMN}{row}", (row, last), _CHART_POINTS, _("Open actions by month"))
        row = max(last, row + _CHART_ROWS) + 2
    workbook.lay_out(sheet, area=f"A1:T{row}", pages_tall=1)


def _count_objectives(report: PlanReport) -> list[TableRow]:
    view = report.view
    rows: list[TableRow] = []
    for row in view.objectives:
        label = format_objective(row.number, row.title) or ""
        rows.append((label, *_count_ratings(dict(row.by_brag)), row.total, row.open, row.late))
    return [*rows, (_("All actions"), *_count_ratings(dict(view.by_brag)), view.total, view.open, view.late)]


def _count_quarters(report: PlanReport) -> list[TableRow]:
    return [
        (format_quarter(quarter.day), *_count_ratings(dict(counts.by_brag)), counts.total, counts.open, counts.late)
        for quarter in report.trend.quarters
        for counts in (quarter.total,)
    ]


def _count_ratings(counts: dict[str, int]) -> list[int]:
    return [counts.get(key, 0) for key in (*(brag.value for brag in Brag), UNRATED_KEY)]


def _write_table(sheet: Worksheet, row: int, names: Sequence[str], rows: Sequence[TableRow]) -> int:
    """Write headings and numbers, ratings in their colours; return the last row."""
    colours = {format_rating(brag): pair for brag, pair in BRAG_COLOURS.items()}
    for column, name in enumerate(names, start=1):
        fill, ink = colours.get(name, (HEADING_FILL, "FFFFFF"))
        across = "left" if column == 1 else "right"
        write_cell(sheet.cell(row, column), name, build_style(sheet, bold=True, ink=ink, fill=fill, across=across))
    sheet.row_dimensions[row].height = 28
    label, number = build_style(sheet), build_style(sheet, across="right")
    for row_number, values in enumerate(rows, start=row + 1):
        for column, value in enumerate(values, start=1):
            write_cell(sheet.cell(row_number, column), value, label if column == 1 else number)
        sheet.row_dimensions[row_number].height = max(
            15.0, count_lines(str(values[0]), measure_room(_LABEL)) * LINE_POINTS + 3
        )
    return row + len(rows)
