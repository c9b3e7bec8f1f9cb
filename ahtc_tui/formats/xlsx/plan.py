"""The plan as a workbook: objectives with their actions, progress with charts, and the timeline."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.domain.actions.model import ActionRow, Brag, Marking
from ahtc_tui.domain.dates.date_as_known import format_long_date, read_iso_date
from ahtc_tui.domain.dates.formal_dates import format_day
from ahtc_tui.domain.dates.quarters import format_quarter
from ahtc_tui.domain.i18n import _, ngettext, pgettext
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.plan.brag_meanings import Meaning
from ahtc_tui.domain.plan.model import UNRATED_KEY, MilestoneRow, ObjectiveRow, PlanView
from ahtc_tui.domain.plan.periods import BurnDown, PlanTrend
from ahtc_tui.domain.plan.timeline import Timeline, TimelineRow, find_first_day
from ahtc_tui.formats.xlsx.action_log_rows import Value, format_objective, format_rating
from ahtc_tui.formats.xlsx.charts import add_line_chart, add_objective_chart, add_timeline_chart
from ahtc_tui.formats.xlsx.rating_tables import LABEL_WIDTH, NUMBER_WIDTH, write_counts, write_meanings
from ahtc_tui.formats.xlsx.style import (
    BRAG_COLOURS,
    DAY_FORMAT,
    INK,
    build_style,
    fit_height,
    set_widths,
    write_cell,
    write_headings,
)
from ahtc_tui.formats.xlsx.workbook import ReportWorkbook, write_report

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

WIDTHS = (10, 44, 26, 26, 18, 40, 16, 12, 11)
LAST_COLUMN = "I"
OBJECTIVE_FILL = "DCE3EC"
_CHART_COLUMN = "K"
_CHART_ROWS = 14
_CHART_POINTS = 210.0
TIMELINE_WIDTHS = (10, 44, 24, 13, 13, 13, 11, 11)
_BAR_POINTS = 20.0
_MAX_BARS = 60
"""Maximum number of bars that stay readable in one chart; the table has all rows."""


@dataclass(frozen=True, slots=True)
class PlanReport:
    """Content of the workbook."""

    view: PlanView
    marking: Marking
    as_at: date
    actions: Sequence[ActionRow]
    """In the order of their references."""
    milestones: Sequence[MilestoneRow]
    trend: PlanTrend
    burn: BurnDown
    timeline: Timeline
    helpers: Mapping[RowKey, Sequence[str]]
    """Key of an action to the names of its other parties."""

    @property
    def title(self) -> str:
        """Title of every sheet."""
        return self.view.title or _("Delivery Plan")

    @property
    def meanings(self) -> tuple[Meaning, ...]:
        """Meanings of the BRAG ratings; empty without a plan version."""
        return self.view.version.brag if self.view.version else ()

    @property
    def note(self) -> str:
        """Marking, version and day on one line."""
        version = self.view.version
        parts = [self.marking.label, _("as at {day}").format(day=format_long_date(self.as_at))]
        parts += version.descriptions if version else []
        parts += [_("owner: {name}").format(name=version.owner)] if version and version.owner else []
        return " · ".join(parts)


def write_plan(path: Path, report: PlanReport, names: Mapping[str, str] | None = None) -> None:
    """Write the workbook to `path`, replacing any file; `names` are Welsh names for the sheets in Welsh."""
    write_report(path, lambda: report, _add_sheets, names)


def _add_sheets(workbook: ReportWorkbook, report: PlanReport) -> None:
    _write_plan_sheet(workbook, report)
    _add_progress(workbook, report)
    _add_timeline(workbook, report)


def _write_plan_sheet(workbook: ReportWorkbook, report: PlanReport) -> None:
    sheet = workbook.add_sheet(_("Plan"))
    set_widths(sheet, WIDTHS)
    row = write_meanings(sheet, 3, report.meanings)
    for aim in report.view.aims:
        write_cell(sheet.cell(row, 1), _("Aim"), build_style(sheet, bold=True, grid=False))
        write_cell(sheet.cell(row, 2), aim.text, build_style(sheet, bold=True, grid=False, wrap=False))
        row += 1
    names = (
        _("Ref"), _("Action"), _("Lead"), _("Partners"), _("Due"), _("Progress"), _("Status"), _("BRAG"),
        _("Confidence"),
    )  # fmt: skip
    write_headings(sheet, row, names, WIDTHS)
    heading_row = row
    for objective in (*report.view.objectives, None):
        row = _write_objective(sheet, row + 1, report, objective) - 1
    workbook.lay_out(
        sheet, area=f"A1:{LAST_COLUMN}{row}", heading_rows=f"{heading_row}:{heading_row}", frozen=f"A{heading_row + 1}"
    )


def _write_objective(sheet: Worksheet, row: int, report: PlanReport, objective: ObjectiveRow | None) -> int:
    """Write an objective, or none, with its milestones and actions; return the next free row."""
    number = str(objective.number) if objective else None
    actions = [action for action in report.actions if action.objective == number]
    if objective is None and not actions:
        return row
    heading = build_style(sheet, bold=True, fill=OBJECTIVE_FILL, wrap=False)
    for column in range(1, len(WIDTHS) + 1):
        write_cell(sheet.cell(row, column), None, heading)
    write_cell(sheet.cell(row, 1), _format_heading(objective, len(actions)), heading)
    row += 1
    for milestone in report.milestones:
        if objective and milestone.objective == objective.number:
            met = _("met {day}").format(day=format_day(milestone.met_on)) if milestone.met_on else _("not yet met")
            title = _("Milestone: {title}").format(title=milestone.title)
            _write_line(sheet, row, (milestone.ref, title, "", "", format_day(milestone.due) or "–", met), None)
            row += 1
    for action in actions:
        _write_line(sheet, row, tuple(_plan_cells(action, report.helpers.get(action.key, ()))), action.brag)
        row += 1
    return row


def _format_heading(objective: ObjectiveRow | None, number: int) -> str:
    if objective is None:
        return ngettext("No objective ({n} action)", "No objective ({n} actions)", number)
    label = format_objective(objective.number, objective.shown_title)
    open_count = " ".join((f"{objective.open} / {objective.total}", pgettext("state", "open")))
    return f"{label} ({objective.basis.label}; {open_count})"


def _plan_cells(action: ActionRow, helpers: Sequence[str]) -> Iterator[str]:
    yield action.ref
    yield action.shown_title
    yield action.lead or "–"
    yield "; ".join(helpers) or "–"
    yield format_day(action.due) or "–"
    yield f"{format_long_date(action.latest_update_on)}: {action.latest_update}" if action.latest_update_on else "–"
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


def _add_progress(workbook: ReportWorkbook, report: PlanReport) -> None:
    """Add the numbers of the plan with their charts."""
    sheet = workbook.add_sheet(_("Progress"), _("Progress"))
    sheet.column_dimensions["A"].width = LABEL_WIDTH
    for letter in "BCDEFGHI":
        sheet.column_dimensions[letter].width = NUMBER_WIDTH
    row = write_meanings(sheet, 3, report.meanings)
    write_cell(sheet.cell(row, 1), report.trend.undated.sentence or None, build_style(sheet, grid=False, wrap=False))
    row += 2
    letters = [format_rating(brag) for brag in Brag]
    names = [_("Objective"), *letters, _("Not rated"), _("All"), _("Open"), _("Late")]
    rows = _count_objectives(report)
    last, _points = write_counts(sheet, row, names, rows)
    add_objective_chart(sheet, f"{_CHART_COLUMN}{row}", (row, last - 1), _CHART_POINTS)
    row = max(last, row + _CHART_ROWS) + 2
    names[0] = _("Quarter")
    last, _points = write_counts(sheet, row, names, _count_quarters(report))
    title = _("Rating at the end of each quarter")
    add_objective_chart(sheet, f"{_CHART_COLUMN}{row}", (row, last), _CHART_POINTS, title)
    row = max(last, row + _CHART_ROWS) + 2
    if report.burn.months:
        months = [
            (str(read_iso_date(month.month)), month.open, month.raised, month.closed) for month in report.burn.months
        ]
        last, _points = write_counts(sheet, row, (_("Month"), _("Open"), _("Raised"), _("Closed")), months)
        add_line_chart(sheet, f"{_CHART_COLUMN}{row}", (row, last), _CHART_POINTS, _("Open actions by month"))
        row = max(last, row + _CHART_ROWS) + 2
    workbook.lay_out(sheet, area=f"A1:T{row}", pages_tall=1)


def _count_objectives(report: PlanReport) -> list[Sequence[Value]]:
    view = report.view
    rows: list[Sequence[Value]] = []
    for row in view.objectives:
        label = format_objective(row.number, row.shown_title) or ""
        rows.append((label, *_count_ratings(dict(row.by_brag)), row.total, row.open, row.late))
    return [*rows, (_("All actions"), *_count_ratings(dict(view.by_brag)), view.total, view.open, view.late)]


def _count_quarters(report: PlanReport) -> list[Sequence[Value]]:
    return [
        (format_quarter(quarter.day), *_count_ratings(dict(counts.by_brag)), counts.total, counts.open, counts.late)
        for quarter in report.trend.quarters
        for counts in (quarter.total,)
    ]


def _count_ratings(counts: dict[str, int]) -> list[int]:
    return [counts.get(key, 0) for key in (*(brag.value for brag in Brag), UNRATED_KEY)]


def _add_timeline(workbook: ReportWorkbook, report: PlanReport) -> None:
    """Add the timeline: first dated rows with their chart, then undated rows with the text that replaces a date."""
    sheet = workbook.add_sheet(_("Timeline"), _("Timeline"))
    set_widths(sheet, TIMELINE_WIDTHS)
    dated = sorted(
        (row for row in report.timeline.rows if row.has_date), key=lambda row: (find_first_day(row), row.ref)
    )
    undated = [row for row in report.timeline.rows if not row.has_date]
    row = 4
    if dated:
        names = (_("Ref"), _("What"), _("Due"), _("Start"), _("Earliest"), _("Latest"), _("Duration (days)"))
        write_headings(sheet, row, (*names, _("Uncertainty (days)")), TIMELINE_WIDTHS)
        for row_number, timeline_row in enumerate(dated, start=row + 1):
            _write_timeline_row(sheet, row_number, timeline_row)
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


def _write_timeline_row(sheet: Worksheet, row_number: int, timeline_row: TimelineRow) -> None:
    _write_texts(sheet, row_number, (timeline_row.ref, timeline_row.title, format_day(timeline_row.end)))
    known_date = timeline_row.end
    if known_date is None:
        return
    start, first = find_first_day(timeline_row), known_date.earliest
    days = (start, first, known_date.latest, (first - start).days, (known_date.latest - first).days + 1)
    day, number = build_style(sheet, number_format=DAY_FORMAT, across="right"), build_style(sheet, across="right")
    for column, value in enumerate(days, start=4):
        write_cell(sheet.cell(row_number, column), value, day if column < 7 else number)


def _write_texts(sheet: Worksheet, row_number: int, values: Sequence[str]) -> None:
    text = build_style(sheet)
    for column, value in enumerate(values, start=1):
        write_cell(sheet.cell(row_number, column), value, text)
    fit_height(sheet, row_number, values, TIMELINE_WIDTHS)
