"""The list widget of all screens: cursor and marks over any number of rows, of which a few pages are in memory.

It reads pages, moves the cursor and posts messages. Filtering, sorting and counting are done by its source.
"""

from __future__ import annotations

import asyncio
from collections.abc import Hashable, Sequence
from typing import Any, ClassVar, Unpack

from textual import events, work
from textual.binding import Binding, BindingType
from textual.message import Message

from ahtc_tui.domain.i18n import _, gettext_noop, pgettext_noop
from ahtc_tui.tui.keys.key import MENU
from ahtc_tui.tui.widgets.arranged_view import COLUMN_ACTIONS, MARK_ACTIONS, ArrangedView
from ahtc_tui.tui.widgets.column_widths import Column
from ahtc_tui.tui.widgets.confirm import errors_as_toasts
from ahtc_tui.tui.widgets.plain import WidgetNaming
from ahtc_tui.tui.widgets.record_pages import (
    PAGE_SIZE,
    ContinuationLine,
    HeadingLine,
    ListSource,
    Pages,
    PageSource,
    Row,
    SortKey,
    TallSource,
    read_around_key,
)
from ahtc_tui.tui.widgets.record_view import HEADER_LINES

STACKED_BELOW = 110
"""Cells of a list below which some of its columns stand below others."""
DRAW_SECONDS = 0.02
"""Time for the lines to be drawn before the rows are counted."""


class RecordList(ArrangedView[Row], inherit_bindings=False):
    """A list of one-line rows under a header, with a cursor and marks."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "step(-1)", gettext_noop("Up"), show=False, id="list.up"),
        Binding("down,j", "step(1)", gettext_noop("Down"), show=False, id="list.down"),
        Binding("pageup", "leaf(-1)", gettext_noop("Page up"), show=False, id="list.page-up"),
        Binding("pagedown", "leaf(1)", gettext_noop("Page down"), show=False, id="list.page-down"),
        Binding("home,g", "first", gettext_noop("First"), show=False, id="list.first"),
        Binding("end,G", "last", gettext_noop("Last"), show=False, id="list.last"),
        Binding("enter", "open", pgettext_noop("key", "open"), tooltip=gettext_noop("Open the row"), id="list.open"),
        Binding("space", "mark", pgettext_noop("key", "mark"), tooltip=gettext_noop("Mark the row"), id="list.mark"),
        *(
            Binding(key, action, label, show=False, id=key_id)
            for key, action, label, key_id in (
                (f"{MENU}asterisk", "mark_all", gettext_noop("Mark all rows, or none"), "list.mark-all"),
                (
                    f"{MENU}underscore",
                    "mark_range",
                    gettext_noop("Mark from the last mark to this row"),
                    "list.mark-range",
                ),
                (f"{MENU}exclamation_mark", "invert_marks", gettext_noop("Mark the other rows"), "list.mark-others"),
                (f"{MENU}left_square_bracket", "choose_order", gettext_noop("Sort by a column"), "list.sort"),
                (f"{MENU}right_square_bracket", "reverse_order", gettext_noop("Reverse the order"), "list.reverse"),
                (f"{MENU}backslash", "choose_columns", gettext_noop("Choose the columns"), "list.columns"),
            )
        ),
    ]

    class ListMessage(Message):
        """Base of the messages of a list."""

        def __init__(self, record_list: RecordList[Any]) -> None:
            super().__init__()
            self.record_list = record_list

        @property
        def control(self) -> RecordList[Any]:
            """The list, for selectors in `@on`."""
            return self.record_list

    class Highlighted(ListMessage):
        """The cursor moved to another row, or its row was read again. The row is None in an empty list."""

        def __init__(self, record_list: RecordList[Any], row: Any) -> None:
            super().__init__(record_list)
            self.row = row

    class Opened(Highlighted):
        """A row was opened by enter or a double click."""

    class Marked(ListMessage):
        """The marks changed; `keys` are the identities (last elements of the keys) of the marked rows."""

        def __init__(self, record_list: RecordList[Any], keys: frozenset[Hashable], rows: Sequence[Any]) -> None:
            super().__init__(record_list)
            self.keys = keys
            self.rows = rows
            """Rows among which the newly marked ones are."""

    class SortAsked(ListMessage):
        """The rows of a source that is read in pages are wanted in another order."""

        def __init__(self, record_list: RecordList[Any], sort: str, descending: bool) -> None:
            super().__init__(record_list)
            self.sort, self.descending = sort, descending

    class Counted(ListMessage):
        """The number of rows is known, headings excluded."""

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
        openable: bool = True,
        wraps: bool = False,
        **naming: Unpack[WidgetNaming],
    ) -> None:
        super().__init__(columns, ListSource[Row](()) if source is None else source, empty_text, **naming)
        self._painter.sort = sort
        self._painter.wraps = wraps
        self._markable, self._openable = markable, openable
        self._source: PageSource[Row] = self._pages.source
        """The rows shown last, without further lines."""
        self._arranged_width = 0
        """Cells of the list for which lines were added."""
        self._is_known_empty = False
        self._announced_key: object = None
        """The key last posted by `Highlighted`; None forces the next message."""
        self._end_requested = False
        self._active_read: object | None = None
        """Identifies the read in progress; None if there is none."""
        self._pending_pages: Pages[Row] | None = None if source is None else self._pages
        """Pages of a new source, until the first of them has been read."""
        self._pending_key: SortKey | None = None
        """Key of the record on which the cursor is to be placed in these pages."""
        self._pending_columns: Sequence[Column[Row]] | None = None
        """Columns that replace those shown together with the rows; None keeps them."""

    def on_mount(self) -> None:
        if self._pending_pages is not None:
            self._load_pages(self._pending_pages, self._pending_key, None)

    @property
    def highlighted(self) -> Row | None:
        """The row under the cursor; None if it is not loaded."""
        line = self._pages.line_at(self._cursor)
        return None if isinstance(line, HeadingLine) else line

    @property
    def is_settling(self) -> bool:
        """Whether a read is about to replace the rows or to bring the row that the cursor moves to."""
        is_cursor_waiting = self._end_requested or (self.total > 0 and self._pages.line_at(self._cursor) is None)
        return self._pending_pages is not None or (self._active_read is not None and is_cursor_waiting)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Disable opening and marks where they have no use, and an order where the list has its own."""
        if action in ("open", "mark") and self._is_known_empty:
            return False
        if action == "open":
            return self._openable
        if action in COLUMN_ACTIONS:
            return bool(self.list_named_columns()) and (action != "reverse_order" or bool(self.order[0]))
        return self._markable or action not in MARK_ACTIONS

    def explain_disabled(self, action: str) -> str:
        """Return why a row cannot be opened or marked, or the list not arranged."""
        if action in COLUMN_ACTIONS:
            is_fixed = not self.list_named_columns()
            return (
                _("The order and columns of this list are fixed.")
                if is_fixed
                else _("Sort by a column first: press . and then [.")
            )
        if self._is_known_empty:
            return _("The list is empty.")
        return _("Rows of this list do not open.") if action == "open" else _("Rows of this list cannot be marked.")

    @property
    def has_no_row(self) -> bool:
        """Whether the list is known to be empty, or has headings alone."""
        return self._is_known_empty or isinstance(self._pages.line_at(self._cursor), HeadingLine)

    def _post_highlighted(self, row: Row | None) -> None:
        self.post_message(self.Highlighted(self, row))

    def _post_count(self) -> None:
        self.post_message(self.Counted(self, self.record_count))
        if self._is_known_empty != (self.total == 0):
            self._is_known_empty = self.total == 0
            self.screen.refresh_bindings()
        if self._end_requested:
            self.action_last()

    def _post_marked(self, rows: Sequence[Row]) -> None:
        self.post_message(self.Marked(self, self.marked, rows))

    def _coming_columns(self) -> Sequence[Column[Row]]:
        return self._pending_columns or self._painter.columns

    def _request_order(self) -> None:
        if self.is_paged:
            self.post_message(self.SortAsked(self, *self.order))
        else:
            self.show(self._source)
        self.screen.refresh_bindings()

    def move_to(self, index: int, direction: int = 1) -> None:
        """Move the cursor to a line; headings are skipped in this direction."""
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
        """Move the cursor along when the wheel or the scrollbar scrolls it out of view."""
        super().watch_scroll_y(old_value, new_value)
        last = self._top_index + self._body_height - 1
        if self.total and (self._last_line_of(self._cursor) < self._top_index or self._cursor > last):
            self._cursor = self._skip_headings(max(self._top_index, min(self._cursor, last, self.total - 1)), 1)
            self._announce_row()
        self._request_missing()

    def action_step(self, rows: int) -> None:
        """Move by one row; a row that is higher than the list is scrolled to its end, or to its beginning, first."""
        first, last, top = self._cursor, self._last_line_of(self._cursor), self._top_index
        page = max(1, self._body_height - 1)
        if rows > 0 and last >= top + self._body_height:
            self.scroll_to_line(min(top + page, last - self._body_height + 1))
        elif rows < 0 and first < top and last > first:
            self.scroll_to_line(max(first, top - page))
        else:
            self.move_to(self._cursor + rows, rows)

    def action_leaf(self, direction: int) -> None:
        """Move by one page."""
        self.move_to(self._cursor + direction * self._body_height, direction)

    def action_first(self) -> None:
        """Move to the first row."""
        self.move_to(0)

    def action_last(self) -> None:
        """Move to the last row, once the number of rows is known."""
        self._end_requested = not self._pages.counted
        self.move_to(self.total - 1, -1)

    def action_open(self) -> None:
        """Open the row under the cursor."""
        if self.highlighted is not None:
            self.post_message(self.Opened(self, self.highlighted))

    def on_click(self, event: events.Click) -> None:
        """Move the cursor; open the row on a double click; on a title, sort by it."""
        index = self._top_index + event.y - HEADER_LINES
        if event.y < HEADER_LINES:
            column = self._painter.column_at(event.x)
            if column is not None and column.sort:
                self.sort_by(column.sort)
        elif index < self.total and not self._is_heading(index):
            line = self._pages.line_at(index)
            self.move_to(index - line.number if isinstance(line, ContinuationLine) else index)
            if event.chain == 2:
                self.action_open()

    def hide_columns(self, names: frozenset[str]) -> None:
        super().hide_columns(names)
        self._add_lines_again()

    def set_columns(self, columns: Sequence[Column[Row]]) -> None:
        super().set_columns(columns)
        self._add_lines_again()

    def _add_lines(self, source: PageSource[Row]) -> PageSource[Row]:
        """Return the rows with the further lines that they need at the present width."""
        width = self.scrollable_content_region.width or self.app.size.width
        self._source, self._arranged_width = source, width
        if not self._painter.wraps:
            return source
        is_stacked, is_list = width < STACKED_BELOW, isinstance(source, ListSource)
        self._painter.set_shape(is_stacked=is_stacked, lines=None if is_list else 1 + is_stacked)
        if isinstance(source, ListSource):
            return self._painter.add_lines(source, self._coming_columns(), width)
        return TallSource(source) if is_stacked else source

    def _add_lines_again(self) -> None:
        """Show the rows with the lines of another width or of other columns; the cursor stays on its row."""
        if self._painter.wraps and self.is_mounted and (self.total or self._pending_pages is not None):
            self.update_rows(self._source)

    def on_resize(self) -> None:
        width = self.scrollable_content_region.width
        is_list = isinstance(self._source, ListSource)
        if width != self._arranged_width and (
            is_list or (width < STACKED_BELOW) != (self._arranged_width < STACKED_BELOW)
        ):
            self._add_lines_again()
        self._update_scroll_height()
        self._scroll_to_cursor()
        self._request_missing()

    def show(
        self,
        source: PageSource[Row],
        *,
        key: SortKey | None = None,
        columns: Sequence[Column[Row]] | None = None,
        sort: tuple[str, bool] | None = None,
        empty_text: str | None = None,
    ) -> None:
        """Show another source, from its start or at a record. The old lines and columns stay until it answers."""
        self._painter.sort = self._painter.sort if sort is None else sort
        self._empty_text = self._empty_text if empty_text is None else empty_text
        self._pending_columns = columns or self._pending_columns
        self._pending_pages, self._pending_key = Pages(self._add_lines(self.apply_order(source))), key
        if self.is_mounted:
            self._load_pages(self._pending_pages, key, None)

    def update_rows(
        self,
        source: PageSource[Row],
        *,
        key: SortKey | None = None,
        columns: Sequence[Column[Row]] | None = None,
        empty_text: str | None = None,
    ) -> None:
        """Show the rows of another reading of the same list.

        The cursor stays on its record and its line of the screen, or at its index if the record was removed. `key` is
        the key of that record in the new source, where the caller knows it. New columns appear together with the rows.
        """
        self._empty_text = self._empty_text if empty_text is None else empty_text
        key = self._pending_key or key or self._pages.key_at(self._cursor)
        self._pending_columns = columns or self._pending_columns
        self._pending_pages, self._pending_key = Pages(self._add_lines(self.apply_order(source))), key
        if self.is_mounted:
            self._load_pages(self._pending_pages, key, self._cursor)

    @work(exclusive=True, group="record-list")
    async def _load_pages(self, pages: Pages[Row], key: SortKey | None, old_cursor: int | None) -> None:
        with errors_as_toasts(self.app):
            cursor = await read_around_key(pages, key, old_cursor or 0)
            if old_cursor is not None:  # keep moves made during the read
                cursor = max(0, min(cursor + self._cursor - old_cursor, pages.total - 1))
            self._replace_pages(pages, cursor, keep_place=old_cursor is not None)
            await self._read_window()
        if self._pending_pages is pages:
            self._pending_pages = self._pending_key = self._active_read = None

    @work(exclusive=True, group="record-list")
    async def _continue_reading(self) -> None:
        with errors_as_toasts(self.app):
            await self._read_window()

    def _replace_pages(self, pages: Pages[Row], cursor: int, *, keep_place: bool) -> None:
        """Replace the lines on screen by the first page of a new source."""
        lines_above = self._cursor - self._top_index
        self._pages, self._announced_key, self._active_read = pages, None, object()
        self._pending_pages = self._pending_key = None
        self._end_requested = False
        if self._pending_columns is not None:
            self._painter.set_columns(self._pending_columns)
            self._pending_columns = None
        else:
            self._painter.clear_measures()
        self._painter.clear_strips()
        self._measure_held_rows()
        self._cursor = self._skip_headings(cursor, 1)
        self._update_scroll_height()
        # in one step: scrolling elsewhere first would move the cursor into view there
        top = self._cursor - (lines_above if keep_place else self._body_height - 1)
        self.scroll_to_line(max(0, min(top, self.max_scroll_y)))
        self._scroll_to_cursor()
        self.redraw_changes()
        if pages.counted:
            self._announce_row()
            self._post_count()
        else:  # draw a long list before its card is read
            self.call_after_refresh(self._announce_row)

    async def _read_window(self) -> None:
        """Read the lines in view and around them, then count the rows, until nothing is missing."""
        pages, read = self._pages, object()
        self._active_read = read
        try:
            await self._read_missing(pages)
            if not pages.counted:
                await asyncio.sleep(DRAW_SECONDS)
                known_total = pages.total
                pages.total, pages.counted = max(await pages.source.count_rows(), pages.total), True
                self._update_scroll_height()
                if known_total < self._top_index + self._body_height:  # lines in view were added, or the list is empty
                    self.redraw_changes()
                self._post_count()
                await self._read_missing(pages)
        finally:
            if self._active_read is read:
                self._active_read = None

    async def _read_missing(self, pages: Pages[Row]) -> None:
        while (number := self._find_missing_page()) is not None:
            first, span = pages.span_for(number)
            rows = await pages.source.read_page(span)
            pages.store_rows(first, span, rows, (self._top_index + self._body_height // 2) // PAGE_SIZE)
            is_wider = self._measure_rows(rows)
            self._cursor = self._skip_headings(self._cursor, 1)
            top, start = self._top_index, first * PAGE_SIZE
            if is_wider or (start < top + self._body_height and top < start + len(rows)):
                self.redraw_changes()
            self._announce_row()

    def _find_missing_page(self) -> int | None:
        """Return the page to read next: of the lines in view, else of one screenful around them."""
        top, body = self._top_index, self._body_height
        missing = self._pages.list_missing(top, top + body) or self._pages.list_missing(top - body, top + 2 * body)
        return missing[0] if missing else None

    def _request_missing(self) -> None:
        """Start a read if lines are missing. A read in progress picks up the new view after its current page."""
        if self._pending_pages is None and self._active_read is None and self._find_missing_page() is not None:
            self._active_read = object()
            self._continue_reading()

    def _announce_row(self) -> None:
        row = self.highlighted
        if row is None and (self.total or not self._pages.counted):
            return
        key: object = "nothing" if row is None else self._pages.source.key_of(row)
        if key != self._announced_key:
            self._announced_key = key
            self._post_highlighted(row)
