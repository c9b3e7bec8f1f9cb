"""The engagement log: contacts with people and organisations, contact tiers and who is overdue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from ahtc_tui.domain.contacts.engagement import (
    EngagementFilter,
    EngagementMonths,
    EngagementRow,
    MonthlyEngagement,
    StaleRow,
    find_overdue,
    refuse_future_contact,
)
from ahtc_tui.domain.dates.quarters import list_last_months
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.text.collation import build_sort_key
from ahtc_tui.services.actions.writer import insert_action
from ahtc_tui.services.record_lookup import find_party_key, find_record, refuse_empty_draft, resolve_columns
from ahtc_tui.store.contacts import engagement as stored
from ahtc_tui.store.contacts.party_lookup import find_party
from ahtc_tui.store.contacts.queries import KINDS
from ahtc_tui.store.records.references import mint_ref

if TYPE_CHECKING:
    from ahtc_tui.domain.drafts.contacts import EngagementDraft, EngagementEdit
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor

EDIT_COLUMNS = {"on": "held_on", "note": "text"}
"""Columns of fields with another name."""
SHOWN_MONTHS = 12
"""Number of months on the page of contacts by month."""
MAX_LIMIT_DAYS = 3_650
"""Longest limit of a tier: ten years."""


def add_engagement(workspace: Workspace, contacts: Sequence[str], draft: EngagementDraft) -> EngagementRow:
    """Record an engagement with one or several contacts and add its follow-up action in the same step.

    Raises NotFound, BadInput where no contact is named.
    """
    names = [name for name in contacts if name.strip()]
    if not names:
        raise BadInput(_("Enter the names or references of the other people, separated by commas."))
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
                "minutes": draft.minutes,
                "status": draft.status,
                "assignee": find_party_key(ledger.cursor, draft.assignee),
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


def edit_engagement(workspace: Workspace, words: str, draft: EngagementEdit) -> EngagementRow:
    """Write the given fields of a logged contact. Raises NotFound, and BadInput for one in the future that was held."""
    refuse_empty_draft(draft)
    with workspace.database.write("edit engagement") as ledger:
        key, ref = find_engagement(ledger.cursor, words)
        ledger.label = f"edit engagement {ref}"
        (row,) = stored.read_entries(ledger.cursor, {ref})
        status = draft.status if "status" in draft.given_fields else row.status
        refuse_future_contact(draft.on or row.on, status, workspace.today())
        if draft.who is not None:
            _set_participants(ledger, key, draft.who.split(","))
        columns = resolve_columns(ledger.cursor, draft, {"assignee": find_party_key}, ("who",))
        if columns:
            ledger.update("engagements", key, {EDIT_COLUMNS.get(name, name): columns[name] for name in columns})
        (row,) = stored.read_entries(ledger.cursor, {ref})
        return row


def _set_participants(ledger: Ledger, engagement: RowKey, names: Iterable[str]) -> None:
    parties = dict.fromkeys(find_party(ledger.cursor, name, KINDS).key for name in names if name.strip())
    if not parties:
        raise BadInput(_("Enter the names or references of the other people, separated by commas."))
    links = stored.read_participants(ledger.cursor, engagement)
    for party, link in links.items():
        if party not in parties:
            ledger.remove("engagement_parties", link)
    added = [{"engagement": engagement, "party": party} for party in parties if party not in links]
    ledger.add_all("engagement_parties", added)


def find_engagement(cursor: Cursor, words: str) -> tuple[RowKey, str]:
    """Return key and reference of a logged contact. Raises NotFound."""
    return find_record(cursor, "engagements", words, _("engagement"))


def show_engagement(workspace: Workspace, words: str) -> EngagementRow:
    """Return a logged contact. Raises NotFound."""
    with workspace.database.read() as cursor:
        (row,) = stored.read_entries(cursor, {find_engagement(cursor, words)[1]})
        return row


def list_engagements(
    workspace: Workspace, words: str | None = None, conditions: EngagementFilter | None = None
) -> list[EngagementRow]:
    """Return the log, latest first; for one contact with the meetings attended. Raises NotFound."""
    conditions = conditions or EngagementFilter()
    with workspace.database.read() as cursor:
        if words:
            rows = stored.read_contact_history(cursor, find_party(cursor, words, KINDS).key, workspace.today())
        else:
            rows = stored.read_entries(cursor)
        assignee = find_party(cursor, conditions.assignee).ref if conditions.assignee else None
        return [row for row in rows if conditions.matches(row, assignee)]


def list_stale_contacts(workspace: Workspace, over_days: int | None) -> list[StaleRow]:
    """Return overdue contacts, longest first, and those with two apologies in a row.

    A contact is overdue beyond the limit of its tier, or with `over_days` beyond that many days.
    """
    with workspace.database.read() as cursor:
        contacts, limits = stored.read_statuses(cursor, workspace.today()), stored.read_tier_limits(cursor)
    measured = ((contact, over_days if over_days is not None else contact.find_limit(limits)) for contact in contacts)
    rows = [row for contact, limit in measured if (row := find_overdue(contact, limit, workspace.today()))]
    return sorted(rows, key=lambda row: (row.days is not None, -(row.days or 0), build_sort_key(row.name)))


def show_contacts_by_month(workspace: Workspace) -> EngagementMonths:
    """Return the contacts of the last twelve months by month, those with the most contacts first."""
    today = workspace.today()
    months = list_last_months(today, SHOWN_MONTHS)
    with workspace.database.read() as cursor:
        contacts, limits = stored.read_statuses(cursor, today), stored.read_tier_limits(cursor)
        counts = {(row.party, row.month): row.number for row in stored.read_contacts_by_month(cursor, months[0], today)}
    rows = []
    for contact in contacts:
        monthly = tuple(counts.get((contact.key, month.isoformat()[:7]), 0) for month in months)
        overdue = find_overdue(contact, contact.find_limit(limits), today)
        if any(monthly) or overdue:
            last_on = contact.last_contact.on if contact.last_contact else None
            rows.append(MonthlyEngagement(contact.ref, contact.name, monthly, last_on, overdue.why if overdue else ""))
    rows.sort(key=lambda row: (-row.total, build_sort_key(row.name)))
    return EngagementMonths(months, tuple(rows))


def list_tiers(workspace: Workspace) -> dict[int, int]:
    """Return the limit of each tier in days."""
    with workspace.database.read() as cursor:
        return stored.read_tier_limits(cursor)


def set_tiers(workspace: Workspace, days: Mapping[int, int]) -> dict[int, int]:
    """Set the limits of tiers and return all limits. Raises BadInput for a tier or limit out of range."""
    for number, limit in days.items():
        if not (1 <= number <= 9 and 1 <= limit <= MAX_LIMIT_DAYS):
            raise BadInput(_("A tier is 1 to 9, with a limit of 1 to {most} days.").format(most=MAX_LIMIT_DAYS))
    with workspace.database.write("contacts tiers") as ledger:
        keys = stored.read_tier_keys(ledger.cursor)
        for number, limit in days.items():
            if number in keys:
                ledger.update("tiers", keys[number], {"days": limit})
            else:
                ledger.add("tiers", {"number": number, "days": limit})
        return stored.read_tier_limits(ledger.cursor)


def set_tier(workspace: Workspace, words: str, number: int | None) -> str:
    """Assign a contact to a tier, or to none, and return its reference. Raises NotFound, BadInput."""
    with workspace.database.write("contacts tier") as ledger:
        party = find_party(ledger.cursor, words, KINDS)
        limits = stored.read_tier_limits(ledger.cursor)
        if number is not None and number not in limits:
            tiers_text = ", ".join(str(tier) for tier in sorted(limits))
            raise BadInput(_("There is no tier {n}. Choose one of {listed}.").format(n=number, listed=tiers_text))
        ledger.label = f"contacts tier {party.ref}"
        ledger.update("parties", party.key, {"tier": number})
        return party.ref
