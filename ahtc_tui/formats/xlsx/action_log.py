"""The action log as a workbook to send out: the table of actions, the summary and the lists behind the drop-downs.

Never reads a database, never a clock. openpyxl is imported inside the functions, so that only an export pays for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.actions.model import Brag, Status
from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.returns.model import ROW_HASH, ROW_ID, ROW_IDS, ROW_SENT, id_cells, sent_text, sent_values
from ahtc_tui.formats.xlsx.action_log_rows import (
    DAYS,
    ActionLog,
    MonthCount,
    ObjectiveName,
    Value,
    brag_label,
    headings,
    row_hash,
    values,
)
from ahtc_tui.formats.xlsx.cell_text import lines, looks_like_a_formula, sheet_name
from ahtc_tui.formats.xlsx.dropdowns import DropDown, add_drop_downs, add_hidden_column
from ahtc_tui.formats.xlsx.streaming import SheetRow, save
from ahtc_tui.formats.xlsx.style import (
    DAY_FORMAT,
    HEADING_FILL,
    LATE_INK,
    colour_ratings,
    describe,
    lay_out_page,
    new_workbook,
    put,
    put_styled,
    put_title,
    room,
    style,
)
from ahtc_tui.formats.xlsx.summary import add_summary

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["ActionLog", "MonthCount", "ObjectiveName", "write_action_log"]

HEADING_ROW = 3
FIRST_ROW = HEADING_ROW + 1
STREAM_ABOVE = 1_000
"""With more rows than this they are streamed: the same content, without a cell object for each value."""
MOST_ROWS = 1_048_576 - HEADING_ROW

BRAG, STATUS, LEAD = "J", "K", "E"
LAST_SHOWN, LAST = "O", "R"
HIDDEN = (ROW_ID, ROW_HASH, ROW_SENT)
WIDTHS = (8, 10, 18, 28, 17, 17, 12, 12, 9, 9, 11, 32, 12, 12, 16, 34, 18, 18)

_LINE_POINTS = 12.75
_TALLEST = 409.0
"""Excel's own limit for the height of a row, in points."""
_ROOM = tuple(room(width) for width in WIDTHS)


def write_action_log(path: Path, log: ActionLog, stream_above: int = STREAM_ABOVE) -> None:
    """Write the workbook to `path`, over whatever is there. Raises Refused above the rows that a sheet can hold."""
    if len(log.rows) > MOST_ROWS:
        raise Refused(_("A sheet holds {most} actions at most: export fewer.").format(most=MOST_ROWS))
    workbook = new_workbook()
    sheet: Any = workbook.active
    sheet.title = sheet_name(_("Action log"))
    _lay_out(sheet, log)
    add_summary(workbook, log)
    lists = add_drop_downs(workbook, sheet, _drop_downs(log))
    add_hidden_column(lists, ROW_IDS, id_cells([row.key for row in log.rows]))
    lay_out_page(lists, log.shown_marking, log.as_at)
    describe(
        workbook,
        title=log.title,
        subject=log.note,
        creator=log.created_by,
        marking=log.shown_marking,
        as_at=log.as_at,
    )
    rows = _rows(log, _style_chooser(sheet))
    if len(log.rows) > stream_above:
        save(workbook, path, log.as_at, rows, area=f"A1:{LAST}{_last_row(log)}")
        return
    _place(sheet, rows)
    save(workbook, path, log.as_at)


def _last_row(log: ActionLog) -> int:
    """The last row of the table; a table without actions keeps one empty row, as Excel asks."""
    return HEADING_ROW + max(len(log.rows), 1)


def _lay_out(sheet: Worksheet, log: ActionLog) -> None:
    from openpyxl.utils import get_column_letter

    last = _last_row(log)
    put_title(sheet, log.title, log.note)
    heading = style(sheet, bold=True, ink="FFFFFF", fill=HEADING_FILL)
    for column, name in enumerate((*headings(), *HIDDEN), start=1):
        put(sheet.cell(HEADING_ROW, column), name, heading)
        sheet.column_dimensions[get_column_letter(column)].width = WIDTHS[column - 1]
    sheet.row_dimensions[HEADING_ROW].height = 32
    for hidden in ("P", "Q", "R"):
        sheet.column_dimensions[hidden].hidden = True
    sheet.freeze_panes = f"B{FIRST_ROW}"
    _add_table(sheet, f"A{HEADING_ROW}:{LAST}{last}")
    _colour(sheet, last)
    lay_out_page(sheet, log.shown_marking, log.as_at)
    sheet.print_title_rows = f"{HEADING_ROW}:{HEADING_ROW}"
    sheet.print_area = f"A1:{LAST_SHOWN}{last}"


def _add_table(sheet: Worksheet, area: str) -> None:
    from openpyxl.worksheet.table import Table, TableStyleInfo

    table: Any = Table(displayName="ActionLog", ref=area)
    # Left to itself openpyxl reads the names from the cells, and makes a cell object for each cell of the area.
    table._initialise_columns()
    for column, name in zip(table.tableColumns, (*headings(), *HIDDEN), strict=True):
        column.name = name
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    sheet.add_table(table)


def _drop_downs(log: ActionLog) -> Sequence[DropDown]:
    def area(column: str) -> str:
        return f"{column}{FIRST_ROW}:{column}{_last_row(log)}"

    statuses = [status.label for status in Status]
    ratings = [brag_label(brag) for brag in Brag]
    return (
        DropDown("StatusList", _("Status"), statuses, area(STATUS), strict=True),
        DropDown("BragList", _("BRAG"), ratings, area(BRAG), strict=True),
        DropDown("LeadList", _("Lead"), log.leads, area(LEAD), strict=False),
    )


def _colour(sheet: Worksheet, last: int) -> None:
    """Colour ratings and late days by rule, so that the colour follows when somebody chooses another rating."""
    from openpyxl.formatting.rule import Rule
    from openpyxl.styles import Font
    from openpyxl.styles.differential import DifferentialStyle

    colour_ratings(sheet, BRAG, FIRST_ROW, last)
    look = DifferentialStyle(font=Font(bold=True, color=LATE_INK))
    late = Rule("expression", dxf=look, formula=[f"AND(ISNUMBER($I{FIRST_ROW}),$I{FIRST_ROW}<0)"])
    sheet.conditional_formatting.add(f"I{FIRST_ROW}:I{last}", late)


def _rows(log: ActionLog, styles_of: Callable[[list[Value]], list[int]]) -> Iterator[SheetRow]:
    for number, row in enumerate(log.rows, start=FIRST_ROW):
        shown = values(row, log.as_at)
        styles = styles_of(shown)
        yield SheetRow(
            number, _height(shown), [*shown, row.key.hex(), row_hash(shown), sent_text(sent_values(row))], styles
        )


def _style_chooser(sheet: Worksheet) -> Callable[[list[Value]], list[int]]:
    """A function from the visible values of a row to the styles of its cells; from here on the workbook has them."""
    late = _("late")
    text = style(sheet).style_id
    quoted = style(sheet, quoted=True).style_id
    day = style(sheet, number_format=DAY_FORMAT).style_id
    days = style(sheet, across="center", number_format=f'0;0" {late}";0').style_id
    usual = [text] * len(WIDTHS)
    usual[DAYS] = days

    def styles_of(shown: list[Value]) -> list[int]:
        styles = usual.copy()
        for position, value in enumerate(shown):
            if isinstance(value, str):
                if looks_like_a_formula(value):
                    styles[position] = quoted
            elif isinstance(value, date):
                styles[position] = day
        return styles

    return styles_of


def _height(shown: list[Value]) -> float:
    tallest = max(lines(value, space) for value, space in zip(shown, _ROOM, strict=False) if isinstance(value, str))
    return min(tallest * _LINE_POINTS + 4, _TALLEST)


def _place(sheet: Worksheet, rows: Iterator[SheetRow]) -> None:
    """Put the rows into the sheet by openpyxl's own cells."""
    workbook: Any = sheet.parent
    formats = workbook._cell_styles
    for row in rows:
        sheet.row_dimensions[row.number].height = row.height
        for column, value in enumerate(row.values, start=1):
            put_styled(sheet.cell(row.number, column), value, formats[row.styles[column - 1]])
