"""Heights of office papers on A4 in the shipped template, to choose what fits on a page.

Heights are in points and rather too large than too small. A template that was restyled may need more.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import ceil

from ahtc_tui.domain.documents.office_paper import Letterhead, OfficePaper

MOST_ROWS_TOGETHER = 8
"""Number of rows, with the heading row, up to which a table is not split across pages."""
PAGE_HEIGHT = 700.0
POINTS_PER_CENTIMETRE = 28.35
LETTER_WIDTHS = {
    0.28: " !',./:;I[]fijlt|",
    0.39: '"()-r',
    0.5: "Jcksvxyzŷ",
    0.67: "&ABEFKPSTVXYZ",
    0.73: "CDHNRUwŵ",
    0.85: "%GMOQm",
    1.0: "W…",
}
"""Letters by their width in Arial, as a share of the size of the type; other letters have OTHER_WIDTH."""
OTHER_WIDTH = 0.57
TYPE_SIZE = 10.0
"""Size of the type of a cell in points."""
CELL_MARGIN = 0.4
"""Space beside the text of a cell, left and right together, in centimetres."""
LINE, ROW_MARGIN = 12.5, 5.0
"""Height of a line in a cell, and space above and below its text with the border."""
HEADING, SENTENCE = 36.5, 20.0
TEXT_SIZE, TEXT_LINE = 11.0, 14.5
POINT, POINT_WIDTH = 16.5, 15.4
"""Height of a point of a list in points, and width of its text in centimetres."""
TITLE_LINE, TITLE_SIZE = 26.0, 20.0
OFFICE_NAME, LOGO, CONTACT = 29.0, 43.0, 12.0
SUBTITLE, FACT, TEXT_WIDTH = 27.0, 16.0, 16.0
"""Heights of subtitle and fact, and width of the text in centimetres."""
WIDTH_OF_LETTER = {letter: width for width, letters in LETTER_WIDTHS.items() for letter in letters}


def count_pages(paper: OfficePaper) -> int:
    """Return the number of pages of a paper whose parts are sentences and tables with repeated heading rows.

    A row is not split, a heading stays with its first row, and a short table on one page.
    """
    pages, height = 1, _measure_head(paper)
    for part in paper.parts:
        shown = part.without_empty_columns()
        rows = [_measure_row(row, shown.widths, shown.row_height) for row in shown.rows]
        head = _measure_row(shown.head, shown.widths) if rows else 0
        top = HEADING + part.is_empty * SENTENCE + head
        top += sum(_measure_text(line, TEXT_WIDTH, SENTENCE) for line in part.lines)
        top += sum(_measure_text(point, POINT_WIDTH, POINT) for point in part.points)
        is_short = len(rows) < MOST_ROWS_TOGETHER
        if height + top + sum(rows if is_short else rows[:1]) > PAGE_HEIGHT:
            pages, height = pages + 1, 0.0
        height += top
        for row in rows:
            if height + row > PAGE_HEIGHT:
                pages, height = pages + 1, head
            height += row
    return pages


def _measure_text(text: str, width: float, one_line: float) -> float:
    """Return the height of a sentence or of a point of a list."""
    return one_line + (_count_lines(text, width, TEXT_SIZE) - 1) * TEXT_LINE


def _measure_head(paper: OfficePaper) -> float:
    """Return the height of title, subtitle and facts."""
    facts = sum(_count_lines(f"{label}: {value}", TEXT_WIDTH) for label, value in paper.facts)
    title = _count_lines(paper.title, TEXT_WIDTH, TITLE_SIZE) * TITLE_LINE
    return _measure_letterhead(paper.head) + title + SUBTITLE + facts * FACT


def _measure_letterhead(head: Letterhead | None) -> float:
    """Return the height of the logo, the name of the office and its address."""
    if head is None:
        return 0
    return (LOGO if head.logo else OFFICE_NAME) + (CONTACT if head.contact_line else 0)


def _measure_row(row: Sequence[str], widths: Sequence[float], least: float = 0.0) -> float:
    """Return the height of a row; widths and `least`, its least height, are in centimetres."""
    lines = (_count_lines(cell, width - CELL_MARGIN) for cell, width in zip(row, widths, strict=True))
    return max(max(lines, default=1) * LINE + ROW_MARGIN, least * POINTS_PER_CENTIMETRE)


def _count_lines(text: str, width: float, size: float = TYPE_SIZE) -> int:
    """Return the number of lines that a text takes, of so many centimetres and in that size of type; at least 1."""
    room = width * POINTS_PER_CENTIMETRE / size
    lines, used = 1, 0.0
    for word in re.findall(r"\S+?-(?=\w)|\S+|\s+", text):
        length = sum(WIDTH_OF_LETTER.get(letter, OTHER_WIDTH) for letter in word)
        if used + length > room and not word.isspace():
            lines += max(1, ceil(length / room)) if used else ceil(length / room) - 1
            used = 0.0
        used = used + length if used or not word.isspace() else 0.0
    return lines
