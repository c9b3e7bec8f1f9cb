"""Draws one line of a record list: columns, widths, header and strips."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Generic, Protocol

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.replication.conflict_marks import CONFLICT_LETTER
from ahtc_tui.tui.widgets.plain import Align, fit_cell, join_lines
from ahtc_tui.tui.widgets.record_pages import HeadingLine, Row

GUTTER = 2
"""Cells of the cursor bar and the mark."""
GAP = 2
MIN_FLEXIBLE_WIDTH = 8
"""Minimum width of a column without a fixed width."""
WIDE_LIST_WIDTH = 100
MAX_STRIPS = 1024


class StyleLookup(Protocol):
    """Returns the style of a component class by its short name ("late"), on the cursor line or elsewhere."""

    def __call__(self, name: str, /, *, on_cursor: bool) -> Style: ...


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """A column: title, width, and the text of a row."""

    title: str
    width: int | None
    """Width in cells, at least that of the title; None shares the remaining width."""
    render: Callable[[Row], str]
    align: Align = "left"
    style: Callable[[Row], str] | None = None
    """Returns the short name of a component class: "late", "muted", "brag-R"; "" for none."""
    sort: str = ""
    """Order that a click on the title requests; "" for none."""
    hide_below: int = 0
    """Width of the list below which the column is hidden."""
    wide: int = 0
    """Width in lists of at least `WIDE_LIST_WIDTH` cells; 0 for the usual width."""
    grows: bool = False
    """Whether the column widens to its longest text. Used for references, which must not be cut."""


class LinePainter(Generic[Row]):
    """Draws the lines of a list at one width and caches their strips."""

    def __init__(self, columns: Sequence[Column[Row]], style_of: StyleLookup) -> None:
        self.columns = tuple(columns)
        self.sort: tuple[str, bool] = ("", False)
        """The order in force, and whether it is descending."""
        self._style_of = style_of
        self._width = 0
        self._column_widths: tuple[tuple[Column[Row], int], ...] = ()
        self.is_disputed: Callable[[Row], bool] = lambda _row: False
        """Whether a row has values that wait for a decision."""
        self._strips: dict[tuple[int, bool, bool], Strip] = {}
        self._grown_widths: dict[Column[Row], int] = {}
        """Widths of columns that have grown."""

    def set_columns(self, columns: Sequence[Column[Row]]) -> None:
        """Show other columns."""
        self.columns = tuple(columns)
        self._grown_widths.clear()
        self._width = 0

    def widen_columns(self, rows: Iterable[Row]) -> bool:
        """Widen the growing columns to fit these rows; return whether one of them grew."""
        rows_read = tuple(rows)
        for column in self.columns:
            if column.grows and rows_read:
                needed = max(len(column.render(row)) for row in rows_read)
                if needed > self._grown_widths.get(column, column.width or 0):
                    self._grown_widths[column] = needed
                    self._width = 0
        return self._width == 0

    def set_width(self, width: int) -> None:
        """Distribute the width among the columns."""
        if width != self._width:
            self._width = width
            self._column_widths = self._share_width(width)
            self.clear_strips()

    def clear_strips(self) -> None:
        """Clear the cache, after a change of rows, theme or width."""
        self._strips.clear()

    def _share_width(self, width: int) -> tuple[tuple[Column[Row], int], ...]:
        columns = [column for column in self.columns if width >= column.hide_below]
        width_left = width - GUTTER - GAP * max(0, len(columns) - 1) - 1
        flexible = [column for column in columns if column.width is None]
        width_left -= sum(self._column_width(column) for column in columns)
        shares: list[tuple[Column[Row], int]] = []
        for column in columns:
            if column.width is not None:
                shares.append((column, self._column_width(column)))
                continue
            share = width_left // len(flexible)
            flexible.pop()
            width_left -= share
            shares.append((column, max(MIN_FLEXIBLE_WIDTH, share)))
        return tuple(shares)

    def _column_width(self, column: Column[Row]) -> int:
        if column.wide and self._width >= WIDE_LIST_WIDTH:
            return column.wide
        if column.width is None:
            return 0
        title_width = cell_len(_(column.title)) if column.title else 0
        return max(self._grown_widths.get(column, column.width), title_width)

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
