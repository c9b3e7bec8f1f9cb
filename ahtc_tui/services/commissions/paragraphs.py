"""What people do with the paragraphs of a paper: draft them from the records, word them, and say that they hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ahtc_tui.domain.commissions.claims import Claim, ClaimKind
from ahtc_tui.domain.commissions.model import Draft, propose, read_takes
from ahtc_tui.domain.errors import BadInput, NotFound, Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.services.commissions.service import card, find, question, remove_paragraph_row
from ahtc_tui.store.commissions import queries as stored
from ahtc_tui.store.commissions.claims import claims

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from ahtc_tui.domain.commissions.model import CommissionCard, ParagraphRow
    from ahtc_tui.domain.drafts.commissions import ParagraphDraft
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor


def propose_draft(workspace: Workspace, ref: str) -> Draft:
    """What a draft would add: each record once, under its question. Writes nothing. Raises NotFound."""
    with workspace.database.read() as cursor:
        return _proposed(cursor, find(cursor, ref), workspace.today())


def write_draft(workspace: Workspace, ref: str) -> Draft:
    """Add the paragraphs that a draft proposes, as one step. Raises NotFound, Refused where there is nothing to add."""
    today = workspace.today()
    with workspace.database.write(f"commissions draft {ref}") as ledger:
        key = find(ledger.cursor, ref)
        draft = _proposed(ledger.cursor, key, today)
        if not draft.paragraphs:
            raise Refused(_("There is nothing to add: every record stands in the paper, or no question takes it."))
        numbers = {number: question for question, number, *_more in stored.questions(ledger.cursor, key)}
        for made in draft.paragraphs:
            _add(ledger, key, numbers[made.question], today, made.claims, title=made.title)
    return draft


def _proposed(cursor: Cursor, key: bytes, today: date) -> Draft:
    from_on, to_on, follows, *_more = stored.head(cursor, key)
    questions = [(number, read_takes(takes)) for _key, number, _text, takes in stored.questions(cursor, key)]
    before = _stood(cursor, find(cursor, follows)) if follows else {}
    every = [claim for kind in ClaimKind for claim in claims(cursor, kind, today)]
    taken = {link.record for link in stored.links(cursor, key)}
    period = (from_on.latest if from_on else None, to_on.latest if to_on else None)
    return propose(questions, every, stored.objectives(cursor), before, taken, period)


def _stood(cursor: Cursor, earlier: bytes) -> dict[bytes, int]:
    """Under which question each record stood in an earlier paper."""
    numbers = {key: number for key, number, *_more in stored.questions(cursor, earlier)}
    placed = {own.key: numbers[own.question] for own in stored.paragraphs(cursor, earlier)}
    return {link.record: placed[link.paragraph] for link in stored.links(cursor, earlier)}


def add_paragraph(workspace: Workspace, ref: str, under: int, draft: ParagraphDraft, on: Sequence[str] = ()) -> str:
    """A paragraph under a question, resting on records by their references; returns its number, "2.9".

    Raises NotFound; BadInput where it has neither words nor records.
    """
    if not draft.text and not on:
        raise BadInput(_("A paragraph has words, or records that it rests on (--on DP-13)."))
    with workspace.database.write(f"commissions paragraph {ref} {under}") as ledger:
        cursor, today = ledger.cursor, workspace.today()
        commission, home = find(cursor, ref), question(cursor, ref, under)
        rests = _claims_of(cursor, on, today)
        number = _add(ledger, commission, home, today, rests, title=draft.title or None, text=draft.text or None)
    return f"{under}.{number}"


def _add(
    ledger: Ledger, commission: bytes, home: bytes, today: date, rests: Iterable[Claim], **words: str | None
) -> int:
    own = [one.number for one in stored.paragraphs(ledger.cursor, commission) if one.question == home]
    number = max(own, default=0) + 1
    values = {"question": home, "number": number, "as_at": today.isoformat(), **words}
    _rest_on(ledger, ledger.add("paragraphs", values), rests)
    return number


def _rest_on(ledger: Ledger, paragraph: bytes, rests: Iterable[Claim]) -> None:
    ledger.add_all(
        "paragraph_links",
        [
            {"paragraph": paragraph, "kind": claim.kind.value, "record": claim.key, "said": claim.sentence}
            for claim in rests
        ],
    )


def edit_paragraph(
    workspace: Workspace,
    ref: str,
    number: str,
    draft: ParagraphDraft,
    on: Sequence[str] = (),
    off: Sequence[str] = (),
) -> None:
    """Word a paragraph; `on` adds records that it rests on, `off` takes some away. Raises NotFound, BadInput."""
    if not (draft.given or on or off):
        raise BadInput(_("Say the words, or what the paragraph rests on."))
    with workspace.database.write(f"commissions paragraph {ref} {number}") as ledger:
        cursor, today = ledger.cursor, workspace.today()
        _whole, own = _paragraph(cursor, ref, number, today)
        changed = {name: value or None for name, value in draft.given.items()}
        ledger.change("paragraphs", own.key, {**changed, "as_at": today.isoformat()})
        gone = {claim.key for claim in _claims_of(cursor, off, today)}
        for rest in own.rests:
            if rest.now is not None and rest.now.key in gone:
                ledger.remove("paragraph_links", rest.link)
        standing = {rest.now.key for rest in own.rests if rest.now} - gone
        _rest_on(ledger, own.key, [claim for claim in _claims_of(cursor, on, today) if claim.key not in standing])


def remove_paragraph(workspace: Workspace, ref: str, number: str) -> None:
    """Take a paragraph away. Raises NotFound."""
    with workspace.database.write(f"commissions paragraph {ref} {number} removed") as ledger:
        whole, own = _paragraph(ledger.cursor, ref, number, workspace.today())
        remove_paragraph_row(ledger, whole.row.key, own.key)


def confirm(workspace: Workspace, ref: str, numbers: Sequence[str] = ()) -> list[str]:
    """Say that paragraphs hold as their records stand today, all that are stale unless named; returns their numbers.

    Raises NotFound; Refused where there is nothing to confirm.
    """
    today = workspace.today()
    with workspace.database.write(f"commissions confirm {ref} {' '.join(numbers)}".rstrip()) as ledger:
        whole = card(ledger.cursor, find(ledger.cursor, ref), today)
        chosen = [_named(whole, number) for number in numbers] if numbers else list(whole.stale)
        if not chosen:
            raise Refused(_("Every paragraph of {ref} says what its records say.").format(ref=whole.row.ref))
        for own in chosen:
            ledger.change("paragraphs", own.key, {"as_at": today.isoformat()})
            for rest in own.rests:
                if rest.now is None:
                    ledger.remove("paragraph_links", rest.link)
                elif rest.stale:
                    ledger.change("paragraph_links", rest.link, {"said": rest.now.sentence})
    return [own.number for own in chosen]


def _paragraph(cursor: Cursor, ref: str, number: str, today: date) -> tuple[CommissionCard, ParagraphRow]:
    whole = card(cursor, find(cursor, ref), today)
    return whole, _named(whole, number)


def _named(whole: CommissionCard, number: str) -> ParagraphRow:
    for own in whole.paragraphs:
        if own.number == number.strip():
            return own
    raise NotFound(_('{ref} has no paragraph "{number}".').format(ref=whole.row.ref, number=number))


def _claims_of(cursor: Cursor, refs: Iterable[str], today: date) -> list[Claim]:
    """The claims of records by their references, each once. Raises NotFound."""
    found: dict[bytes, Claim] = {}
    for ref in refs:
        record = stored.find_record(cursor, ref)
        if record is None:
            raise NotFound(_('There is no record "{ref}" that a paragraph can rest on.').format(ref=ref))
        kind, key = record
        for claim in claims(cursor, kind, today, {key}):
            found.setdefault(key, claim)
    return list(found.values())
