"""Evidence as a workbook: figures with source and caveat, data sets, and a chart for each figure with a history."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.dates.formal_dates import format_day
from ahtc_tui.domain.evidence.model import DataSetRow, FigureRow
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.text.sources import format_source
from ahtc_tui.formats.xlsx.charts import add_period_chart
from ahtc_tui.formats.xlsx.style import (
    add_native_table,
    build_style,
    fit_height,
    set_widths,
    write_cell,
    write_headings,
)
from ahtc_tui.formats.xlsx.workbook import ReportWorkbook, write_report

_HEAD_ROW = 4
_CHART_ROWS = 16
"""Number of rows that a chart covers."""
WARNING_FILL = "FFE3A3"

Row = TypeVar("Row")
Columns = Sequence[tuple[str, int, Callable[[Row], str | int | float | None]]]
"""Heading, width and value of each column."""


@dataclass(frozen=True, slots=True)
class EvidenceReport:
    """Content of the workbook."""

    marking: Marking
    as_at: date
    figures: Sequence[FigureRow]
    data_sets: Sequence[DataSetRow]
    series: Sequence[Sequence[FigureRow]]
    """Figures with the same title by period, for one chart each."""

    @property
    def title(self) -> str:
        """Title of every sheet."""
        return _("Evidence: figures with their sources")

    @property
    def note(self) -> str:
        """The marking."""
        return self.marking.label


def write_evidence(path: Path, report: EvidenceReport, names: Mapping[str, str] | None = None) -> None:
    """Write the workbook to `path`, replacing any file; `names` are Welsh names for the sheets in Welsh."""
    write_report(path, lambda: report, _add_sheets, names)


def _add_sheets(workbook: ReportWorkbook, report: EvidenceReport) -> None:
    _write_figures(workbook, report)
    if report.series:
        _write_charts(workbook, report)
    _write_data_sets(workbook, report)


def _write_figures(workbook: ReportWorkbook, report: EvidenceReport) -> None:
    titles = {row.key: row.printed_title for row in report.figures}
    columns: Columns[FigureRow] = (
        (_("Figure"), 44, lambda row: row.printed_title),
        (_("Value"), 12, _format_value),
        (_("Unit"), 16, lambda row: row.shown_unit),
        (_("Period"), 16, lambda row: format_day(row.period)),
        (_("Area"), 16, lambda row: row.area),
        (_("Source"), 34, lambda row: format_source(row.source)),
        (_("Part of"), 16, lambda row: titles.get(row.part_of_key, row.part_of) if row.part_of_key else None),
        (_("Caveat"), 40, lambda row: row.printed_caveat),
        (_("Check first"), 24, _format_warnings),
    )
    _write_table(workbook, (_("Figures"), _("Evidence: figures with their sources")), columns, report.figures)


def _format_value(row: FigureRow) -> str | int | float:
    """Return the number where it is printed as one, else the text: "over 100", "fewer than 5"."""
    return row.value if row.value_text == f"{row.value:,}" else row.value_text


def _format_warnings(row: FigureRow) -> str | None:
    """Return what a reader must know before quoting the figure, or None."""
    warnings = [row.use] if row.use else []
    if row.superseded:
        warnings.append(_("superseded by a newer figure"))
    return ", ".join(warnings) or None


def _write_data_sets(workbook: ReportWorkbook, report: EvidenceReport) -> None:
    columns: Columns[DataSetRow] = (
        (_("Tier"), 12, lambda row: row.tier.label),
        (_("Data set"), 44, lambda row: row.printed_title),
        (_("Holder"), 34, lambda row: row.holder),
        (_("Frequency"), 16, lambda row: row.frequency),
        (_("Last received"), 18, lambda row: format_day(row.last_received)),
        (_("Next due"), 18, lambda row: format_day(row.next_due)),
        (_("Figures"), 14, lambda row: row.figures),
        (_("Status"), 18, lambda row: row.find_state(report.as_at).label),
    )
    _write_table(workbook, (_("Data sets"), _("Evidence: data sets")), columns, report.data_sets)


def _write_table(workbook: ReportWorkbook, titles: tuple[str, str], columns: Columns[Any], rows: Sequence[Any]) -> None:
    """Add a sheet with one table of the columns that have values; text is never read as a formula.

    `titles` are the name of the sheet and its title.
    """
    sheet = workbook.add_sheet(*titles)
    columns = [column for column in columns if not rows or any(column[2](row) not in (None, "") for row in rows)]
    names, widths, _functions = zip(*columns, strict=True)
    set_widths(sheet, widths)
    write_headings(sheet, _HEAD_ROW, names, widths)
    text, warning_style = build_style(sheet), build_style(sheet, bold=True, fill=WARNING_FILL)
    number = build_style(sheet, across="right", number_format="#,##0.##_)")
    whole_number = build_style(sheet, across="right", number_format="#,##0_)")
    for row_number, row in enumerate(rows, start=_HEAD_ROW + 1):
        values = [get_value(row) for _name, _width, get_value in columns]
        for column, (heading, value) in enumerate(zip(names, values, strict=True), start=1):
            if isinstance(value, int | float):
                write_cell(sheet.cell(row_number, column), value, whole_number if value == int(value) else number)
                continue
            is_warning = value and heading == _("Check first")
            write_cell(sheet.cell(row_number, column), value or "–", warning_style if is_warning else text)
        fit_height(sheet, row_number, (str(value or "") for value in values), widths)
    add_native_table(sheet, titles[1], names, len(rows), _HEAD_ROW)
    area = f"A1:{'ABCDEFGHIJ'[len(names) - 1]}{_HEAD_ROW + max(1, len(rows))}"
    workbook.lay_out(sheet, area=area, heading_rows=f"{_HEAD_ROW}:{_HEAD_ROW}", frozen=f"A{_HEAD_ROW + 1}")


def _write_charts(workbook: ReportWorkbook, report: EvidenceReport) -> None:
    """Add a sheet with the numbers of each series, using the preferred source, and a chart next to them."""
    sheet = workbook.add_sheet(_("Charts"), _("Evidence: figures over time"))
    widths = (24, 14, 44)
    set_widths(sheet, widths)
    text, number = build_style(sheet), build_style(sheet, across="right", number_format="#,##0_)")
    row_number, headings = _HEAD_ROW, (_("Period"), _("Value"), _("Source"))
    for position, series in enumerate(report.series, start=1):
        first = series[0]
        title = ", ".join(filter(None, (first.printed_title, first.shown_unit)))
        write_headings(sheet, row_number, headings, widths)
        add_native_table(sheet, f"{sheet.title} {position}", headings, len(series), row_number)
        for series_row, row in enumerate(series, start=row_number + 1):
            write_cell(sheet.cell(series_row, 1), format_day(row.period), text)
            write_cell(sheet.cell(series_row, 2), _format_value(row), number)
            write_cell(sheet.cell(series_row, 3), ", ".join(filter(None, (format_source(row.source), row.use))), text)
        last = row_number + len(series)
        add_period_chart(sheet, f"E{row_number}", title, (row_number, last), (_CHART_ROWS - 2) * 15.0)
        row_number = max(last + 2, row_number + _CHART_ROWS)
    workbook.lay_out(sheet, area=f"A1:P{row_number}")
