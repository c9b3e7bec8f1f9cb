"""Use cases of commissions and their questions: list, show, add, edit and remove."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.commissions.claims import ClaimKind
from ahtc_tui.domain.commissions.model import ClaimLink, CommissionCard, CommissionRow, ParagraphRow, QuestionRow
from ahtc_tui.domain.dates.periods import Period
from ahtc_tui.domain.errors import BadInput, NotFound, Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.services import record_lookup
from ahtc_tui.services.relative_dates import follow_meeting
from ahtc_tui.store.commissions import queries
from ahtc_tui.store.commissions.claims import read_claims
from ahtc_tui.store.records.references import mint_ref

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from ahtc_tui.domain.drafts.commissions import CommissionDraft, QuestionDraft
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor

PATTERN = "COM-{n:02}"


def list_commissions(workspace: Workspace, words: str = "") -> list[CommissionRow]:
    """Return the commissions that match the words, newest first."""
    with workspace.database.read() as cursor:
        return queries.read_commissions(cursor, words, workspace.today())


def show_commission(workspace: Workspace, ref: str) -> CommissionCard:
    """Return a commission with questions, paragraphs and the claims behind them, in English. Raises NotFound."""
    with workspace.database.read() as cursor:
        return read_card(cursor, find_commission(cursor, ref), workspace.today())


def find_commission(cursor: Cursor, ref: str) -> RowKey:
    """Return the key of a commission. Raises NotFound."""
    return record_lookup.find_record(cursor, "commissions", ref, _("commission"))[0]


def read_card(cursor: Cursor, key: RowKey, today: date) -> CommissionCard:
    """Return everything about one commission: one query for each part and for each kind of record behind it."""
    evidence = _read_evidence(cursor, key, today)
    paragraphs = queries.read_paragraphs(cursor, key)
    questions = tuple(
        QuestionRow(
            question.key,
            question.number,
            question.text,
            question.takes,
            tuple(
                ParagraphRow(
                    paragraph.key,
                    f"{question.number}.{paragraph.number}",
                    paragraph.title,
                    paragraph.text,
                    paragraph.as_at,
                    tuple(evidence.get(paragraph.key, ())),
                    paragraph.title_cy,
                    paragraph.text_cy,
                    paragraph.source,
                )
                for paragraph in paragraphs
                if paragraph.question == question.key
            ),
            question.text_cy,
        )
        for question in queries.read_questions(cursor, key)
    )
    details = queries.read_details(cursor, key)
    return CommissionCard(
        row=queries.read_commission(cursor, key),
        from_on=details.from_on,
        to_on=details.to_on,
        follows=details.follows,
        cleared_by=details.cleared_by,
        requested_marking=details.marking,
        note=details.note,
        questions=questions,
    )


def add_commission(workspace: Workspace, draft: CommissionDraft, questions: Iterable[str] = ()) -> CommissionRow:
    """Add a commission with its questions; without questions it copies the questions of the paper that it follows.

    Raises BadInput without a title, NotFound.
    """
    with workspace.database.write(name_added_commission(draft)) as ledger:
        return queries.read_commission(ledger.cursor, insert_commission(ledger, draft, questions))


def name_added_commission(draft: CommissionDraft) -> str:
    """Return the label of the step that adds a commission. Raises BadInput without a title."""
    if not draft.title:
        raise BadInput(_("A commission needs a title."))
    return f"commissions add {draft.title[:60]}"


def insert_commission(ledger: Ledger, draft: CommissionDraft, questions: Iterable[str]) -> RowKey:
    """Add a commission with its questions, or with the questions of the paper that it follows; return its key.

    Raises BadInput, NotFound.
    """
    cursor = ledger.cursor
    values = follow_meeting(ledger, _resolve_fields(cursor, draft), "due")
    values["ref"] = mint_ref(cursor, "commissions", PATTERN)
    key = ledger.add("commissions", values)
    _check_period(cursor, key)
    question_texts = [words for words in questions if words.strip()]
    if question_texts:
        question_rows = [{"text": text, "number": number} for number, text in enumerate(question_texts, 1)]
    else:
        earlier = queries.read_questions(cursor, values["follows"]) if values.get("follows") else []
        copied = ("text", "text_cy", "number", "takes")
        question_rows = [{name: getattr(row, name) for name in copied} for row in earlier]
    for question in question_rows:
        ledger.add("commission_questions", {"commission": key, **question})
    return key


def edit_commission(workspace: Workspace, ref: str, draft: CommissionDraft) -> CommissionRow:
    """Write the given fields of a commission. Raises NotFound, BadInput, Refused."""
    record_lookup.refuse_empty_draft(draft)
    with workspace.database.write(f"commissions edit {ref}") as ledger:
        key = find_commission(ledger.cursor, ref)
        values = follow_meeting(ledger, _resolve_fields(ledger.cursor, draft), "due")
        if values.get("follows") == key:
            raise Refused(_("A commission cannot follow itself."))
        ledger.update("commissions", key, values)
        _check_period(ledger.cursor, key)
        return queries.read_commission(ledger.cursor, key)


def _read_evidence(cursor: Cursor, key: RowKey, today: date) -> dict[RowKey, list[ClaimLink]]:
    """Return the records behind each paragraph, with their claims at the last confirmation and today."""
    links = queries.read_links(cursor, key)
    keys_by_kind: dict[ClaimKind, set[RowKey]] = {}
    for link in links:
        keys_by_kind.setdefault(link.kind, set()).add(link.record)
    claims = {
        (kind, claim.key): claim
        for kind, keys in keys_by_kind.items()
        for claim in read_claims(cursor, kind, today, keys)
    }
    evidence: dict[RowKey, list[ClaimLink]] = {}
    for link in links:
        claim_link = ClaimLink(link.key, link.kind, link.sentence, claims.get((link.kind, link.record)))
        evidence.setdefault(link.paragraph, []).append(claim_link)
    return evidence


def _check_period(cursor: Cursor, key: RowKey) -> None:
    """Raise BadInput where the period of a paper ends before it begins."""
    details = queries.read_details(cursor, key)
    period = Period(details.from_on, details.to_on)
    if period.last < period.first:
        raise BadInput(_("The period of a commission must end after it begins (from_on before to_on)."))


def add_question(workspace: Workspace, ref: str, draft: QuestionDraft) -> int:
    """Add a question after the others; returns its number. Raises NotFound, BadInput without a text."""
    if not draft.text:
        raise BadInput(_("A question needs text."))
    with workspace.database.write(f"commissions question {ref}") as ledger:
        key = find_commission(ledger.cursor, ref)
        number = max((question.number for question in queries.read_questions(ledger.cursor, key)), default=0) + 1
        ledger.add("commission_questions", {"commission": key, "number": number, **draft.given_fields})
        return number


def edit_question(workspace: Workspace, ref: str, number: int, draft: QuestionDraft) -> None:
    """Write the text or the topics of a question. Raises NotFound, BadInput."""
    if not draft.given_fields:
        raise BadInput(_("Give at least one field to change: text=... or takes=..."))
    with workspace.database.write(f"commissions question {ref} {number}") as ledger:
        ledger.update("commission_questions", find_question(ledger.cursor, ref, number), dict(draft.given_fields))


def remove_question(workspace: Workspace, ref: str, number: int) -> None:
    """Remove a question with its paragraphs. Raises NotFound."""
    with workspace.database.write(f"commissions question {ref} {number} removed") as ledger:
        key = find_question(ledger.cursor, ref, number)
        for paragraph in queries.read_paragraphs(ledger.cursor, find_commission(ledger.cursor, ref)):
            if paragraph.question == key:
                remove_paragraph_record(ledger, find_commission(ledger.cursor, ref), paragraph.key)
        ledger.remove("commission_questions", key)


def find_question(cursor: Cursor, ref: str, number: int) -> RowKey:
    """Return the key of a question by its number. Raises NotFound."""
    for question in queries.read_questions(cursor, find_commission(cursor, ref)):
        if question.number == number:
            return question.key
    raise NotFound(_("{ref} has no question {number}.").format(ref=ref, number=number))


def remove_paragraph_record(ledger: Ledger, commission: RowKey, key: RowKey) -> None:
    """Remove a paragraph and its links to records."""
    for link in queries.read_links(ledger.cursor, commission):
        if link.paragraph == key:
            ledger.remove("paragraph_links", link.key)
    ledger.remove("paragraphs", key)


def _resolve_fields(cursor: Cursor, draft: CommissionDraft) -> dict[str, Any]:
    find_party = record_lookup.find_party_key
    lookups = {"asked_by": find_party, "cleared_by": find_party, "follows": find_commission}
    return record_lookup.resolve_columns(cursor, draft, lookups)
