"""Base of the widgets that draw their own lines: a new number of lines does not lay out the screen again."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.widget import Widget


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
