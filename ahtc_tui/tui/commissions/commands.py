"""Commands shared by both screens of commissions: draft, confirm, export."""

from __future__ import annotations

from collections.abc import Iterator

from ahtc_tui.domain.commissions.model import DraftProposal, translate_topic
from ahtc_tui.domain.evidence.small_counts import format_hidden
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.services.commissions import paragraphs
from ahtc_tui.services.exports import commission
from ahtc_tui.tui.base.desk_screen import DeskApp
from ahtc_tui.tui.widgets.confirm import Confirm, errors_as_toasts

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
        yield _("… and {n} more").format(n=len(proposal.paragraphs) - MAX_PREVIEW)
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
        app.announce_write(_("{numbers}: confirmed").format(numbers=", ".join(confirmed)))


async def export_paper(app: DeskApp, ref: str) -> None:
    """Write the paper for the office to the exports folder."""
    ending = app.document_ending
    with errors_as_toasts(app):
        report, left_out = await app.desk.run_long(commission.export_paper_to_folder, ref, ending)
        records = ngettext("1 record", "{n} records", report.records)
        stale = _("changed since: {numbers}").format(numbers=", ".join(report.stale)) if report.stale else ""
        hidden = format_hidden(", ".join(report.small), report.limit) if report.small else ""
        app.announce_file(report.file, f"{_format_count(report.paragraphs)}, {records}", stale, hidden, *left_out)
