"""Timeline sheet of the plan workbook: start and end as far as known, with a bar chart over the months."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.plan.timeline import TimelineRow, find_first_day
from ahtc_tui.formats.xlsx.charts import add_timeline_chart
from ahtc_tui.formats.xlsx.style import DAY_FORMAT, build_style, fit_height, set_widths, write_cell, write_headings
from ahtc_tui.formats.xlsx.workbook import ReportWorkbook

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from ahtc_tui.formats.xlsx.plan_common import PlanReport

WIDTHS = (10, 44, 24, 13, 13, 13, 11, 11)
_BAR_POINTS = 20.0
_MAX_BARS = 60
"""Maximum number of bars that stay readable in one chart; the table has all rows."""


def add_timeline(workbook: ReportWorkbook, report: PlanReport) -> None:
    """Add the sheet: first dated rows with their chart, then undated rows with the text that replaces a date."""
    sheet = workbook.add_sheet(_("Timeline"), _("Timeline"))
    set_widths(sheet, WIDTHS)
    dated = sorted(
        (row for row in report.timeline.rows if row.has_date), key=lambda row: (find_first_day(row), row.ref)
    )
    undated = [row for row in report.timeline.rows if not row.has_date]
    row = 4
    if dated:
        names = (_("Ref"), _("What"), _("By when"), _("Begins"), _("Earliest"), _("Latest"), _("Runs, days"))
        write_headings(sheet, row, (*names, _("May be, days")))
        sheet.row_dimensions[row].height = 30
        for row_number, timeline_row in enumerate(dated, start=row + 1):
            _write_line(sheet, row_number, timeline_row)
        bars = min(len(dated), _MAX_BARS)
        chart_points = max(170.0, bars * _BAR_POINTS + 90)
        add_timeline_chart(sheet, f"J{row}", (row, row + bars), chart_points, report.as_at)
        row = max(row + len(dated), row + int(chart_points / 15)) + 2
    write_cell(
        sheet.cell(row, 1),
        _("No date: {n}").format(n=len(undated)),
        build_style(sheet, bold=True, grid=False, wrap=False),
    )
    for row_number, timeline_row in enumerate(undated, start=row + 1):
        _write_texts(sheet, row_number, (timeline_row.ref, timeline_row.title, timeline_row.undated_label))
    workbook.lay_out(sheet, area=f"A1:U{row + len(undated)}")


def _write_line(sheet: Worksheet, row_number: int, timeline_row: TimelineRow) -> None:
    _write_texts(sheet, row_number, (timeline_row.ref, timeline_row.title, str(timeline_row.end)))
    known_date = timeline_row.end
    if known_date is None:
        return
    start, first = find_first_day(timeline_row), known_date.earliest
    days: Sequence[date | int] = (
        start,
        first,
        known_date.latest,
        (first - start).days,
        (known_date.latest - first).days + 1,
    )
    day, number = build_style(sheet, number_format=DAY_FORMAT, across="right"), build_style(sheet, across="right")
    for column, value in enumerate(days, start=4):
        write_cell(sheet.cell(row_number, column), value, day if column < 7 else number)


def _write_texts(sheet: Worksheet, row_number: int, values: Sequence[str]) -> None:
    text = build_style(sheet)
    for column, value in enumerate(values, start=1):
        write_cell(sheet.cell(row_number, column), value, text)
    fit_height(sheet, row_number, values, WIDTHS)
