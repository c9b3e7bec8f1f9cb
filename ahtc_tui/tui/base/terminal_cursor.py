"""The terminal's cursor, which a screen reader or a Braille display follows, on what is selected."""

from __future__ import annotations

from typing import Any

from textual.app import App
from textual.geometry import Offset, Region
from textual.screen import Screen
from textual.widgets import Input, OptionList

from ahtc_tui.tui.widgets.mode_bar import ModeBar


class TerminalCursorApp(App[int]):
    """An app that leaves the terminal's cursor on the selected row, or in the field with the focus."""

    @property
    def cursor_position(self) -> Offset:
        """Cell at which the terminal's cursor is after drawing."""
        return find_cursor(self.screen)

    @cursor_position.setter
    def cursor_position(self, _offset: Offset) -> None:
        """Ignore the places that inputs set: `find_cursor` reads them."""


def find_cursor(screen: Screen[Any]) -> Offset:
    """Return the cell of the selected row, or of the next character; without them, that of the first text."""
    focused = screen.focused
    region = focused.content_region if focused else Region()
    if not focused or not region:
        texts = (child.content_region for child in screen.children if not isinstance(child, ModeBar))
        return next((text.offset for text in texts if text), Offset())
    if isinstance(focused, OptionList):
        return _find_option(focused)
    offset: Offset = getattr(focused, "cursor_screen_offset", region.offset)
    if isinstance(focused, Input):  # Textual's own offset is one cell to the right of the end
        offset = region.offset + Offset(focused._position_to_cell(focused.cursor_position) - focused.scroll_offset.x, 0)
    return Offset(max(region.x, min(offset.x, region.right - 1)), offset.y)


def _find_option(options: OptionList) -> Offset:
    line = options._index_to_line.get(options.highlighted or 0, 0) - options.scroll_offset.y
    region = options.content_region
    return region.offset + Offset(0, max(0, min(line, region.height - 1)))
