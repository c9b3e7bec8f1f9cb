"""The very hidden sheet of sent values, by which a returned workbook is matched and compared.

Each value has its own cell, so that the check for case data does not read two values as one sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, repeat
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.returns.model import SENT_HEADINGS, SENT_SHEET, digest_text, list_sent_cells
from ahtc_tui.formats.xlsx.cell_text import clean_cell_text, is_formula_like
from ahtc_tui.formats.xlsx.streaming import SheetRow
from ahtc_tui.formats.xlsx.style import LINE_POINTS, build_style, write_cell

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from ahtc_tui.domain.actions.model import ActionRow
    from ahtc_tui.formats.xlsx.workbook import ReportWorkbook

LAST_SENT_COLUMN = chr(ord("A") + len(SENT_HEADINGS) - 1)
_DIGESTS_PER_CELL = 1_000


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
    digests = _digest_other_sheets(sheet)

    def build_row(number: int, action: ActionRow, digests: str | None) -> SheetRow:
        cells = [clean_cell_text(text) for text in (*list_sent_cells(action, batch), digests)]
        styles = [quoted if text and is_formula_like(text) else plain for text in cells]
        return SheetRow(number, LINE_POINTS, cells, styles)

    rows = zip(enumerate(actions, start=2), chain(digests, repeat(None)), strict=False)
    return (build_row(number, action, part) for (number, action), part in rows)


def _digest_other_sheets(sheet: Worksheet) -> list[str]:
    """Return the digests of the texts on all other sheets so far, as texts of `_DIGESTS_PER_CELL` each."""
    book: Any = sheet.parent
    cells = (cell.value for other in book.worksheets if other is not sheet for row in other for cell in row)
    digests = sorted({digest_text(value) for value in cells if isinstance(value, str)})
    return [" ".join(digests[start : start + _DIGESTS_PER_CELL]) for start in range(0, len(digests), _DIGESTS_PER_CELL)]
