"""Forms of a commission and of its paragraphs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from textual.widgets import Input

from ahtc_tui.domain.commissions.fields import COMMISSION_FIELDS, EARLIER, PARTIES
from ahtc_tui.domain.commissions.model import (
    CommissionCard,
    CommissionRow,
    DraftProposal,
    ParagraphRow,
    translate_topic,
)
from ahtc_tui.domain.drafts.commissions import build_commission_draft, build_paragraph_draft
from ahtc_tui.domain.evidence.small_counts import format_hidden
from ahtc_tui.domain.i18n import _, gettext_noop, ngettext
from ahtc_tui.domain.record_names import name_record
from ahtc_tui.domain.text.suggestions import format_example
from ahtc_tui.services.commissions import paragraphs
from ahtc_tui.services.commissions import service as commissions
from ahtc_tui.services.exports import commission
from ahtc_tui.tui.base.desk_screen import DeskApp
from ahtc_tui.tui.base.service_threads import Desk
from ahtc_tui.tui.widgets.confirm import Confirm, errors_as_toasts
from ahtc_tui.tui.widgets.field_rows import build_rows
from ahtc_tui.tui.widgets.form import FormRow, FormScreen
from ahtc_tui.tui.widgets.owner_field import Candidate, OwnerField
from ahtc_tui.tui.widgets.prose_field import ProseField, TitleField
from ahtc_tui.tui.widgets.select import build_select, translate_options

QUESTIONS_FIELD = "questions"
"""Name of the field with the questions of a new commission, one a line."""
DRAFT_FIELD = "draft"
"""Name of the field that decides whether a new commission begins with paragraphs drafted from the records."""
DRAFT_OPTIONS = [(gettext_noop("draft them from the records"), "records"), (gettext_noop("leave empty"), "none")]


class CommissionForm(FormScreen):
    """Form of a new commission or of an existing one."""

    def __init__(
        self,
        desk: Desk,
        register: Sequence[Candidate],
        earlier: Sequence[Candidate],
        card: CommissionCard | None = None,
    ) -> None:
        title = _("New commission") if card is None else _("Edit {ref}").format(ref=card.row.ref)
        super().__init__(title, desk.seen)
        self._desk, self._register, self._earlier, self._card = desk, register, earlier, card
        self.written: CommissionRow | None = None
        """The commission that was added."""
        self.proposal: DraftProposal | None = None
        """The draft that the commission was added with."""

    def rows(self) -> Iterable[FormRow]:
        """Return the fields; a new commission has its questions as well, and follows the newest commission."""
        card, registers = self._card, {PARTIES: self._register, EARLIER: self._earlier}
        if card is not None:
            yield from build_rows(COMMISSION_FIELDS, card, self._desk.today, registers)
            return
        for row in build_rows(COMMISSION_FIELDS, None, self._desk.today, registers):
            if row.name == "follows":
                newest = OwnerField(self._earlier, self._earlier[0].ref if self._earlier else None)
                yield replace(row, field=newest, hint=_("the commission to copy the questions from"))
                draft = build_select(translate_options(DRAFT_OPTIONS), DRAFT_OPTIONS[0][1], blank=False)
                yield FormRow(DRAFT_FIELD, _("Paragraphs"), draft)
            elif row.name == "marking":
                hint = _("one a line; leave empty for those of the earlier commission")
                yield FormRow(QUESTIONS_FIELD, _("Questions"), ProseField(), hint, is_extra=bool(self._earlier))
                yield row
            else:
                yield row

    async def accept(self, values: dict[str, Any]) -> None:
        questions = str(values.pop(QUESTIONS_FIELD, "") or "").splitlines()
        if self._card is None:
            is_drafted = values.pop(DRAFT_FIELD) == DRAFT_OPTIONS[0][1]
            filled = {name: value for name, value in values.items() if value}
            draft = build_commission_draft(filled, self._desk.today)
            if is_drafted:
                self.written, self.proposal = await self._desk.run(paragraphs.add_drafted_commission, draft, questions)
            else:
                self.written = await self._desk.run(commissions.add_commission, draft, questions)
        else:
            draft = build_commission_draft({name: value or None for name, value in values.items()}, self._desk.today)
            await self._desk.run(commissions.edit_commission, self._card.row.ref, draft)


class ParagraphForm(FormScreen):
    """Form of a new paragraph under a question, or of an existing one."""

    fields_of_column: ClassVar = {"paragraph_links": ("refs",)}

    def __init__(self, desk: Desk, ref: str, number: int, paragraph: ParagraphRow | None = None) -> None:
        title = _("New paragraph under question {n}").format(n=number)
        title = title if paragraph is None else _("Paragraph {number}").format(number=paragraph.number)
        super().__init__(title, desk.seen)
        self._desk, self._ref, self._number, self._paragraph = desk, ref, number, paragraph

    def rows(self) -> Iterable[FormRow]:
        paragraph = self._paragraph
        title, title_cy = (paragraph.title or "", paragraph.title_cy or "") if paragraph else ("", "")
        yield FormRow("title", _("Title"), TitleField(title))
        hint = _("leave empty to use the text of the records")
        yield FormRow("text", _("Text"), ProseField(paragraph.text or "" if paragraph else ""), hint)
        refs = ", ".join(paragraph.refs) if paragraph else ""
        claims = [claim_link.claim for claim_link in paragraph.claim_links if claim_link.claim] if paragraph else []
        titles = "\n".join(f"{claim.ref}: {claim.title}" for claim in claims if not name_record(claim.ref, ""))
        based_on = Input(refs, format_example("DP-13, nrm-wales-2012"), compact=True)
        yield FormRow("refs", _("Based on"), based_on, titles)
        text_cy = paragraph.text_cy or "" if paragraph else ""
        yield FormRow("title_cy", _("Welsh title"), TitleField(title_cy), is_extra=not title_cy)
        yield FormRow("text_cy", _("Welsh text"), ProseField(text_cy), is_extra=not text_cy)

    async def accept(self, values: dict[str, Any]) -> None:
        paragraph = self._paragraph
        known_refs = paragraph.refs if paragraph else ()
        typed_refs = values.pop("refs", ", ".join(known_refs))
        refs = [ref.strip() for ref in typed_refs.split(",") if ref.strip()]
        if paragraph is None:
            draft = build_paragraph_draft({name: value for name, value in values.items() if value})
            await self._desk.run(paragraphs.add_paragraph, self._ref, self._number, draft, refs)
            return
        added = [ref for ref in refs if ref not in known_refs]
        removed = [ref for ref in known_refs if ref not in refs]
        draft = build_paragraph_draft(values)
        await self._desk.run(paragraphs.edit_paragraph, self._ref, paragraph.number, draft, added, removed)


MAX_PREVIEW = 12
"""Number of draft paragraphs shown in the confirmation."""


async def draft_paragraphs(app: DeskApp, ref: str) -> None:
    """Show the draft paragraphs, and add them if the user confirms."""
    with errors_as_toasts(app):
        proposal = await app.desk.run(paragraphs.propose_draft, ref)
        question = Confirm("\n".join(_format_preview(proposal)), yes=_("add them"), no=_("leave it"))
        if proposal.paragraphs and not await app.push_screen_wait(question):
            return
        written = await app.desk.run(paragraphs.write_draft, ref)
        app.announce_write(_("{paragraphs} added").format(paragraphs=_format_count(len(written.paragraphs))))


def _format_preview(proposal: DraftProposal) -> Iterator[str]:
    yield f"{_format_draft_size(proposal)}:"
    for paragraph in proposal.paragraphs[:MAX_PREVIEW]:
        yield f"{paragraph.question}  {translate_topic(paragraph.title)} ({len(paragraph.claims)})"
    if len(proposal.paragraphs) > MAX_PREVIEW:
        yield "… " + _("and {n} more").format(n=len(proposal.paragraphs) - MAX_PREVIEW)
    yield from _format_left_out(proposal)


def format_added_draft(proposal: DraftProposal | None) -> str:
    """Return what a new commission holds and which records its draft left out; None for one without a draft."""
    if proposal is None or not proposal.paragraphs:
        return _("Commission added")
    added = _("Commission added with {paragraphs}").format(paragraphs=_format_draft_size(proposal))
    return ". ".join((added, *_format_left_out(proposal)))


def _format_draft_size(proposal: DraftProposal) -> str:
    records = ngettext("1 record", "{n} records", sum(len(paragraph.claims) for paragraph in proposal.paragraphs))
    paragraphs = _format_count(len(proposal.paragraphs))
    return _("{paragraphs} based on {records}").format(paragraphs=paragraphs, records=records)


def _format_left_out(proposal: DraftProposal) -> Iterator[str]:
    if proposal.unfiled_claims:
        refs = ", ".join(claim.ref for claim in proposal.unfiled_claims[:MAX_PREVIEW])
        yield _("Without a question: {refs}").format(refs=refs)
    if proposal.claims_outside_period:
        yield _("{n} outside the period").format(n=len(proposal.claims_outside_period))


def _format_count(number: int) -> str:
    return ngettext("1 paragraph", "{n} paragraphs", number)


async def confirm_paragraphs(app: DeskApp, ref: str, *numbers: str) -> None:
    """Confirm the named paragraphs, or all that changed."""
    with errors_as_toasts(app):
        confirmed = await app.desk.run(paragraphs.confirm_paragraphs, ref, numbers)
        app.announce_write(_("{numbers} confirmed").format(numbers=", ".join(confirmed)))


async def export_paper(app: DeskApp, ref: str) -> None:
    """Write the paper for the office to the exports folder."""
    ending = app.document_ending
    with errors_as_toasts(app):
        report, left_out = await app.desk.run_long(commission.export_paper_to_folder, ref, ending)
        records = ngettext("1 record", "{n} records", report.records)
        stale = _("changed since: {numbers}").format(numbers=", ".join(report.stale)) if report.stale else ""
        hidden = format_hidden(", ".join(report.small), report.limit) if report.small else ""
        app.announce_file(report.file, f"{_format_count(report.paragraphs)}, {records}", stale, hidden, *left_out)
