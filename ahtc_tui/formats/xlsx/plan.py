"""The plan as a workbook: objectives with their actions, progress with charts, and the timeline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.domain.actions.model import ActionRow, Brag
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.plan.model import ObjectiveRow
from ahtc_tui.formats.xlsx.action_log_rows import format_objective, format_rating
from ahtc_tui.formats.xlsx.plan_common import PlanReport, write_meanings
from ahtc_tui.formats.xlsx.plan_progress import add_progress
from ahtc_tui.formats.xlsx.plan_timeline import add_timeline
from ahtc_tui.formats.xlsx.style import (
    BRAG_COLOURS,
    INK,
    build_style,
    fit_height,
    set_widths,
    write_cell,
    write_headings,
)
from ahtc_tui.formats.xlsx.workbook import ReportWorkbook

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

WIDTHS = (10, 44, 26, 26, 18, 40, 16, 12, 11)
LAST_COLUMN = "I"
OBJECTIVE_FILL = "DCE3EC"


def write_plan(path: Path, report: PlanReport) -> None:
    """Write the workbook to `path`, replacing any file."""
    workbook = ReportWorkbook(report.title, report.note, report.marking, report.as_at, report.created_by)
    _write_plan_sheet(workbook, report)
    add_progress(workbook, report)
    add_timeline(workbook, report)
    workbook.save(path)


def _write_plan_sheet(workbook: ReportWorkbook, report: PlanReport) -> None:
    sheet = workbook.add_sheet(_("Plan"))
    set_widths(sheet, WIDTHS)
    row = write_meanings(sheet, 3, report.meanings, 9)
    for aim in report.view.aims:
        write_cell(sheet.cell(row, 1), _("Aim"), build_style(sheet, bold=True, grid=False))
        write_cell(sheet.cell(row, 2), aim.text, build_style(sheet, bold=True, grid=False, wrap=False))
        row += 1
    names = (
        _("Ref"), _("Action"), _("Lead"), _("Partners"), _("By when"), _("Progress"), _("Status"), _("BRAG"),
        _("Confidence"),
    )  # fmt: skip
    write_headings(sheet, row, names)
    sheet.row_dimensions[row].height = 18
    heading_row = row
    for objective in (*report.view.objectives, None):
        row = _write_objective(sheet, row + 1, report, objective) - 1
    workbook.lay_out(
        sheet, area=f"A1:{LAST_COLUMN}{row}", heading_rows=f"{heading_row}:{heading_row}", frozen=f"A{heading_row + 1}"
    )


def _write_objective(sheet: Worksheet, row: int, report: PlanReport, objective: ObjectiveRow | None) -> int:
    """Write an objective with its milestones and actions, or the actions without an objective; return the next free
    row.
    """
    number = str(objective.number) if objective else None
    actions = [action for action in report.actions if action.objective == number]
    if objective is None and not actions:
        return row
    heading = build_style(sheet, bold=True, fill=OBJECTIVE_FILL, wrap=False)
    for column in range(1, len(WIDTHS) + 1):
        write_cell(sheet.cell(row, column), None, heading)
    write_cell(sheet.cell(row, 1), _format_heading(objective, len(actions)), heading)
    row += 1
    for milestone in report.milestones if objective else ():
        if milestone.objective == objective.number if objective else False:
            met = _("met {day}").format(day=milestone.met_on) if milestone.met_on else _("not yet met")
            values = (
                milestone.ref,
                _("Milestone: {title}").format(title=milestone.title),
                "",
                "",
                str(milestone.due or "–"),
                met,
            )
            _write_line(sheet, row, values, None)
            row += 1
    for action in actions:
        _write_line(sheet, row, tuple(_plan_cells(action, report.helpers.get(action.key, ()))), action.brag)
        row += 1
    return row


def _format_heading(objective: ObjectiveRow | None, number: int) -> str:
    if objective is None:
        return ngettext("No objective ({n} action)", "No objective ({n} actions)", number)
    label = format_objective(objective.number, objective.title)
    open_count = " ".join((f"{objective.open} / {objective.total}", _("open")))
    return f"{label} ({objective.basis.label}; {open_count})"


def _plan_cells(action: ActionRow, helpers: Sequence[str]) -> Iterator[str]:
    yield action.ref
    yield action.title
    yield action.lead or "–"
    yield "; ".join(helpers) or "–"
    yield str(action.due or "–")
    yield f"{action.latest_update_on:%d %b %Y}: {action.latest_update}" if action.latest_update_on else "–"
    yield action.status.label
    yield format_rating(action.brag) if action.brag else _("not rated")
    yield action.confidence.label if action.confidence else "–"


def _write_line(sheet: Worksheet, row: int, values: Sequence[str], brag: Brag | None) -> None:
    text = build_style(sheet)
    for column in range(1, len(WIDTHS) + 1):
        value = values[column - 1] if column <= len(values) else ""
        write_cell(sheet.cell(row, column), value or None, text)
    fill, ink = BRAG_COLOURS[brag] if brag else (None, INK)
    write_cell(sheet.cell(row, 8), sheet.cell(row, 8).value, build_style(sheet, bold=bool(brag), ink=ink, fill=fill))
    fit_height(sheet, row, values, WIDTHS)
