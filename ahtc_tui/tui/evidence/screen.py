"""The mode Evidence: figures, data sets, practice, recommendations, documents and web pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import work

from ahtc_tui.domain.i18n import _
from ahtc_tui.services.evidence import practice, recommendations, web_pages
from ahtc_tui.services.evidence import service as evidence
from ahtc_tui.tui.base.sectioned_list_screen import SectionedListScreen
from ahtc_tui.tui.evidence import card
from ahtc_tui.tui.evidence.forms import AnswerForm, LinkForm
from ahtc_tui.tui.evidence.list import EvidenceLine, Kind, columns, read_lines, with_headings
from ahtc_tui.tui.evidence.record_forms import RecordForm, ReviseForm, shapes
from ahtc_tui.tui.keys import bindings
from ahtc_tui.tui.keys.evidence import EVIDENCE
from ahtc_tui.tui.widgets.confirm import complain, say, told, warn_of_small
from ahtc_tui.tui.widgets.detail_pane import Section
from ahtc_tui.tui.widgets.form import FormScreen
from ahtc_tui.tui.widgets.pick_list import Pick
from ahtc_tui.tui.widgets.record_line import Column
from ahtc_tui.tui.widgets.record_pages import Key, ListSource, PageSource

ORDER = (None, *Kind)
CARDS = {Kind.FIGURE: evidence.show_figure, Kind.PRACTICE: practice.show_practice}
"""Of which kinds the list knows less than the form asks."""


class EvidenceScreen(SectionedListScreen[EvidenceLine]):
    """What the office knows, and from where."""

    noun = "evidence"
    nothing_yet = _("Nothing yet. n writes a figure, practice, recommendation, document or page.")
    BINDINGS = bindings(*EVIDENCE)

    def __init__(self) -> None:
        super().__init__()
        self._only: Kind | None = None
        self._only_open = False
        """Recommendations that are open, without an action."""
        self._lines: list[EvidenceLine] = []

    def columns(self) -> Sequence[Column[EvidenceLine]]:
        """As the list has them."""
        return columns()

    async def source(self, text: str) -> PageSource[EvidenceLine]:
        """What holds the words, under headings."""
        self._lines = await read_lines(self.desk, text, self._only, only_open=self._only_open)
        return ListSource(with_headings(self._lines), lambda line: line.identity)

    async def sections(self, row: EvidenceLine) -> Iterable[Section]:
        """The card of a line."""
        match row.kind:
            case Kind.FIGURE:
                found = await self.desk.ask(evidence.show_figure, row.ref)
                others = await self.desk.ask(evidence.figures_beside, row.ref)
                parts = await self.desk.ask(evidence.parts_of, row.ref)
                series = await self.desk.ask(evidence.series_of, row.ref)
                return tuple(card.figure(found, others, parts, series, self.desk.workspace.small_counts))
            case Kind.DATA_SET:
                return tuple(card.data_set(row.row, await self.desk.ask(evidence.figures_of, row.ref)))
            case Kind.PRACTICE:
                return tuple(card.practice(await self.desk.ask(practice.show_practice, row.ref)))
            case Kind.RECOMMENDATION:
                return tuple(card.recommendation(row.row))
            case Kind.DOCUMENT:
                found_in = await self.desk.ask(recommendations.recommendations_of, row.ref)
                return tuple(card.document(row.row, found_in))
            case Kind.WEB_PAGE:
                return tuple(card.web_page(row.row, self.desk.today))

    def empty_words(self, text: str) -> str:
        """What stands in an empty list, or in an empty section."""
        if text or self._only is None or self._only_open:
            return super().empty_words(text)
        return _("No {noun} yet. n writes one.").format(noun=_(self._only.value.replace("_", " ")))

    def order_words(self) -> str:
        """Which sections stand here."""
        one = len(self._lines) == 1
        if self._only_open:
            words = _("recommendation, open, without an action")
            return words if one else _("recommendations, open, without an action")
        if self._only is None:
            return _("all sections")
        return _(self._only.value.replace("_", " ")) if one else self._only.heading.lower()

    def place_of(self, ref: str) -> Key | None:
        """Where a record stands."""
        return next(((0, line.identity) for line in self._lines if line.ref == ref), None)

    def records_shown(self) -> int:
        """How many records the list has."""
        return len(self._lines)

    def action_next_section(self) -> None:
        """All, then each section alone, and round again."""
        self._only = ORDER[(ORDER.index(self._only) + 1) % len(ORDER)]
        self._only_open = False
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
        self._only, self._only_open = None, False
        super().find(ref)

    def action_only_open(self) -> None:
        """The recommendations that nobody acts on; again for everything."""
        self._only, self._only_open = None, not self._only_open
        self.load(self.filter_bar.text)

    def _line(self, *kinds: Kind) -> EvidenceLine | None:
        """The line under the cursor, if it is of one of these kinds; else a word."""
        line = self.list_pane.highlighted
        if isinstance(line, EvidenceLine) and line.kind in kinds:
            return line
        names = ", ".join(kind.heading.lower() for kind in kinds)
        complain(self.app, _("Stand on one of these first: {names}.").format(names=names))
        return None

    async def _fill(self, form: FormScreen, words: str) -> None:
        """Show a form; when it wrote something, say so and read anew."""
        if await self.app.push_screen_wait(form) is not None:
            say(self.app, words)
            self.app.changed.publish(None)

    @work(group="form")
    async def action_new(self) -> None:
        """A new record of the kind under the cursor."""
        line = self.list_pane.highlighted
        kind = line.kind if isinstance(line, EvidenceLine) else self._only
        if kind is None:
            kinds = [(shape.noun, "", each) for each, shape in shapes().items()]
            noun = await self.app.push_screen_wait(Pick(_("A new what?"), [each[:2] for each in kinds]))
            kind = next((each for name, _words, each in kinds if name == noun), None)
        if kind is not None:
            await self._fill(RecordForm(self.desk, kind), _("Added"))

    @work(group="form")
    async def action_edit(self) -> None:
        """The fields of the record under the cursor."""
        if (line := self._line(*Kind)) is None:
            return
        with told(self.app):
            card = CARDS.get(line.kind)
            row = await self.desk.ask(card, line.ref) if card else line.row
            await self._fill(RecordForm(self.desk, line.kind, line, row), _("{ref} changed").format(ref=line.ref))

    @work(group="form")
    async def action_revise(self) -> None:
        """A newer value of the figure."""
        if (line := self._line(Kind.FIGURE)) is not None:
            await self._fill(ReviseForm(self.desk, line), _("{ref} is superseded").format(ref=line.ref))

    @work(group="form")
    async def action_answer(self) -> None:
        """The answer to the recommendation; a web page was reviewed today."""
        if (line := self._line(Kind.RECOMMENDATION, Kind.WEB_PAGE)) is None:
            return
        if line.kind is Kind.WEB_PAGE:
            with told(self.app):
                await self.desk.ask(web_pages.review_page, line.ref)
                say(self.app, _("{ref} was reviewed today").format(ref=line.ref))
                self.app.changed.publish(None)
        else:
            await self._fill(AnswerForm(self.desk, line.row), _("{ref} is answered").format(ref=line.ref))

    @work(group="form")
    async def action_link(self) -> None:
        """An action for the recommendation."""
        if (line := self._line(Kind.RECOMMENDATION)) is not None:
            await self._fill(LinkForm(self.desk, line.row), _("{ref} has an action").format(ref=line.ref))

    @work(group="export")
    async def action_export(self) -> None:
        """The figures as a workbook among the exports."""
        from ahtc_tui.services.exports.evidence import evidence_to_folder

        with told(self.app):
            report = await self.desk.work(evidence_to_folder)
            say(self.app, _("Written: {path}").format(path=self.desk.within(report.file)), undo=False)
            warn_of_small(self.app, report.small, report.limit)
