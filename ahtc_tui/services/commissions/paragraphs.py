"""Use cases of paragraphs: draft them from records, edit them, and confirm that their claims still hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ahtc_tui.domain.commissions.claims import Claim, ClaimKind
from ahtc_tui.domain.commissions.model import (
    NO_QUESTION,
    CommissionCard,
    CommissionRow,
    DraftProposal,
    ParagraphRow,
    list_worded,
    propose_paragraphs,
    read_topics,
)
from ahtc_tui.domain.errors import BadInput, NotFound, Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.services.commissions.service import (
    find_commission,
    find_question,
    insert_commission,
    name_added_commission,
    read_card,
    remove_paragraph_record,
)
from ahtc_tui.services.documents.ready_sentences import list_figures
from ahtc_tui.store.commissions import queries
from ahtc_tui.store.commissions.claims import read_claims

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from ahtc_tui.domain.drafts.commissions import CommissionDraft, ParagraphDraft
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor


def propose_draft(workspace: Workspace, ref: str) -> DraftProposal:
    """Return what a draft would add: each new record under every question that covers it. Raises NotFound."""
    with workspace.database.read() as cursor:
        return _build_draft(cursor, find_commission(cursor, ref), workspace.today())


def write_draft(workspace: Workspace, ref: str) -> DraftProposal:
    """Add the paragraphs of a draft, in one transaction. Raises NotFound, Refused where there is nothing to add."""
    today = workspace.today()
    with workspace.database.write(f"commissions draft {ref}") as ledger:
        key = find_commission(ledger.cursor, ref)
        draft = _insert_draft(ledger, key, today)
        if not draft.paragraphs:
            raise Refused(_("There is nothing to add. Every record is already in the paper or matches no question."))
    return draft


def add_drafted_commission(
    workspace: Workspace, draft: CommissionDraft, questions: Iterable[str] = ()
) -> tuple[CommissionRow, DraftProposal]:
    """Add a commission as `add_commission` does, with the paragraphs of a draft, in one transaction.

    The draft is empty where no record matches a question. Raises BadInput, NotFound.
    """
    with workspace.database.write(name_added_commission(draft)) as ledger:
        key = insert_commission(ledger, draft, questions)
        proposal = _insert_draft(ledger, key, workspace.today())
        return queries.read_commission(ledger.cursor, key), proposal


def _insert_draft(ledger: Ledger, key: RowKey, today: date) -> DraftProposal:
    """Add the paragraphs of a draft to a commission."""
    draft = _build_draft(ledger.cursor, key, today)
    numbers = {question.number: question.key for question in queries.read_questions(ledger.cursor, key)}
    for proposed in draft.paragraphs:
        _add_paragraph(ledger, key, numbers[proposed.question], today, proposed.claims, **proposed.texts)
    return draft


def _build_draft(cursor: Cursor, key: RowKey, today: date) -> DraftProposal:
    details = queries.read_details(cursor, key)
    questions = [(row.number, read_topics(row.takes)) for row in queries.read_questions(cursor, key)]
    first, last = details.from_on, details.to_on
    period = (first.latest if first else None, last.latest if last else None)
    if details.follows:
        followed = read_card(cursor, find_commission(cursor, details.follows), today).questions
        earlier = [(question.number, paragraph) for question in followed for paragraph in question.paragraphs]
    else:
        others = [row.key for row in queries.read_commissions(cursor, "", today) if row.key != key]
        worded = list_worded([read_card(cursor, other, today) for other in others], period)
        earlier = [(NO_QUESTION, paragraph) for paragraph in worded]
    all_claims = [claim for kind in ClaimKind for claim in read_claims(cursor, kind, today)]
    taken = {link.record for link in queries.read_links(cursor, key)}
    return propose_paragraphs(questions, all_claims, queries.read_objective_titles(cursor), earlier, taken, period)


def add_paragraph(
    workspace: Workspace, ref: str, question_number: int, draft: ParagraphDraft, record_refs: Sequence[str] = ()
) -> str:
    """Add a paragraph under a question, based on records by reference; returns its number, "2.9".

    Raises NotFound; BadInput without text and records.
    """
    if not draft.text and not record_refs:
        raise BadInput(_("A paragraph needs text or records (--on DP-13)."))
    with workspace.database.write(f"commissions paragraph {ref} {question_number}") as ledger:
        cursor, today = ledger.cursor, workspace.today()
        commission, question_key = find_commission(cursor, ref), find_question(cursor, ref, question_number)
        quoted = list_figures(cursor, workspace, draft.text, draft.text_cy)
        claims = _read_claims_of(cursor, dict.fromkeys((*record_refs, *quoted)), today)
        names = ("title", "title_cy", "text", "text_cy")
        texts: dict[str, str | None] = {name: getattr(draft, name) or None for name in names}
        number = _add_paragraph(ledger, commission, question_key, today, claims, **texts)
    return f"{question_number}.{number}"


def _add_paragraph(
    ledger: Ledger, commission: RowKey, question: RowKey, today: date, claims: Iterable[Claim], **texts: str | None
) -> int:
    numbers = [
        paragraph.number
        for paragraph in queries.read_paragraphs(ledger.cursor, commission)
        if paragraph.question == question
    ]
    number = max(numbers, default=0) + 1
    values = {"question": question, "number": number, "as_at": today.isoformat(), **texts}
    _add_links(ledger, ledger.add("paragraphs", values), claims)
    return number


def _add_links(ledger: Ledger, paragraph: RowKey, claims: Iterable[Claim]) -> None:
    ledger.add_all(
        "paragraph_links",
        [
            {"paragraph": paragraph, "kind": claim.kind.value, "record": claim.key, "said": claim.sentence}
            for claim in claims
        ],
    )


def edit_paragraph(
    workspace: Workspace,
    ref: str,
    number: str,
    draft: ParagraphDraft,
    added_refs: Sequence[str] = (),
    removed_refs: Sequence[str] = (),
) -> None:
    """Edit the text of a paragraph; add or remove the records that it is based on. Raises NotFound, BadInput.

    A figure that the text quotes in a ready sentence is a record that the paragraph is based on.
    """
    if not (draft.given_fields or added_refs or removed_refs):
        raise BadInput(_("Give text, or records to add or remove."))
    with workspace.database.write(f"commissions paragraph {ref} {number}") as ledger:
        cursor, today = ledger.cursor, workspace.today()
        _commission, paragraph = _find_paragraph(cursor, ref, number, today)
        values = {name: value or None for name, value in draft.given_fields.items()}
        ledger.update("paragraphs", paragraph.key, {**values, "as_at": today.isoformat()})
        removed_keys = {claim.key for claim in _read_claims_of(cursor, removed_refs, today)}
        for evidence in paragraph.claim_links:
            if evidence.claim is not None and evidence.claim.key in removed_keys:
                ledger.remove("paragraph_links", evidence.link)
        kept_keys = {evidence.claim.key for evidence in paragraph.claim_links if evidence.claim} - removed_keys
        quoted = list_figures(cursor, workspace, draft.text, draft.text_cy)
        added = _read_claims_of(cursor, dict.fromkeys((*added_refs, *quoted)), today)
        _add_links(ledger, paragraph.key, [claim for claim in added if claim.key not in kept_keys])


def remove_paragraph(workspace: Workspace, ref: str, number: str) -> None:
    """Remove a paragraph. Raises NotFound."""
    with workspace.database.write(f"commissions paragraph {ref} {number} removed") as ledger:
        commission, paragraph = _find_paragraph(ledger.cursor, ref, number, workspace.today())
        remove_paragraph_record(ledger, commission.row.key, paragraph.key)


def confirm_paragraphs(workspace: Workspace, ref: str, numbers: Sequence[str] = ()) -> list[str]:
    """Store the current claims of paragraphs, by default of all stale ones; returns their numbers.

    Raises NotFound; Refused where there is nothing to confirm.
    """
    today = workspace.today()
    with workspace.database.write(f"commissions confirm {ref} {' '.join(numbers)}".rstrip()) as ledger:
        commission = read_card(ledger.cursor, find_commission(ledger.cursor, ref), today)
        paragraphs = (
            [_select_paragraph(commission, number) for number in numbers]
            if numbers
            else list(commission.stale_paragraphs)
        )
        if not paragraphs:
            raise Refused(
                _("There is nothing to confirm. Every paragraph of {ref} matches the records.").format(
                    ref=commission.row.ref
                )
            )
        for paragraph in paragraphs:
            ledger.update("paragraphs", paragraph.key, {"as_at": today.isoformat()})
            for evidence in paragraph.claim_links:
                if evidence.claim is None:
                    ledger.remove("paragraph_links", evidence.link)
                elif evidence.is_stale:
                    ledger.update("paragraph_links", evidence.link, {"said": evidence.claim.sentence})
    return [paragraph.number for paragraph in paragraphs]


def _find_paragraph(cursor: Cursor, ref: str, number: str, today: date) -> tuple[CommissionCard, ParagraphRow]:
    commission = read_card(cursor, find_commission(cursor, ref), today)
    return commission, _select_paragraph(commission, number)


def _select_paragraph(commission: CommissionCard, number: str) -> ParagraphRow:
    for paragraph in commission.paragraphs:
        if paragraph.number == number.strip():
            return paragraph
    raise NotFound(_('{ref} has no paragraph "{number}".').format(ref=commission.row.ref, number=number))


def _read_claims_of(cursor: Cursor, refs: Iterable[str], today: date) -> list[Claim]:
    """Return the claims of records by reference, each once. Raises NotFound."""
    claims_by_key: dict[RowKey, Claim] = {}
    for ref in refs:
        record = queries.find_claim_record(cursor, ref)
        if record is None:
            raise NotFound(_('There is no record "{ref}" to base a paragraph on.').format(ref=ref))
        kind, key = record
        for claim in read_claims(cursor, kind, today, {key}):
            claims_by_key.setdefault(key, claim)
    return list(claims_by_key.values())
