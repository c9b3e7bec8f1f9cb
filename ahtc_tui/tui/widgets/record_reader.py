"""How the rows of a record list come in: one read at a time, what is in sight first. Never knows a key."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Unpack

from textual import work

from ahtc_tui.tui.widgets.confirm import told
from ahtc_tui.tui.widgets.plain import Naming
from ahtc_tui.tui.widgets.record_line import Column
from ahtc_tui.tui.widgets.record_pages import PAGE, HeadingLine, Key, ListSource, Pages, PageSource, Row, settle
from ahtc_tui.tui.widgets.record_view import RecordView

DRAWN_SECONDS = 0.02
"""Until the lines stand on the screen: who reads them does not wait for their count."""


class RecordReader(RecordView[Row]):
    """The reading half of a record list."""

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        source: PageSource[Row] | None,
        empty_text: str,
        **naming: Unpack[Naming],
    ) -> None:
        super().__init__(columns, ListSource[Row](()) if source is None else source, empty_text, **naming)
        self._announced: object = None
        """The key last sent by `Highlighted`; None forces the next one."""
        self._end_wanted = False
        self._reader: object | None = None
        """Stands for the worker that reads at present."""
        self._coming: Pages[Row] | None = None if source is None else self._pages
        """The source that replaces the present one with its first page."""

    def on_mount(self) -> None:
        """Ask for the first page."""
        if self._coming is not None:
            self._open(self._coming, None, None)

    @property
    def highlighted(self) -> Row | None:
        """The row under the cursor, None while it is not there."""
        line = self._pages.line(self._cursor)
        return None if isinstance(line, HeadingLine) else line

    @property
    def arriving(self) -> bool:
        """Whether the rows of another source are on their way: those in sight will go."""
        return self._coming is not None

    def _highlight(self, row: Row | None) -> None:
        """Tell that the cursor stands on another row."""

    def _count_known(self) -> None:
        """Tell that the count of lines is exact."""

    def show(
        self,
        source: PageSource[Row],
        *,
        at: Key | None = None,
        sort: tuple[str, bool] | None = None,
        empty_text: str | None = None,
    ) -> None:
        """Show another source, from the start or at the record of a key. The old lines stay until it answers."""
        self._painter.sort = self._painter.sort if sort is None else sort
        self._empty_text = self._empty_text if empty_text is None else empty_text
        self._coming = Pages(source)
        if self.is_mounted:
            self._open(self._coming, at, None)

    def reload(self) -> None:
        """Read everything anew; the cursor stays on its record, or where that stood."""
        self._coming = Pages((self._coming or self._pages).source)
        if self.is_mounted:
            self._open(self._coming, self._pages.key_at(self._cursor), self._cursor)

    @work(exclusive=True, group="record-list")
    async def _open(self, pages: Pages[Row], at: Key | None, stay: int | None) -> None:
        with told(self.app):
            cursor = await settle(pages, at, stay or 0)
            if stay is not None:  # what was moved meanwhile stays moved
                cursor = max(0, min(cursor + self._cursor - stay, pages.total - 1))
            self._land(pages, cursor, keep_place=stay is not None)
            await self._read()
        if self._coming is pages:
            self._coming = self._reader = None

    @work(exclusive=True, group="record-list")
    async def _read_more(self) -> None:
        with told(self.app):
            await self._read()

    def _land(self, pages: Pages[Row], cursor: int, *, keep_place: bool) -> None:
        """Put the first page of a source in the place of the old lines."""
        above = self._cursor - self._top
        self._pages, self._coming, self._announced, self._reader = pages, None, None, object()
        self._end_wanted = False
        self._painter.forget()
        for rows in pages.held.values():
            self._make_room(rows)
        self._cursor = self._past_headings(cursor, 1)
        self._fit_total()
        # straight to the place: on the way through another one the cursor would be kept in sight there
        self._scroll_to_line(max(0, self._cursor - (above if keep_place else self._body - 1)))
        self._reveal()
        self.refresh()
        if pages.counted:
            self._announce()
            self._count_known()
        else:  # a long list is drawn before its card is read
            self.call_after_refresh(self._announce)

    async def _read(self) -> None:
        """Read what the window needs and what lies around it, then the count, until nothing is wanted any more."""
        pages, reader = self._pages, object()
        self._reader = reader
        try:
            await self._read_missing(pages)
            if not pages.counted:
                await asyncio.sleep(DRAWN_SECONDS)
                before = pages.total
                pages.total, pages.counted = max(await pages.source.count(), pages.total), True
                self._fit_total()
                if before < self._top + self._body:  # lines in sight came, or there are none at all
                    self.refresh()
                self._count_known()
                await self._read_missing(pages)
        finally:
            if self._reader is reader:
                self._reader = None

    async def _read_missing(self, pages: Pages[Row]) -> None:
        while (number := self._next_missing()) is not None:
            first, span = pages.span_for(number)
            rows = await pages.source.page(span)
            pages.put(first, span, rows, (self._top + self._body // 2) // PAGE)
            self._make_room(rows)
            self._cursor = self._past_headings(self._cursor, 1)
            self.refresh()
            self._announce()

    def _make_room(self, rows: Sequence[Row | HeadingLine]) -> None:
        self._painter.make_room(row for row in rows if not isinstance(row, HeadingLine))

    def _next_missing(self) -> int | None:
        """The page to read next: of the lines in sight, else of a screenful around them."""
        top, body = self._top, self._body
        missing = self._pages.missing(top, top + body) or self._pages.missing(top - body, top + 2 * body)
        return missing[0] if missing else None

    def _want(self) -> None:
        """See to it that what the window needs is read. A reader at work sees the new window after its present page."""
        if self._coming is None and self._reader is None and self._next_missing() is not None:
            self._reader = object()
            self._read_more()

    def _announce(self) -> None:
        row = self.highlighted
        if row is None and (self.total or not self._pages.counted):
            return
        key: object = "nothing" if row is None else self._pages.source.key_of(row)
        if key != self._announced:
            self._announced = key
            self._highlight(row)
