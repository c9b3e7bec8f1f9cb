"""Place of the terminal's cursor: on what is selected, where screen readers and magnifiers look for it."""

from __future__ import annotations

from typing import Any

from textual.geometry import Offset
from textual.screen import Screen
from textual.widgets import OptionList


def find_cursor(screen: Screen[Any]) -> Offset:
    """Return the cell of the selected row, or of the next character; without a focus, that of a question."""
    focused = screen.focused
    if focused is None:
        return screen.children[0].content_region.offset if screen.is_modal and screen.children else Offset()
    if isinstance(focused, OptionList):
        return _find_option(focused)
    offset: Offset = getattr(focused, "cursor_screen_offset", focused.content_region.offset)
    return offset


def _find_option(options: OptionList) -> Offset:
    line = options._index_to_line.get(options.highlighted or 0, 0) - options.scroll_offset.y
    region = options.content_region
    return region.offset + Offset(0, max(0, min(line, region.height - 1)))
