"""Heights of office papers on A4 in the shipped template, to choose what fits on a page.

Heights are in points and rather too large than too small. A template that was restyled may need more.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from ahtc_tui.domain.documents.office_paper import OfficePaper

MOST_ROWS_TOGETHER = 8
"""Number of rows, with the heading row, up to which a table is not split across pages."""
PAGE_HEIGHT = 700.0
POINTS_PER_CENTIMETRE = 28.35
CHARACTERS_PER_CENTIMETRE = 5.7
"""Characters of the 10-point type of a cell."""
CELL_MARGIN = 0.4
"""Space beside the text of a cell, left and right together, in centimetres."""
LINE, ROW_MARGIN = 12.5, 5.0
"""Height of a line in a cell, and space above and below its text with the border."""
HEADING, SENTENCE = 36.5, 20.0
TITLE_LINE, TITLE_LENGTH = 26.0, 40
SUBTITLE, FACT, FACT_LENGTH = 27.0, 16.0, 82


def count_pages(paper: OfficePaper) -> int:
    """Return the number of pages of a paper whose parts are sentences and tables with repeated heading rows.

    A row is not split, a heading stays with its first row, and a short table on one page.
    """
    pages, height = 1, _measure_head(paper)
    for part in paper.parts:
        shown = part.without_empty_columns()
        rows = [_measure_row(row, shown.widths, shown.row_height) for row in shown.rows]
        head = _measure_row(shown.head, shown.widths) if rows else 0
        top = HEADING + (len(part.lines) + part.is_empty) * SENTENCE + head
        is_short = len(rows) < MOST_ROWS_TOGETHER
        if height + top + sum(rows if is_short else rows[:1]) > PAGE_HEIGHT:
            pages, height = pages + 1, 0.0
        height += top
        for row in rows:
            if height + row > PAGE_HEIGHT:
                pages, height = pages + 1, head
            height += row
    return pages


def _measure_head(paper: OfficePaper) -> float:
    """Return the height of title, subtitle and facts."""
    facts = sum(_count_lines(f"{label}: {value}", FACT_LENGTH) for label, value in paper.facts)
    return _count_lines(paper.title, TITLE_LENGTH) * TITLE_LINE + SUBTITLE + facts * FACT


def _measure_row(row: Sequence[str], widths: Sequence[float], least: float = 0.0) -> float:
    """Return the height of a row; widths and `least`, its least height, are in centimetres."""
    lines = (
        _count_lines(cell, int((width - CELL_MARGIN) * CHARACTERS_PER_CENTIMETRE))
        for cell, width in zip(row, widths, strict=True)
    )
    return max(max(lines, default=1) * LINE + ROW_MARGIN, least * POINTS_PER_CENTIMETRE)


def _count_lines(text: str, length: int) -> int:
    """Return the number of lines that a text takes, of so many characters; at least 1."""
    return max(1, len(textwrap.wrap(text, max(length, 1))))
