"""The mode Evidence: figures, data sets, practice, recommendations and documents. It changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import on, work
from textual.widgets import Input

from ahtc_tui.domain.words import _
from ahtc_tui.services import evidence, practice, recommendations
from ahtc_tui.tui.evidence import card
from ahtc_tui.tui.evidence.list import EvidenceLine, Kind, columns, read_lines, with_headings
from ahtc_tui.tui.keys import EVIDENCE, bindings
from ahtc_tui.tui.noun import NounScreen
from ahtc_tui.tui.widgets.card import Section
from ahtc_tui.tui.widgets.confirm import told
from ahtc_tui.tui.widgets.filter_bar import FilterBar
from ahtc_tui.tui.widgets.record_line import Column
from ahtc_tui.tui.widgets.record_list import RecordList
from ahtc_tui.tui.widgets.record_pages import ListSource, PageSource

ORDER = (None, *Kind)


class EvidenceScreen(NounScreen[EvidenceLine]):
    """What the office knows, and from where."""

    noun = "evidence"
    BINDINGS = bindings(*EVIDENCE)

    def __init__(self) -> None:
        super().__init__()
        self._only: Kind | None = None
        self._lines: list[EvidenceLine] = []
        self._wanted = ""
        """The reference to stand on, until the list stands there."""

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

    @on(RecordList.Counted)
    def _lines_counted(self, event: RecordList.Counted) -> None:
        event.prevent_default()  # headings are no records
        self.filter_bar.set_status(len(self._lines), order=self.order_words())

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
        """Stand on one record, among all of them."""
        self._only = None
        self._wanted = ref
        with self.filter_bar.input.prevent(Input.Changed):
            self.filter_bar.set_text("")
        self.reload()
        self.list_pane.focus()

    def reload(self) -> None:
        """Read the list anew; the cursor stays on its record, or goes to the one that is wanted."""
        if self._wanted:
            self._show_at(self._wanted)
        else:
            super().reload()

    @on(RecordList.Highlighted)
    def _stands_there(self, event: RecordList.Highlighted) -> None:
        if event.row is not None and event.row.ref == self._wanted:
            self._wanted = ""

    @on(FilterBar.Changed)
    def _wants_others(self, _event: FilterBar.Changed) -> None:
        self._wanted = ""

    @work(exclusive=True, group="load")
    async def _show_at(self, ref: str) -> None:
        with told(self.app):
            self._source = await self.source("")
            at = next(((0, line.identity) for line in self._lines if line.ref == ref), None)
            self._wanted = ref if at else ""
            self.list_pane.show(self._source, at=at)
