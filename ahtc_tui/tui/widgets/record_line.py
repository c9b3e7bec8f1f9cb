"""Draws one line of a record list: header, rows, headings and sentences as strips."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from textwrap import wrap
from typing import Generic, Protocol

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.replication.conflict_marks import CONFLICT_LETTER
from ahtc_tui.tui.widgets.column_widths import GAP, Column, ColumnWidths
from ahtc_tui.tui.widgets.plain import fit_cell, join_lines
from ahtc_tui.tui.widgets.record_pages import HeadingLine, Row

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
        self.sort: tuple[str, bool] = ("", False)
        """The order in force, and whether it is descending."""
        self._style_of = style_of
        self._width = 0
        self._column_widths: tuple[tuple[Column[Row], int], ...] = ()
        self.is_disputed: Callable[[Row], bool] = lambda _row: False
        """Whether a row has values that wait for a decision."""
        self._strips: dict[tuple[int, bool, bool], Strip] = {}

    def set_columns(self, columns: Sequence[Column[Row]]) -> None:
        """Show other columns, of which no row is measured yet."""
        self._layout = ColumnWidths(columns)
        self._width = 0

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

    def _build_strip(self, segments: list[Segment], style: Style) -> Strip:
        return Strip(segments).adjust_cell_length(self._width, style)

    def render_header(self) -> Strip:
        """Return the titles, with an arrow at the order in force."""
        style = self._style_of("header", on_cursor=False)
        titles: list[str] = []
        name, downwards = self.sort
        for column, width in self._column_widths:
            arrow = (" ↓" if downwards else " ↑") if column.sort and column.sort == name else ""
            titles.append(fit_cell(_(column.title) + arrow if column.title else arrow, width, column.align))
        return self._build_strip([Segment(" " * GUTTER + (" " * GAP).join(titles), style)], style)

    def render_row(self, index: int, row: Row, *, on_cursor: bool, marked: bool) -> Strip:
        """Return the line of a record."""
        cached = self._strips.get((index, on_cursor, marked))
        if cached is not None:
            return cached
        plain = self._style_of("", on_cursor=on_cursor)
        bar = Segment("▌", self._style_of("bar", on_cursor=True)) if on_cursor else Segment(" ", plain)
        mark = self._choose_mark(row, marked)
        segments = [bar, Segment(mark, self._style_of("mark", on_cursor=on_cursor) if mark != " " else plain)]
        for column, width in self._column_widths:
            name = column.style(row) if column.style else ""
            style = self._style_of(name, on_cursor=on_cursor) if name else plain
            segments.append(Segment(fit_cell(column.render(row), width, column.align) + " " * GAP, style))
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
        """Return the line of a heading."""
        right = fit_cell(line.right, min(len(line.right), self._width // 2), "right") if line.right else ""
        left = fit_cell(line.text, max(0, self._width - len(right) - 2))
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
