"""Screen of the paragraphs of one paper: text, records and changes since the last confirmation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from textual import work

from ahtc_tui.domain.commissions.model import CommissionCard, ParagraphRow
from ahtc_tui.domain.filters.text_match import build_text_test
from ahtc_tui.domain.i18n import _, gettext_noop, ngettext, pgettext
from ahtc_tui.services.commissions import service as commissions
from ahtc_tui.tui.base.record_screen import RecordScreen
from ahtc_tui.tui.base.service_threads import find_row
from ahtc_tui.tui.commissions import forms
from ahtc_tui.tui.commissions.forms import ParagraphForm
from ahtc_tui.tui.keys import build_bindings
from ahtc_tui.tui.widgets.column_widths import Column
from ahtc_tui.tui.widgets.confirm import errors_as_toasts
from ahtc_tui.tui.widgets.detail_pane import Fact, Gap, Heading, Item, Para, Section, Title
from ahtc_tui.tui.widgets.plain import format_heading
from ahtc_tui.tui.widgets.record_pages import HeadingLine, ListSource, PageSource


class ParagraphsScreen(RecordScreen[ParagraphRow]):
    """List of the paragraphs by question."""

    noun = "reports"
    closes_on_back = True
    empty_hint = gettext_noop(
        "There are no paragraphs yet. Press . and w to draft them from the records, or n to add one."
    )
    row_actions = frozenset(("edit", "confirm"))
    BINDINGS = build_bindings("commission.*", "desk.leave")

    def __init__(self, ref: str) -> None:
        super().__init__()
        self._ref = ref
        self._paper: CommissionCard | None = None
        self._shown = 0

    def build_columns(self) -> Sequence[Column[ParagraphRow]]:
        return (
            Column(pgettext("number", "No."), 5, lambda row: row.number),
            Column(_("Paragraph"), None, lambda row: row.shown_title or row.shown_text or ", ".join(row.refs)),
            Column(_("Records"), 7, lambda row: str(len(row.claim_links)), "right", optional=True),
            Column(_("Status"), 11, lambda row: _("! changed") if row.is_stale else "", style=lambda _row: "late"),
        )

    async def load_source(self, text: str) -> PageSource[ParagraphRow]:
        """Return the paragraphs under their questions that match the filter text."""
        self._paper = paper = await self.desk.show(commissions.show_commission, self._ref)
        matches = build_text_test(text)
        rows: list[ParagraphRow | HeadingLine] = []
        for question in paper.questions:
            shown = [row for row in question.paragraphs if matches(_build_search_text(row))]
            rows += [HeadingLine(f"{question.number}. {question.shown_text}")] if shown else []
            rows += shown
        self._shown = sum(isinstance(row, ParagraphRow) for row in rows)
        return ListSource(rows, lambda row: row.key)

    async def load_sections(self, row: ParagraphRow) -> Iterable[Section]:
        return tuple(_build_sections(row))

    def name_rows(self, total: int) -> str:
        return ngettext("paragraph", "paragraphs", total)

    def order_text(self) -> str:
        """Return the number of paragraphs that changed since they were confirmed; nothing without paragraphs."""
        if not self._shown:
            return self._ref
        stale = len(self._paper.stale_paragraphs) if self._paper else 0
        state = ngettext("1 changed since", "{n} changed since", stale) if stale else _("all paragraphs confirmed")
        return f"{self._ref}   {state}"

    @property
    def _question_number(self) -> int:
        """Return the question of the selected row, or the first."""
        row: ParagraphRow | None = self.list_pane.highlighted
        return int(row.number.partition(".")[0]) if row is not None else 1

    @work(group="form")
    async def action_new(self) -> None:
        form = ParagraphForm(self.desk, self._ref, self._question_number)
        await self.app.open_form(form, _("Paragraph added"))

    @work(group="form")
    async def action_edit(self) -> None:
        row: ParagraphRow | None = self.list_pane.highlighted
        if row is not None:
            with errors_as_toasts(self.app):
                paper, desk = await self.desk.open_record(commissions.show_commission, self._ref)
                rows = [paragraph for question in paper.questions for paragraph in question.paragraphs]
                current = find_row(rows, key=row.key)
                form = ParagraphForm(desk, self._ref, self._question_number, current)
                await self.app.open_form(form, _("{number} saved").format(number=current.number))

    @work(group="write")
    async def action_draft(self) -> None:
        """Draft paragraphs for records that are in none."""
        await forms.draft_paragraphs(self.app, self._ref)

    @work(group="write")
    async def action_confirm(self) -> None:
        """Confirm the selected paragraph."""
        row: ParagraphRow | None = self.list_pane.highlighted
        if row is not None:
            await forms.confirm_paragraphs(self.app, self._ref, row.number)

    @work(group="export")
    async def action_export(self) -> None:
        """Write the paper."""
        await forms.export_paper(self.app, self._ref)


def _build_search_text(paragraph: ParagraphRow) -> str:
    texts = [paragraph.number, paragraph.title or "", paragraph.text or "", paragraph.shown_title, paragraph.shown_text]
    texts += [f"{claim.claim.ref} {claim.claim.shown_sentence}" for claim in paragraph.claim_links if claim.claim]
    return " ".join(texts)


def _build_sections(paragraph: ParagraphRow) -> Iterator[Section]:
    yield Title(paragraph.number, paragraph.shown_title or _("without a title"))
    yield Gap()
    yield Fact(_("As at"), str(paragraph.as_at) if paragraph.as_at else _("not confirmed"))
    if paragraph.shown_text:
        yield Gap()
        yield Para(paragraph.shown_text)
    changed = [claim for claim in paragraph.claim_links if claim.is_stale]
    if changed:
        yield Gap()
        yield Heading(format_heading(_("Changed since"), len(changed)))
    for claim in changed:
        yield Para(_("was: {then}").format(then=claim.confirmed_sentence), muted=True)
        yield Para(_("now: {now}").format(now=claim.claim.sentence if claim.claim else _("removed")))
    yield Gap()
    yield Heading(format_heading(_("Based on"), len(paragraph.claim_links)))
    for claim in paragraph.claim_links:
        if claim.claim is not None:
            yield Item(f"{claim.claim.ref}  {claim.claim.shown_sentence}")
