"""Drawing of a record list: header, lines, cursor, marks and scrollbar."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import ClassVar, Generic, Unpack

from rich.style import Style
from textual.geometry import Offset
from textual.strip import Strip

from ahtc_tui.tui.widgets.column_widths import Column
from ahtc_tui.tui.widgets.line_view import LineView
from ahtc_tui.tui.widgets.plain import WidgetNaming
from ahtc_tui.tui.widgets.record_line import LinePainter
from ahtc_tui.tui.widgets.record_pages import HeadingLine, Pages, PageSource, Row

HEADER_LINES = 1


class RecordView(LineView, Generic[Row], can_focus=True):
    """Base of `RecordList` that draws and scrolls; it reads no rows."""

    DEFAULT_CSS = """
    RecordView {
        & > .record-list--header { color: $foreground-muted; }
        & > .record-list--heading { text-style: bold; }
        & > .record-list--muted { color: $foreground-muted; }
        & > .record-list--late { color: $text-error; text-style: bold; }
        & > .record-list--soon { color: $text-warning; }
        & > .record-list--mark { color: $text-accent; text-style: bold; }
        & > .record-list--bar { color: $accent; }
        & > .record-list--brag-R { color: $text-error; text-style: bold; }
        & > .record-list--brag-A { color: $text-warning; }
        & > .record-list--brag-G { color: $text-success; }
        & > .record-list--brag-B { color: $text-primary; }
        & > .record-list--cursor { background: $primary-muted; }
        & > .record-list--cursor-blurred { background: $panel; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"record-list--{name}"
        for name in (
            *("header", "heading", "muted", "late", "soon", "mark", "bar", "cursor", "cursor-blurred"),
            *("brag-R", "brag-A", "brag-G", "brag-B"),
        )
    }
    ALLOW_SELECT = False

    def __init__(
        self, columns: Sequence[Column[Row]], source: PageSource[Row], empty_text: str, **naming: Unpack[WidgetNaming]
    ) -> None:
        super().__init__(**naming)
        self._painter: LinePainter[Row] = LinePainter(columns, self._resolve_style)
        self._pages: Pages[Row] = Pages(source)
        self._empty_text = empty_text
        self._marked: set[Hashable] = set()
        self._cursor = 0
        self._styles: dict[tuple[str, bool], Style] = {}

    @property
    def _body_height(self) -> int:
        """Number of lines below the header."""
        return max(1, self.size.height - HEADER_LINES)

    @property
    def cursor(self) -> int:
        """Index of the line under the cursor."""
        return self._cursor

    @property
    def cursor_screen_offset(self) -> Offset:
        """Cell of the screen at the start of the line under the cursor, or of the sentence of an empty list."""
        line = self._cursor - self._top_index + HEADER_LINES if self.total else self._sentence_line
        return self.content_region.offset + Offset(0, line)

    @property
    def _sentence_line(self) -> int:
        """Line of the widget on which the text of an empty list begins."""
        return max(HEADER_LINES, self.size.height // 3)

    @property
    def total(self) -> int:
        """Number of lines known so far."""
        return self._pages.total

    def _resolve_style(self, name: str, *, on_cursor: bool) -> Style:
        cached = self._styles.get((name, on_cursor))
        if cached is not None:
            return cached
        _base, background = self.background_colors
        color, text_style = self.styles.color, Style()
        layers = [("cursor" if self.has_focus else "cursor-blurred")] if on_cursor else []
        for layer in (*layers, name):
            if f"record-list--{layer}" not in self.COMPONENT_CLASSES:
                continue
            part = self.get_component_styles(f"record-list--{layer}")
            background += part.background
            color = part.color if part.has_rule("color") else color
            text_style += part.text_style
        style = Style.from_color((background + color).rich_color, background.rich_color) + text_style
        self._styles[name, on_cursor] = style
        return style

    def set_columns(self, columns: Sequence[Column[Row]]) -> None:
        """Show other columns of the same rows."""
        self._painter.set_columns(columns)
        self._measure_held_rows()
        self.refresh()

    def _measure_rows(self, rows: Sequence[Row | HeadingLine]) -> bool:
        return self._painter.measure_rows(row for row in rows if not isinstance(row, HeadingLine))

    def _measure_held_rows(self) -> None:
        for rows in self._pages.held.values():
            self._measure_rows(rows)

    def show_disputed(self, is_disputed: Callable[[Row], bool]) -> None:
        """Show a letter before the rows with values that wait for a decision."""
        self._painter.is_disputed = is_disputed
        self._painter.clear_strips()
        self.refresh()

    def notify_style_update(self) -> None:
        """Clear cached styles after a change of theme."""
        super().notify_style_update()
        self._styles.clear()
        self._painter.clear_strips()

    def watch_has_focus(self, _has_focus: bool) -> None:
        """Draw the cursor in its focused or unfocused colour."""
        self._styles.clear()
        self._painter.clear_strips()
        self._redraw_row(self._cursor)

    def render_line(self, y: int) -> Strip:
        """Render a line of the widget: header, heading, row or placeholder."""
        painter, pages = self._painter, self._pages
        painter.set_width(self.scrollable_content_region.width)
        if y < HEADER_LINES:
            return painter.render_header()
        if pages.counted and not pages.total:
            return painter.render_sentence(self._empty_text, y - self._sentence_line)
        index = self._top_index + y - HEADER_LINES
        if index >= pages.total:
            return painter.render_blank()
        line = pages.line_at(index)
        on_cursor = index == self._cursor
        if line is None:
            return painter.render_placeholder(on_cursor=on_cursor)
        if isinstance(line, HeadingLine):
            return painter.render_heading(line)
        marked = bool(self._marked) and pages.source.key_of(line)[-1] in self._marked
        return painter.render_row(index, line, on_cursor=on_cursor, marked=marked)

    def _redraw_row(self, index: int) -> None:
        y = index - self._top_index + HEADER_LINES
        if HEADER_LINES <= y < self.size.height:
            self.redraw_line(y)

    def _update_scroll_height(self) -> None:
        self.set_line_count(self._pages.total + HEADER_LINES)

    def _skip_headings(self, index: int, direction: int) -> int:
        """Return the nearest line in this direction that is not a heading, else the nearest in the other."""
        for step in (direction, -direction):
            line_index = index
            while 0 <= line_index < self.total:
                if not isinstance(self._pages.line_at(line_index), HeadingLine):
                    return line_index
                line_index += step
        return index

    def _scroll_to_cursor(self) -> None:
        """Scroll until the cursor and the headings above it are in view."""
        first = self._cursor
        while first > 0 and isinstance(self._pages.line_at(first - 1), HeadingLine):
            first -= 1
        if first < self._top_index:
            self.scroll_to_line(first)
        elif self._cursor >= self._top_index + self._body_height:
            self.scroll_to_line(self._cursor - self._body_height + 1)
