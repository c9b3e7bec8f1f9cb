"""Drawing of a record list: header, lines, cursor, marks and scrollbar."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from textwrap import wrap
from typing import ClassVar, Generic, Protocol, Unpack

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Offset
from textual.strip import Strip

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.replication.conflict_marks import CONFLICT_LETTER
from ahtc_tui.tui.widgets.column_widths import GAP, Column, ColumnWidths
from ahtc_tui.tui.widgets.drawing import LineView
from ahtc_tui.tui.widgets.plain import WidgetNaming, fit_cell, join_lines
from ahtc_tui.tui.widgets.record_pages import (
    ContinuationLine,
    HeadingLine,
    ListSource,
    Pages,
    PageSource,
    Row,
)

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
        self._drawn_lines: dict[int, Strip] = {}
        """The lines of the widget as they were drawn last."""

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
        line = max(0, self._cursor - self._top_index) + HEADER_LINES if self.total else self._sentence_line
        return self.content_region.offset + Offset(0, line)

    def _last_line_of(self, index: int) -> int:
        """Return the index of the last line of the row that begins at an index."""
        while isinstance(self._pages.line_at(index + 1), ContinuationLine):
            index += 1
        return index

    @property
    def _sentence_line(self) -> int:
        """Line of the widget on which the text of an empty list begins."""
        return max(HEADER_LINES, self.size.height // 3)

    @property
    def total(self) -> int:
        """Number of lines known so far."""
        return self._pages.total

    @property
    def record_count(self) -> int:
        """Number of rows known so far, headings excluded."""
        return self._pages.record_count

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

    def hide_columns(self, names: frozenset[str]) -> None:
        """Hide the columns of these names, and show all others."""
        self._painter.hide(names)
        self._measure_held_rows()
        self.refresh()

    def _measure_rows(self, rows: Sequence[Row | HeadingLine]) -> bool:
        return self._painter.measure_rows(row for row in rows if not isinstance(row, HeadingLine))

    def _measure_held_rows(self) -> None:
        """Measure the rows in memory: those of a list in memory are all, so that its lines keep their widths."""
        source = self._pages.source
        for rows in [source.list_rows()] if isinstance(source, ListSource) else self._pages.held.values():
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
        """Render a line of the widget."""
        self._drawn_lines[y] = strip = self._build_line(y)
        return strip

    def redraw_changes(self) -> None:
        """Draw the lines in view that differ from those drawn last."""
        lines = range(self.size.height)
        self.redraw_lines([y for y in lines if self._build_line(y) != self._drawn_lines.get(y)])

    def _build_line(self, y: int) -> Strip:
        """Return a line: header, heading, row or placeholder; an empty list has no header."""
        painter, pages = self._painter, self._pages
        painter.set_width(self.scrollable_content_region.width)
        is_empty = pages.counted and not pages.total
        if y < HEADER_LINES:
            return painter.render_blank() if is_empty else painter.render_header()
        if is_empty:
            return painter.render_sentence(self._empty_text, y - self._sentence_line)
        index = self._top_index + y - HEADER_LINES
        if index >= pages.total:
            return painter.render_blank()
        line = pages.line_at(index)
        on_cursor = index == self._cursor
        if line is None:
            return painter.render_placeholder(on_cursor=on_cursor)
        if isinstance(line, ContinuationLine):
            on_cursor = index - line.number == self._cursor
            return painter.render_row(index, line.row, on_cursor=on_cursor, marked=False, number=line.number)
        if isinstance(line, HeadingLine):
            return painter.render_heading(line)
        marked = bool(self._marked) and pages.source.key_of(line)[-1] in self._marked
        return painter.render_row(index, line, on_cursor=on_cursor, marked=marked)

    def _redraw_row(self, index: int) -> None:
        lines = (line - self._top_index + HEADER_LINES for line in range(index, self._last_line_of(index) + 1))
        self.redraw_lines([y for y in lines if HEADER_LINES <= y < self.size.height])

    def _update_scroll_height(self) -> None:
        self.set_line_count(self._pages.total + HEADER_LINES, draws_bar=self._pages.counted)

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
        """Scroll until the row under the cursor and the headings above it are in view; its beginning where it is
        higher than the list.
        """
        first, last = self._cursor, self._last_line_of(self._cursor)
        while first > 0 and self._is_heading(first - 1):
            first -= 1
        if first < self._top_index:
            self.scroll_to_line(first)
        elif last >= self._top_index + self._body_height:
            self.scroll_to_line(min(self._cursor, last - self._body_height + 1))

    def _is_heading(self, index: int) -> bool:
        line = self._pages.line_at(index)
        return isinstance(line, HeadingLine) and not isinstance(line, ContinuationLine)


GUTTER = 2
"""Cells of the cursor bar and the mark."""
MAX_STRIPS = 1024


class StyleLookup(Protocol):
    """Returns the style of a component class by its short name ("late"), on the cursor line or elsewhere."""

    def __call__(self, name: str, /, *, on_cursor: bool) -> Style: ...


class LinePainter(Generic[Row]):
    """Draws the lines of a list at one width and caches their strips."""

    def __init__(self, columns: Sequence[Column[Row]], style_of: StyleLookup) -> None:
        self._layout = ColumnWidths(columns)
        self._sort = ("", False)
        self._style_of = style_of
        self._width = 0
        self._column_widths: tuple[tuple[Column[Row], int], ...] = ()
        self.is_disputed: Callable[[Row], bool] = lambda _row: False
        """Whether a row has values that wait for a decision."""
        self._strips: dict[tuple[int, bool, bool], Strip] = {}
        self.wraps = False
        """Whether texts that are longer than their column continue on further lines."""
        self._shape: tuple[bool, int | None] = (False, None)

    def set_shape(self, *, is_stacked: bool, lines: int | None) -> None:
        """Set whether columns stand below others, and the lines of every row; None for as many as it needs."""
        if (is_stacked, lines) != self._shape:
            self._shape, self._width = (is_stacked, lines), 0
        self._apply_shape(self._layout)

    def _apply_shape(self, layout: ColumnWidths[Row]) -> None:
        layout.wraps = self.wraps
        layout.is_stacked, layout.lines = self._shape

    def add_lines(self, source: ListSource[Row], columns: Sequence[Column[Row]], width: int) -> ListSource[Row]:
        """Return the rows in these columns, with the further lines that they need at a width of the list."""
        layout = ColumnWidths(columns)
        layout.hidden, layout.sorted_name = self.hidden, self._sort[0]
        self._apply_shape(layout)
        layout.measure_rows(source.list_rows())
        shares = layout.share_width(width - GUTTER - 1)
        return source.add_lines(lambda row: layout.count_lines(row, shares))

    @property
    def sort(self) -> tuple[str, bool]:
        """The order in force, and whether it is descending."""
        return self._sort

    @sort.setter
    def sort(self, order: tuple[str, bool]) -> None:
        self._sort, self._layout.sorted_name, self._width = order, order[0], 0

    @property
    def columns(self) -> tuple[Column[Row], ...]:
        """All columns, hidden ones too."""
        return self._layout.columns

    @property
    def shown_columns(self) -> list[Column[Row]]:
        """The columns that are not hidden."""
        return [column for column in self._layout.columns if self._layout.is_shown(column)]

    @property
    def hidden(self) -> frozenset[str]:
        """Names of the hidden columns."""
        return self._layout.hidden

    @property
    def drawn_names(self) -> frozenset[str]:
        """Names of the columns that the list has room for."""
        hosts = [column for column, _width in self._column_widths]
        below = [column for host in hosts for column in self._layout.below.get(host, ())]
        return frozenset(column.sort for column in (*hosts, *below))

    def hide(self, names: frozenset[str]) -> None:
        """Hide the columns of these names, and show all others."""
        self._layout.hidden = names
        self._width = 0

    def set_columns(self, columns: Sequence[Column[Row]]) -> None:
        """Show other columns, of which no row is measured yet."""
        hidden, self._layout = self.hidden, ColumnWidths(columns)
        self._layout.hidden, self.sort = hidden, self._sort
        self._apply_shape(self._layout)

    def clear_measures(self) -> None:
        """Forget the texts that were measured, before other rows are shown."""
        self._layout.clear()
        self._width = 0

    def measure_rows(self, rows: Iterable[Row]) -> bool:
        """Fit the columns to these rows as well; return whether widths may change."""
        if self._layout.measure_rows(rows):
            self._width = 0
        return self._width == 0

    def set_width(self, width: int) -> None:
        """Distribute the width among the columns."""
        if width != self._width:
            self._width = width
            self._column_widths = self._layout.share_width(width - GUTTER - 1)
            self.clear_strips()

    def clear_strips(self) -> None:
        """Clear the cache, after a change of rows, theme or width."""
        self._strips.clear()

    def column_at(self, x: int) -> Column[Row] | None:
        """Return the column at a cell."""
        right = GUTTER
        for column, width in self._column_widths:
            right += width + GAP
            if x < right:
                return column
        return None

    def _measure_table(self) -> int:
        """Return the cells from the mark to the end of the last column; those of the list where no row is measured."""
        widths = [width for _column, width in self._column_widths]
        return 1 + sum(widths) + GAP * (len(widths) - 1) if widths else self._width

    def _build_strip(self, segments: list[Segment], style: Style) -> Strip:
        return Strip(segments).adjust_cell_length(self._width, style)

    def render_header(self) -> Strip:
        """Return the titles, with an arrow at the order in force."""
        style = self._style_of("header", on_cursor=False)
        titles: list[str] = []
        name, downwards = self.sort
        for column, width in self._column_widths:
            arrow = (" ↓" if downwards else " ↑") if column.sort and column.sort == name else ""
            title = (_(column.title) if column.title else "") + arrow
            below = [_(other.title) for other in self._layout.below.get(column, ()) if other.title]
            both = f"{title}, {' '.join(below).lower()}" if below else title
            titles.append(fit_cell(both if cell_len(both) <= width else title, width, column.align))
        return self._build_strip([Segment(" " * GUTTER + (" " * GAP).join(titles), style)], style)

    def render_row(self, index: int, row: Row, *, on_cursor: bool, marked: bool, number: int = 0) -> Strip:
        """Return the line of a record; another number than 0 for a further line of its wrapped text."""
        cached = self._strips.get((index, on_cursor, marked))
        if cached is not None:
            return cached
        plain = self._style_of("", on_cursor=on_cursor)
        bar = Segment("▌", self._style_of("bar", on_cursor=True)) if on_cursor else Segment(" ", plain)
        mark = " " if number else self._choose_mark(row, marked)
        segments = [bar, Segment(mark, self._style_of("mark", on_cursor=on_cursor) if mark != " " else plain)]
        for cell in self._layout.list_line_cells(row, self._column_widths, number):
            name = cell.column.style(row) if cell.column.style else ""
            style = self._style_of(name, on_cursor=on_cursor) if name else plain
            segments.append(Segment(fit_cell(cell.text, cell.width, cell.align) + " " * GAP, style))
        strip = self._build_strip(segments, plain).simplify()  # a change of style costs 40 bytes of output
        if len(self._strips) >= MAX_STRIPS:
            self._strips.clear()
        self._strips[index, on_cursor, marked] = strip
        return strip

    def _choose_mark(self, row: Row, marked: bool) -> str:
        if marked:
            return "*"
        return CONFLICT_LETTER if self.is_disputed(row) else " "

    def render_heading(self, line: HeadingLine) -> Strip:
        """Return the line of a heading; the text at its right ends where the last column ends."""
        needed = cell_len(line.text) + GAP
        room = max(self._width // 2, self._width - 2 - needed)
        right = fit_cell(line.right, min(len(line.right), room), "right") if line.right else ""
        cells = min(self._width - 2, max(self._measure_table(), needed + len(right)))
        left = fit_cell(line.text, max(0, cells - len(right)))
        plain = self._style_of("", on_cursor=False)
        segments = [
            Segment(" ", plain),
            Segment(left, self._style_of("heading", on_cursor=False)),
            Segment(right, self._style_of("muted", on_cursor=False)),
        ]
        return self._build_strip(segments, plain)

    def render_placeholder(self, *, on_cursor: bool) -> Strip:
        """Return the line of a row that is not loaded yet."""
        style = self._style_of("muted", on_cursor=on_cursor)
        return self._build_strip([Segment(("▌ " if on_cursor else "  ") + "·", style)], style)

    def render_sentence(self, text: str, line_number: int) -> Strip:
        """Return a line of a centred sentence, which is wrapped where it is wider than the list."""
        lines = wrap(join_lines(text), max(1, self._width - 2 * GUTTER))
        if not 0 <= line_number < len(lines):
            return self.render_blank()
        style = self._style_of("muted", on_cursor=False)
        return self._build_strip([Segment(fit_cell(lines[line_number], self._width, "center"), style)], style)

    def render_blank(self) -> Strip:
        """Return an empty line."""
        return Strip.blank(self._width, self._style_of("", on_cursor=False))
