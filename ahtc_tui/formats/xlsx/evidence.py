"""Evidence as a workbook: figures with source and caveat, data sets, and a chart of each figure that has a history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.evidence.model import DataSetRow, FigureRow
from ahtc_tui.domain.i18n import _
from ahtc_tui.formats.xlsx.cell_text import sheet_name
from ahtc_tui.formats.xlsx.charts import add_period_chart
from ahtc_tui.formats.xlsx.streaming import save
from ahtc_tui.formats.xlsx.style import (
    describe,
    fit_height,
    lay_out_page,
    new_workbook,
    put,
    put_heads,
    put_title,
    set_widths,
    style,
)

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_FIGURE_WIDTHS = (26, 40, 12, 16, 16, 16, 34, 16, 40, 24)
_SET_WIDTHS = (18, 12, 44, 34, 16, 18, 18, 14, 18)
_HEAD_ROW = 4
_CHART_ROWS = 16
"""Rows that a chart lies over."""
LOOK_FILL = "FFE3A3"


@dataclass(frozen=True, slots=True)
class EvidenceReport:
    """What the workbook says."""

    title: str
    marking: Marking
    as_at: date
    figures: Sequence[FigureRow]
    sets: Sequence[DataSetRow]
    series: Sequence[Sequence[FigureRow]]
    """Figures of the same thing, period by period; one chart each."""
    limit: int
    created_by: str = ""


def write_evidence(path: Path, report: EvidenceReport) -> None:
    """Write the workbook to `path`, over whatever is there."""
    workbook = new_workbook()
    figures: Any = workbook.active
    figures.title = sheet_name(_("Figures"))
    _figures(figures, report)
    if report.series:
        _charts(workbook.create_sheet(sheet_name(_("Charts"))), report)
    _sets(workbook.create_sheet(sheet_name(_("Data sets"))), report)
    describe(
        workbook,
        title=report.title,
        subject=report.marking.label,
        creator=report.created_by,
        marking=report.marking,
        as_at=report.as_at,
    )
    save(workbook, path, report.as_at)


def _figures(sheet: Worksheet, report: EvidenceReport) -> None:
    names = (
        _("Ref"),
        _("Figure"),
        _("Value"),
        _("Unit"),
        _("Period"),
        _("Area"),
        _("Source"),
        _("Part of"),
        _("Caveat"),
        _("Look first"),
    )
    rows = [
        (
            row.ref,
            row.title,
            row.value if row.value_text == f"{row.value:,}" else row.value_text,
            row.unit,
            str(row.period),
            row.area,
            row.source,
            row.part_of,
            row.caveat,
            _look(row, report.limit),
        )
        for row in report.figures
    ]
    _table(sheet, report, names, _FIGURE_WIDTHS, rows)


def _look(row: FigureRow, limit: int) -> str | None:
    """What whoever quotes the figure should know first."""
    said = [_("a count under {limit}").format(limit=limit)] if row.is_small(limit) else []
    said += [row.use] if row.use else []
    said += [_("superseded by a newer figure")] if row.superseded else []
    return ", ".join(said) or None


def _sets(sheet: Worksheet, report: EvidenceReport) -> None:
    names = (
        _("Ref"),
        _("Tier"),
        _("Data set"),
        _("Holder"),
        _("Frequency"),
        _("Last received"),
        _("Next due"),
        _("Figures"),
        _("Standing"),
    )
    rows = [
        (
            row.ref,
            row.tier.label,
            row.title,
            row.holder,
            row.frequency,
            str(row.last_received or "") or None,
            str(row.next_due or "") or None,
            row.figures,
            row.standing(report.as_at).label,
        )
        for row in report.sets
    ]
    _table(sheet, report, names, _SET_WIDTHS, rows)


def _table(
    sheet: Worksheet,
    report: EvidenceReport,
    names: Sequence[str],
    widths: Sequence[int],
    rows: Sequence[Sequence[str | int | float | None]],
) -> None:
    """Title, heads, rows; text stays text."""
    put_title(sheet, report.title, report.marking.label)
    set_widths(sheet, widths)
    put_heads(sheet, _HEAD_ROW, names)
    text, number, look = (
        style(sheet),
        style(sheet, across="right", number_format="#,##0.##_)"),
        style(sheet, bold=True, fill=LOOK_FILL),
    )
    whole = style(sheet, across="right", number_format="#,##0_)")
    for at, row in enumerate(rows, start=_HEAD_ROW + 1):
        for column, value in enumerate(row, start=1):
            if isinstance(value, int | float):
                put(sheet.cell(at, column), value, whole if value == int(value) else number)
                continue
            warned = value and column == len(names) and names[-1] == _("Look first")
            put(sheet.cell(at, column), value, look if warned else text)
        fit_height(sheet, at, (str(value or "") for value in row), widths)
    sheet.freeze_panes = f"A{_HEAD_ROW + 1}"
    lay_out_page(sheet, report.marking, report.as_at)
    sheet.print_title_rows = f"{_HEAD_ROW}:{_HEAD_ROW}"
    sheet.print_area = f"A1:{'ABCDEFGHIJ'[len(names) - 1]}{_HEAD_ROW + max(1, len(rows))}"


def _charts(sheet: Worksheet, report: EvidenceReport) -> None:
    """The numbers of each history, of several sources the one that is used, and its chart beside them."""
    put_title(sheet, report.title, report.marking.label)
    set_widths(sheet, (24, 14, 44))
    text, number = style(sheet), style(sheet, across="right", number_format="#,##0_)")
    at = _HEAD_ROW
    for series in report.series:
        first = series[0]
        title = ", ".join(filter(None, (first.title, first.unit)))
        put_heads(sheet, at, (_("Period"), _("Value"), _("Source")))
        for line, row in enumerate(series, start=at + 1):
            put(sheet.cell(line, 1), str(row.period), text)
            put(sheet.cell(line, 2), row.value, number)
            put(sheet.cell(line, 3), ", ".join(filter(None, (row.source, row.use))), text)
        last = at + len(series)
        add_period_chart(sheet, f"E{at}", title, (at, last), (_CHART_ROWS - 2) * 15.0)
        at = max(last + 2, at + _CHART_ROWS)
    lay_out_page(sheet, report.marking, report.as_at)
    sheet.print_area = f"A1:P{at}"
