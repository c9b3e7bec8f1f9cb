"""The cascade: every practice in every place, one sign a cell. An absent cell says "not said", never "no"."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.getters import query_one
from textual.screen import Screen
from textual.widgets import Footer

from ahtc_tui.domain.practice import AdoptionStatus, MatrixRow, PlaceKind, PlaceRow, PracticeMatrix
from ahtc_tui.domain.words import _
from ahtc_tui.tui.evidence.card import status_words
from ahtc_tui.tui.keys import bindings
from ahtc_tui.tui.keys.evidence import MATRIX
from ahtc_tui.tui.widgets.mode_bar import ModeBar
from ahtc_tui.tui.widgets.plain import Plain, cell, safe
from ahtc_tui.tui.widgets.record_line import GAP, GUTTER, Column
from ahtc_tui.tui.widgets.record_list import RecordList
from ahtc_tui.tui.widgets.record_pages import ListSource

HEAD = 3
"""Cells of the head of a place."""
TITLE = 27
"""Cells that the title of a practice needs at least."""
NAME = 25
"""Cells of a head with its name in the legend."""
NOT_SAID = "·"
SIGNS = (
    AdoptionStatus.ADOPTED,
    AdoptionStatus.UNDER_WAY,
    AdoptionStatus.PLANNED,
    AdoptionStatus.DECLINED,
    AdoptionStatus.NOT_APPLICABLE,
)
STYLES = {AdoptionStatus.ADOPTED: "brag-G", AdoptionStatus.UNDER_WAY: "soon", AdoptionStatus.PLANNED: ""}


class MatrixScreen(Screen[str]):
    """Closes with the reference of the practice that was opened."""

    DEFAULT_CSS = """
    MatrixScreen #blocks { height: 1; text-style: bold; }
    MatrixScreen RecordList { max-height: 50%; }
    MatrixScreen VerticalScroll { height: 1fr; padding: 1 2 0 2; scrollbar-size-vertical: 1; }
    MatrixScreen #heads { height: auto; padding: 0 2; color: $foreground-muted; }
    MatrixScreen #signs { height: auto; padding: 0 2; color: $foreground-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(*MATRIX)]
    AUTO_FOCUS = "RecordList"

    blocks = query_one("#blocks", Plain)
    said = query_one("#said", Plain)
    heads = query_one("#heads", Plain)

    def __init__(self, matrix: PracticeMatrix) -> None:
        super().__init__()
        self._matrix = matrix
        self._heads = heads_of(matrix.places)

    def compose(self) -> ComposeResult:
        """Modes, blocks of places, the table, what the row says in words, the legend."""
        yield ModeBar("evidence")
        yield Plain(id="blocks")
        rows = ListSource(self._matrix.rows, lambda row: row.practice.ref)
        table: RecordList[MatrixRow] = RecordList(
            self._columns(), rows, empty_text=_("There is no practice yet."), markable=False
        )
        table.styles.width, table.styles.height = "100%", len(self._matrix.rows) + 1
        yield table
        with VerticalScroll(can_focus=False):
            yield Plain(id="said")
        yield Plain(id="heads")
        yield Plain(_legend(), id="signs")
        yield Footer(show_command_palette=False, compact=True)

    def _columns(self) -> Sequence[Column[MatrixRow]]:
        return (
            Column(_("Practice"), None, lambda row: row.practice.title),
            *(self._column(number) for number in range(len(self._heads))),
        )

    def _column(self, number: int) -> Column[MatrixRow]:
        """One place; those beside forces and fora only where everything fits."""
        least = self._all_fit if self._matrix.places[number].kind is PlaceKind.OTHER else 0
        return Column(self._heads[number], HEAD, _sign(number), "center", _style(number), hide_below=least)

    @property
    def _all_fit(self) -> int:
        """The width from which on every place is shown."""
        return GUTTER + 1 + TITLE + (GAP + HEAD) * len(self._heads)

    def on_resize(self) -> None:
        """The blocks and the heads for the new width."""
        width = self.size.width - 1
        all_fit = width >= self._all_fit
        shown = [place for place in self._matrix.places if all_fit or place.kind is not PlaceKind.OTHER]
        start = width - 1 - (GAP + HEAD) * len(shown) + GAP
        line = " " * start
        for kind in PlaceKind:
            number = sum(place.kind is kind for place in shown)
            line += cell(kind.label.upper(), max(0, (GAP + HEAD) * number - GAP)) + " " * GAP if number else ""
        self.blocks.update(Content(line))
        hidden = len(self._matrix.places) - len(shown)
        more = _("Forces and fora only: {n} other places need a wider window.").format(n=hidden) if hidden else ""
        self.heads.update("\n".join([*self._names(shown, self.size.width - 4), *filter(None, [more])]))

    def _names(self, places: Sequence[PlaceRow], width: int) -> Iterator[str]:
        """The heads and what they stand for, side by side."""
        named = [cell(f"{head}  {place.name}", NAME) for head, place in zip(self._heads, places, strict=False)]
        across = max(1, width // NAME)
        return ("".join(named[start : start + across]) for start in range(0, len(named), across))

    @on(RecordList.Highlighted)
    def _row_changed(self, event: RecordList.Highlighted) -> None:
        if event.row is not None and not isinstance(event, RecordList.Opened):
            words = "\n".join(_words_of(event.row)) or _("Nobody said anything yet.")
            self.said.update(Content.assemble((f"{safe(event.row.practice.title)}\n", "bold"), safe(words)))

    @on(RecordList.Opened)
    def _opened(self, event: RecordList.Opened) -> None:
        self.dismiss(event.row.practice.ref)

    def action_close(self) -> None:
        """Back to the list."""
        self.dismiss(None)


def heads_of(places: Sequence[PlaceRow]) -> list[str]:
    """A short head for each place: initials of several words, the beginning of one; no head twice."""
    heads: list[str] = []
    for place in places:
        words = (place.short or place.name).replace("-", " ").split()
        head = "".join(word[0] for word in words)[:HEAD].upper() if len(words) > 1 else words[0][:HEAD]
        number = 2
        while head in heads:
            head = f"{head[: HEAD - 1]}{number}"
            number += 1
        heads.append(head)
    return heads


def _sign(number: int) -> Callable[[MatrixRow], str]:
    def render(row: MatrixRow) -> str:
        said = row.cells[number]
        return said.status.symbol if said else NOT_SAID

    return render


def _style(number: int) -> Callable[[MatrixRow], str]:
    def style(row: MatrixRow) -> str:
        said = row.cells[number]
        return STYLES.get(said.status, "muted") if said else "muted"

    return style


def _words_of(row: MatrixRow) -> Iterator[str]:
    """What the places say, those with the same answer on one line."""
    said: dict[str, list[str]] = {}
    for one in row.cells:
        if one is not None:
            said.setdefault(status_words(one), []).append(one.place)
    return (f"{words}  {', '.join(places)}" for words, places in said.items())


def _legend() -> str:
    said = [f"{status.symbol} {status.label.lower()}" for status in SIGNS]
    return "  ".join([*said, _("{sign} not said").format(sign=NOT_SAID)])
