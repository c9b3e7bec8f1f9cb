"""Use cases of contacts: list, show, add and edit persons, posts and organisations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from ahtc_tui.domain.contacts.model import ContactCard, ContactRow, PartyKind
from ahtc_tui.domain.dates.periods import Period
from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.domain.filters.grammar import read_filter
from ahtc_tui.domain.filters.model import FilterNoun, TermKind
from ahtc_tui.domain.i18n import _
from ahtc_tui.services import record_lookup
from ahtc_tui.services.contacts import writer
from ahtc_tui.services.contacts.writer import refuse_erased
from ahtc_tui.services.desk_people import find_desk_person
from ahtc_tui.store.contacts import queries
from ahtc_tui.store.contacts.cards import read_card
from ahtc_tui.store.contacts.engagement import read_last_contacts, read_status, read_tier_limits
from ahtc_tui.store.contacts.names import read_addresses
from ahtc_tui.store.contacts.own_post import find_own_post_ref
from ahtc_tui.store.contacts.party_lookup import RegisterEntry, find_party, list_same_names, read_register
from ahtc_tui.store.contacts.post_holders import find_holder_on

if TYPE_CHECKING:
    from ahtc_tui.domain.contacts.engagement import LastContact
    from ahtc_tui.domain.dates.date_as_known import DateAsKnown
    from ahtc_tui.domain.drafts.contacts import ContactDraft
    from ahtc_tui.services.workspace import Workspace

DEFAULT_KINDS = (PartyKind.PERSON, PartyKind.POST)
"""Kinds that are listed by default."""


def list_contacts(workspace: Workspace, words: str = "", kind: PartyKind | None = None) -> list[ContactRow]:
    """Return the contacts that match a filter, by name: persons and posts, or one kind. Raises BadInput, NotFound."""
    default_kinds = (
        tuple(PartyKind(name) for name in queries.KINDS) if names_kind(words, workspace.today()) else DEFAULT_KINDS
    )
    return list_parties(workspace, words, (kind,) if kind else default_kinds)


def names_kind(words: str, today: date) -> bool:
    """Return whether a filter selects contacts by their kind, or by what organisations have. Raises BadInput."""
    alternatives = read_filter(words, FilterNoun.CONTACTS, today).alternatives
    return any(
        term.kind in (TermKind.KIND, TermKind.CLASS, TermKind.ATTENDED) for terms in alternatives for term in terms
    )


def list_parties(workspace: Workspace, words: str, kinds: tuple[PartyKind, ...]) -> list[ContactRow]:
    """Return the contacts of these kinds that match a filter, by name. Raises BadInput, NotFound."""
    from ahtc_tui.services.contacts.circulation_lists import find_member_keys

    kind_names = tuple(str(kind) for kind in kinds)
    with workspace.database.read() as cursor:
        rows = queries.read_contacts(
            cursor,
            today=workspace.today(),
            words=words,
            kinds=kind_names,
            read_list=partial(find_member_keys, cursor, workspace),
        )
        spoken = read_last_contacts(cursor, workspace.today())
    return [_add_last_contact(row, spoken.get(row.key)) for row in rows]


def _add_last_contact(row: ContactRow, spoken: LastContact | None) -> ContactRow:
    return replace(row, last_on=spoken.on, last_kind=spoken.kind) if spoken else row


def show_contact(workspace: Workspace, words: str) -> ContactCard:
    """Return the card of a contact with tier and last contact. Raises NotFound."""
    with workspace.database.read() as cursor:
        key = find_party(cursor, words, queries.KINDS).key
        contact_card = read_card(cursor, key, workspace.today())
        engagement = read_status(cursor, key, workspace.today())
        limit = engagement.find_limit(read_tier_limits(cursor))
    row = _add_last_contact(contact_card.row, engagement.last_contact)
    return replace(contact_card, row=row, tier=engagement.tier, limit=limit, apologies=engagement.apologies)


def list_held_posts(workspace: Workspace, words: str) -> list[ContactRow]:
    """Return the posts that a person holds today; none for other contacts. Raises NotFound."""
    with workspace.database.read() as cursor:
        keys = queries.read_posts_held(cursor, find_party(cursor, words, queries.KINDS).key, workspace.today())
        return [queries.read_contact(cursor, key, workspace.today()) for key in keys]


def find_own_post(workspace: Workspace) -> ContactRow | None:
    """Return the post of the person at this desk, else the post of the office, or None."""
    person = find_desk_person(workspace)
    with workspace.database.read() as cursor:
        for name in (person.post if person else "", find_own_post_ref(cursor)):
            posts = list_same_names(cursor, name, PartyKind.POST.value) if name else []
            if len(posts) == 1:
                return queries.read_contact(cursor, posts[0].key, workspace.today())
    return None


def find_holder(workspace: Workspace, words: str) -> ContactRow | None:
    """Return the holder of a post today; None for a vacant post and for other contacts. Raises NotFound."""
    with workspace.database.read() as cursor:
        holder = find_holder_on(cursor, find_party(cursor, words, queries.KINDS).key, workspace.today())
        return queries.read_contact(cursor, holder, workspace.today()) if holder else None


def list_register(workspace: Workspace) -> list[RegisterEntry]:
    """Return every party that can own an action: name, reference, kind and further search words."""
    with workspace.database.read() as cursor:
        return read_register(cursor, workspace.today())


def list_namesakes(workspace: Workspace, draft: ContactDraft) -> list[str]:
    """Return the references of the contacts of the same kind that have the name of a draft already."""
    with workspace.database.read() as cursor:
        parties = list_same_names(cursor, draft.name or "", draft.kind or PartyKind.PERSON)
        return [party.ref for party in parties]


def add_contact(workspace: Workspace, draft: ContactDraft, *, allow_erased: bool = False) -> ContactRow:
    """Add a person, post or organisation; the reference is derived from its name.

    Raises BadInput, NotFound, and ErasedBefore for a person who may have been erased, unless `allow_erased`.
    """
    with workspace.database.write(f"contacts add {(draft.name or '')[:60]}") as ledger:
        if not allow_erased:
            refuse_erased(ledger.cursor, draft)
        key = writer.insert_contact(ledger, draft)
        return queries.read_contact(ledger.cursor, key, workspace.today())


def move_contact(workspace: Workspace, words: str, draft: ContactDraft, first: DateAsKnown) -> ContactRow:
    """Add the postal address of a contact from a day on, in any order; other addresses keep their dates.

    Raises NotFound, BadInput for other fields or a date without a day, Refused where another address begins that day.
    """
    if set(draft.given_fields) != {"postal_address"}:
        raise BadInput(_("Only an address can have a start date. To give a name from a date, use `contacts rename`."))
    begins, _end = Period(first).format_stored()
    with workspace.database.write("contacts edit") as ledger:
        party = find_party(ledger.cursor, words, queries.KINDS)
        ledger.label = f"contacts edit {party.ref}"
        address = draft.postal_address or ""
        same_day = [row for row in read_addresses(ledger.cursor, party.key) if row.period.first == Period(first).first]
        if any(row.postal_address != address for row in same_day):
            sentence = _("{ref} has another address from {day}. Undo that, or choose another date.")
            raise Refused(sentence.format(ref=party.ref, day=first))
        if same_day:
            raise Refused(_("{ref} has that address already.").format(ref=party.ref))
        ledger.add("addresses", {"party": party.key, "postal_address": address, "from_on": begins})
        return queries.read_contact(ledger.cursor, party.key, workspace.today())


def edit_contact(
    workspace: Workspace,
    words: str,
    draft: ContactDraft,
    added: Sequence[tuple[str, str]] = (),
    removed: Sequence[tuple[str, str]] = (),
) -> ContactRow:
    """Write the given fields of a contact, and add or remove single telephone numbers and email addresses.

    Raises NotFound, BadInput, Refused.
    """
    if not (added or removed):
        record_lookup.refuse_empty_draft(draft)
    with workspace.database.write("contacts edit") as ledger:
        party = find_party(ledger.cursor, words, queries.KINDS)
        ledger.label = f"contacts edit {party.ref}"
        writer.change_contact(ledger, party.key, PartyKind(party.kind), draft)
        writer.change_points(ledger, party, added, removed)
        return queries.read_contact(ledger.cursor, party.key, workspace.today())
