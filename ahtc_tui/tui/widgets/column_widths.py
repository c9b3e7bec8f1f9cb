"""Columns of a record list, and how they share its width: by their texts, and the title takes what it needs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate, pairwise
from typing import Any, Generic

from rich.cells import cell_len

from ahtc_tui.domain.fields.model import Place, format_value, list_columns_in, read_column
from ahtc_tui.domain.i18n import _
from ahtc_tui.tui.widgets.plain import Align, wrap_text
from ahtc_tui.tui.widgets.record_pages import NO_TEXT, Row

GAP = 2
MIN_FLEXIBLE_WIDTH = 8
"""Minimum width of a column without a fixed width."""
COMFORTABLE_WIDTH = 36
"""Width below which a flexible column that is cut takes cells from other columns."""
COMFORTABLE_WRAPPED_WIDTH = 28
"""The same where its text continues on further lines."""
ROOMY_WIDTH = 64
"""Width above which a flexible column takes only the cells that it needs."""
USUAL_SHARE = 0.8
"""Share of the references that are whole in the width of their column."""
SPARING_WIDTH = 78
"""Width above which it leaves cells to other columns that are cut."""


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """A column: title, width, and the text of a row."""

    title: str
    width: int | None
    """Most cells that the column takes from the flexible columns; None shares the remaining width."""
    render: Callable[[Row], str]
    align: Align = "left"
    style: Callable[[Row], str] | None = None
    """Returns the short name of a component class: "late", "muted", "brag-R"; "" for none."""
    sort: str = ""
    """Name of the column, by which the list can be sorted and the column hidden; "" where neither is possible."""
    value: Callable[[Row], Any] | None = None
    """Returns what the rows are sorted by; None sorts them by their text."""
    least: int = 0
    """Width to which the column narrows where the flexible columns are cut; 0 keeps its width."""
    optional: bool = False
    """Whether the column is left out where the flexible columns are cut."""
    grows: bool = False
    """Whether the column cuts no text. Used for references: one that is longer than most takes cells of the flexible
    column after it in its own row alone."""
    anchor: str = ""
    """Name of a column without an order, for those that stand below it."""
    under: str = ""
    """Name of the column below whose text it stands in a narrow list."""
    width_below: int = 0
    """Most cells that it takes there; 0 for its width."""
    joins_next: bool = False
    """Whether the next column begins here in a row without a text."""
    takes_all: bool = False
    """Whether a flexible column takes the whole width that is left."""
    shorten: Callable[[Row, int], str] | None = None
    """Returns the text in at most so many cells; None cuts it at its end."""
    long_title: str = ""
    """Title where there is more room than in the column; "" for the same."""

    @property
    def name(self) -> str:
        """The title in full."""
        return self.long_title or self.title or self.sort


@dataclass(slots=True)
class Cell(Generic[Row]):
    """The text of a column in one line of a row, and its width there."""

    column: Column[Row]
    text: str
    width: int
    align: Align


def build_stated_columns(row_type: type[Row]) -> Iterator[Column[Row]]:
    """Yield the columns that a row class states; they are left out where the others need their width."""
    for name, stated in list_columns_in(Place.LIST, row_type).items():
        read = partial(_read_text, name=name)
        yield Column(
            stated.heading, stated.width, read, optional=True, sort=name, value=partial(read_column, name=name)
        )


def _read_text(row: object, name: str) -> str:
    return format_value(read_column(row, name))


class ColumnWidths(Generic[Row]):
    """Measures the texts of columns and shares a width among them. A column without any text is left out."""

    def __init__(self, columns: Sequence[Column[Row]]) -> None:
        self.columns = tuple(columns)
        self._text_widths: dict[Column[Row], int] = {}
        """Cells of the longest text of each column; empty until rows were measured."""
        self._width_counts: dict[Column[Row], Counter[int]] = {}
        """How many texts of a column that grows have which width."""
        self.hidden: frozenset[str] = frozenset()
        """Names of the columns that a person hid."""
        self.sorted_name = ""
        """Name of the column whose title has the arrow of the order."""
        self.wraps = False
        """Whether texts of flexible columns continue on further lines."""
        self.is_stacked = False
        """Whether some columns stand below others."""
        self.below: dict[Column[Row], list[Column[Row]]] = {}
        """The columns that stand below others, by those."""
        self.lines: int | None = None
        """Lines of every row; None for as many as its texts need."""

    def clear(self) -> None:
        """Forget the measured rows."""
        self._text_widths.clear()
        self._width_counts.clear()

    def measure_rows(self, rows: Iterable[Row]) -> bool:
        """Measure these rows too; return whether a column has a longer text than before."""
        is_wider = False
        rows = tuple(rows)
        for column in filter(self.is_shown, self.columns if rows else ()):
            text_widths = [_measure_text(column.render(row)) for row in rows]
            if column.grows:
                self._width_counts.setdefault(column, Counter()).update(text_widths)
            width = max(text_widths)
            if width > self._text_widths.get(column, -1):
                self._text_widths[column] = width
                is_wider = True
        return is_wider

    def share_width(self, total: int) -> tuple[tuple[Column[Row], int], ...]:
        """Return the columns to show in this many cells, gaps included, with the width of each."""
        used = [column for column in self.columns if self._text_widths.get(column) != 0 and self.is_shown(column)]
        self.below = self._stack_columns(used)
        stacked = {column for columns in self.below.values() for column in columns}
        columns = [column for column in used if column not in stacked]
        widths = {column: self._preferred_width(column) for column in columns if column.width is not None}
        for column, following in pairwise(columns):
            if column.grows and following.width is None:
                widths[column] = max(self._usual_width(column), self._measure_title(column))
        flexible = [column for column in columns if column.width is None]
        continues = self.wraps and self.lines != 1
        comfortable = COMFORTABLE_WRAPPED_WIDTH if continues else COMFORTABLE_WIDTH
        wanted = sum(min(comfortable, self._full_width(column)) for column in flexible)

        def count_left() -> int:
            return total - sum(widths.values()) - GAP * (len(widths) + len(flexible) - 1)

        optional = sorted((column for column in widths if column.optional), key=lambda column: -widths[column])
        for column in optional:
            if count_left() < wanted:
                del widths[column]
        for column in widths:
            if (missing := wanted - count_left()) > 0 and column.least:
                least = max(column.least, self._measure_title(column))
                widths[column] = max(min(least, widths[column]), widths[column] - missing)
        surplus = count_left() - sum(min(SPARING_WIDTH, self._full_width(column)) for column in flexible)
        for column in widths:
            if surplus > 0 and (cut := min(surplus, self._full_width(column) - widths[column])) > 0:
                widths[column] += cut
                surplus -= cut
        widths.update(self._share_flexible(flexible, count_left()))
        return tuple((column, widths[column]) for column in columns if column in widths)

    def _stack_columns(self, columns: Sequence[Column[Row]]) -> dict[Column[Row], list[Column[Row]]]:
        """Return the columns that stand below others, by those."""
        hosts = {column.sort or column.anchor: column for column in columns} if self.is_stacked else {}
        below: dict[Column[Row], list[Column[Row]]] = {}
        for column in columns:
            if column.under and column.under in hosts:
                below.setdefault(hosts[column.under], []).append(column)
        return below

    def place_cells(self, row: Row, shares: Sequence[tuple[Column[Row], int]]) -> Iterator[tuple[Column[Row], int]]:
        """Yield the columns of a row with their widths.

        A column begins where an empty one before it would, and gives cells to a longer reference before it.
        """
        joined = 0
        for number, (column, width) in enumerate(shares, 1):
            text = column.render(row) if column.joins_next or column.grows else ""
            if column.joins_next and not text:
                joined += width + GAP
                continue
            lent = 0
            if column.grows and number < len(shares) and shares[number][0].width is None:
                lent = max(0, min(_measure_text(text) - width, shares[number][1] - MIN_FLEXIBLE_WIDTH))
            yield column, width + joined + lent
            joined = -lent

    def list_cell_lines(self, column: Column[Row], row: Row, width: int) -> list[tuple[Column[Row], str]]:
        """Return the lines of a cell, each with the column of its text: its own text, then those below it."""
        is_wrapped = self.wraps and column.width is None
        texts = ((other, other.render(row)) for other in self.below.get(column, ()))
        below = [
            (other, line)
            for other, text in texts
            if text not in NO_TEXT
            for line in (_wrap_indented(text, width) if is_wrapped else [text])
        ]
        text = column.shorten(row, width) if column.shorten else column.render(row)
        lines = _wrap_indented(text, width) if is_wrapped else [text]
        if below and not text:
            return below
        if self.lines is not None and len(lines) > (most := max(1, self.lines - len(below))):
            lines[most - 1 :] = [" ".join(lines[most - 1 :])]
        return [*((column, line) for line in lines), *below]

    def list_line_cells(self, row: Row, shares: Sequence[tuple[Column[Row], int]], number: int) -> list[Cell[Row]]:
        """Return the cells of one line of a row; a text at the right takes what the one before it leaves."""
        cells: list[Cell[Row]] = []
        for column, width in self.place_cells(row, shares):
            lines = self.list_cell_lines(column, row, width)
            shown, text = lines[number] if number < len(lines) else (column, "")
            cells.append(Cell(shown, text, width, column.align))
        for before, cell in pairwise(cells):
            missing = _measure_text(cell.text) - cell.width
            if missing > 0 and cell.align == "right" and before.align == "left":
                lent = min(missing, max(0, before.width - _measure_text(before.text)))
                before.width, cell.width = before.width - lent, cell.width + lent
        return cells

    def count_lines(self, row: Row, shares: Sequence[tuple[Column[Row], int]]) -> int:
        """Return the number of lines that the texts of a row need."""
        cells = self.place_cells(row, shares)
        return max((len(self.list_cell_lines(column, row, width)) for column, width in cells), default=1)

    def is_shown(self, column: Column[Row]) -> bool:
        """Return whether a column is not hidden."""
        return not column.sort or column.sort not in self.hidden

    def _share_flexible(self, columns: Sequence[Column[Row]], cells: int) -> dict[Column[Row], int]:
        """Share cells evenly; what a short column does not need goes to the others. The first grows to ROOMY_WIDTH,
        and to the whole width where it takes all: lines that are typed do not move the columns beside them.
        """
        shares: dict[Column[Row], int] = {}
        for column in sorted(columns, key=self._full_width):
            full_width = self._full_width(column)
            share = min(cells // (len(columns) - len(shares)), full_width)
            shares[column] = max(min(MIN_FLEXIBLE_WIDTH, full_width), share)
            cells -= shares[column]
        if columns and cells > 0:
            first = columns[0]
            shares[first] += cells if first.takes_all else min(cells, max(0, ROOMY_WIDTH - shares[first]))
        return shares

    def _full_width(self, column: Column[Row]) -> int:
        """Return the width that cuts no text of the column."""
        widths = (self._text_widths.get(shown, shown.width or 0) for shown in (column, *self.below.get(column, ())))
        return max((*widths, self._measure_title(column)))

    def _usual_width(self, column: Column[Row]) -> int:
        """Return the width in which most texts of a column fit."""
        counts = self._width_counts.get(column, Counter())
        reached = accumulate(counts[width] for width in sorted(counts))
        needed = USUAL_SHARE * counts.total()
        return next((width for width, count in zip(sorted(counts), reached, strict=True) if count >= needed), 0)

    def _preferred_width(self, column: Column[Row]) -> int:
        full_width = self._full_width(column)
        below = (other.width_below or other.width or 0 for other in self.below.get(column, ()))
        most = max((column.width or 0, *below))
        return full_width if column.grows else min(full_width, max(most, self._measure_title(column)))

    def _measure_title(self, column: Column[Row]) -> int:
        """Return the cells of the title, with the arrow of the order in force."""
        arrow = 2 if column.sort and column.sort == self.sorted_name else 0
        return cell_len(_(column.title)) + arrow if column.title else 0


def _wrap_indented(text: str, width: int) -> list[str]:
    """Return the lines of a text; each begins with the blanks that the text begins with."""
    if _measure_text(text) <= width:
        return [text]
    words = text.lstrip(" ")
    indent = " " * min(len(text) - len(words), width // 2)
    return [indent + line for line in wrap_text(words, width - len(indent))]


def _measure_text(text: str) -> int:
    return len(text) if text.isascii() else cell_len(text)
