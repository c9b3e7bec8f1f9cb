"""A list of rows in memory of which one column is wrapped: further lines that the cursor skips follow its row."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from typing import Any

from textual import events

from ahtc_tui.tui.widgets.column_widths import ColumnWidths
from ahtc_tui.tui.widgets.plain import wrap_text
from ahtc_tui.tui.widgets.record_list import RecordList
from ahtc_tui.tui.widgets.record_pages import ContinuationLine, ListSource, Row
from ahtc_tui.tui.widgets.record_view import GUTTER, HEADER_LINES


class WrappedList(RecordList[Row]):
    """A list whose rows have as many lines as their text needs."""

    _rows: Sequence[Row] = ()
    """The rows on show, each of which has a `key`."""
    _wrapped_width = 0
    """Cells of the list for which the rows are wrapped."""

    def show_rows(self, rows: Sequence[Row], selected: Row | None) -> None:
        """Show other rows, with the cursor on the selected one."""
        source = self._wrap_rows(rows)
        self.show(source, key=None if selected is None else source.key_of(selected))

    def replace_rows(self, rows: Sequence[Row]) -> None:
        """Show the rows of another reading; the cursor stays on its row."""
        self.update_rows(self._wrap_rows(rows))

    def move_to_row(self, row: Row) -> None:
        """Move the cursor to one of the rows shown last, which may still be on their way."""
        self.show_rows(self._rows, row)

    def _wrap_rows(self, rows: Sequence[Row]) -> ListSource[Row]:
        self._rows, self._wrapped_width = rows, self.scrollable_content_region.width
        widths = ColumnWidths(self._painter.columns)
        widths.measure_rows(rows)
        shares = widths.share_width(self._wrapped_width - GUTTER - 1) if self._wrapped_width else ()
        wrapped = [(column, width) for column, width in shares if column.wraps]

        def build_lines() -> Iterator[Row | ContinuationLine]:
            for row in rows:
                yield row
                count = max((len(wrap_text(column.render(row), width)) for column, width in wrapped), default=1)
                yield from (ContinuationLine(row=row, number=number) for number in range(1, count))

        return ListSource(build_lines(), _identify)

    def action_step(self, rows: int) -> None:
        """Move by one row; a row that is higher than the list is scrolled to its end, or to its beginning, first."""
        first, last, top = self._cursor, self._last_line_of(self._cursor), self._top_index
        page = max(1, self._body_height - 1)
        if rows > 0 and last >= top + self._body_height:
            self.scroll_to_line(min(top + page, last - self._body_height + 1))
        elif rows < 0 and first < top:
            self.scroll_to_line(max(first, top - page))
        else:
            super().action_step(rows)

    def on_resize(self) -> None:
        """Wrap the rows to the new width."""
        if self.scrollable_content_region.width != self._wrapped_width and self._rows:
            self.replace_rows(self._rows)

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the row of a further line; open the row on a double click."""
        index = self._top_index + event.y - HEADER_LINES
        line = self._pages.line_at(index)
        if event.y >= HEADER_LINES and isinstance(line, ContinuationLine):
            self.move_to(index - line.number)
            if event.chain == 2:
                self.action_open()

    def _measure_held_rows(self) -> None:
        """Measure all rows, so that the columns have the widths to which the rows are wrapped."""
        self._measure_rows(self._rows)

    def _last_line_of(self, index: int) -> int:
        """Return the index of the last line of the row that begins at an index."""
        while isinstance(self._pages.line_at(index + 1), ContinuationLine):
            index += 1
        return index

    def _redraw_row(self, index: int) -> None:
        for line in range(index, self._last_line_of(index) + 1):
            super()._redraw_row(line)

    def _scroll_to_cursor(self) -> None:
        """Scroll until the row under the cursor is in view, or its beginning where it is higher than the list."""
        first, last = self._cursor, self._last_line_of(self._cursor)
        if first < self._top_index:
            self.scroll_to_line(first)
        elif last >= self._top_index + self._body_height:
            self.scroll_to_line(min(first, last - self._body_height + 1))


def _identify(row: Any) -> Hashable:
    key: Hashable = row.key
    return key
