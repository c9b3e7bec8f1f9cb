"""Small pictures of block characters: every series has its own shape, so that colour only helps."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from textual.content import Content
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.widget import Widget

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
MOST_COLUMN_CELLS = 6
"""Most cells of a column of a chart, with the gap after it."""


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


def draw_columns(values: Sequence[int], width: int, height: int) -> list[str]:
    """Return the lines of a chart with its axes, the top line first: a column of blocks for each value, from zero."""
    largest = max(values, default=0)
    label_width = len(str(largest))
    cells = max(1, min(MOST_COLUMN_CELLS, (width - label_width - 2) // max(1, len(values))))
    bar_cells = max(1, cells - 1)
    eighths = [max(1, round(8 * height * value / largest)) if value else 0 for value in values]
    lines = []
    for line in reversed(range(height)):
        bars = (LEVELS[max(0, min(8, number - 8 * line))] * bar_cells for number in eighths)
        axis = f"{largest} ┤" if line == height - 1 else f"{'':{label_width}} │"
        lines.append(axis + (" " * (cells - bar_cells)).join(bars))
    return [*lines, f"{0:>{label_width}} └{'─' * (cells * len(values) - cells + bar_cells)}"]


class LineView(ScrollView):
    """A scrolling view of lines with a scrollbar of one column."""

    DEFAULT_CSS = """
    LineView {
        background: $background;
        color: $foreground;
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;
        scrollbar-background: $background;
        scrollbar-background-hover: $background;
        scrollbar-background-active: $background;
    }
    """

    @property
    def _top_index(self) -> int:
        """Index of the first line in view."""
        return self.scroll_offset.y

    def set_line_count(self, count: int, *, draws_bar: bool = True) -> None:
        """Take over a new number of lines, which the scrollbar shows unless it is preliminary.

        Setting the reactive would lay out the whole screen.
        """
        self.set_reactive(Widget.virtual_size, Size(self.size.width, count))
        if draws_bar:
            self.vertical_scrollbar.window_virtual_size = max(count, self.size.height)  # unchanged while all lines fit
        self.scroll_to_line(min(self._top_index, self.max_scroll_y))

    def scroll_to_line(self, index: int) -> None:
        """Make a line the first in view."""
        if index != self._top_index:
            self.scroll_to(y=index, force=True, immediate=True)

    def scroll_to(self, x: float | None = None, y: float | None = None, **options: Any) -> None:
        """Scroll without animation."""
        super().scroll_to(x, y, **{**options, "animate": False})

    def redraw_line(self, y: int) -> None:
        """Draw one line of the widget again."""
        self.redraw_lines((y,))

    def redraw_lines(self, lines: Collection[int]) -> None:
        """Draw these lines of the widget again."""
        if lines:
            width = self.scrollable_content_region.width
            self.refresh(*(Region(0, y, width, 1) for y in lines))
