"""The table of the cascade: a cursor on one cell, the places scrolling sideways under it. It changes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from ahtc_tui.domain.evidence.practice import (
    AdoptionRow,
    AdoptionStatus,
    MatrixRow,
    PlaceKind,
    PlaceRow,
    PracticeMatrix,
)
from ahtc_tui.domain.evidence.practice import count_cells as count
from ahtc_tui.domain.i18n import _
from ahtc_tui.tui.widgets.plain import cell

HEAD, FOLDED, TOTAL, GAP = 3, 12, 7, 1
"""Cells of a place, of the authorities as a count, of the totals, and between columns."""
TITLE = 24
"""Cells that the title of a practice needs at least."""
TOP = 2
"""Lines above the first practice."""
NOT_SAID = "·"
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
"""What stands behind the symbol, and which key writes it."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One column: a place, or the authorities as a count."""

    head: str
    kind: PlaceKind
    numbers: tuple[int, ...]
    """The places of the matrix that it stands for."""

    @property
    def width(self) -> int:
        """Its cells."""
        return HEAD if len(self.numbers) == 1 else FOLDED


def columns_of(matrix: PracticeMatrix, *, folded: bool) -> list[Shown]:
    """The columns in the order of the places; the authorities are one where they are folded."""
    heads = heads_of(matrix.places)
    authorities = matrix.block(PlaceKind.AUTHORITY)
    shown: list[Shown] = []
    for number, place in enumerate(matrix.places):
        if not folded or place.kind is not PlaceKind.AUTHORITY or len(authorities) == 1:
            shown.append(Shown(heads[number], place.kind, (number,)))
        elif number == authorities[0]:
            shown.append(Shown(_("{n} in all").format(n=len(authorities)), place.kind, authorities))
    return shown


def heads_of(places: Sequence[PlaceRow]) -> list[str]:
    """A short head for each place: initials of several words, the beginning of one; no head twice."""
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


class Cascade(Widget, can_focus=True):
    """Practices down, places across."""

    DEFAULT_CSS = """
    Cascade { height: auto; max-height: 60%; padding: 0; text-wrap: nowrap; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "step(-1, 0)", _("Up"), show=False, id="cascade.up"),
        Binding("down,j", "step(1, 0)", _("Down"), show=False, id="cascade.down"),
        Binding("left,h", "step(0, -1)", _("Left"), show=False, id="cascade.left"),
        Binding("right,l", "step(0, 1)", _("Right"), show=False, id="cascade.right"),
        Binding("home", "step(0, -999)", _("First place"), show=False, id="cascade.first"),
        Binding("end", "step(0, 999)", _("Last place"), show=False, id="cascade.last"),
        Binding("pageup,g", "step(-999, 0)", _("First practice"), show=False, id="cascade.top"),
        Binding("pagedown,G", "step(999, 0)", _("Last practice"), show=False, id="cascade.bottom"),
    ]

    class Moved(Message):
        """The cursor stands on another cell, or the table was read anew."""

    def __init__(self, matrix: PracticeMatrix) -> None:
        super().__init__()
        self.matrix, self.folded = matrix, True
        self.shown = columns_of(matrix, folded=True)
        self.row = self.column = 0
        self._left = self._top = 0
        """The first column and the first practice in sight."""

    def show(self, matrix: PracticeMatrix, *, folded: bool | None = None) -> None:
        """Show it as it is now; the cursor stays with its practice and its place."""
        here = self.shown[self.column].numbers[0] if self.shown else 0
        self.matrix = matrix
        self.folded = self.folded if folded is None else folded
        self.shown = columns_of(matrix, folded=self.folded)
        self.column = next((at for at, one in enumerate(self.shown) if here in one.numbers), 0)
        self.action_step(0, 0)
        self.refresh(layout=True)

    @property
    def practice(self) -> MatrixRow | None:
        """The practice under the cursor."""
        return self.matrix.rows[self.row] if self.row < len(self.matrix.rows) else None

    @property
    def places(self) -> tuple[int, ...]:
        """The places under the cursor: one, or the authorities while they are folded."""
        return self.shown[self.column].numbers if self.shown else ()

    def action_step(self, down: int, right: int) -> None:
        """Move the cursor, and keep it in sight."""
        self.row = max(0, min(self.row + down, len(self.matrix.rows) - 1))
        self.column = max(0, min(self.column + right, len(self.shown) - 1))
        body = max(1, self.size.height - TOP - 1)
        self._top = max(self.row - body + 1, min(self._top, self.row))
        self._left = min(self._left, self.column)
        while self._left < self.column and self.column not in self._in_sight():
            self._left += 1
        self.refresh()
        self.post_message(self.Moved())

    def get_content_height(self, _container: object, _viewport: object, _width: int) -> int:
        """Every practice, two lines of heads and one of totals."""
        return len(self.matrix.rows) + TOP + 1

    def on_resize(self) -> None:
        """What is in sight at this size."""
        self._left = self._top = 0
        self.action_step(0, 0)

    def _in_sight(self) -> range:
        """The columns that there is room for."""
        room = self.size.width - 2 - TITLE - GAP - TOTAL
        last = self._left
        while last < len(self.shown) and room >= GAP + self.shown[last].width:
            room -= GAP + self.shown[last].width
            last += 1
        return range(self._left, max(last, self._left + 1))

    def render(self) -> Content:
        """All lines."""
        sight = [self.shown[at] for at in self._in_sight() if at < len(self.shown)]
        title = self.size.width - 2 - TOTAL - GAP - sum(GAP + one.width for one in sight)
        body = max(1, self.size.height - TOP - 1)
        shown = range(self._top, min(self._top + body, len(self.matrix.rows)))
        rows = (self._line(number, sight, title) for number in shown)
        return Content("\n").join([*self._heads(sight, title), *rows, self._totals(sight, title)])

    def _heads(self, sight: Sequence[Shown], title: int) -> Iterator[Content]:
        beyond = len(self.shown) - self._in_sight().stop
        line = "  " + cell(_("◂ {n} more").format(n=self._left) if self._left else "", title)
        for kind, some in groupby(sight, key=lambda one: one.kind):
            line += " " + cell(kind.label.upper(), sum(one.width + GAP for one in some) - GAP)
        yield self._whole(f"{line} {cell(_('{n} ▸').format(n=beyond) if beyond else '', TOTAL, 'right')}", "bold")
        names = "".join(" " + cell(one.head, one.width, "center") for one in sight)
        yield self._whole(f"  {cell('', title)}{names} {_('adopted')}", "$foreground-muted")

    def _whole(self, line: str, look: str) -> Content:
        """A line in one style."""
        return Content.styled(cell(line, self.size.width), look)

    def _line(self, number: int, sight: Sequence[Shown], title: int) -> Content:
        row, here = self.matrix.rows[number], number == self.row
        parts: list[tuple[str, str]] = [
            ("▌ " if here else "  ", "$accent"),
            (cell(row.practice.title, title), "bold" if here else ""),
        ]
        for one in sight:
            words, look = _said([row.cells[at] for at in one.numbers], one.width)
            on_it = here and one is self.shown[self.column]
            parts += [(" ", ""), (words, f"{look} reverse bold".strip() if on_it else look)]
        total = count(row.cells)
        parts.append((" " + cell(f"{total.adopted}/{total.said}", TOTAL, "right"), "$foreground-muted"))
        return Content.assemble(*parts)

    def _totals(self, sight: Sequence[Shown], title: int) -> Content:
        line = "  " + cell(_("Adopted"), title)
        for one in sight:
            total = count(said for at in one.numbers for said in self.matrix.column(at))
            line += " " + cell(str(total.adopted or "–"), one.width, "center")
        adopted = count(said for row in self.matrix.rows for said in row.cells).adopted
        return self._whole(f"{line} {cell(str(adopted), TOTAL, 'right')}", "$foreground-muted")

    def on_click(self, event: events.Click) -> None:
        """Stand on the cell that was clicked."""
        sight = self._in_sight()
        left = self.size.width - TOTAL - GAP - sum(GAP + self.shown[at].width for at in sight)
        column = self.column
        for at in sight:
            left += GAP + self.shown[at].width
            if event.x < left:
                column = at
                break
        row = self._top + event.y - TOP
        if 0 <= row < len(self.matrix.rows):
            self.action_step(row - self.row, column - self.column)


def _said(cells: Sequence[AdoptionRow | None], width: int) -> tuple[str, str]:
    """The words of a cell and their style; a fold says how many adopted of how many said."""
    if len(cells) > 1:
        found = count(cells)
        return cell(found.short, width, "center"), "" if found.said else "$foreground-muted"
    said = cells[0]
    if said is None:
        return cell(NOT_SAID, width, "center"), "$foreground-muted"
    return cell(f"{said.status.symbol}{LETTERS[said.status]}", width), STYLES.get(said.status, "$foreground-muted")
