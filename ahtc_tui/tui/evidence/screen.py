"""The mode Evidence: figures, data sets, practice, recommendations and documents. It changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import work

from ahtc_tui.domain.words import _
from ahtc_tui.services import evidence, practice, recommendations
from ahtc_tui.tui.evidence import card
from ahtc_tui.tui.evidence.list import EvidenceLine, Kind, columns, read_lines, with_headings
from ahtc_tui.tui.keys import bindings
from ahtc_tui.tui.keys.evidence import EVIDENCE
from ahtc_tui.tui.standing import StandingScreen
from ahtc_tui.tui.widgets.card import Section
from ahtc_tui.tui.widgets.confirm import told
from ahtc_tui.tui.widgets.record_line import Column
from ahtc_tui.tui.widgets.record_pages import Key, ListSource, PageSource

ORDER = (None, *Kind)


class EvidenceScreen(StandingScreen[EvidenceLine]):
    """What the office knows, and from where."""

    noun = "evidence"
    BINDINGS = bindings(*EVIDENCE)

    def __init__(self) -> None:
        super().__init__()
        self._only: Kind | None = None
        self._lines: list[EvidenceLine] = []

    def columns(self) -> Sequence[Column[EvidenceLine]]:
        """As the list has them."""
        return columns()

    async def source(self, text: str) -> PageSource[EvidenceLine]:
        """What holds the words, under headings."""
        self._lines = await read_lines(self.desk, text, self._only)
        return ListSource(with_headings(self._lines), lambda line: line.identity)

    async def sections(self, row: EvidenceLine) -> Iterable[Section]:
        """The card of a line."""
        match row.kind:
            case Kind.FIGURE:
                found = await self.desk.ask(evidence.show_figure, row.ref)
                others = await self.desk.ask(evidence.figures_beside, row.ref)
                parts = await self.desk.ask(evidence.parts_of, row.ref)
                return tuple(card.figure(found, others, parts))
            case Kind.DATA_SET:
                return tuple(card.data_set(row.row, await self.desk.ask(evidence.figures_of, row.ref)))
            case Kind.PRACTICE:
                return tuple(card.practice(await self.desk.ask(practice.show_practice, row.ref)))
            case Kind.RECOMMENDATION:
                return tuple(card.recommendation(row.row))
            case Kind.DOCUMENT:
                found_in = await self.desk.ask(recommendations.recommendations_of, row.ref)
                return tuple(card.document(row.row, found_in))

    def order_words(self) -> str:
        """Which sections stand here."""
        return self._only.heading.lower() if self._only else _("all sections")

    def place_of(self, ref: str) -> Key | None:
        """Where a record stands."""
        return next(((0, line.identity) for line in self._lines if line.ref == ref), None)

    def records_shown(self) -> int:
        """How many records the list has."""
        return len(self._lines)

    def action_next_section(self) -> None:
        """All, then each section alone, and round again."""
        self._only = ORDER[(ORDER.index(self._only) + 1) % len(ORDER)]
        self.load(self.filter_bar.text)

    @work(exclusive=True, group="matrix")
    async def action_matrix(self) -> None:
        """Practices and places in one table; the practice that was opened there is shown here."""
        from ahtc_tui.tui.evidence.matrix import MatrixScreen

        with told(self.app):
            found = await self.desk.ask(practice.matrix)
            self.app.push_screen(MatrixScreen(found), self._opened_in_matrix)

    def _opened_in_matrix(self, ref: str | None) -> None:
        if ref:
            self.find(ref)

    def find(self, ref: str) -> None:
        """Stand on one record, among those of every section."""
        self._only = None
        super().find(ref)
