"""The action log as a workbook: the table of actions, the summary, the lists of its drop-downs, the sent values.

openpyxl is imported inside functions, so that only an export loads it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from string import ascii_uppercase
from typing import TYPE_CHECKING

from ahtc_tui.domain.actions.model import Brag, Status
from ahtc_tui.domain.dates.date_as_known import read_iso_date
from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.i18n import _, choose_printed_text, get_current_language, render_lines, use_language
from ahtc_tui.formats.xlsx.action_log_rows import (
    DAYS_COLUMN,
    STATED,
    ActionLog,
    ObjectiveName,
    Value,
    action_cells,
    action_columns,
    format_objective,
    list_column_cells,
    list_hidden_columns,
)
from ahtc_tui.formats.xlsx.cell_text import clean_cell_text, count_lines, is_formula_like
from ahtc_tui.formats.xlsx.charts import add_month_chart, add_objective_chart
from ahtc_tui.formats.xlsx.dropdowns import DropDown, add_drop_downs
from ahtc_tui.formats.xlsx.rating_tables import (
    LABEL_WIDTH,
    NUMBER_WIDTH,
    ROW_POINTS,
    CountTable,
    write_counts,
    write_meanings,
)
from ahtc_tui.formats.xlsx.return_workbook import LAST_SENT_COLUMN, add_sent_sheet, build_sent_rows
from ahtc_tui.formats.xlsx.streaming import SheetRow, SheetStream, write_rows
from ahtc_tui.formats.xlsx.style import (
    LATE_INK,
    add_native_table,
    add_rating_colours,
    build_style,
    choose_day_format,
    measure_room,
    set_widths,
    write_headings,
)
from ahtc_tui.formats.xlsx.workbook import ReportWorkbook, choose_paper

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["ActionLog", "ObjectiveName", "write_action_log"]

HEADING_ROW = 3
FIRST_ROW = HEADING_ROW + 1
STREAM_ABOVE = 1_000
"""Number of rows above which they are streamed into the sheet instead of written cell by cell."""
MAX_ROWS = 1_048_576 - HEADING_ROW

BRAG, STATUS, LEAD = "J", "K", "E"
WIDTHS = (
    *(13, 24, 18, 28, 17, 17, 14, 14, 12, 10, 14, 26, 14, 14, 12),
    *(stated.width for stated in STATED.values()),
)
LETTERS = ascii_uppercase[: len(WIDTHS)]
LAST = LETTERS[-1]

_LINE_POINTS = 12.75
_MAX_ROW_HEIGHT = 409.0
"""Maximum row height of Excel, in points."""
_COLUMN_ROOM = tuple(measure_room(width) for width in WIDTHS)

_FIRST_TABLE_ROW = 4
_GAP_WIDTH = 3
_CHART_COLUMN, _LAST_COLUMN = "I", "R"

_CHART_POINTS = 195.0
"""Minimum height of a chart; next to a taller table it has the height of the table."""
_BAR_POINTS, _CHART_FRAME_POINTS = 17.0, 105.0
"""Height of a bar with its label, and of title, axis and legend together."""

_ROWS_ON_ONE_PAGE = 54


def write_action_log(path: Path, log: ActionLog, stream_above: int = STREAM_ABOVE) -> None:
    """Write the workbook to `path`, replacing any file. Raises Refused if there are more rows than a sheet can hold."""
    if len(log.rows) > MAX_ROWS:
        raise Refused(_("A sheet holds {most} actions at most. Export fewer.").format(most=MAX_ROWS))
    workbook = ReportWorkbook(log.title, log.note, log.shown_marking, log.as_at)
    sheet = workbook.add_sheet(_("Action log"))
    hidden = _list_hidden(log)
    _write_headings(sheet, log, hidden)
    workbook.lay_out(
        sheet,
        area=f"A1:{LAST}{_find_last_row(log)}",
        heading_rows=f"{HEADING_ROW}:{HEADING_ROW}",
        frozen=f"B{FIRST_ROW}",
        paper=choose_paper(width for position, width in enumerate(WIDTHS) if position not in hidden),
    )
    for language in get_current_language().languages:
        with use_language(language):
            workbook.note = log.note
            add_summary(workbook, log)
    lists = add_drop_downs(workbook.book, sheet, _build_drop_downs(log))
    workbook.lay_out(lists)
    sent_sheet = add_sent_sheet(workbook)
    rows = _build_rows(log, _create_style_chooser(sheet))
    sent_rows = build_sent_rows(sent_sheet, log.rows)
    if len(log.rows) > stream_above:
        streams = {
            sheet.title: SheetStream(rows, f"A1:{LAST}{_find_last_row(log)}"),
            sent_sheet.title: SheetStream(sent_rows, f"A1:{LAST_SENT_COLUMN}{len(log.rows) + 1}"),
        }
        workbook.save(path, streams)
        return
    write_rows(sheet, rows)
    write_rows(sent_sheet, sent_rows)
    workbook.save(path)


def _list_hidden(log: ActionLog) -> set[int]:
    """Return the positions of the columns that a saved view does not show, or that are empty in all rows."""
    cells = list_column_cells() if log.rows else ()
    empty = dict(enumerate(cells))
    for row in log.rows:
        if filled := [position for position, read in empty.items() if read(row, log.as_at) not in (None, "")]:
            empty = {position: read for position, read in empty.items() if position not in filled}
        if not empty:
            break
    return {*empty, *list_hidden_columns(log.columns)}


def _find_last_row(log: ActionLog) -> int:
    """Return the last row of the table; Excel requires at least one row below the headings."""
    return HEADING_ROW + max(len(log.rows), 1)


def _write_headings(sheet: Worksheet, log: ActionLog, hidden: Collection[int]) -> None:
    """Write the headings as a table with colour rules."""
    last = _find_last_row(log)
    set_widths(sheet, WIDTHS)
    for position in hidden:
        sheet.column_dimensions[LETTERS[position]].hidden = True
    write_headings(sheet, HEADING_ROW, action_columns(), WIDTHS)
    add_native_table(sheet, "ActionLog", action_columns(), len(log.rows), HEADING_ROW)
    _add_colour_rules(sheet, last)


def _build_drop_downs(log: ActionLog) -> Sequence[DropDown]:
    def format_area(column: str) -> str:
        return f"{column}{FIRST_ROW}:{column}{_find_last_row(log)}"

    statuses = [status.label for status in Status]
    ratings = [brag.option_label for brag in Brag]
    return (
        DropDown("StatusList", _("Status"), statuses, format_area(STATUS), strict=True),
        DropDown("BragList", _("BRAG"), ratings, format_area(BRAG), strict=True),
        DropDown("LeadList", _("Lead"), sorted(log.totals.leads), format_area(LEAD), strict=False),
    )


def _add_colour_rules(sheet: Worksheet, last: int) -> None:
    """Colour ratings and late days by conditional formatting, so that the colour follows later edits."""
    from openpyxl.formatting.rule import Rule
    from openpyxl.styles import Font
    from openpyxl.styles.differential import DifferentialStyle

    add_rating_colours(sheet, BRAG, FIRST_ROW, last)
    late_style = DifferentialStyle(font=Font(bold=True, color=LATE_INK))
    late = Rule("expression", dxf=late_style, formula=[f"AND(ISNUMBER($I{FIRST_ROW}),$I{FIRST_ROW}<0)"])
    sheet.conditional_formatting.add(f"I{FIRST_ROW}:I{last}", late)


def _build_rows(log: ActionLog, choose_styles: Callable[[list[Value]], list[int]]) -> Iterator[SheetRow]:
    for number, row in enumerate(log.rows, start=FIRST_ROW):
        cells = action_cells(row, log.as_at)
        styles = choose_styles(cells)
        yield SheetRow(number, _measure_height(cells), cells, styles)


def _create_style_chooser(sheet: Worksheet) -> Callable[[list[Value]], list[int]]:
    """Return a function that maps the visible cells of a row to style numbers; registers the styles in the workbook."""
    late = _("late")
    text = build_style(sheet).style_id
    quoted = build_style(sheet, quoted=True).style_id
    day = build_style(sheet, number_format=choose_day_format()).style_id
    days = build_style(sheet, across="center", number_format=f'0;0" {late}";0').style_id
    default_styles = [text] * len(WIDTHS)
    default_styles[DAYS_COLUMN] = days

    def choose_styles(cells: list[Value]) -> list[int]:
        styles = default_styles.copy()
        for position, value in enumerate(cells):
            if isinstance(value, str):
                if is_formula_like(value):
                    styles[position] = quoted
            elif isinstance(value, date):
                styles[position] = day
        return styles

    return choose_styles


def _measure_height(cells: list[Value]) -> float:
    tallest = max(
        count_lines(value, room) for value, room in zip(cells, _COLUMN_ROOM, strict=False) if isinstance(value, str)
    )
    return min(tallest * _LINE_POINTS + 4, _MAX_ROW_HEIGHT)


def add_summary(workbook: ReportWorkbook, log: ActionLog) -> Worksheet:
    """Add the sheet with counts by status, by objective and rating, and by month; return it."""
    sheet = workbook.add_sheet(_("Summary"), _("Summary"))
    _set_widths(sheet)
    block = write_counts(sheet, _FIRST_TABLE_ROW, (_("Actions"), _("Count")), _count_statuses(log))
    row = block.last + 2
    if log.objectives:
        ratings = [brag.option_label for brag in Brag]
        names = (_("Objective"), *ratings, _("Not rated"), _("Total"))
        block = write_counts(sheet, row, names, _count_objectives(log))
        last_objective = block.last - 1
        height = max(block.points, _CHART_POINTS, (last_objective - row) * _BAR_POINTS + _CHART_FRAME_POINTS)
        add_objective_chart(sheet, f"{_CHART_COLUMN}{row}", (row, last_objective), height)
        row = _find_row_below(sheet, block, height)
    if log.months:
        block = write_counts(sheet, row, (_("Month (whole log)"), _("Opened"), _("Closed")), _format_months(log))
        height = max(block.points, _CHART_POINTS)
        add_month_chart(sheet, f"{_CHART_COLUMN}{row}", (row, block.last), height)
        row = _find_row_below(sheet, block, height)
    row = write_meanings(sheet, row, log.meanings) + bool(log.meanings)
    pages_tall = 1 if row <= _ROWS_ON_ONE_PAGE else 0
    paper = choose_paper(dimension.width for dimension in sheet.column_dimensions.values())
    workbook.lay_out(sheet, area=f"A1:{_LAST_COLUMN}{row - 1}", pages_tall=pages_tall, paper=paper)
    return sheet


def _count_statuses(log: ActionLog) -> list[Sequence[Value]]:
    totals = log.totals
    return [
        (_("All actions"), len(log.rows)),
        (_("Late"), totals.late),
        *((status.label, totals.statuses[status]) for status in Status),
    ]


def _name_objective(objective: ObjectiveName) -> str:
    """Return number and title of an objective in the current language."""
    return format_objective(objective.number, choose_printed_text(objective.title, objective.title_cy)) or ""


def _count_objectives(log: ActionLog) -> list[Sequence[Value]]:
    counted = log.totals.ratings
    names: dict[str | None, Value] = {
        str(objective.number): clean_cell_text(render_lines(partial(_name_objective, objective)))
        for objective in log.objectives
    }
    if any(objective is None for objective, _brag in counted):
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


def _find_row_below(sheet: Worksheet, block: CountTable, height: float) -> int:
    """Return the first row below a table and the chart next to it, whose height is in points."""
    row = block.last + 1
    remaining = height - block.points
    while remaining > 0:
        sheet.row_dimensions[row].height = ROW_POINTS
        remaining -= ROW_POINTS
        row += 1
    return row + 1
