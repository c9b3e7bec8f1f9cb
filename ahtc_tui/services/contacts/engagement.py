"""Contact with people and organisations: written down with what follows from it, listed, and who is overdue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ahtc_tui.domain.contacts.engagement import EngagementRow, Spoken, StaleRow, Standing, overdue
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.services.actions.service import add_within
from ahtc_tui.store.contacts import engagement as stored
from ahtc_tui.store.contacts.party_lookup import find_party
from ahtc_tui.store.contacts.queries import KINDS
from ahtc_tui.store.records.references import mint

if TYPE_CHECKING:
    from ahtc_tui.domain.drafts.engagement import EngagementDraft
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger

LONGEST = 3_650
"""Days of the longest limit: ten years."""


def engage(workspace: Workspace, who: Sequence[str], draft: EngagementDraft) -> EngagementRow:
    """Write down a contact with one or several; an action that follows is made in the same step.

    Raises NotFound, or BadInput where nobody is named.
    """
    names = [name for name in who if name.strip()]
    if not names:
        raise BadInput(_("Say with whom: a name or a reference, several parted by commas."))
    with workspace.database.write(f"engage: {draft.subject[:60]}") as ledger:
        parties = list(dict.fromkeys(find_party(ledger.cursor, name, KINDS).key for name in names))
        ref = mint(ledger.cursor, "engagements", "E-{year}-{n:02}", year=draft.on.latest.year)
        key = ledger.add(
            "engagements",
            {
                "ref": ref,
                "held_on": draft.on.stored,
                "kind": draft.kind.value,
                "subject": draft.subject,
                "text": draft.note or None,
                "follow_up": _follow_up(ledger, draft, ref, workspace) if draft.follow_up else None,
            },
        )
        ledger.add_all("engagement_parties", [{"engagement": key, "party": party} for party in parties])
        (row,) = stored.entries(ledger.cursor, {ref})
    return row


def _follow_up(ledger: Ledger, draft: EngagementDraft, ref: str, workspace: Workspace) -> bytes:
    from ahtc_tui.domain.drafts.actions import action_draft

    fields = {"title": draft.follow_up, "due": draft.due, "lead": draft.lead, "note": _("From {ref}").format(ref=ref)}
    given = {name: value for name, value in fields.items() if value}
    return add_within(ledger, action_draft(given, workspace.today()), workspace.today())


def list_engagements(workspace: Workspace, words: str | None = None) -> list[EngagementRow]:
    """The log, latest first; of one contact with the meetings that they came to. Raises NotFound."""
    with workspace.database.read() as cursor:
        if not words:
            return stored.entries(cursor)
        return stored.entries_of(cursor, find_party(cursor, words, KINDS).key, workspace.today())


def last_spoken(workspace: Workspace) -> dict[bytes, Spoken]:
    """The last real contact with everybody, by key."""
    with workspace.database.read() as cursor:
        return stored.last_spoken(cursor, workspace.today())


def standing(workspace: Workspace, words: str) -> tuple[Standing, dict[int, int]]:
    """How one contact stands with this office, and the limits of the tiers. Raises NotFound."""
    with workspace.database.read() as cursor:
        key = find_party(cursor, words, KINDS).key
        return stored.standing_of(cursor, key, workspace.today()), stored.limits(cursor)


def stale(workspace: Workspace, over: int | None = None) -> list[StaleRow]:
    """Who is overdue, longest first: over the limit of their tier, or with `over` everybody not spoken to for so long.

    Whoever sent apologies twice running is there as well.
    """
    with workspace.database.read() as cursor:
        everybody, limits = stored.standing(cursor, workspace.today()), stored.limits(cursor)
    measured = ((one, over if over is not None else one.limit(limits)) for one in everybody)
    found = [row for one, limit in measured if (row := overdue(one, limit, workspace.today()))]
    return sorted(found, key=lambda row: (row.days is not None, -(row.days or 0), row.name))


def tiers(workspace: Workspace) -> dict[int, int]:
    """Days within which the contacts of a tier should be spoken to."""
    with workspace.database.read() as cursor:
        return stored.limits(cursor)


def set_tiers(workspace: Workspace, days: Mapping[int, int]) -> dict[int, int]:
    """Say the limits of tiers. Raises BadInput on a number that is none."""
    for number, limit in days.items():
        if not (1 <= number <= 9 and 1 <= limit <= LONGEST):
            raise BadInput(_("A tier is 1 to 9 and its limit 1 to {most} days.").format(most=LONGEST))
    with workspace.database.write("contacts tiers") as ledger:
        keys = stored.tier_keys(ledger.cursor)
        for number, limit in days.items():
            if number in keys:
                ledger.change("tiers", keys[number], {"days": limit})
            else:
                ledger.add("tiers", {"number": number, "days": limit})
        return stored.limits(ledger.cursor)


def set_tier(workspace: Workspace, words: str, number: int | None) -> str:
    """Put a contact into a tier, or with None into no tier; returns its reference. Raises NotFound, BadInput."""
    with workspace.database.write("contacts tier") as ledger:
        party = find_party(ledger.cursor, words, KINDS)
        known = stored.limits(ledger.cursor)
        if number is not None and number not in known:
            listed = ", ".join(str(one) for one in sorted(known))
            raise BadInput(_("There is no tier {n}: there are {listed}.").format(n=number, listed=listed))
        ledger.label = f"contacts tier {party.ref}"
        ledger.change("parties", party.key, {"tier": number})
        return party.ref
