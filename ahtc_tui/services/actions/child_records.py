"""The parts of an action that stand in tables of their own: supporters, what blocks it, the slips of its due date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.actions.model import ActionRow, Brag, PartRole
from ahtc_tui.domain.actions.rating import worsens
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.services import record_lookup
from ahtc_tui.services.actions import recurrence
from ahtc_tui.store.actions import queries as stored

if TYPE_CHECKING:
    from ahtc_tui.domain.drafts.actions import ActionDraft
    from ahtc_tui.store.journal.ledger import Ledger

ELSEWHERE = ("support", "partners", "blocked_by", "repeat", "reason")
"""Fields of a draft that are no columns of the action."""


def write(ledger: Ledger, key: bytes, draft: ActionDraft) -> None:
    """Write the given parts of an action."""
    if "support" in draft.given:
        _helpers(ledger, key, draft.support or "", PartRole.SUPPORT)
    if "partners" in draft.given:
        _helpers(ledger, key, draft.partners or "", PartRole.PARTNER)
    if "blocked_by" in draft.given:
        _blocked_by(ledger, key, draft.blocked_by or "")
    if "repeat" in draft.given:
        recurrence.write(ledger, key, draft.repeat or "")


def slip(
    ledger: Ledger, key: bytes, before: ActionRow, due: DateAsKnown | None, reason: str | None, today: date
) -> dict[str, Any]:
    """Keep the move of a due date; the first due date given is the original one."""
    if before.due is None:
        return {"original_due": due.stored} if due and not before.original_due else {}
    if due != before.due:
        moved = {"from_due": before.due.stored, "to_due": due.stored if due else None, "reason": reason or None}
        ledger.add("slips", {"action": key, "slipped_on": today.isoformat(), **moved})
    return {}


def rating(before: ActionRow, brag: Brag | None, reason: str | None) -> dict[str, Any]:
    """The fields that a rating changes; one that stays keeps its reason, unless another is given.

    Raises Refused where it gets worse and nobody says why.
    """
    if brag is before.brag:
        return {"brag_reason": reason} if reason else {}
    if not worsens(before.brag, brag):
        return {"brag": brag.value if brag else None, "brag_reason": reason or None}
    if not reason:
        raise Refused(
            _("{ref} gets worse, from {was} to {now}: say why with a reason.").format(
                ref=before.ref, was=before.brag and before.brag.label, now=brag and brag.label
            )
        )
    return {"brag": brag.value if brag else None, "brag_reason": reason}


def _helpers(ledger: Ledger, key: bytes, names: str, role: PartRole) -> None:
    """The same by their names, as a form or a command has them."""
    wanted = [record_lookup.party(ledger.cursor, name) for name in re.split(r"\s*;\s*", names) if name]
    put_helpers(ledger, key, [party for party in wanted if party], role)


def put_helpers(ledger: Ledger, key: bytes, wanted: Sequence[bytes], role: PartRole) -> None:
    """Who has this part in an action: these stay or come, the others go."""
    standing = stored.helpers(ledger.cursor, key, role)
    for party, row in standing.items():
        if party not in wanted:
            ledger.remove("action_parties", row)
    for party in dict.fromkeys(wanted):
        if party not in standing:
            ledger.add("action_parties", {"action": key, "party": party, "role": role.value})


def _blocked_by(ledger: Ledger, key: bytes, refs: str) -> None:
    """Write what an action waits for. Raises Refused with the loop if it would wait for itself."""
    wanted = dict(record_lookup.action(ledger.cursor, ref) for ref in re.split(r"[\s,;]+", refs) if ref)
    standing = stored.blockers(ledger.cursor, key)
    for other, row in standing.items():
        if other not in wanted:
            ledger.remove("dependencies", row)
    for other in wanted:
        if other not in standing:
            _refuse_loop(ledger, key, other)
            ledger.add("dependencies", {"action": key, "blocked_by": other})


def _refuse_loop(ledger: Ledger, key: bytes, other: bytes) -> None:
    waits = stored.depends_on(ledger.cursor, other)
    path, found = {other: [key, other]}, [other]
    while found:
        here = found.pop()
        if here == key:
            loop = " → ".join(stored.by_key(ledger.cursor, each).ref for each in path[here])
            raise Refused(_("That would be a loop, each waiting for the next: {loop}.").format(loop=loop))
        onward = [after for before, after in waits if before == here and after not in path]
        path |= {after: [*path[here], after] for after in onward}
        found += onward
