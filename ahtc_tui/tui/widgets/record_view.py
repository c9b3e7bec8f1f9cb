"""What a record list looks like on the screen: header, lines, cursor, marks, scrollbar. Never reads data."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import ClassVar, Generic, Unpack

from rich.style import Style
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from ahtc_tui.tui.widgets.plain import Naming
from ahtc_tui.tui.widgets.record_line import Column, LinePainter
from ahtc_tui.tui.widgets.record_pages import HeadingLine, Pages, PageSource, Row

HEADER = 1


class RecordView(ScrollView, Generic[Row], can_focus=True):
    """The drawing half of a record list."""

    DEFAULT_CSS = """
    RecordView {
        background: $background;
        color: $foreground;
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;
        scrollbar-background: $background;
        scrollbar-background-hover: $background;
        scrollbar-background-active: $background;
        scrollbar-color: $panel;

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
        self,
        columns: Sequence[Column[Row]],
        source: PageSource[Row],
        empty_text: str,
        **naming: Unpack[Naming],
    ) -> None:
        super().__init__(**naming)
        self._painter: LinePainter[Row] = LinePainter(columns, self._style_of)
        self._pages: Pages[Row] = Pages(source)
        self._empty_text = empty_text
        self._marked: set[Hashable] = set()
        self._cursor = 0
        self._styles: dict[tuple[str, bool], Style] = {}

    @property
    def _body(self) -> int:
        """How many lines stand under the header."""
        return max(1, self.size.height - HEADER)

    @property
    def _top(self) -> int:
        """The index of the first line under the header."""
        return self.scroll_offset.y

    @property
    def cursor(self) -> int:
        """The index of the line under the cursor."""
        return self._cursor

    @property
    def total(self) -> int:
        """How many lines are known."""
        return self._pages.total

    def _style_of(self, name: str, *, on_cursor: bool) -> Style:
        known = self._styles.get((name, on_cursor))
        if known is not None:
            return known
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

    def choose_columns(self, columns: Sequence[Column[Row]]) -> None:
        """Show other columns of the same rows."""
        self._painter.choose(columns)
        self.refresh()

    def notify_style_update(self) -> None:
        """Draw anew in the colours of the theme."""
        super().notify_style_update()
        self._styles.clear()
        self._painter.forget()

    def watch_has_focus(self, _has_focus: bool) -> None:
        """The bar is quieter where the keys go elsewhere."""
        self._styles.clear()
        self._painter.forget()
        self._refresh_index(self._cursor)

    def render_line(self, y: int) -> Strip:
        """One line of the widget: the header, a heading, a row or its placeholder."""
        painter, pages = self._painter, self._pages
        painter.fit(self.scrollable_content_region.width)
        if y < HEADER:
            return painter.header()
        if pages.counted and not pages.total:
            return painter.sentence(self._empty_text) if y == max(HEADER, self.size.height // 3) else painter.blank()
        index = self._top + y - HEADER
        if index >= pages.total:
            return painter.blank()
        line = pages.line(index)
        on_cursor = index == self._cursor
        if line is None:
            return painter.placeholder(on_cursor=on_cursor)
        if isinstance(line, HeadingLine):
            return painter.heading(line)
        marked = bool(self._marked) and pages.source.key_of(line)[-1] in self._marked
        return painter.row(index, line, on_cursor=on_cursor, marked=marked)

    def _refresh_index(self, index: int) -> None:
        y = index - self._top + HEADER
        if HEADER <= y < self.size.height:
            self.refresh(Region(0, y, self.size.width, 1))

    def _fit_total(self) -> None:
        """Give the scrollbar a new count of lines. The reactive itself would lay out the whole screen."""
        height = self._pages.total + HEADER
        self.set_reactive(Widget.virtual_size, Size(self.size.width, height))
        self.vertical_scrollbar.window_virtual_size = height
        self._scroll_to_line(min(self._top, self.max_scroll_y))

    def _scroll_to_line(self, y: int) -> None:
        if y != self._top:
            self.scroll_to(y=y, animate=False, force=True, immediate=True)

    def _past_headings(self, index: int, direction: int) -> int:
        """The nearest line in a direction that is not a heading, else the nearest in the other."""
        for step in (direction, -direction):
            place = index
            while 0 <= place < self.total:
                if not isinstance(self._pages.line(place), HeadingLine):
                    return place
                place += step
        return index

    def _reveal(self) -> None:
        """Scroll so far that the cursor and the heading above it are in sight."""
        first = self._cursor
        while first > 0 and isinstance(self._pages.line(first - 1), HeadingLine):
            first -= 1
        if first < self._top:
            self._scroll_to_line(first)
        elif self._cursor >= self._top + self._body:
            self._scroll_to_line(self._cursor - self._body + 1)
