"""The field for texts of several lines."""

from __future__ import annotations

from textual.geometry import Offset
from textual.widgets import TextArea


class ProseField(TextArea):
    """A text area that can undo lines below which its scrollbar goes.

    Textual 8.2 scrolls to the cursor as soon as the scrollbar goes, when the cursor is still on a line that was undone.
    """

    def scroll_cursor_visible(self, center: bool = False, animate: bool = False) -> Offset:
        """Scroll to the cursor, unless its line has been undone: the cursor moves next, and scrolls then."""
        if self.cursor_location[0] >= self.document.line_count:
            return Offset()
        return super().scroll_cursor_visible(center, animate)
