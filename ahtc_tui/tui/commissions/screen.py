"""Screen of commissioned papers with the outline of the selected one. Opened from Reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from textual import on, work

from ahtc_tui.domain.commissions.fields import build_fact_rows
from ahtc_tui.domain.commissions.model import CommissionCard, CommissionRow
from ahtc_tui.domain.fields.model import build_row
from ahtc_tui.domain.filters.model import FilterNoun
from ahtc_tui.domain.i18n import _, gettext_noop
from ahtc_tui.domain.record_names import format_record_noun
from ahtc_tui.services.commissions import service as commissions
from ahtc_tui.tui.base.party_options import list_candidates
from ahtc_tui.tui.base.record_screen import RecordScreen
from ahtc_tui.tui.commissions import forms
from ahtc_tui.tui.commissions.forms import CommissionForm
from ahtc_tui.tui.keys import build_bindings
from ahtc_tui.tui.widgets.column_widths import Column
from ahtc_tui.tui.widgets.confirm import errors_as_toasts
from ahtc_tui.tui.widgets.detail_pane import Gap, Heading, Item, Section, Title, build_facts
from ahtc_tui.tui.widgets.owner_field import Candidate
from ahtc_tui.tui.widgets.record_list import RecordList
from ahtc_tui.tui.widgets.record_pages import ListSource, PageSource


class CommissionsScreen(RecordScreen[CommissionRow]):
    """List of commissions, newest first; enter opens the paragraphs."""

    noun = "reports"
    filter_noun = FilterNoun.COMMISSIONS
    closes_on_back = True
    empty_hint = gettext_noop("There are no commissions yet. Press n to add one.")
    row_actions = frozenset(("draft", "edit", "confirm", "export"))
    BINDINGS = build_bindings("commission.*", "desk.leave")

    def __init__(self, *, opens_form: bool = False) -> None:
        super().__init__()
        self._opens_form = opens_form

    def on_mount(self) -> None:
        """Read the list; open the form of a new commission where the screen was asked for it."""
        super().on_mount()
        if self._opens_form:
            self.action_new()

    def build_columns(self) -> Sequence[Column[CommissionRow]]:
        return (
            Column(_("Ref"), 8, lambda row: row.ref, grows=True, sort="ref", long_title=_("Reference")),
            Column(_("Commission"), None, lambda row: row.shown_title, sort="paper"),
            Column(
                _("For"), 26, lambda row: row.asked_by or "–", style=lambda _row: "muted", optional=True, sort="for"
            ),
            Column(
                _("Due"),
                16,
                lambda row: str(row.due or "–"),
                sort="due",
                value=lambda row: row.due,
                long_title=_("Due date"),
            ),
            Column(
                _("Paragraphs"), 10, lambda row: str(row.paragraphs or "–"), "right", optional=True, sort="paragraphs"
            ),
        )

    async def load_source(self, text: str) -> PageSource[CommissionRow]:
        """Return the commissions that match the filter text."""
        return ListSource(await self.desk.show(commissions.list_commissions, text), lambda row: row.key)

    async def load_sections(self, row: CommissionRow) -> Iterable[Section]:
        return tuple(_build_sections(await self.desk.show(commissions.show_commission, row.ref)))

    def name_rows(self, total: int) -> str:
        return format_record_noun("commissions", total)

    def order_text(self) -> str:
        return _("newest first ↓")

    @on(RecordList.Opened)
    def _open_paragraphs(self, event: RecordList.Opened) -> None:
        from ahtc_tui.tui.commissions.paragraphs import ParagraphsScreen

        event.prevent_default()
        self.app.push_screen(ParagraphsScreen(event.row.ref))

    @work(group="form")
    async def action_new(self) -> None:
        with errors_as_toasts(self.app):
            form = CommissionForm(self.desk, await list_candidates(self.app), await self._list_others())
            if await self.app.push_screen_wait(form) is not None and form.written is not None:
                self._added_ref = form.written.ref
                self.app.announce_write(forms.format_added_draft(form.proposal))

    async def _list_others(self, ref: str | None = None) -> list[Candidate]:
        """Return the commissions that a commission can follow, the newest first."""
        rows = await self.desk.show(commissions.list_commissions)
        return [Candidate(f"{row.ref} {row.shown_title}", row.ref) for row in rows if row.ref != ref]

    @work(group="form")
    async def action_edit(self) -> None:
        row: CommissionRow | None = self.list_pane.highlighted
        if row is not None:
            with errors_as_toasts(self.app):
                card, desk = await self.desk.open_record(commissions.show_commission, row.ref)
                form = CommissionForm(desk, await list_candidates(self.app), await self._list_others(row.ref), card)
                await self.app.open_form(form, _("{ref} edited").format(ref=row.ref))

    @work(group="write")
    async def action_draft(self) -> None:
        """Draft paragraphs from the records."""
        if self.list_pane.highlighted is not None:
            await forms.draft_paragraphs(self.app, self.list_pane.highlighted.ref)

    @work(group="write")
    async def action_confirm(self) -> None:
        """Confirm all changed paragraphs."""
        if self.list_pane.highlighted is not None:
            await forms.confirm_paragraphs(self.app, self.list_pane.highlighted.ref)

    @work(group="export")
    async def action_export(self) -> None:
        """Write the paper."""
        if self.list_pane.highlighted is not None:
            await forms.export_paper(self.app, self.list_pane.highlighted.ref)


def _build_sections(card: CommissionCard) -> Iterator[Section]:
    row = card.row
    yield Title(row.ref, row.shown_title)
    yield Gap()
    yield from build_facts(build_fact_rows(card))
    changed = [paragraph.number for paragraph in card.stale_paragraphs]
    yield from build_facts((build_row(_("Changed since"), ", ".join(changed)),))
    for question in card.questions:
        yield Gap()
        yield Heading(f"{question.number}. {question.shown_text}")
        for paragraph in question.paragraphs:
            mark = "! " if paragraph.is_stale else ""
            yield Item(f"{paragraph.number}  {mark}{paragraph.shown_heading or ', '.join(paragraph.refs)}")
        if not question.paragraphs:
            yield Item(_("no paragraph yet"))
