"""Contact with people and organisations: written down with what follows from it, listed, and who is overdue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ahtc_tui.domain.contacts.engagement import EngagementRow, EngagementStatus, LastContact, StaleRow, find_overdue
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.services.actions.writer import insert_action
from ahtc_tui.store.contacts import engagement as stored
from ahtc_tui.store.contacts.party_lookup import find_party
from ahtc_tui.store.contacts.queries import KINDS
from ahtc_tui.store.records.references import mint_ref

if TYPE_CHECKING:
    from ahtc_tui.domain.drafts.engagement import EngagementDraft
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger

MAX_LIMIT_DAYS = 3_650
"""Days of the longest limit: ten years."""


def add_engagement(workspace: Workspace, contacts: Sequence[str], draft: EngagementDraft) -> EngagementRow:
    """Write down a contact with one or several; an action that follows is made in the same step.

    Raises NotFound, or BadInput where nobody is named.
    """
    names = [name for name in contacts if name.strip()]
    if not names:
        raise BadInput(_("Say with whom: a name or a reference, several parted by commas."))
    with workspace.database.write(f"engage: {draft.subject[:60]}") as ledger:
        parties = list(dict.fromkeys(find_party(ledger.cursor, name, KINDS).key for name in names))
        ref = mint_ref(ledger.cursor, "engagements", "E-{year}-{n:02}", year=draft.on.latest.year)
        key = ledger.add(
            "engagements",
            {
                "ref": ref,
                "held_on": draft.on.stored_text,
                "kind": draft.kind.value,
                "subject": draft.subject,
                "text": draft.note or None,
                "follow_up": _add_follow_up(ledger, draft, ref, workspace) if draft.follow_up else None,
            },
        )
        ledger.add_all("engagement_parties", [{"engagement": key, "party": party} for party in parties])
        (row,) = stored.read_entries(ledger.cursor, {ref})
    return row


def _add_follow_up(ledger: Ledger, draft: EngagementDraft, ref: str, workspace: Workspace) -> RowKey:
    from ahtc_tui.domain.drafts.actions import build_action_draft

    fields = {"title": draft.follow_up, "due": draft.due, "lead": draft.lead, "note": _("From {ref}").format(ref=ref)}
    values = {name: value for name, value in fields.items() if value}
    return insert_action(ledger, build_action_draft(values, workspace.today()), workspace.today())


def list_engagements(workspace: Workspace, words: str | None = None) -> list[EngagementRow]:
    """The log, latest first; of one contact with the meetings that they came to. Raises NotFound."""
    with workspace.database.read() as cursor:
        if not words:
            return stored.read_entries(cursor)
        return stored.read_contact_history(cursor, find_party(cursor, words, KINDS).key, workspace.today())


def find_last_contacts(workspace: Workspace) -> dict[RowKey, LastContact]:
    """The last real contact with everybody, by key."""
    with workspace.database.read() as cursor:
        return stored.read_last_contacts(cursor, workspace.today())


def show_engagement_status(workspace: Workspace, words: str) -> tuple[EngagementStatus, dict[int, int]]:
    """How one contact stands with this office, and the limits of the tiers. Raises NotFound."""
    with workspace.database.read() as cursor:
        key = find_party(cursor, words, KINDS).key
        return stored.read_standing(cursor, key, workspace.today()), stored.read_tier_limits(cursor)


def list_stale_contacts(workspace: Workspace, over_days: int | None = None) -> list[StaleRow]:
    """Who is overdue, longest first: over the limit of their tier, or with `over` everybody not spoken to for so long.

    Whoever sent apologies twice running is there as well.
    """
    with workspace.database.read() as cursor:
        contacts, limits = stored.read_standings(cursor, workspace.today()), stored.read_tier_limits(cursor)
    measured = ((contact, over_days if over_days is not None else contact.find_limit(limits)) for contact in contacts)
    rows = [row for contact, limit in measured if (row := find_overdue(contact, limit, workspace.today()))]
    return sorted(rows, key=lambda row: (row.days is not None, -(row.days or 0), row.name))


def list_tiers(workspace: Workspace) -> dict[int, int]:
    """Days within which the contacts of a tier should be spoken to."""
    with workspace.database.read() as cursor:
        return stored.read_tier_limits(cursor)


def set_tiers(workspace: Workspace, days: Mapping[int, int]) -> dict[int, int]:
    """Say the limits of tiers. Raises BadInput on a number that is none."""
    for number, limit in days.items():
        if not (1 <= number <= 9 and 1 <= limit <= MAX_LIMIT_DAYS):
            raise BadInput(_("A tier is 1 to 9 and its limit 1 to {most} days.").format(most=MAX_LIMIT_DAYS))
    with workspace.database.write("contacts tiers") as ledger:
        keys = stored.read_tier_keys(ledger.cursor)
        for number, limit in days.items():
            if number in keys:
                ledger.update("tiers", keys[number], {"days": limit})
            else:
                ledger.add("tiers", {"number": number, "days": limit})
        return stored.read_tier_limits(ledger.cursor)


def set_tier(workspace: Workspace, words: str, number: int | None) -> str:
    """Put a contact into a tier, or with None into no tier; returns its reference. Raises NotFound, BadInput."""
    with workspace.database.write("contacts tier") as ledger:
        party = find_party(ledger.cursor, words, KINDS)
        limits = stored.read_tier_limits(ledger.cursor)
        if number is not None and number not in limits:
            tiers_text = ", ".join(str(tier) for tier in sorted(limits))
            raise BadInput(_("There is no tier {n}: there are {listed}.").format(n=number, listed=tiers_text))
        ledger.label = f"contacts tier {party.ref}"
        ledger.update("parties", party.key, {"tier": number})
        return party.ref
