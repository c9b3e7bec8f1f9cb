"""Attendance as a workbook: one table by seat and one by person, each with the number of meetings counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.meetings.attendance import AttendanceRate, RateSubject
from ahtc_tui.formats.xlsx.style import (
    HEADING_FILL,
    add_native_table,
    build_style,
    fit_heading_height,
    fit_height,
    write_cell,
)
from ahtc_tui.formats.xlsx.workbook import ReportWorkbook, write_report

WIDTHS = (44, 44, 12, 12, 12, 14)
_FIRST_ROW = 6


@dataclass(frozen=True, slots=True)
class AttendanceReport:
    """Content of the workbook and the period that it covers."""

    marking: Marking
    as_at: date
    rows: Sequence[AttendanceRate]
    first: date | None = None
    last: date | None = None

    @property
    def title(self) -> str:
        """Title of every sheet."""
        return _("Attendance")

    @property
    def note(self) -> str:
        """Marking and period on one line."""
        since = _("from {day}").format(day=format_long_date(self.first)) if self.first else _("from the first record")
        until = _("to {day}").format(day=format_long_date(self.last or self.as_at))
        return f"{self.marking.label}   {since} {until}"


def write_attendance(path: Path, report: AttendanceReport, names: Mapping[str, str] | None = None) -> None:
    """Write the workbook to `path`, replacing any file; `names` are Welsh names for the sheets in Welsh."""
    write_report(path, lambda: report, _add_sheets, names)


def _add_sheets(workbook: ReportWorkbook, report: AttendanceReport) -> None:
    seats = [row for row in report.rows if row.kind is RateSubject.SEAT]
    explanation = _("A seat counts as attended if the holder or deputy was present. Cancelled meetings are excluded.")
    _write_table(workbook, (_("By seat"), _("Attendance by seat")), explanation, seats, (_("Seat"), _("By deputy")))
    bodies = [row for row in report.rows if row.kind is RateSubject.BODY]
    if bodies:
        titles = (_("By kind of body"), _("Attendance by kind of body"))
        explanation = _("Each seat of a kind of body counts at each meeting.")
        _write_table(workbook, titles, explanation, bodies, (_("Kind of body"), _("By deputy")))
    people = [row for row in report.rows if row.kind in (RateSubject.PERSON, RateSubject.DEPUTY)]
    explanation = _("A person counts as attending only in their own seat. Deputies are listed below.")
    _write_table(
        workbook, (_("By person"), _("Attendance by person")), explanation, people, (_("Person"), _("Deputy attended"))
    )


def _write_table(
    workbook: ReportWorkbook,
    titles: tuple[str, str],
    explanation: str,
    rows: Sequence[AttendanceRate],
    names: tuple[str, str],
) -> None:
    """Add a sheet with one table; `titles` are the name of the sheet and its title."""
    sheet = workbook.add_sheet(*titles)
    write_cell(sheet["A3"], explanation, build_style(sheet, grid=False, wrap=False))
    name_heading, deputy_heading = names
    headings = (_("Group"), name_heading, _("Attended"), _("Meetings"), _("Rate"), deputy_heading)
    for column, heading in enumerate(headings, start=1):
        across = "left" if column < 3 else "right"
        heading_style = build_style(sheet, bold=True, ink="FFFFFF", fill=HEADING_FILL, across=across)
        write_cell(sheet.cell(_FIRST_ROW - 1, column), heading, heading_style)
        sheet.column_dimensions["ABCDEF"[column - 1]].width = WIDTHS[column - 1]
    fit_heading_height(sheet, _FIRST_ROW - 1, headings, WIDTHS)
    text, number, rate = (
        build_style(sheet),
        build_style(sheet, across="right"),
        build_style(sheet, across="right", number_format="0%"),
    )
    for row_number, row in enumerate(rows, start=_FIRST_ROW):
        label = _("{name} (as a deputy)").format(name=row.name) if row.kind is RateSubject.DEPUTY else row.name
        for column, value in enumerate((row.group, label), start=1):
            write_cell(sheet.cell(row_number, column), value, text)
        attendance_rate = round(row.rate, 4) if row.rate is not None else None
        attended = row.attended if row.recorded or not row.of else None
        for column, figure in enumerate((attended, row.of, attendance_rate, row.by_deputy), start=3):
            write_cell(sheet.cell(row_number, column), figure, rate if column == 5 else number)
        fit_height(sheet, row_number, (row.group, label), WIDTHS)
    add_native_table(sheet, titles[1], headings, len(rows), _FIRST_ROW - 1)
    last = max(_FIRST_ROW, _FIRST_ROW + len(rows) - 1)
    heading_rows = f"{_FIRST_ROW - 1}:{_FIRST_ROW - 1}"
    workbook.lay_out(sheet, area=f"A1:F{last}", heading_rows=heading_rows, frozen=f"A{_FIRST_ROW}")
