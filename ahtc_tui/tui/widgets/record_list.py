"""The list of every screen: a cursor and marks over any number of rows, of which few are in memory.

It turns keys and clicks into moves, marks and messages; it never filters, sorts, counts or changes a record.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any, ClassVar, Unpack

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from ahtc_tui.domain.i18n import _
from ahtc_tui.tui.widgets.plain import WidgetNaming
from ahtc_tui.tui.widgets.record_line import Column
from ahtc_tui.tui.widgets.record_pages import HeadingLine, PageSource, Row
from ahtc_tui.tui.widgets.record_reader import RecordReader
from ahtc_tui.tui.widgets.record_view import HEADER_LINES


class RecordList(RecordReader[Row], inherit_bindings=False):
    """Rows of one line under a header, a cursor and marks."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "step(-1)", _("Up"), show=False, id="list.up"),
        Binding("down,j", "step(1)", _("Down"), show=False, id="list.down"),
        Binding("pageup", "leaf(-1)", _("Page up"), show=False, id="list.page-up"),
        Binding("pagedown", "leaf(1)", _("Page down"), show=False, id="list.page-down"),
        Binding("home,g", "first", _("First"), show=False, id="list.first"),
        Binding("end,G", "last", _("Last"), show=False, id="list.last"),
        Binding("enter", "open", _("open"), tooltip=_("Open the row"), id="list.open"),
        Binding("space", "mark", _("mark"), tooltip=_("Mark the row"), id="list.mark"),
    ]

    class ListMessage(Message):
        """Something that happened in a list."""

        def __init__(self, record_list: RecordList[Any]) -> None:
            super().__init__()
            self.record_list = record_list

        @property
        def control(self) -> RecordList[Any]:
            """The list, so that `@on(..., "#id")` can tell which."""
            return self.record_list

    class Highlighted(ListMessage):
        """The cursor stands on another row, or its row was read anew. None where the list is empty."""

        def __init__(self, record_list: RecordList[Any], row: Any) -> None:
            super().__init__(record_list)
            self.row = row

    class Opened(Highlighted):
        """Enter or a double click on a row."""

    class Marked(ListMessage):
        """The marks changed: the identities (the last element of each key) of the marked rows."""

        def __init__(self, record_list: RecordList[Any], keys: frozenset[Hashable]) -> None:
            super().__init__(record_list)
            self.keys = keys

    class SortAsked(ListMessage):
        """A click on the title of a column that names an order."""

        def __init__(self, record_list: RecordList[Any], sort: str) -> None:
            super().__init__(record_list)
            self.sort = sort

    class Counted(ListMessage):
        """How many lines the list has is known."""

        def __init__(self, record_list: RecordList[Any], total: int) -> None:
            super().__init__(record_list)
            self.total = total

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        source: PageSource[Row] | None = None,
        *,
        empty_text: str = "",
        sort: tuple[str, bool] = ("", False),
        markable: bool = True,
        **naming: Unpack[WidgetNaming],
    ) -> None:
        super().__init__(columns, source, empty_text, **naming)
        self._painter.sort = sort
        self._markable = markable
        self._is_known_empty = False

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing is opened where nothing stands; marks are offered only where something is done with several rows."""
        if action == "open":
            return not self._is_known_empty
        return self._markable or action != "mark"

    @property
    def marked(self) -> frozenset[Hashable]:
        """The identities of the marked rows; they outlive every reload."""
        return frozenset(self._marked)

    def _post_highlighted(self, row: Row | None) -> None:
        self.post_message(self.Highlighted(self, row))

    def _post_count(self) -> None:
        self.post_message(self.Counted(self, self.total))
        if self._is_known_empty != (self.total == 0):
            self._is_known_empty = self.total == 0
            self.screen.refresh_bindings()
        if self._end_requested:
            self.action_last()

    def clear_marks(self) -> None:
        """Take away every mark."""
        self._marked.clear()
        self.refresh()
        self.post_message(self.Marked(self, self.marked))

    def move_to(self, index: int, direction: int = 1) -> None:
        """Put the cursor on a line, or past the headings that stand there."""
        if not self.total:
            return
        previous = self._cursor
        self._cursor = self._skip_headings(max(0, min(index, self.total - 1)), direction)
        if self._cursor != previous:
            self._redraw_row(previous)
            self._redraw_row(self._cursor)
        self._scroll_to_cursor()
        self._request_missing()
        self._announce_row()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """The cursor stays in sight when the wheel or the scrollbar moves the lines."""
        super().watch_scroll_y(old_value, new_value)
        last = self._top_index + self._body_height - 1
        if self.total and not self._top_index <= self._cursor <= last:
            self._cursor = self._skip_headings(max(self._top_index, min(self._cursor, last, self.total - 1)), 1)
            self._announce_row()
        self._request_missing()

    def scroll_to(self, x: float | None = None, y: float | None = None, **options: Any) -> None:
        """Scroll at once: nothing glides."""
        super().scroll_to(x, y, **{**options, "animate": False})

    def action_step(self, rows: int) -> None:
        """One row up or down."""
        self.move_to(self._cursor + rows, rows)

    def action_leaf(self, direction: int) -> None:
        """One screenful up or down."""
        self.move_to(self._cursor + direction * self._body_height, direction)

    def action_first(self) -> None:
        """The first row."""
        self.move_to(0)

    def action_last(self) -> None:
        """The last row, as soon as it is known where that is."""
        self._end_requested = not self._pages.counted
        self.move_to(self.total - 1, -1)

    def action_open(self) -> None:
        """Open the row under the cursor."""
        if self.highlighted is not None:
            self.post_message(self.Opened(self, self.highlighted))

    def action_mark(self) -> None:
        """Mark the row under the cursor, or take its mark away."""
        key = self._pages.key_at(self._cursor)
        if key is not None:
            self._marked ^= {key[-1]}
            self._redraw_row(self._cursor)
            self.post_message(self.Marked(self, self.marked))

    def on_click(self, event: events.Click) -> None:
        """A click moves the cursor, a second one opens; on a title it asks for that order."""
        index = self._top_index + event.y - HEADER_LINES
        if event.y < HEADER_LINES:
            column = self._painter.column_at(event.x)
            if column is not None and column.sort:
                self.post_message(self.SortAsked(self, column.sort))
        elif index < self.total and not isinstance(self._pages.line_at(index), HeadingLine):
            self.move_to(index)
            if event.chain == 2:
                self.action_open()

    def on_resize(self) -> None:
        """Keep the cursor in sight and the lines filled."""
        self._update_scroll_height()
        self._scroll_to_cursor()
        self._request_missing()
