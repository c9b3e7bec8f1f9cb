"""Small pictures of block and braille characters: every series has its own shape, so that colour only helps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.content import Content

LEVELS = " ▁▂▃▄▅▆▇█"
"""Blocks by eighths of a cell."""
GLYPHS = {"B": "█", "R": "▓", "A": "▒", "G": "░", "none": "·"}
"""Shape of each rating, by letter."""
RATING_STYLES = {
    "B": "$text-primary",
    "R": "$text-error",
    "A": "$text-warning",
    "G": "$text-success",
    "none": "$foreground-muted",
}
BRAILLE_BASE = 0x2800
BRAILLE_DOTS = ((0x40, 0x80), (0x04, 0x20), (0x02, 0x10), (0x01, 0x08))
"""Dots of a braille cell from the lowest row up, left and right."""


def draw_sparkline(values: Sequence[int], largest: int = 0) -> str:
    """Return one block a value, from empty for 0 to full for the largest, of the values or as given.

    A value above 0 is always seen.
    """
    largest = largest or max(values, default=0)
    return "".join(LEVELS[max(round(8 * value / largest), 1) if value else 0] for value in values)


def draw_rating_bar(counts: Mapping[str, int], width: int, largest: int) -> Content:
    """Return a bar of the shapes of the ratings; `largest` fills the width, and every rating that occurs has a cell."""
    cells = share_cells({letter: counts.get(letter, 0) for letter in GLYPHS}, width, largest)
    bar = [(GLYPHS[letter] * number, RATING_STYLES[letter]) for letter, number in cells.items() if number]
    return Content.assemble(*bar, " " * (width - sum(cells.values())))


def share_cells(counts: Mapping[str, int], width: int, largest: int) -> dict[str, int]:
    """Return the cells of each count where `largest` fills the width: at least one for a count above 0."""
    cells = {name: max(1, round(width * count / max(1, largest))) if count else 0 for name, count in counts.items()}
    while sum(cells.values()) > width:
        cells[max(cells, key=lambda name: cells[name])] -= 1
    return cells


def draw_parts(parts: Mapping[str, int], width: int, total: int) -> str:
    """Return a bar of the glyph of each part; `total` fills the width, and every part that occurs has a cell."""
    return "".join(glyph * number for glyph, number in share_cells(parts, width, total).items())


def draw_area(values: Sequence[int], width: int, height: int) -> list[str]:
    """Return the lines of a filled curve in braille, the top line first: two values a cell, four steps a line."""
    largest = max(values, default=0) or 1
    columns = [values[index * len(values) // (2 * width)] for index in range(2 * width)] if values else [0] * 2 * width
    steps = [max(1, round(4 * height * value / largest)) if value else 0 for value in columns]
    lines = []
    for line in reversed(range(height)):
        cells = (
            sum(
                dots[side]
                for level, dots in enumerate(BRAILLE_DOTS)
                for side in (0, 1)
                if steps[2 * cell + side] > 4 * line + level
            )
            for cell in range(width)
        )
        lines.append("".join(chr(BRAILLE_BASE + dots) for dots in cells))
    return lines
