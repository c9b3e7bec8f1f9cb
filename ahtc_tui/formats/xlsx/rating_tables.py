"""Tables of counts by rating, and the meanings of the ratings, for the plan and the action log."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from ahtc_tui.domain.plan.brag_meanings import Meaning
from ahtc_tui.formats.xlsx.action_log_rows import Value
from ahtc_tui.formats.xlsx.cell_text import count_lines
from ahtc_tui.formats.xlsx.style import BRAG_COLOURS, HEADING_FILL, build_style, measure_room, write_cell

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

LABEL_WIDTH, NUMBER_WIDTH = 40, 11
ROW_POINTS = 16.0
_LINE_POINTS = 13.0


class CountTable(NamedTuple):
    """A table on a sheet: last row and height in points."""

    last: int
    points: float


def write_counts(sheet: Worksheet, row: int, names: Sequence[str], rows: Sequence[Sequence[Value]]) -> CountTable:
    """Write headings, ratings in their colours, and rows of a label with numbers."""
    colours = {brag.option_label: pair for brag, pair in BRAG_COLOURS.items()}
    for column, name in enumerate(names, start=1):
        fill, ink = colours.get(name, (HEADING_FILL, "FFFFFF"))
        across = "left" if column == 1 else "right"
        write_cell(sheet.cell(row, column), name, build_style(sheet, bold=True, ink=ink, fill=fill, across=across))
    points = max(count_lines(name, measure_room(NUMBER_WIDTH - 1)) for name in names[1:]) * _LINE_POINTS + 4
    sheet.row_dimensions[row].height = points
    label, number = build_style(sheet), build_style(sheet, across="right")
    for row_number, values in enumerate(rows, start=row + 1):
        for column, value in enumerate(values, start=1):
            write_cell(sheet.cell(row_number, column), value, label if column == 1 else number)
        height = max(ROW_POINTS, count_lines(str(values[0]), measure_room(LABEL_WIDTH)) * _LINE_POINTS + 3)
        sheet.row_dimensions[row_number].height = height
        points += height
    return CountTable(row + len(rows), points)


def write_meanings(sheet: Worksheet, row: int, meanings: Sequence[Meaning]) -> int:
    """Write one row per rating with its meaning and source; return the next free row."""
    text = build_style(sheet, grid=False, wrap=False)
    for row_number, meaning in enumerate(meanings, start=row):
        fill, ink = BRAG_COLOURS[meaning.brag]
        label = build_style(sheet, bold=True, ink=ink, fill=fill)
        write_cell(sheet.cell(row_number, 1), meaning.brag.option_label, label)
        write_cell(sheet.cell(row_number, 2), meaning.phrase, text)
        sheet.row_dimensions[row_number].height = ROW_POINTS
    return row + len(meanings)
