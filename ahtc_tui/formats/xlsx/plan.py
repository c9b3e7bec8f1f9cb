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
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.plan.brag_meanings import Meaning
from ahtc_tui.domain.plan.model import RATING_KEYS, MilestoneRow, ObjectiveRow, PlanView
from ahtc_tui.domain.plan.periods import BurnDown, PlanTrend
from ahtc_tui.domain.plan.timeline import Timeline, TimelineRow, find_first_day
from ahtc_tui.formats.xlsx.action_log_rows import Value, format_objective
from ahtc_tui.formats.xlsx.charts import add_line_chart, add_objective_chart, add_timeline_chart
from ahtc_tui.formats.xlsx.rating_tables import LABEL_WIDTH, NUMBER_WIDTH, write_counts
from ahtc_tui.formats.xlsx.style import (
    BRAG_COLOURS,
    add_native_table,
    build_style,
    choose_day_format,
    fit_height,
    set_widths,
    write_cell,
    write_headings,
)
from ahtc_tui.formats.xlsx.workbook import ReportWorkbook, write_report

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

HEADING_ROW = 4
NOTE_WIDTHS = (24, 110)
WIDTHS = (14, 24, 40, 24, 24, 18, 30, 17, 11, 11)
CHART_POINTS = 250.0
TIMELINE_WIDTHS = (14, 44, 24, 14, 14, 14, 11, 13)
UNDATED_WIDTHS = (14, 60, 60)
_ROW_POINTS = 15.0
_BAR_POINTS = 20.0
_MAX_BARS = 60
"""Maximum number of bars that stay readable in one chart; the table has all rows."""
_MAX_ROWS_A_PAGE = 60
"""Number of rows that stay readable on one page, so that a chart is not cut between two."""


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
        return self.view.version.printed_title if self.view.version else _("Delivery Plan")

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
        if version and version.owner:
            parts.append(_("owner: {name}").format(name=version.owner))
        return " · ".join(parts)


def write_plan(path: Path, report: PlanReport, names: Mapping[str, str] | None = None) -> None:
    """Write the workbook to `path`, replacing any file; `names` are Welsh names for the sheets in Welsh."""
    write_report(path, lambda: report, _add_sheets, names)


def _add_sheets(workbook: ReportWorkbook, report: PlanReport) -> None:
    _write_table(workbook, _("Notes"), _("Notes on the plan"), (_("Item"), _("Text")), NOTE_WIDTHS, _list_notes(report))
    _write_plan_sheet(workbook, report)
    _add_counts(workbook, report)
    _add_timeline(workbook, report)


def _write_table(
    workbook: ReportWorkbook,
    name: str,
    title: str,
    headings: Sequence[str],
    widths: Sequence[float],
    rows: Sequence[Sequence[str]],
) -> Worksheet:
    """Add a sheet with one table of texts; ratings have their colours."""
    sheet = workbook.add_sheet(name, title)
    set_widths(sheet, widths)
    write_headings(sheet, HEADING_ROW, headings, widths)
    text, ratings = build_style(sheet), {brag.option_label: pair for brag, pair in BRAG_COLOURS.items()}
    for row_number, row in enumerate(rows, start=HEADING_ROW + 1):
        for column, value in enumerate(row, start=1):
            write_cell(sheet.cell(row_number, column), value, text)
            if value in ratings:
                fill, ink = ratings[value]
                write_cell(sheet.cell(row_number, column), value, build_style(sheet, bold=True, ink=ink, fill=fill))
        fit_height(sheet, row_number, row, widths)
    add_native_table(sheet, sheet.title, headings, len(rows), HEADING_ROW)
    _lay_out(workbook, sheet, len(headings), HEADING_ROW + len(rows))
    return sheet


def _lay_out(workbook: ReportWorkbook, sheet: Worksheet, columns: int, last: int, *, has_chart: bool = False) -> None:
    """Set the page; a table with its chart is on one page, unless it is long."""
    from openpyxl.utils import get_column_letter

    area, rows = f"A1:{get_column_letter(columns)}{last}", f"{HEADING_ROW}:{HEADING_ROW}"
    tall = 1 if has_chart and last <= _MAX_ROWS_A_PAGE else 0
    workbook.lay_out(sheet, area=area, heading_rows=rows, frozen=f"A{HEADING_ROW + 1}", pages_tall=tall)


def _list_notes(report: PlanReport) -> list[tuple[str, str]]:
    """Return the aims, the objectives with their origin, the ratings, and what is counted without a day."""
    objectives = [
        f"{format_objective(row.number, row.printed_title)} ({row.basis.label})" for row in report.view.objectives
    ]
    notes = [(_("Aim"), aim.printed_text) for aim in report.view.aims]
    notes += [(_("Objective"), text) for text in objectives]
    notes += [(meaning.brag.option_label, meaning.phrase) for meaning in report.meanings]
    undated = report.trend.undated.sentence
    return [*notes, (_("Numbers"), undated)] if undated else notes


def _write_plan_sheet(workbook: ReportWorkbook, report: PlanReport) -> None:
    """Add every action and milestone under its objective; columns without any value are left out."""
    headings = (
        _("Ref"), _("Objective"), _("Action"), _("Lead"), _("Partners"), _("Due"), _("Progress"), _("Status"),
        _("BRAG"), _("Confidence"),
    )  # fmt: skip
    rows = [cells for objective in (*report.view.objectives, None) for cells in _list_rows(report, objective)]
    filled = [n for n in range(len(headings)) if not rows or any(row[n] != "–" for row in rows)]
    _write_table(
        workbook,
        _("Plan"),
        report.title,
        [headings[n] for n in filled],
        [WIDTHS[n] for n in filled],
        [[row[n] for n in filled] for row in rows],
    )


def _list_rows(report: PlanReport, objective: ObjectiveRow | None) -> Iterator[tuple[str, ...]]:
    """Yield the milestones and actions of an objective, or the actions without one."""
    number = str(objective.number) if objective else None
    label = (format_objective(objective.number, objective.printed_title) if objective else None) or "–"
    for milestone in report.milestones:
        if objective and milestone.objective == objective.number:
            met = _("met {day}").format(day=format_day(milestone.met_on)) if milestone.met_on else _("not yet met")
            title = _("Milestone: {title}").format(title=milestone.printed_title)
            yield (milestone.ref, label, title, "–", "–", format_day(milestone.due) or "–", "–", met, "–", "–")
    for action in report.actions:
        if action.objective == number:
            ref, *cells = _plan_cells(action, report.helpers.get(action.key, ()))
            yield (ref, label, *cells)


def _plan_cells(action: ActionRow, helpers: Sequence[str]) -> Iterator[str]:
    yield action.ref
    yield action.printed_title
    yield action.lead or "–"
    yield "; ".join(helpers) or "–"
    yield format_day(action.due) or "–"
    yield f"{format_long_date(action.latest_update_on)}: {action.printed_update}" if action.latest_update_on else "–"
    yield action.status.label
    yield action.brag.option_label if action.brag else _("not rated")
    yield action.confidence.label if action.confidence else "–"


def _add_counts(workbook: ReportWorkbook, report: PlanReport) -> None:
    """Add the numbers by objective, quarter and month, each with its chart below the table."""
    numbers = [*(brag.option_label for brag in Brag), _("Not rated"), _("All"), _("Open"), _("Late")]
    rows = _count_objectives(report)
    sheet = _write_numbers(workbook, _("By objective"), _("Rating by objective"), [_("Objective"), *numbers], rows, 1)
    last = HEADING_ROW + len(rows)
    if report.view.total:
        add_objective_chart(sheet, f"A{last + 2}", (HEADING_ROW, last - 1), CHART_POINTS)
    quarters, title = _count_quarters(report), _("Rating at the end of each quarter")
    if quarters:
        sheet = _write_numbers(workbook, _("By quarter"), title, [_("Quarter"), *numbers], quarters)
        last = HEADING_ROW + len(quarters)
        if report.view.total:
            add_objective_chart(sheet, f"A{last + 2}", (HEADING_ROW, last), CHART_POINTS, title)
    months: list[Sequence[Value]] = [
        (str(read_iso_date(month.month)), month.open, month.raised, month.closed) for month in report.burn.months
    ]
    if months:
        headings, title = (_("Month"), _("Open"), _("Raised"), _("Closed")), _("Open actions by month")
        sheet = _write_numbers(workbook, _("By month"), title, headings, months)
        last = HEADING_ROW + len(months)
        add_line_chart(sheet, f"A{last + 2}", (HEADING_ROW, last), CHART_POINTS, title)


def _write_numbers(
    workbook: ReportWorkbook,
    name: str,
    title: str,
    headings: Sequence[str],
    rows: Sequence[Sequence[Value]],
    totals: int = 0,
) -> Worksheet:
    """Add a sheet with a table of numbers and room for a chart below it; the last rows may be totals."""
    sheet = workbook.add_sheet(name, title)
    set_widths(sheet, (LABEL_WIDTH, *(NUMBER_WIDTH for _heading in headings[1:])))
    last, _points = write_counts(sheet, HEADING_ROW, headings, rows)
    add_native_table(sheet, sheet.title, headings, len(rows) - totals, HEADING_ROW)
    _lay_out(workbook, sheet, max(len(headings), 9), last + 2 + round(CHART_POINTS / _ROW_POINTS), has_chart=True)
    return sheet


def _count_objectives(report: PlanReport) -> list[Sequence[Value]]:
    view = report.view
    rows: list[Sequence[Value]] = []
    for row in view.objectives:
        label = format_objective(row.number, row.printed_title) or ""
        rows.append((label, *_count_ratings(dict(row.by_brag)), row.total, row.open, row.late))
    if (rest := view.unassigned).total:
        rows.append((_("No objective"), *_count_ratings(dict(rest.by_brag)), rest.total, rest.open, rest.late))
    return [*rows, (_("All actions"), *_count_ratings(dict(view.by_brag)), view.total, view.open, view.late)]


def _count_quarters(report: PlanReport) -> list[Sequence[Value]]:
    rows: list[Sequence[Value]] = []
    for quarter in report.trend.quarters:
        counts = quarter.total
        ratings = _count_ratings(dict(counts.by_brag))
        rows.append((format_quarter(quarter.day), *ratings, counts.total, counts.open, counts.late))
    return rows


def _count_ratings(counts: dict[str, int]) -> list[int]:
    return [counts.get(key, 0) for key in RATING_KEYS]


def _add_timeline(workbook: ReportWorkbook, report: PlanReport) -> None:
    """Add the dated rows with their chart, and on a separate sheet the undated ones with what replaces a date."""
    dated = sorted(
        (row for row in report.timeline.rows if row.has_date), key=lambda row: (find_first_day(row), row.ref)
    )
    if dated:
        sheet = workbook.add_sheet(_("Timeline"), _("Timeline"))
        set_widths(sheet, TIMELINE_WIDTHS)
        names = (
            _("Ref"), _("What"), _("Due"), _("Start"), _("Earliest"), _("Latest"), _("Duration (days)"),
            _("Uncertainty (days)"),
        )  # fmt: skip
        write_headings(sheet, HEADING_ROW, names, TIMELINE_WIDTHS)
        for row_number, timeline_row in enumerate(dated, start=HEADING_ROW + 1):
            _write_timeline_row(sheet, row_number, timeline_row)
        last, bars = HEADING_ROW + len(dated), min(len(dated), _MAX_BARS)
        points = max(170.0, bars * _BAR_POINTS + 90)
        add_native_table(sheet, sheet.title, names, len(dated), HEADING_ROW)
        add_timeline_chart(sheet, f"A{last + 2}", (HEADING_ROW, HEADING_ROW + bars), points, report.as_at)
        _lay_out(workbook, sheet, len(names), last + 3 + round(points / _ROW_POINTS), has_chart=True)
    undated = [(row.ref, row.printed_title, row.undated_label) for row in report.timeline.rows if not row.has_date]
    if undated:
        headings, title = (_("Ref"), _("What"), _("Date")), _("What has no date")
        _write_table(workbook, _("No date"), title, headings, UNDATED_WIDTHS, undated)


def _write_timeline_row(sheet: Worksheet, row_number: int, timeline_row: TimelineRow) -> None:
    _write_texts(sheet, row_number, (timeline_row.ref, timeline_row.printed_title, format_day(timeline_row.end)))
    known_date = timeline_row.end
    if known_date is None:
        return
    start, first = find_first_day(timeline_row), known_date.earliest
    day_style = build_style(sheet, number_format=choose_day_format(), across="right")
    number_style = build_style(sheet, across="right")
    days, lengths = (start, first, known_date.latest), ((first - start).days, (known_date.latest - first).days + 1)
    for column, value in enumerate((*days, *lengths), start=4):
        write_cell(sheet.cell(row_number, column), value, day_style if isinstance(value, date) else number_style)


def _write_texts(sheet: Worksheet, row_number: int, values: Sequence[str]) -> None:
    text = build_style(sheet)
    for column, value in enumerate(values, start=1):
        write_cell(sheet.cell(row_number, column), value, text)
    fit_height(sheet, row_number, values, TIMELINE_WIDTHS)
