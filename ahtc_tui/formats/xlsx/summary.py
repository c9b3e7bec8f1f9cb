"""Summary sheet of the action log: counts with charts.

Counts are numbers, not formulas: previews and the protected view show no result of a formula that has not been
calculated.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ahtc_tui.domain.actions.model import Brag, Status
from ahtc_tui.domain.dates.date_as_known import read_iso_date
from ahtc_tui.domain.i18n import _
from ahtc_tui.formats.xlsx.action_log_rows import ActionLog, Value, format_objective, format_rating
from ahtc_tui.formats.xlsx.cell_text import clean_cell_text
from ahtc_tui.formats.xlsx.charts import add_month_chart, add_objective_chart
from ahtc_tui.formats.xlsx.rating_tables import (
    LABEL_WIDTH,
    NUMBER_WIDTH,
    ROW_POINTS,
    CountTable,
    write_counts,
    write_meanings,
)
from ahtc_tui.formats.xlsx.workbook import ReportWorkbook

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_FIRST_TABLE_ROW = 4
_GAP_WIDTH = 3
_CHART_COLUMN, _LAST_COLUMN = "I", "R"
_CHART_POINTS = 195.0
"""Minimum height of a chart; next to a taller table it has the height of the table."""
_ROWS_ON_ONE_PAGE = 54


def add_summary(workbook: ReportWorkbook, log: ActionLog) -> Worksheet:
    """Add the sheet with counts by status, by objective and rating, and by month; return it."""
    sheet = workbook.add_sheet(_("Summary"), _("Summary"))
    _set_widths(sheet)
    block = write_counts(sheet, _FIRST_TABLE_ROW, (_("Actions"), _("Number")), _count_statuses(log))
    row = block.last + 2
    if log.objectives:
        ratings = [format_rating(brag) for brag in Brag]
        names = (_("Objective"), *ratings, _("Not rated"), _("Total"))
        block = write_counts(sheet, row, names, _count_objectives(log))
        last_objective = block.last - 1
        height = max(block.points, _CHART_POINTS)
        add_objective_chart(sheet, f"{_CHART_COLUMN}{row}", (row, last_objective), height)
        row = _find_row_below(sheet, block)
    if log.months:
        block = write_counts(sheet, row, (_("Month (whole log)"), _("Opened"), _("Closed")), _format_months(log))
        height = max(block.points, _CHART_POINTS)
        add_month_chart(sheet, f"{_CHART_COLUMN}{row}", (row, block.last), height)
        row = _find_row_below(sheet, block)
    row = write_meanings(sheet, row, log.meanings) + bool(log.meanings)
    pages_tall = 1 if row <= _ROWS_ON_ONE_PAGE else 0
    workbook.lay_out(sheet, area=f"A1:{_LAST_COLUMN}{row - 1}", pages_tall=pages_tall)
    return sheet


def _count_statuses(log: ActionLog) -> list[Sequence[Value]]:
    by_status = Counter(row.status for row in log.rows)
    return [
        (_("All actions"), len(log.rows)),
        (_("Late"), sum(row.is_late(log.as_at) for row in log.rows)),
        *((status.label, by_status[status]) for status in Status),
    ]


def _count_objectives(log: ActionLog) -> list[Sequence[Value]]:
    counted = Counter((row.objective, row.brag) for row in log.rows)
    names: dict[str | None, Value] = {
        str(objective.number): clean_cell_text(format_objective(objective.number, objective.title))
        for objective in log.objectives
    }
    if any(row.objective is None for row in log.rows):
        names[None] = _("No objective")
    rows = [(label, [counted[number, brag] for brag in (*Brag, None)]) for number, label in names.items()]
    totals = [sum(column) for column in zip(*(counts for _label, counts in rows), strict=True)]
    return [(label, *counts, sum(counts)) for label, counts in (*rows, (_("Total"), totals))]


def _format_months(log: ActionLog) -> list[Sequence[Value]]:
    return [(str(read_iso_date(month.month)), month.opened, month.closed) for month in log.months]


def _set_widths(sheet: Worksheet) -> None:
    sheet.column_dimensions["A"].width = LABEL_WIDTH
    for letter in "BCDEFGIJKLMNOPQR":
        sheet.column_dimensions[letter].width = NUMBER_WIDTH
    sheet.column_dimensions["H"].width = _GAP_WIDTH


def _find_row_below(sheet: Worksheet, block: CountTable) -> int:
    """Return the first row below a table and the chart next to it."""
    row = block.last + 1
    remaining = _CHART_POINTS - block.points
    while remaining > 0:
        sheet.row_dimensions[row].height = ROW_POINTS
        remaining -= ROW_POINTS
        row += 1
    return row + 1
