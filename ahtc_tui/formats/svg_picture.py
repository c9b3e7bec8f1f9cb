"""Writes a text picture as SVG 1.1: self-contained, monospaced, readable by screen readers and in print."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from html import escape

from ahtc_tui.domain.documents.text_picture import PictureCell, PictureRow, TextPicture

CELL_WIDTH, LINE_HEIGHT, MARGIN = 8.4, 20, 16
"""Pixels of a character of 14 pixels, of a line, and around the picture."""
GAP = 2
"""Characters between two columns."""
MAX_CELLS = 90
"""Characters after which a text is cut."""
COLOURS = {
    "late": "#a3190d",
    "soon": "#7a4f00",
    "muted": "#505a5f",
    "brag-B": "#1d4f91",
    "brag-R": "#a3190d",
    "brag-A": "#7a4f00",
    "brag-G": "#005a30",
}
"""Colours with a contrast of at least 4.5 to 1 on white; letters and words say the same without colour."""
INK = "#0b0c0c"


def build_svg(picture: TextPicture, marking: str) -> str:
    """Return the SVG document; the marking is above the title."""
    widths = _measure_columns(picture.rows)
    table_width = sum(widths) + GAP * max(0, len(widths) - 1)
    texts = (marking, picture.title, *picture.head, *picture.foot)
    columns = max(table_width, *(_measure_text(text) for text in texts))
    lines = list(_build_lines(picture, marking, widths))
    width, height = round(columns * CELL_WIDTH) + 2 * MARGIN, len(lines) * LINE_HEIGHT + 2 * MARGIN
    title = escape(picture.title, quote=False)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
        ' role="img" aria-labelledby="title">',
        f'<title id="title">{title}</title>',
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        '<g font-family="DejaVu Sans Mono, Consolas, Menlo, monospace" font-size="14" xml:space="preserve">',
    ]
    for number, line in enumerate(lines):
        y = MARGIN + number * LINE_HEIGHT + 15
        parts += [_build_text(cell, column, y) for column, cell in line if cell.text.strip()]
    return "\n".join((*parts, "</g>", "</svg>", ""))


def _measure_text(text: str) -> int:
    """Return the number of columns of a text; marks above a letter take none."""
    return sum(not unicodedata.combining(letter) for letter in text)


def _measure_columns(rows: Sequence[PictureRow]) -> list[int]:
    tables = [row.cells for row in rows if not row.is_heading]
    number = max(map(len, tables), default=0)
    return [min(MAX_CELLS, max(_measure_text(cells[index].text) for cells in tables)) for index in range(number)]


def _build_lines(
    picture: TextPicture, marking: str, widths: Sequence[int]
) -> Iterator[Sequence[tuple[int, PictureCell]]]:
    """Yield the cells of each line with their columns."""
    yield [(0, PictureCell(marking, "muted"))]
    yield [(0, PictureCell(picture.title, "bold"))]
    for text in (*picture.head, ""):
        yield [(0, PictureCell(text))]
    for row in picture.rows:
        if row.is_heading:
            yield [(0, PictureCell(cell.text, "bold")) for cell in row.cells]
            continue
        line, column = [], 0
        for cell, width in zip(row.cells, widths, strict=False):
            text = cell.text if _measure_text(cell.text) <= width else cell.text[: width - 1] + "…"
            offset = width - _measure_text(text) if cell.is_right else 0
            line.append((column + offset, PictureCell(text, cell.style)))
            column += width + GAP
        yield line
    for text in ("", *picture.foot):
        yield [(0, PictureCell(text, "muted"))]


def _build_text(cell: PictureCell, column: int, y: int) -> str:
    """Return a text element as wide as its characters, whatever the font of the reader."""
    leading = len(cell.text) - len(cell.text.lstrip())
    text = cell.text.strip()
    x = MARGIN + (column + leading) * CELL_WIDTH
    weight = ' font-weight="bold"' if cell.style == "bold" else ""
    length = _measure_text(text) * CELL_WIDTH
    return (
        f'<text x="{x:.1f}" y="{y}" textLength="{length:.1f}" lengthAdjust="spacingAndGlyphs"'
        f' fill="{COLOURS.get(cell.style, INK)}"{weight}>{escape(text, quote=False)}</text>'
    )
