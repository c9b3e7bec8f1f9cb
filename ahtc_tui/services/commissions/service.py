"""What people do with a paper that somebody asks for: list, read, add, edit, and say what is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.commissions.claims import ClaimKind
from ahtc_tui.domain.commissions.model import CommissionCard, ParagraphRow, QuestionRow, Rest
from ahtc_tui.domain.errors import BadInput, NotFound, Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.services import record_lookup
from ahtc_tui.store.commissions import queries as stored
from ahtc_tui.store.commissions.claims import claims
from ahtc_tui.store.records.references import mint

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from ahtc_tui.domain.commissions.claims import Claim
    from ahtc_tui.domain.commissions.model import CommissionRow
    from ahtc_tui.domain.drafts.commissions import CommissionDraft, QuestionDraft
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor

PATTERN = "COM-{n:02}"


def list_commissions(workspace: Workspace, words: str = "") -> list[CommissionRow]:
    """The commissions that hold the words, the newest first."""
    with workspace.database.read() as cursor:
        return stored.listed(cursor, words)


def show_commission(workspace: Workspace, ref: str) -> CommissionCard:
    """A commission with its questions, its paragraphs, and what each rests on. Raises NotFound."""
    with workspace.database.read() as cursor:
        return card(cursor, find(cursor, ref), workspace.today())


def find(cursor: Cursor, ref: str) -> bytes:
    """The key of a commission. Raises NotFound."""
    return record_lookup.record(cursor, "commissions", ref, _("commission"))[0]


def card(cursor: Cursor, key: bytes, today: date) -> CommissionCard:
    """Everything about one commission: a query for each part, and one for each kind of record behind it."""
    links = stored.links(cursor, key)
    standing = _standing(cursor, links, today)
    rests: dict[bytes, list[Rest]] = {}
    for link in links:
        rest = Rest(link.key, ClaimKind(link.kind), link.said, standing.get((link.kind, link.record)))
        rests.setdefault(link.paragraph, []).append(rest)
    every = stored.paragraphs(cursor, key)
    questions = tuple(
        QuestionRow(
            question,
            number,
            text,
            takes,
            tuple(
                ParagraphRow(
                    own.key, f"{number}.{own.number}", own.title, own.text, own.as_at, tuple(rests.get(own.key, ()))
                )
                for own in every
                if own.question == question
            ),
        )
        for question, number, text, takes in stored.questions(cursor, key)
    )
    from_on, to_on, follows, cleared_by, marking, note = stored.head(cursor, key)
    row = stored.by_key(cursor, key)
    return CommissionCard(row, from_on, to_on, follows, cleared_by, Marking(marking), note, questions)


def _standing(cursor: Cursor, links: Iterable[stored.StoredLink], today: date) -> dict[tuple[str, bytes], Claim]:
    wanted: dict[str, set[bytes]] = {}
    for link in links:
        wanted.setdefault(link.kind, set()).add(link.record)
    return {
        (kind, claim.key): claim
        for kind, keys in wanted.items()
        for claim in claims(cursor, ClaimKind(kind), today, keys)
    }


def add_commission(workspace: Workspace, draft: CommissionDraft, questions: Iterable[str] = ()) -> CommissionRow:
    """Add a commission with its questions; one that follows an earlier paper asks what that asked, unless told others.

    Raises BadInput without a title, NotFound.
    """
    if not draft.title:
        raise BadInput(_("A commission needs a title."))
    asked = [words for words in questions if words.strip()]
    with workspace.database.write(f"commissions add {draft.title[:60]}") as ledger:
        cursor = ledger.cursor
        values = _columns(cursor, draft)
        values["ref"] = mint(cursor, "commissions", PATTERN)
        key = ledger.add("commissions", values)
        _refuse_backwards(cursor, key)
        if asked:
            new = [{"text": text, "number": number} for number, text in enumerate(asked, 1)]
        else:
            earlier = stored.questions(cursor, values["follows"]) if values.get("follows") else []
            new = [{"text": text, "number": number, "takes": takes} for _key, number, text, takes in earlier]
        for question in new:
            ledger.add("commission_questions", {"commission": key, **question})
        return stored.by_key(cursor, key)


def edit_commission(workspace: Workspace, ref: str, draft: CommissionDraft) -> CommissionRow:
    """Write the given fields of a commission. Raises NotFound, BadInput, Refused."""
    if not draft.given:
        raise BadInput(_("Say what to change: field=value."))
    with workspace.database.write(f"commissions edit {ref}") as ledger:
        key = find(ledger.cursor, ref)
        values = _columns(ledger.cursor, draft)
        if values.get("follows") == key:
            raise Refused(_("A paper does not follow itself."))
        ledger.change("commissions", key, values)
        _refuse_backwards(ledger.cursor, key)
        return stored.by_key(ledger.cursor, key)


def _refuse_backwards(cursor: Cursor, key: bytes) -> None:
    """Raise BadInput where the period of a paper ends before it begins."""
    from_on, to_on, *_more = stored.head(cursor, key)
    if from_on and to_on and from_on.latest > to_on.latest:
        raise BadInput(_("The period of a paper ends after it begins: from_on comes before to_on."))


def add_question(workspace: Workspace, ref: str, draft: QuestionDraft) -> int:
    """Ask one more question, behind the others; returns its number. Raises NotFound, BadInput without words."""
    if not draft.text:
        raise BadInput(_("A question needs its words."))
    with workspace.database.write(f"commissions question {ref}") as ledger:
        key = find(ledger.cursor, ref)
        number = max((line[1] for line in stored.questions(ledger.cursor, key)), default=0) + 1
        ledger.add("commission_questions", {"commission": key, "number": number, **draft.given})
        return number


def edit_question(workspace: Workspace, ref: str, number: int, draft: QuestionDraft) -> None:
    """Write the words of a question, or what a draft puts under it. Raises NotFound, BadInput."""
    if not draft.given:
        raise BadInput(_("Say what to change: text=... or takes=..."))
    with workspace.database.write(f"commissions question {ref} {number}") as ledger:
        ledger.change("commission_questions", question(ledger.cursor, ref, number), dict(draft.given))


def remove_question(workspace: Workspace, ref: str, number: int) -> None:
    """Take a question away with its paragraphs. Raises NotFound."""
    with workspace.database.write(f"commissions question {ref} {number} removed") as ledger:
        key = question(ledger.cursor, ref, number)
        for own in stored.paragraphs(ledger.cursor, find(ledger.cursor, ref)):
            if own.question == key:
                remove_paragraph_row(ledger, find(ledger.cursor, ref), own.key)
        ledger.remove("commission_questions", key)


def question(cursor: Cursor, ref: str, number: int) -> bytes:
    """The key of a question by its number. Raises NotFound."""
    for key, own, _text, _takes in stored.questions(cursor, find(cursor, ref)):
        if own == number:
            return key
    raise NotFound(_("{ref} has no question {number}.").format(ref=ref, number=number))


def remove_paragraph_row(ledger: Ledger, commission: bytes, key: bytes) -> None:
    """Take a paragraph away, and the links to what it rests on."""
    for link in stored.links(ledger.cursor, commission):
        if link.paragraph == key:
            ledger.remove("paragraph_links", link.key)
    ledger.remove("paragraphs", key)


def _columns(cursor: Cursor, draft: CommissionDraft) -> dict[str, Any]:
    return record_lookup.columns(cursor, draft.given, _named)


def _named(cursor: Cursor, name: str, words: str) -> bytes | str | None:
    if name in ("asked_by", "cleared_by"):
        return record_lookup.party(cursor, words)
    return find(cursor, words) if name == "follows" else words
