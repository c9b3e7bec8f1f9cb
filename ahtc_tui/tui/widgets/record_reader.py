"""How the rows of a record list come in: one read at a time, what is in sight first. Never knows a key."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Unpack

from textual import work

from ahtc_tui.tui.widgets.confirm import errors_as_toasts
from ahtc_tui.tui.widgets.plain import WidgetNaming
from ahtc_tui.tui.widgets.record_line import Column
from ahtc_tui.tui.widgets.record_pages import (
    PAGE_SIZE,
    HeadingLine,
    ListSource,
    Pages,
    PageSource,
    Row,
    SortKey,
    read_around_key,
)
from ahtc_tui.tui.widgets.record_view import RecordView

DRAW_SECONDS = 0.02
"""Until the lines stand on the screen: who reads them does not wait for their count."""


class RecordReader(RecordView[Row]):
    """The reading half of a record list."""

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        source: PageSource[Row] | None,
        empty_text: str,
        **naming: Unpack[WidgetNaming],
    ) -> None:
        super().__init__(columns, ListSource[Row](()) if source is None else source, empty_text, **naming)
        self._announced_key: object = None
        """The key last sent by `Highlighted`; None forces the next one."""
        self._end_requested = False
        self._active_read: object | None = None
        """Stands for the worker that reads at present."""
        self._pending_pages: Pages[Row] | None = None if source is None else self._pages
        """The source that replaces the present one with its first page."""

    def on_mount(self) -> None:
        """Ask for the first page."""
        if self._pending_pages is not None:
            self._load_pages(self._pending_pages, None, None)

    @property
    def highlighted(self) -> Row | None:
        """The row under the cursor, None while it is not there."""
        line = self._pages.line_at(self._cursor)
        return None if isinstance(line, HeadingLine) else line

    @property
    def has_pending_source(self) -> bool:
        """Whether the rows of another source are on their way: those in sight will go."""
        return self._pending_pages is not None

    def _post_highlighted(self, row: Row | None) -> None:
        """Tell that the cursor stands on another row."""

    def _post_count(self) -> None:
        """Tell that the count of lines is exact."""

    def show(
        self,
        source: PageSource[Row],
        *,
        key: SortKey | None = None,
        sort: tuple[str, bool] | None = None,
        empty_text: str | None = None,
    ) -> None:
        """Show another source, from the start or at the record of a key. The old lines stay until it answers."""
        self._painter.sort = self._painter.sort if sort is None else sort
        self._empty_text = self._empty_text if empty_text is None else empty_text
        self._pending_pages = Pages(source)
        if self.is_mounted:
            self._load_pages(self._pending_pages, key, None)

    def reload(self) -> None:
        """Read everything anew; the cursor stays on its record, or where that stood."""
        self._pending_pages = Pages((self._pending_pages or self._pages).source)
        if self.is_mounted:
            self._load_pages(self._pending_pages, self._pages.key_at(self._cursor), self._cursor)

    @work(exclusive=True, group="record-list")
    async def _load_pages(self, pages: Pages[Row], key: SortKey | None, old_cursor: int | None) -> None:
        with errors_as_toasts(self.app):
            cursor = await read_around_key(pages, key, old_cursor or 0)
            if old_cursor is not None:  # what was moved meanwhile stays moved
                cursor = max(0, min(cursor + self._cursor - old_cursor, pages.total - 1))
            self._replace_pages(pages, cursor, keep_place=old_cursor is not None)
            await self._read_window()
        if self._pending_pages is pages:
            self._pending_pages = self._active_read = None

    @work(exclusive=True, group="record-list")
    async def _continue_reading(self) -> None:
        with errors_as_toasts(self.app):
            await self._read_window()

    def _replace_pages(self, pages: Pages[Row], cursor: int, *, keep_place: bool) -> None:
        """Put the first page of a source in the place of the old lines."""
        lines_above = self._cursor - self._top_index
        self._pages, self._pending_pages, self._announced_key, self._active_read = pages, None, None, object()
        self._end_requested = False
        self._painter.clear_strips()
        for rows in pages.held.values():
            self._widen_columns(rows)
        self._cursor = self._skip_headings(cursor, 1)
        self._update_scroll_height()
        # straight to the place: on the way through another one the cursor would be kept in sight there
        self._scroll_to_line(max(0, self._cursor - (lines_above if keep_place else self._body_height - 1)))
        self._scroll_to_cursor()
        self.refresh()
        if pages.counted:
            self._announce_row()
            self._post_count()
        else:  # a long list is drawn before its card is read
            self.call_after_refresh(self._announce_row)

    async def _read_window(self) -> None:
        """Read what the window needs and what lies around it, then the count, until nothing is wanted any more."""
        pages, read = self._pages, object()
        self._active_read = read
        try:
            await self._read_missing(pages)
            if not pages.counted:
                await asyncio.sleep(DRAW_SECONDS)
                known_total = pages.total
                pages.total, pages.counted = max(await pages.source.count_rows(), pages.total), True
                self._update_scroll_height()
                if known_total < self._top_index + self._body_height:  # lines in sight came, or there are none at all
                    self.refresh()
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
            self._widen_columns(rows)
            self._cursor = self._skip_headings(self._cursor, 1)
            self.refresh()
            self._announce_row()

    def _widen_columns(self, rows: Sequence[Row | HeadingLine]) -> None:
        self._painter.widen_columns(row for row in rows if not isinstance(row, HeadingLine))

    def _find_missing_page(self) -> int | None:
        """The page to read next: of the lines in sight, else of a screenful around them."""
        top, body = self._top_index, self._body_height
        missing = self._pages.list_missing(top, top + body) or self._pages.list_missing(top - body, top + 2 * body)
        return missing[0] if missing else None

    def _request_missing(self) -> None:
        """See to it that what the window needs is read. A reader at work sees the new window after its present page."""
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
