"""Fields for texts that need more than one line: prose, and titles that wrap."""

from __future__ import annotations

from textual.events import Key, Paste
from textual.geometry import Offset, Size
from textual.message import Message
from textual.widgets import TextArea

from ahtc_tui.tui.widgets.plain import join_lines


class LeavableArea(TextArea):
    """A text area that can undo lines below which its scrollbar goes. The arrows leave it above and below its text.

    Textual 8.2 scrolls to the cursor as soon as the scrollbar goes, when the cursor is still on a line that was undone.
    """

    def scroll_cursor_visible(self, center: bool = False, animate: bool = False) -> Offset:
        """Scroll to the cursor, unless its line has been undone: the cursor moves next, and scrolls then."""
        if self.cursor_location[0] >= self.document.line_count:
            return Offset()
        return super().scroll_cursor_visible(center, animate)

    def _rewrap_and_refresh_virtual_size(self) -> None:
        """Wrap the text, and find the cursor in the lines again: Textual 8.2 leaves it where the old lines had it."""
        super()._rewrap_and_refresh_virtual_size()
        if self.cursor_location[0] < self.document.line_count:  # else its line was undone, and it moves next
            self._cursor_offset = self.wrapped_document.location_to_offset(self.cursor_location)

    @property
    def _cursor_line(self) -> int:
        """Number of the wrapped line of the cursor."""
        return self.wrapped_document.location_to_offset(self.cursor_location).y

    def action_cursor_down(self, select: bool = False) -> None:
        """Move the cursor down, from the last line to the next field."""
        if not select and self._cursor_line >= self.wrapped_document.height - 1:
            self.screen.focus_next()
        else:
            super().action_cursor_down(select)

    def action_cursor_up(self, select: bool = False) -> None:
        """Move the cursor up, from the first line to the field before."""
        if not select and self._cursor_line == 0:
            self.screen.focus_previous()
        else:
            super().action_cursor_up(select)


class ProseField(LeavableArea):
    """A field for a text of several lines."""


class TitleField(LeavableArea):
    """A field for a line that may be long: it grows to three lines, and enter leaves it."""

    DEFAULT_CSS = """
    TitleField { height: auto; min-height: 1; max-height: 3; scrollbar-size-vertical: 1; }
    """

    class Submitted(Message):
        """Enter was pressed."""

    def __init__(self, value: str = "", placeholder: str = "") -> None:
        super().__init__(join_lines(value), compact=True, placeholder=placeholder)

    def on_mount(self) -> None:
        self.move_cursor(self.document.end)

    @property
    def value(self) -> str:
        """The text on one line."""
        return join_lines(self.text)

    @value.setter
    def value(self, text: str) -> None:
        self.text = join_lines(text)
        self.move_cursor(self.document.end)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the lines that the text needs at a width, so that the form is right when it is first drawn."""
        self.wrapped_document.wrap(max(1, width - 1), tab_width=self.indent_width)
        return self.wrapped_document.height

    def action_delete_to_start_of_line(self) -> None:
        """Delete the text before the cursor, also that of the wrapped lines above."""
        self.delete(self.document.start, self.cursor_location)

    def action_delete_to_end_of_line(self) -> None:
        """Delete the text after the cursor, also that of the wrapped lines below."""
        self.delete(self.cursor_location, self.document.end)

    async def _on_key(self, event: Key) -> None:
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.post_message(self.Submitted())

    async def _on_paste(self, event: Paste) -> None:
        event.stop()
        event.prevent_default()
        await super()._on_paste(Paste(join_lines(event.text.strip("\r\n"))))
