"""Attendance as a workbook: one table by seat and one by person, each with the number of meetings counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.meetings.attendance import AttendanceRate, RateSubject
from ahtc_tui.formats.xlsx.cell_text import format_sheet_name
from ahtc_tui.formats.xlsx.streaming import save_workbook
from ahtc_tui.formats.xlsx.style import (
    HEADING_FILL,
    build_style,
    create_workbook,
    fit_height,
    lay_out_page,
    set_properties,
    write_cell,
    write_title,
)

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

WIDTHS = (44, 44, 12, 12, 12, 14)
_FIRST_ROW = 6


@dataclass(frozen=True, slots=True)
class AttendanceReport:
    """Content of the workbook and the period that it covers."""

    title: str
    marking: Marking
    as_at: date
    rows: Sequence[AttendanceRate]
    first: date | None = None
    last: date | None = None
    created_by: str = ""

    @property
    def note(self) -> str:
        """Marking and period on one line."""
        since = _("from {day}").format(day=format_long_date(self.first)) if self.first else _("from the first record")
        until = _("to {day}").format(day=format_long_date(self.last or self.as_at))
        return f"{self.marking.label}   {since} {until}"


def write_attendance(path: Path, report: AttendanceReport) -> None:
    """Write the workbook to `path`, replacing any file."""
    workbook = create_workbook()
    by_seat: Any = workbook.active
    by_seat.title = format_sheet_name(_("By seat"))
    seats = [row for row in report.rows if row.kind is RateSubject.SEAT]
    explanation = _(
        "A seat attended if its holder or a deputy was present. Of: meetings with attendance, not cancelled."
    )
    _write_table(by_seat, report, explanation, seats, (_("Seat"), _("By deputy")))
    by_person: Any = workbook.create_sheet(format_sheet_name(_("By person")))
    people = [row for row in report.rows if row.kind is not RateSubject.SEAT]
    explanation = _("A person attended only in their own seat. Those who came only as deputies are listed below.")
    _write_table(by_person, report, explanation, people, (_("Person"), _("Deputy came")))
    set_properties(
        workbook,
        title=report.title,
        subject=report.note,
        creator=report.created_by,
        marking=report.marking,
        as_at=report.as_at,
    )
    save_workbook(workbook, path, report.as_at)


def _write_table(
    sheet: Worksheet, report: AttendanceReport, explanation: str, rows: Sequence[AttendanceRate], names: tuple[str, str]
) -> None:
    """Write the title, the explanation, and one row per attendance rate."""
    write_title(sheet, report.title, report.note)
    write_cell(sheet["A3"], explanation, build_style(sheet, grid=False, wrap=False))
    name_heading, deputy_heading = names
    headings = (_("Group"), name_heading, _("Attended"), _("Of"), _("Rate"), deputy_heading)
    for column, name in enumerate(headings, start=1):
        across = "left" if column < 3 else "right"
        heading_style = build_style(sheet, bold=True, ink="FFFFFF", fill=HEADING_FILL, across=across)
        write_cell(sheet.cell(_FIRST_ROW - 1, column), name, heading_style)
        sheet.column_dimensions["ABCDEF"[column - 1]].width = WIDTHS[column - 1]
    sheet.row_dimensions[_FIRST_ROW - 1].height = 18
    text, number, rate = (
        build_style(sheet),
        build_style(sheet, across="right"),
        build_style(sheet, across="right", number_format="0%"),
    )
    for row_number, row in enumerate(rows, start=_FIRST_ROW):
        name = _("{name} (as a deputy)").format(name=row.name) if row.kind is RateSubject.DEPUTY else row.name
        for column, value in enumerate((row.group, name), start=1):
            write_cell(sheet.cell(row_number, column), value, text)
        attendance_rate = round(row.rate, 4) if row.rate is not None else None
        for column, figure in enumerate((row.attended, row.of, attendance_rate, row.by_deputy), start=3):
            write_cell(sheet.cell(row_number, column), figure, rate if column == 5 else number)
        fit_height(sheet, row_number, (row.group, name), WIDTHS)
    sheet.freeze_panes = f"A{_FIRST_ROW}"
    lay_out_page(sheet, report.marking, report.as_at)
    sheet.print_title_rows = f"{_FIRST_ROW - 1}:{_FIRST_ROW - 1}"
    sheet.print_area = f"A1:F{max(_FIRST_ROW, _FIRST_ROW + len(rows) - 1)}"
