"""The parts of an action that stand in tables of their own: supporters, what blocks it, the slips of its due date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.actions.model import ActionRow, Brag, PartyRole
from ahtc_tui.domain.actions.rating import is_worse
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.services import record_lookup
from ahtc_tui.services.actions import recurrence
from ahtc_tui.store.actions import queries as stored

if TYPE_CHECKING:
    from ahtc_tui.domain.drafts.actions import ActionDraft
    from ahtc_tui.store.journal.ledger import Ledger

CHILD_FIELDS = ("support", "partners", "blocked_by", "repeat", "reason")
"""Fields of a draft that are no columns of the action."""


def write_child_records(ledger: Ledger, key: bytes, draft: ActionDraft) -> None:
    """Write the given parts of an action."""
    if "support" in draft.given_fields:
        _write_named_helpers(ledger, key, draft.support or "", PartyRole.SUPPORT)
    if "partners" in draft.given_fields:
        _write_named_helpers(ledger, key, draft.partners or "", PartyRole.PARTNER)
    if "blocked_by" in draft.given_fields:
        _write_blockers(ledger, key, draft.blocked_by or "")
    if "repeat" in draft.given_fields:
        recurrence.set_recurrence(ledger, key, draft.repeat or "")


def record_slip(
    ledger: Ledger, key: bytes, before: ActionRow, due: DateAsKnown | None, reason: str | None, today: date
) -> dict[str, Any]:
    """Keep the move of a due date; the first due date given is the original one."""
    if before.due is None:
        return {"original_due": due.stored_text} if due and not before.original_due else {}
    if due != before.due:
        values = {
            "from_due": before.due.stored_text,
            "to_due": due.stored_text if due else None,
            "reason": reason or None,
        }
        ledger.add("slips", {"action": key, "slipped_on": today.isoformat(), **values})
    return {}


def build_rating_values(before: ActionRow, brag: Brag | None, reason: str | None) -> dict[str, Any]:
    """The fields that a rating changes; one that stays keeps its reason, unless another is given.

    Raises Refused where it gets worse and nobody says why.
    """
    if brag is before.brag:
        return {"brag_reason": reason} if reason else {}
    if not is_worse(before.brag, brag):
        return {"brag": brag.value if brag else None, "brag_reason": reason or None}
    if not reason:
        raise Refused(
            _("{ref} gets worse, from {was} to {now}: say why with a reason.").format(
                ref=before.ref, was=before.brag and before.brag.label, now=brag and brag.label
            )
        )
    return {"brag": brag.value if brag else None, "brag_reason": reason}


def _write_named_helpers(ledger: Ledger, key: bytes, names: str, role: PartyRole) -> None:
    """The same by their names, as a form or a command has them."""
    parties = [record_lookup.find_party_key(ledger.cursor, name) for name in re.split(r"\s*;\s*", names) if name]
    set_helpers(ledger, key, [party for party in parties if party], role)


def set_helpers(ledger: Ledger, key: bytes, parties: Sequence[bytes], role: PartyRole) -> None:
    """Who has this part in an action: these stay or come, the others go."""
    existing = stored.read_party_links(ledger.cursor, key, role)
    for party, row in existing.items():
        if party not in parties:
            ledger.remove("action_parties", row)
    for party in dict.fromkeys(parties):
        if party not in existing:
            ledger.add("action_parties", {"action": key, "party": party, "role": role.value})


def _write_blockers(ledger: Ledger, key: bytes, refs: str) -> None:
    """Write what an action waits for. Raises Refused with the loop if it would wait for itself."""
    blockers = dict(record_lookup.find_action(ledger.cursor, ref) for ref in re.split(r"[\s,;]+", refs) if ref)
    existing = stored.read_blocker_links(ledger.cursor, key)
    for blocker, row in existing.items():
        if blocker not in blockers:
            ledger.remove("dependencies", row)
    for blocker in blockers:
        if blocker not in existing:
            _refuse_loop(ledger, key, blocker)
            ledger.add("dependencies", {"action": key, "blocked_by": blocker})


def _refuse_loop(ledger: Ledger, key: bytes, blocker: bytes) -> None:
    dependencies = stored.read_dependency_chain(ledger.cursor, blocker)
    path, queue = {blocker: [key, blocker]}, [blocker]
    while queue:
        current = queue.pop()
        if current == key:
            loop = " → ".join(stored.read_action(ledger.cursor, step).ref for step in path[current])
            raise Refused(_("That would be a loop, each waiting for the next: {loop}.").format(loop=loop))
        next_actions = [after for before, after in dependencies if before == current and after not in path]
        path |= {after: [*path[current], after] for after in next_actions}
        queue += next_actions
