"""Appearance of all workbooks: fonts, colours, borders, page layout and document properties.

openpyxl is imported inside functions, so that only an export loads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from copy import copy
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.actions.model import Brag
from ahtc_tui.domain.i18n import SEPARATOR, Language, get_current_language
from ahtc_tui.formats.xlsx.cell_text import clean_cell_text, count_lines, escape_stored_text, is_formula_like

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

FONT = "Arial"
BODY_POINTS = 10
INK = "1A1A1A"
HEADING_FILL = "1F3A5F"
GRID = "BFC5CC"
_PIXELS_A_DIGIT, _PIXELS_OF_PADDING = 7, 5
LINE_POINTS = 12.75
MAX_ROW_HEIGHT = 409.0
"""Maximum row height of Excel, in points."""
_DAY_FORMAT, _WELSH_MONTHS = "d mmm yyyy", "[$-452]"
"""Number format of a day; `[$-452]` names its month in Welsh (MS-LCID, cy-GB) whatever the language of the program."""
NOT_RATED_FILL = "B1B7BD"
LATE_INK = "9C0006"

HEADING_ROOM = 0.92
"""Part of the width that a bold text has, against the regular one that is measured."""
FILTER_BUTTON = 1.5
"""Width of the button of a filter, in digits."""

BRAG_COLOURS = {
    Brag.BLUE: ("1D5FA8", "FFFFFF"),
    Brag.RED: ("B3121D", "FFFFFF"),
    Brag.AMBER: ("FFB81C", "000000"),
    Brag.GREEN: ("00703C", "FFFFFF"),
}
"""Background and text colour of each rating, with a contrast of at least 4.5 to 1 (WCAG 2.2, 1.4.3)."""


def choose_day_format() -> str:
    """Return the number format of a day in the current language: "18 Hyd 2013" in a Welsh workbook."""
    return (_WELSH_MONTHS if get_current_language() is Language.CY else "") + _DAY_FORMAT


def build_style(
    sheet: Worksheet,
    *,
    bold: bool = False,
    size: float = BODY_POINTS,
    ink: str = INK,
    fill: str | None = None,
    grid: bool = True,
    wrap: bool = True,
    across: str = "left",
    number_format: str = "General",
    quoted: bool = False,
) -> Any:
    """Return a cell with the style, which is not part of the sheet; `write_cell` copies from it."""
    from openpyxl.cell import Cell
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    cell = Cell(sheet, row=1, column=1)
    cell.font = Font(name=FONT, size=size, bold=bold, color=ink)
    cell.alignment = Alignment(horizontal=across, vertical="top", wrap_text=wrap)
    cell.number_format = number_format
    if fill:
        cell.fill = PatternFill("solid", fgColor=fill)
    if grid:
        line = Side(style="thin", color=GRID)
        cell.border = Border(left=line, right=line, top=line, bottom=line)
    if quoted:
        cell.quotePrefix = True
    return cell


def write_cell(cell: Any, value: Any, style_cell: Any) -> None:
    """Set value and style of a cell; text stays text, even if it looks like a formula."""
    style_array = style_cell._style
    if isinstance(value, str) and is_formula_like(value):
        style_array = copy(style_array)
        style_array.quotePrefix = 1
    write_styled_cell(cell, value, style_array)


def write_styled_cell(cell: Any, value: Any, style_array: Any) -> None:
    """Set value and style of a cell; `style_array` is an entry of the style table of the workbook."""
    cell._style = style_array
    if isinstance(value, str):
        cell.value = escape_stored_text(clean_cell_text(value) or "")
        cell.data_type = "s"
    elif value is not None:
        cell.value = value


def measure_room(width: float) -> int:
    """Return the line width of a column in thousandths of the font size, for `count_lines`."""
    return int((width * _PIXELS_A_DIGIT - _PIXELS_OF_PADDING) / (BODY_POINTS * 96 / 72) * 1000)


def write_headings(sheet: Worksheet, row: int, names: Sequence[str], widths: Sequence[float]) -> None:
    """Write column headings to a row that is as high as the longest; of two languages each begins a line."""
    heading = build_style(sheet, bold=True, ink="FFFFFF", fill=HEADING_FILL)
    for column, name in enumerate(names, start=1):
        write_cell(sheet.cell(row, column), stack_languages(name), heading)
    fit_heading_height(sheet, row, names, widths)


def stack_languages(label: str) -> str:
    """Return a label with its second language on a second line: "Cyf | Ref" in a bilingual file."""
    return label.replace(SEPARATOR, "\n") if get_current_language() is Language.BOTH else label


def format_column_name(label: str) -> str:
    """Return the name of a column of an Excel table: its heading, with the line end as a workbook has it."""
    return stack_languages(label).replace("\n", "_x000a_")


def fit_heading_height(sheet: Worksheet, row: int, names: Sequence[str], widths: Sequence[float]) -> None:
    """Set the height of a row of headings, which are bold and have the button of a filter, so that none is clipped."""
    narrower = [max(width * HEADING_ROOM - FILTER_BUTTON, 3) for width in widths]
    fit_height(sheet, row, [stack_languages(name) for name in names], narrower)


def add_native_table(sheet: Worksheet, name: str, headings: Sequence[str], rows: int, heading_row: int) -> None:
    """Make headings and rows a table of Excel, for filters and screen readers; it has at least one row.

    `name` is the name of the table after its spaces and punctuation are replaced.
    """
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.table import Table, TableStyleInfo

    last = heading_row + max(rows, 1)
    area = f"A{heading_row}:{get_column_letter(len(headings))}{last}"
    table: Any = Table(displayName=re.sub(r"\W+", "_", name).strip("_"), ref=area)
    # Without this call openpyxl reads the names from the cells and creates a cell object for every cell of the area.
    table._initialise_columns()
    for column, heading in zip(table.tableColumns, headings, strict=True):
        column.name = format_column_name(heading)
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    sheet.add_table(table)


def set_widths(sheet: Worksheet, widths: Sequence[float]) -> None:
    """Set the widths of the columns, starting with the first."""
    from openpyxl.utils import get_column_letter

    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width


def fit_height(sheet: Worksheet, row: int, texts: Iterable[str | None], widths: Iterable[float]) -> None:
    """Set the height of a row to the height of its longest text."""
    line_count = max(count_lines(text or "", measure_room(width)) for text, width in zip(texts, widths, strict=False))
    sheet.row_dimensions[row].height = min(line_count * LINE_POINTS + 4, MAX_ROW_HEIGHT)


def add_rating_colours(sheet: Any, column: str, first: int, last: int) -> None:
    """Colour a column of ratings by conditional formatting, so that the colour follows later edits."""
    from openpyxl.formatting.rule import Rule
    from openpyxl.styles import Font, PatternFill
    from openpyxl.styles.differential import DifferentialStyle

    for brag, (fill, ink) in BRAG_COLOURS.items():
        rating_style = DifferentialStyle(font=Font(bold=True, color=ink), fill=PatternFill("solid", bgColor=fill))
        letter = brag.option_label.split()[0]
        rule = Rule("expression", dxf=rating_style, formula=[f'LEFT(${column}{first},{len(letter)})="{letter}"'])
        sheet.conditional_formatting.add(f"{column}{first}:{column}{last}", rule)
