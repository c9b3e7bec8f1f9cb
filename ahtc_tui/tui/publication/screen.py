"""The release list: each text of a page with its marks, a key for each decision, and the page itself beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from textual import work

from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.filters.text_match import build_text_test
from ahtc_tui.domain.i18n import _, gettext_noop, ngettext, pgettext
from ahtc_tui.domain.publication.answers import KEEP, REST, WITHHOLD, Answer, build_reworded
from ahtc_tui.domain.publication.model import ListState, PublishedDocument, ReleaseList, TextDecision, TextRow
from ahtc_tui.services.exports.published_pages import find_page, render_preview
from ahtc_tui.services.publication import service as publication
from ahtc_tui.tui.base.record_screen import RecordScreen
from ahtc_tui.tui.keys import build_bindings
from ahtc_tui.tui.widgets.column_widths import Column
from ahtc_tui.tui.widgets.confirm import Confirm, errors_as_toasts
from ahtc_tui.tui.widgets.detail_pane import Fact, Gap, Heading, Para, Section, Title
from ahtc_tui.tui.widgets.form import FormRow, FormScreen
from ahtc_tui.tui.widgets.plain import format_heading, join_lines
from ahtc_tui.tui.widgets.prose_field import ProseField
from ahtc_tui.tui.widgets.record_pages import ListSource, PageSource


class ReleaseScreen(RecordScreen[TextRow]):
    """The texts of a page that leaves the office: what waits first, in the order in which the list was opened."""

    noun = "meetings"
    closes_on_back = True
    marks_conflicts = False
    empty_hint = gettext_noop("This page has no typed text.")
    row_actions = frozenset(("keep", "edit", "withhold"))
    BINDINGS = build_bindings("publish.*", "desk.leave")

    def __init__(self, document: str, ref: str) -> None:
        super().__init__()
        self._document, self._ref = PublishedDocument(document), ref
        self._build_page = find_page(self._document, ref)
        self._list: ReleaseList | None = None
        self._order: dict[str, int] = {}
        """Place of each text, which a decision does not change."""
        self._shows_page = False

    def build_columns(self) -> Sequence[Column[TextRow]]:
        return (
            Column(_("Decision"), 10, _format_decision, sort="decision"),
            Column(_("Place"), 12, lambda row: row.place, style=lambda _row: "muted", optional=True),
            Column(_("Text"), None, lambda row: join_lines(row.text)),
            Column(_("To check"), 24, _format_marks, least=12, optional=True),
        )

    def ref_of(self, row: TextRow) -> str:
        return row.id

    async def load_source(self, text: str) -> PageSource[TextRow]:
        matches = build_text_test(text)
        self._list = await self.desk.run(publication.show_release_list, self._build_page)
        for row in self._list.texts:
            self._order.setdefault(row.id, len(self._order))
        rows: list[TextRow] = [
            row for row in self._list.texts if matches(f"{row.place} {row.text} {_format_marks(row)}")
        ]
        rows.sort(key=lambda row: self._order[row.id])
        return ListSource(rows, lambda row: str(row.id))

    async def load_sections(self, row: TextRow) -> Iterable[Section]:
        if not self._shows_page:
            return tuple(_build_sections(row))
        lines = await self.desk.run(render_preview, self._build_page)
        past = self._list.releases if self._list else ()
        releases = [Para(_("Release {n}, {day}").format(n=release.number, day=release.signature)) for release in past]
        return (Title(self._ref, self._document.label), *releases, Gap(), *map(Para, lines))

    def name_rows(self, total: int) -> str:
        return ngettext("text of the page", "text of the page", total)

    def order_text(self) -> str:
        """Return the document, and how many of its texts wait."""
        if self._list is None:
            return ""
        name = f"{self._document.label} {self._list.ref}" if self._list.ref != self._document else self._document.label
        if self._list.state is ListState.RELEASED:
            return f"{name}: " + _("release {n}").format(n=self._list.release)
        waiting = len(self._list.waiting)
        return f"{name}: " + ngettext("{n} waits", "{n} wait", waiting)

    @work(group="write")
    async def action_keep(self) -> None:
        """Keep the selected text as it would be printed."""
        await self._decide(KEEP)

    @work(group="write")
    async def action_withhold(self) -> None:
        """Withhold the selected text."""
        await self._decide(WITHHOLD)

    @work(group="form")
    async def action_edit(self) -> None:
        """Type another wording of the selected text."""
        if (row := self.selected_row) is not None:
            form = WordingForm(row)
            if await self.app.push_screen_wait(form) is not None and form.answer is not None:
                await self._decide(form.answer)

    @work(group="write")
    async def action_keep_rest(self) -> None:
        """Keep every text that waits and has no mark except a missing translation."""
        if self._list is None:
            return
        plain = [row.id for row in self._list.waiting if all(mark == "welsh" for mark in row.marks)]
        question = ngettext("Keep {n} passage without a mark?", "Keep {n} passages without a mark?", len(plain))
        if plain and await self.app.push_screen_wait(Confirm(question)):
            await self._store(dict.fromkeys(plain, KEEP))

    @work(group="write")
    async def action_release(self) -> None:
        """Make the release once every text is decided."""
        with errors_as_toasts(self.app):
            current = await self.desk.run(publication.show_release_list, self._build_page)
            if waiting := len(current.waiting):
                sentence = ngettext(
                    "{n} passage waits. Keep, reword or withhold it first.",
                    "{n} passages wait. Keep, reword or withhold each first.",
                    waiting,
                )
                raise BadInput(sentence)
            await self._release(current)

    async def _release(self, current: ReleaseList) -> None:
        """Make the release after a question; a page that is released as it is gets no new one."""
        question = _("Make release {n} of this page, for all languages and formats?").format(n=current.release)
        if current.state is ListState.OPEN and not await self.app.push_screen_wait(Confirm(question)):
            return
        report = await self.desk.run(publication.publish, self._build_page)
        day = format_long_date(report.released_on) if report.released_on else ""
        self.app.announce_write(_("Release {n}, {day}").format(n=report.release, day=day))

    def action_next_document(self) -> None:
        """Open the list of the next document of the meeting: minutes, agenda, note."""
        documents = (PublishedDocument.MINUTES, PublishedDocument.AGENDA, PublishedDocument.NOTE)
        if self._document in documents:
            self._document = documents[(documents.index(self._document) + 1) % len(documents)]
            self._build_page, self._order = find_page(self._document, self._ref), {}
            self.load_rows(self.filter_bar.text)

    def action_page_preview(self) -> None:
        """Show the page as it would be released, or the selected text again."""
        self._shows_page = not self._shows_page
        if (row := self.selected_row) is not None:
            self.open_row(row)

    async def _decide(self, answer: Answer) -> None:
        if (row := self.selected_row) is not None:
            self.list_pane.action_step(1)
            await self._store({row.id: answer})

    async def _store(self, answers: dict[str, Answer]) -> None:
        """Store decisions, and ask about the release after the last one that was missing."""
        assert REST not in answers
        with errors_as_toasts(self.app):
            before = await self.desk.run(publication.show_release_list, self._build_page)
            current = await self.desk.run(_store_answers, self._build_page, answers)
            self.app.changed.publish(None)
            if before.waiting and not current.waiting:
                await self._release(current)


def _store_answers(workspace: Any, build_page: publication.BuildPage, answers: dict[str, Answer]) -> ReleaseList:
    return publication.publish(workspace, build_page, answers, releases=False)


def _format_decision(row: TextRow) -> str:
    return row.decision.label if row.decision else pgettext("text", "waits")


def _format_marks(row: TextRow) -> str:
    return ", ".join(mark.label for mark in row.marks)


def _build_sections(row: TextRow) -> Iterator[Section]:
    yield Title(row.place, _format_decision(row))
    yield Gap()
    yield Para(row.text)
    if row.text_cy:
        yield Para(row.text_cy)
    if row.marks:
        yield Gap()
        yield Fact(_("To check"), _format_marks(row))
    if row.decision is TextDecision.WITHHOLD:
        return
    printed = [row.released, row.released_cy] if row.decision else [row.printed, row.printed_cy]
    if printed != [row.text, row.text_cy]:
        yield Gap()
        yield Heading(format_heading(_("Printed")))
        yield from (Para(text) for text in printed if text)


class WordingForm(FormScreen):
    """Another wording of a text in each language; the Welsh may stay empty."""

    def __init__(self, row: TextRow) -> None:
        super().__init__(_("Wording for publication"))
        self._row = row
        self.answer: Answer | None = None

    def rows(self) -> Iterable[FormRow]:
        row = self._row
        english = row.released if row.decision is TextDecision.REWORD else row.printed
        welsh = row.released_cy if row.decision is TextDecision.REWORD else row.text_cy
        yield FormRow("en", _("English"), ProseField(english or ""), row.text)
        yield FormRow("cy", _("Welsh"), ProseField(welsh or ""))

    async def accept(self, values: dict[str, Any]) -> None:
        """Keep the wording. Raises BadInput where both are empty."""
        try:
            self.answer = build_reworded(values.get("en") or "", values.get("cy"))
        except ValueError as error:
            raise BadInput(_("Type the wording for publication.")) from error
