"""How one line of a record list looks: columns, widths, header and strips. Never reads data, never moves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from ahtc_tui.domain.i18n import _
from ahtc_tui.tui.widgets.plain import Align, cell
from ahtc_tui.tui.widgets.record_pages import HeadingLine, Row

GUTTER = 2
"""The cursor's bar and the mark."""
GAP = 2
NARROWEST = 8
"""A flexible column never gets less."""
WIDE = 100
KEPT_STRIPS = 1024


class StyleOf(Protocol):
    """The style of a component class by its short name ("late"), laid over the cursor's bar where it stands."""

    def __call__(self, name: str, /, *, on_cursor: bool) -> Style: ...


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column: how wide, and what it says of a row."""

    title: str
    width: int | None
    """Cells; None shares what the others leave."""
    render: Callable[[Row], str]
    align: Align = "left"
    style: Callable[[Row], str] | None = None
    """The short name of a component class: "late", "muted", "brag-R"; "" for none."""
    sort: str = ""
    """The name of the order that a click on the title asks for."""
    hide_below: int = 0
    """The column is left out where the list has fewer cells than this."""
    wide: int = 0
    """Cells where the list has WIDE or more; 0 stands for the same."""
    grows: bool = False
    """The column widens to the longest text that was seen: references are never cut."""


class LinePainter(Generic[Row]):
    """Draws the lines of one list at one width, and keeps what it has drawn."""

    def __init__(self, columns: Sequence[Column[Row]], style_of: StyleOf) -> None:
        self.columns = tuple(columns)
        self.sort: tuple[str, bool] = ("", False)
        """The order in force, and whether it runs downwards."""
        self._style_of = style_of
        self._width = 0
        self._shown: tuple[tuple[Column[Row], int], ...] = ()
        self._strips: dict[tuple[int, bool, bool], Strip] = {}
        self._grown: dict[Column[Row], int] = {}
        """Columns to the width that their texts need."""

    def choose(self, columns: Sequence[Column[Row]]) -> None:
        """Draw other columns from now on."""
        self.columns = tuple(columns)
        self._grown.clear()
        self._width = 0

    def make_room(self, rows: Iterable[Row]) -> None:
        """Widen the columns that grow to what these rows say."""
        seen = tuple(rows)
        for column in self.columns:
            if column.grows and seen:
                needed = max(len(column.render(row)) for row in seen)
                if needed > self._grown.get(column, column.width or 0):
                    self._grown[column] = needed
                    self._width = 0

    def fit(self, width: int) -> None:
        """Share a width among the columns."""
        if width != self._width:
            self._width = width
            self._shown = self._shares(width)
            self.forget()

    def forget(self) -> None:
        """Draw everything anew: the rows, the theme or the width changed."""
        self._strips.clear()

    def _shares(self, width: int) -> tuple[tuple[Column[Row], int], ...]:
        columns = [column for column in self.columns if width >= column.hide_below]
        room = width - GUTTER - GAP * max(0, len(columns) - 1) - 1
        flexible = [column for column in columns if column.width is None]
        room -= sum(self._width_of(column) for column in columns)
        shares: list[tuple[Column[Row], int]] = []
        for column in columns:
            if column.width is not None:
                shares.append((column, self._width_of(column)))
                continue
            share = room // len(flexible)
            flexible.pop()
            room -= share
            shares.append((column, max(NARROWEST, share)))
        return tuple(shares)

    def _width_of(self, column: Column[Row]) -> int:
        if column.wide and self._width >= WIDE:
            return column.wide
        return self._grown.get(column, column.width or 0)

    def column_at(self, x: int) -> Column[Row] | None:
        """The column under a cell."""
        right = GUTTER
        for column, width in self._shown:
            right += width + GAP
            if x < right:
                return column
        return None

    def _strip(self, segments: list[Segment], style: Style) -> Strip:
        return Strip(segments).adjust_cell_length(self._width, style)

    def header(self) -> Strip:
        """The titles, with an arrow at the order in force."""
        style = self._style_of("header", on_cursor=False)
        words: list[str] = []
        name, downwards = self.sort
        for column, width in self._shown:
            arrow = (" ↓" if downwards else " ↑") if column.sort and column.sort == name else ""
            words.append(cell(_(column.title) + arrow if column.title else arrow, width, column.align))
        return self._strip([Segment(" " * GUTTER + (" " * GAP).join(words), style)], style)

    def row(self, index: int, row: Row, *, on_cursor: bool, marked: bool) -> Strip:
        """The line of a record."""
        known = self._strips.get((index, on_cursor, marked))
        if known is not None:
            return known
        plain = self._style_of("", on_cursor=on_cursor)
        bar, mark = ("▌" if on_cursor else " "), ("*" if marked else " ")
        segments = [
            Segment(bar, self._style_of("bar", on_cursor=on_cursor)),
            Segment(mark, self._style_of("mark", on_cursor=on_cursor)),
        ]
        for column, width in self._shown:
            name = column.style(row) if column.style else ""
            style = self._style_of(name, on_cursor=on_cursor) if name else plain
            segments.append(Segment(cell(column.render(row), width, column.align) + " " * GAP, style))
        strip = self._strip(segments, plain)
        if len(self._strips) >= KEPT_STRIPS:
            self._strips.clear()
        self._strips[index, on_cursor, marked] = strip
        return strip

    def heading(self, line: HeadingLine) -> Strip:
        """A line that groups the rows under it."""
        right = cell(line.right, min(len(line.right), self._width // 2), "right") if line.right else ""
        left = cell(line.text, max(0, self._width - len(right) - 2))
        plain = self._style_of("", on_cursor=False)
        segments = [
            Segment(" ", plain),
            Segment(left, self._style_of("heading", on_cursor=False)),
            Segment(right, self._style_of("muted", on_cursor=False)),
        ]
        return self._strip(segments, plain)

    def placeholder(self, *, on_cursor: bool) -> Strip:
        """A line whose row is on its way."""
        style = self._style_of("muted", on_cursor=on_cursor)
        return self._strip([Segment(("▌ " if on_cursor else "  ") + "·", style)], style)

    def sentence(self, text: str) -> Strip:
        """One centred sentence in place of rows."""
        style = self._style_of("muted", on_cursor=False)
        return self._strip([Segment(cell(text, self._width, "center"), style)], style)

    def blank(self) -> Strip:
        """A line without anything."""
        return Strip.blank(self._width, self._style_of("", on_cursor=False))
