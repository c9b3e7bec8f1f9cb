"""Table widget of the matrix: a cell cursor, and places that scroll sideways. Reads only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Offset, Region
from textual.message import Message
from textual.widget import Widget

from ahtc_tui.domain.evidence.practice import (
    NO_INFORMATION,
    AdoptionRow,
    AdoptionStatus,
    MatrixRow,
    PlaceKind,
    PlaceRow,
    PracticeMatrix,
)
from ahtc_tui.domain.evidence.practice import count_cells as count
from ahtc_tui.domain.i18n import _, gettext_noop, pgettext
from ahtc_tui.tui.widgets.column_widths import ROOMY_WIDTH
from ahtc_tui.tui.widgets.plain import fit_cell, format_heading

HEAD, FOLDED, TOTAL, GAP = 3, 12, 7, 1
"""Widths in cells: a place, the folded authorities, the totals, and the gap between columns."""
TITLE = 24
"""Minimum width of the practice's title in cells."""
TOP = 2
"""Number of lines above the first practice."""
STYLES = {
    AdoptionStatus.ADOPTED: "$text-success",
    AdoptionStatus.UNDER_WAY: "$text-warning",
    AdoptionStatus.PLANNED: "$text-accent",
    AdoptionStatus.DECLINED: "$text-error",
}
LETTERS = {
    AdoptionStatus.ADOPTED: "a",
    AdoptionStatus.UNDER_WAY: "u",
    AdoptionStatus.PLANNED: "p",
    AdoptionStatus.DECLINED: "d",
    AdoptionStatus.NOT_APPLICABLE: "n",
}
"""Letter beside each symbol, which is its key in the menu."""


@dataclass(frozen=True, slots=True)
class MatrixColumn:
    """One column: a place, or all authorities folded."""

    head: str
    kind: PlaceKind
    numbers: tuple[int, ...]
    """Indices of its places in the matrix."""

    @property
    def width(self) -> int:
        """Width in cells."""
        return HEAD if len(self.numbers) == 1 else FOLDED


def build_columns(matrix: PracticeMatrix, *, folded: bool) -> list[MatrixColumn]:
    """Return the columns in the order of the places; folded authorities are one column."""
    heads = build_heads(matrix.places)
    authorities = matrix.list_columns(PlaceKind.AUTHORITY)
    columns: list[MatrixColumn] = []
    for number, place in enumerate(matrix.places):
        if not folded or place.kind is not PlaceKind.AUTHORITY or len(authorities) == 1:
            columns.append(MatrixColumn(heads[number], place.kind, (number,)))
        elif number == authorities[0]:
            columns.append(MatrixColumn(_("{n} in all").format(n=len(authorities)), place.kind, authorities))
    return columns


def build_heads(places: Sequence[PlaceRow]) -> list[str]:
    """Return a short, unique heading for each place: initials of several words, or the start of one."""
    heads: list[str] = []
    for place in places:
        words = (place.short or place.plain_name).replace("-", " ").split() or ["?"]
        head = "".join(word[0] for word in words)[:HEAD].upper() if len(words) > 1 else words[0][:HEAD]
        number = 2
        while head in heads:
            head = f"{head[: HEAD - 1]}{number}" if number < 10 else f"{head[:1]}{number}"
            number += 1
        heads.append(head)
    return heads


class MatrixTable(Widget, can_focus=True):
    """Table of practices (rows) and places (columns)."""

    DEFAULT_CSS = """
    MatrixTable { height: auto; max-height: 60%; padding: 0; text-wrap: nowrap; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "step(-1, 0)", gettext_noop("Up"), show=False, id="cascade.up"),
        Binding("down,j", "step(1, 0)", gettext_noop("Down"), show=False, id="cascade.down"),
        Binding("left,h", "step(0, -1)", gettext_noop("Left"), show=False, id="cascade.left"),
        Binding("right,l", "step(0, 1)", gettext_noop("Right"), show=False, id="cascade.right"),
        Binding("home", "step(0, -999)", gettext_noop("First place"), show=False, id="cascade.first"),
        Binding("end", "step(0, 999)", gettext_noop("Last place"), show=False, id="cascade.last"),
        Binding("pageup,g", "step(-999, 0)", gettext_noop("First practice"), show=False, id="cascade.top"),
        Binding("pagedown,G", "step(999, 0)", gettext_noop("Last practice"), show=False, id="cascade.bottom"),
    ]

    class Moved(Message):
        """Posted when the cursor moved or the table was reloaded."""

    def __init__(self, matrix: PracticeMatrix) -> None:
        super().__init__()
        self.matrix, self.folded = matrix, True
        self.columns = build_columns(matrix, folded=True)
        self.row = self.column = 0
        self._left = self._top = 0
        """Index of the first visible column and practice."""

    def show_matrix(self, matrix: PracticeMatrix, *, folded: bool | None = None) -> None:
        """Show the matrix; the cursor keeps its practice and place."""
        place = self.columns[self.column].numbers[0] if self.columns else 0
        self.matrix = matrix
        self.folded = self.folded if folded is None else folded
        self.columns = build_columns(matrix, folded=self.folded)
        self.column = next((index for index, column in enumerate(self.columns) if place in column.numbers), 0)
        self.action_step(0, 0)
        self.refresh(layout=True)

    @property
    def practice(self) -> MatrixRow | None:
        """Return the selected practice."""
        return self.matrix.rows[self.row] if self.row < len(self.matrix.rows) else None

    @property
    def places(self) -> tuple[int, ...]:
        """Return the selected places: one, or all authorities if folded."""
        return self.columns[self.column].numbers if self.columns else ()

    @property
    def cursor_screen_offset(self) -> Offset:
        """Cell of the screen at the start of the selected practice."""
        return self.content_region.offset + Offset(0, TOP + self.row - self._top)

    def action_step(self, down: int, right: int) -> None:
        """Move the cursor and scroll it into view; without scrolling, two lines are drawn."""
        before, corner = self.row, (self._left, self._top)
        self.row = max(0, min(self.row + down, len(self.matrix.rows) - 1))
        self.column = max(0, min(self.column + right, len(self.columns) - 1))
        body = max(1, self.size.height - TOP - 1)
        self._top = max(self.row - body + 1, min(self._top, self.row))
        self._left = min(self._left, self.column)
        while self._left < self.column and self.column not in self._find_visible_columns():
            self._left += 1
        lines = {before, self.row} if (self._left, self._top) == corner else set()
        self.refresh(*(Region(0, TOP + line - self._top, self.size.width, 1) for line in lines))
        self.post_message(self.Moved())

    def get_content_height(self, _container: object, _viewport: object, _width: int) -> int:
        """Return the number of practices, two heading lines and one line of totals."""
        return len(self.matrix.rows) + TOP + 1

    def on_resize(self) -> None:
        self._left = self._top = 0
        self.action_step(0, 0)
        self.refresh()

    def _find_visible_columns(self) -> range:
        """Return the columns that fit."""
        room = self.size.width - 2 - TITLE - GAP - TOTAL
        last = self._left
        while last < len(self.columns) and room >= GAP + self.columns[last].width:
            room -= GAP + self.columns[last].width
            last += 1
        return range(self._left, max(last, self._left + 1))

    def _measure_title(self, visible: Sequence[MatrixColumn]) -> int:
        """Return the width of the titles: what the visible columns leave, but no more than a long title needs."""
        longest = max((cell_len(row.practice.shown_title) for row in self.matrix.rows), default=0)
        left = self.size.width - 2 - TOTAL - GAP - sum(GAP + column.width for column in visible)
        return min(left, max(ROOMY_WIDTH, longest))

    def render(self) -> Content:
        visible = [self.columns[index] for index in self._find_visible_columns() if index < len(self.columns)]
        title = self._measure_title(visible)
        body = max(1, self.size.height - TOP - 1)
        visible_rows = range(self._top, min(self._top + body, len(self.matrix.rows)))
        rows = (self._build_row(number, visible, title) for number in visible_rows)
        return Content("\n").join([*self._build_heads(visible, title), *rows, self._build_totals(visible, title)])

    def _build_heads(self, visible: Sequence[MatrixColumn], title: int) -> Iterator[Content]:
        beyond = len(self.columns) - self._find_visible_columns().stop
        line = "  " + fit_cell(_("◂ {n} more").format(n=self._left) if self._left else "", title)
        groups = groupby(visible, key=lambda column: column.kind)
        titles = [
            (format_heading(kind.label), sum(column.width + GAP for column in columns) - GAP)
            for kind, columns in groups
        ]
        if titles and not beyond:  # the last title can continue above the totals
            titles[-1] = (titles[-1][0], titles[-1][1] + GAP + TOTAL)
        line += "".join(" " + fit_cell(text, width) for text, width in titles)
        if beyond:
            note = " " + _("{n} more ▸").format(n=beyond)
            line = fit_cell(line.rstrip(), self.size.width - len(note)) + note
        yield self._style_line(line, "bold")
        names = "".join(" " + fit_cell(column.head, column.width, "center") for column in visible)
        adopted = fit_cell(pgettext("column", "adopted"), TOTAL, "right")
        yield self._style_line(f"  {fit_cell('', title)}{names} {adopted}", "$foreground-muted")

    def _style_line(self, line: str, style: str) -> Content:
        """Return a line in one style."""
        return Content.styled(fit_cell(line, self.size.width), style)

    def _build_row(self, number: int, visible: Sequence[MatrixColumn], title: int) -> Content:
        row, is_current = self.matrix.rows[number], number == self.row
        parts: list[tuple[str, str]] = [
            ("▌ " if is_current else "  ", "$accent"),
            (fit_cell(row.practice.shown_title, title), "bold" if is_current else ""),
        ]
        for column in visible:
            words, style = _format_cell([row.cells[place] for place in column.numbers], column.width)
            is_under_cursor = is_current and column is self.columns[self.column]
            parts += [(" ", ""), (words, f"{style} reverse bold".strip() if is_under_cursor else style)]
        total = count(row.cells)
        share = f"{total.adopted}/{total.answered}" if total.answered else "–"
        parts.append((" " + fit_cell(share, TOTAL, "right"), "$foreground-muted"))
        return Content.assemble(*parts)

    def _build_totals(self, visible: Sequence[MatrixColumn], title: int) -> Content:
        line = "  " + fit_cell(_("Adopted"), title)
        for column in visible:
            total = count(adoption for place in column.numbers for adoption in self.matrix.list_cells(place))
            line += " " + fit_cell(str(total.adopted or "–"), column.width, "center")
        adopted = count(adoption for row in self.matrix.rows for adoption in row.cells).adopted
        return self._style_line(f"{line} {fit_cell(str(adopted), TOTAL, 'right')}", "$foreground-muted")

    def on_click(self, event: events.Click) -> None:
        visible = self._find_visible_columns()
        left = 2 + self._measure_title([self.columns[index] for index in visible])
        column = self.column
        for index in visible:
            left += GAP + self.columns[index].width
            if event.x < left:
                column = index
                break
        row = self._top + event.y - TOP
        if 0 <= row < len(self.matrix.rows):
            self.action_step(row - self.row, column - self.column)


def _format_cell(cells: Sequence[AdoptionRow | None], width: int) -> tuple[str, str]:
    """Return text and style of a cell; a folded cell counts adopted and recorded places."""
    if len(cells) > 1:
        counts = count(cells)
        return fit_cell(counts.summary, width, "center"), "" if counts.answered else "$foreground-muted"
    adoption = cells[0]
    if adoption is None:
        return fit_cell(NO_INFORMATION, width, "center"), "$foreground-muted"
    style = STYLES.get(adoption.status, "$foreground-muted")
    return fit_cell(f"{adoption.status.symbol}{LETTERS[adoption.status]}", width), style
