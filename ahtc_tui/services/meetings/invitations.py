"""The invitation list of an event by area: invite the contacts of an area or of a circulation list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.invitations import InviteList
from ahtc_tui.domain.meetings.kinds import InviteRole, MeetingState
from ahtc_tui.services import record_lookup
from ahtc_tui.services.contacts.circulation_lists import find_member_keys
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.contacts.exports import ContactExportFilter, read_export_contacts
from ahtc_tui.store.contacts.party_lookup import find_party
from ahtc_tui.store.journal.ledger import Ledger
from ahtc_tui.store.meetings import invitations as stored
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.fields import read_fields

GUEST_KINDS = (PartyKind.POST, PartyKind.PERSON, PartyKind.ORGANISATION)


def show_invitations(workspace: Workspace, ref: str) -> InviteList:
    """Return the invited contacts of a meeting by area. Raises NotFound."""
    with workspace.database.read() as cursor:
        return _build_invite_list(cursor, workspace, *record_lookup.find_meeting(cursor, ref))


def _build_invite_list(cursor: Cursor, workspace: Workspace, key: RowKey, ref: str) -> InviteList:
    title = str(read_fields(cursor, "meetings", key, ("title",))["title"])
    return InviteList(ref, title, stored.read_guests(cursor, key, workspace.today()))


def list_invitable_areas(workspace: Workspace) -> list[tuple[str, int]]:
    """Return the areas, each with its number of contacts."""
    today = workspace.today()
    with workspace.database.read() as cursor:
        areas = stored.read_areas(cursor)
        filters = [(name, ContactExportFilter(GUEST_KINDS, area=key)) for key, name in areas]
        return [(name, len(read_export_contacts(cursor, contacts, today))) for name, contacts in filters]


def invite_guests(
    workspace: Workspace, ref: str, areas: Sequence[str] = (), lists: Sequence[str] = (), names: Sequence[str] = ()
) -> InviteList:
    """Invite the contacts of areas and circulation lists, and others by name, in one transaction.

    No contact is invited twice. Raises NotFound, BadInput if no one is named, and Refused if the meeting is over or all
    are invited already.
    """
    if not areas and not lists and not names:
        raise BadInput(_("Choose who to invite: an area, a circulation list or a name."))
    with workspace.database.write("invite") as ledger:
        key, ref = record_lookup.find_meeting(ledger.cursor, ref)
        ledger.label = f"invite to {ref}"
        new_guests = insert_invitations(ledger, workspace, ref, areas, lists, names)
        if not new_guests:
            raise Refused(_("They are all invited to {ref} already.").format(ref=ref))
        return replace(_build_invite_list(ledger.cursor, workspace, key, ref), added=new_guests)


def insert_invitations(
    ledger: Ledger,
    workspace: Workspace,
    ref: str,
    areas: Sequence[str],
    lists: Sequence[str],
    names: Sequence[str] = (),
) -> tuple[str, ...]:
    """Invite those who are not invited yet; returns their references.

    Raises NotFound, and Refused if the meeting is over.
    """
    cursor = ledger.cursor
    key, ref = record_lookup.find_meeting(cursor, ref)
    state = MeetingState(str(read_fields(cursor, "meetings", key, ("state",))["state"]))
    if state in (MeetingState.HELD, MeetingState.CANCELLED):
        sentence = _("{ref} is {state}: you cannot invite anyone to it.")
        raise Refused(sentence.format(ref=ref, state=state.label.lower()))
    guests = _find_guests(cursor, workspace, areas, lists, names)
    invited = stored.read_invited_parties(cursor, key)
    new_guests = {party: name for party, name in guests.items() if party not in invited}
    role = InviteRole.REQUIRED.value
    ledger.add_all("invitations", [{"meeting": key, "party": party, "role": role} for party in new_guests])
    return tuple(new_guests.values())


def _find_guests(
    cursor: Cursor, workspace: Workspace, areas: Sequence[str], lists: Sequence[str], names: Sequence[str]
) -> dict[RowKey, str]:
    """Return key and reference of each guest; the holder of an invited post is not invited in person too."""
    today = workspace.today()
    keys = {key for name in lists for key in find_member_keys(cursor, workspace, name)}
    area_keys = [record_lookup.find_area_key(cursor, words) for words in areas]
    contacts = {
        contact.key: contact
        for key in area_keys
        for contact in read_export_contacts(cursor, ContactExportFilter(GUEST_KINDS, area=key), today)
    }
    contacts |= (
        {
            contact.key: contact
            for contact in read_export_contacts(cursor, ContactExportFilter(GUEST_KINDS), today)
            if contact.key in keys
        }
        if keys
        else {}
    )
    posts = {key for key, contact in contacts.items() if contact.kind is PartyKind.POST}
    holders = stored.find_holders(cursor, posts, today)
    guests = {key: contact.ref for key, contact in contacts.items() if key not in holders}
    parties = (find_party(cursor, words, tuple(kind.value for kind in GUEST_KINDS)) for words in names)
    return guests | {party.key: party.ref for party in parties}
