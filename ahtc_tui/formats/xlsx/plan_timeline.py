"""The timeline sheet of a plan: from when to when, as far as it is known, beside a chart of bars over the months."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.plan.timeline import TimelineRow, first_day
from ahtc_tui.formats.xlsx.cell_text import sheet_name
from ahtc_tui.formats.xlsx.charts import add_timeline_chart
from ahtc_tui.formats.xlsx.style import (
    DAY_FORMAT,
    fit_height,
    lay_out_page,
    put,
    put_heads,
    put_title,
    set_widths,
    style,
)

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from ahtc_tui.formats.xlsx.plan_common import PlanReport

WIDTHS = (10, 44, 24, 13, 13, 13, 11, 11)
_BAR_POINTS = 20.0
_MOST_BARS = 60
"""More bars than this cannot be read in one chart; the table holds them all."""


def add_timeline(workbook: Workbook, report: PlanReport) -> None:
    """Add the sheet: first what has a date, with its bars, then the rest with what is known instead."""
    sheet: Worksheet = workbook.create_sheet(sheet_name(_("Timeline")))
    put_title(sheet, _("Timeline"), report.note)
    set_widths(sheet, WIDTHS)
    dated = sorted((row for row in report.timeline.rows if row.dated), key=lambda row: (first_day(row), row.ref))
    without = [row for row in report.timeline.rows if not row.dated]
    row = 4
    if dated:
        names = (_("Ref"), _("What"), _("By when"), _("Begins"), _("Earliest"), _("Latest"), _("Runs, days"))
        put_heads(sheet, row, (*names, _("May be, days")))
        sheet.row_dimensions[row].height = 30
        for at, one in enumerate(dated, start=row + 1):
            _line(sheet, at, one)
        bars = min(len(dated), _MOST_BARS)
        tall = max(170.0, bars * _BAR_POINTS + 90)
        add_timeline_chart(sheet, f"J{row}", (row, row + bars), tall, report.as_at)
        row = max(row + len(dated), row + int(tall / 15)) + 2
    put(sheet.cell(row, 1), _("No date: {n}").format(n=len(without)), style(sheet, bold=True, grid=False, wrap=False))
    for at, one in enumerate(without, start=row + 1):
        _words(sheet, at, (one.ref, one.title, one.without))
    lay_out_page(sheet, report.marking, report.as_at)
    sheet.print_area = f"A1:U{row + len(without)}"


def _line(sheet: Worksheet, at: int, one: TimelineRow) -> None:
    _words(sheet, at, (one.ref, one.title, str(one.end)))
    known = one.end
    if known is None:
        return
    start, first = first_day(one), known.earliest
    days: Sequence[date | int] = (start, first, known.latest, (first - start).days, (known.latest - first).days + 1)
    day, number = style(sheet, number_format=DAY_FORMAT, across="right"), style(sheet, across="right")
    for column, value in enumerate(days, start=4):
        put(sheet.cell(at, column), value, day if column < 7 else number)


def _words(sheet: Worksheet, at: int, values: Sequence[str]) -> None:
    text = style(sheet)
    for column, value in enumerate(values, start=1):
        put(sheet.cell(at, column), value, text)
    fit_height(sheet, at, values, WIDTHS)
