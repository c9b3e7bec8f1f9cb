"""The very hidden sheet of sent values, by which a returned workbook is matched and compared.

Each value has a cell of its own, so that the check for case data does not read two values as one sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ahtc_tui.domain.returns.model import SENT_HEADINGS, SENT_SHEET, list_sent_cells
from ahtc_tui.formats.xlsx.cell_text import clean_cell_text, is_formula_like
from ahtc_tui.formats.xlsx.streaming import SheetRow
from ahtc_tui.formats.xlsx.style import LINE_POINTS, build_style, write_cell

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from ahtc_tui.domain.actions.model import ActionRow
    from ahtc_tui.formats.xlsx.workbook import ReportWorkbook


def add_sent_sheet(workbook: ReportWorkbook) -> Worksheet:
    """Add the sheet with its headings. Excel does not offer to show it, and no program prints it."""
    sheet: Worksheet = workbook.book.create_sheet(SENT_SHEET)
    sheet.sheet_state = "veryHidden"
    plain = build_style(sheet, wrap=False)
    for column, heading in enumerate(SENT_HEADINGS, start=1):
        write_cell(sheet.cell(1, column), heading, plain)
    workbook.lay_out(sheet)
    return sheet


def build_sent_rows(sheet: Worksheet, actions: Iterable[ActionRow], batch: str = "") -> Iterator[SheetRow]:
    """Return the rows of the actions for the sheet; `batch` identifies a dispatch. Registers their styles at once."""
    plain, quoted = (build_style(sheet, wrap=False, quoted=is_quoted).style_id for is_quoted in (False, True))

    def build_row(number: int, action: ActionRow) -> SheetRow:
        cells = [clean_cell_text(text) for text in list_sent_cells(action, batch)]
        styles = [quoted if text and is_formula_like(text) else plain for text in cells]
        return SheetRow(number, LINE_POINTS, cells, styles)

    return (build_row(number, action) for number, action in enumerate(actions, start=2))
