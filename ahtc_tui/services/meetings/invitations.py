"""The invitation list of an event by area: invite the contacts of an area or of a circulation list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.invitations import InviteList
from ahtc_tui.domain.meetings.kinds import InviteRole, MeetingState, Reply
from ahtc_tui.services import record_lookup
from ahtc_tui.services.contacts.circulation_lists import find_member_keys
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.contacts.exports import ContactExportFilter, read_export_contacts
from ahtc_tui.store.contacts.party_lookup import find_party
from ahtc_tui.store.journal.ledger import Ledger
from ahtc_tui.store.meetings import invitations as stored
from ahtc_tui.store.meetings.queries import read_seats_to_invite
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
        raise BadInput(_("Choose an area, a circulation list or a name to invite."))
    with workspace.database.write("invite") as ledger:
        key, ref = record_lookup.find_meeting(ledger.cursor, ref)
        ledger.label = f"invite to {ref}"
        new_guests = insert_invitations(ledger, workspace, ref, areas, lists, names)
        if not new_guests:
            raise Refused(_("They are all invited to {ref} already.").format(ref=ref))
        return replace(_build_invite_list(ledger.cursor, workspace, key, ref), added=new_guests)


def remove_guests(workspace: Workspace, ref: str, names: Sequence[str]) -> InviteList:
    """Take contacts off the list of a meeting; the next invitations cancel theirs.

    Raises NotFound, and Refused for somebody who is not on the list.
    """
    with workspace.database.write("invite") as ledger:
        key, ref = record_lookup.find_meeting(ledger.cursor, ref)
        ledger.label = f"invite to {ref}"
        for words in names:
            party = find_party(ledger.cursor, words)
            invitation = stored.find_invitation(ledger.cursor, key, party.key)
            if invitation is None:
                raise Refused(_("{name} is not invited to {ref}.").format(name=party.shown_name, ref=ref))
            ledger.remove("invitations", invitation)
        return _build_invite_list(ledger.cursor, workspace, key, ref)


def invite_again(workspace: Workspace, ref: str, names: Sequence[str]) -> InviteList:
    """Invite contacts again: those who answered are asked for an answer once more, others come on the list.

    Raises NotFound, and Refused if the meeting is over.
    """
    with workspace.database.write("invite") as ledger:
        key, ref = record_lookup.find_meeting(ledger.cursor, ref)
        ledger.label = f"invite to {ref}"
        new_guests: tuple[str, ...] = ()
        for words in names:
            party = find_party(ledger.cursor, words)
            if invitation := stored.find_invitation(ledger.cursor, key, party.key):
                ledger.update("invitations", invitation, {"reply": Reply.NEEDS_ACTION.value})
            else:
                new_guests += insert_invitations(ledger, workspace, ref, (), (), (party.ref,))
        sequence = read_fields(ledger.cursor, "meetings", key, ("sequence",))["sequence"]
        ledger.update("meetings", key, {"sequence": int(sequence) + 1})
        return replace(_build_invite_list(ledger.cursor, workspace, key, ref), added=new_guests)


def list_uninvited_seats(workspace: Workspace, ref: str) -> list[str]:
    """Return the references of the members of the group with a seat on the day who are not invited. Raises NotFound."""
    with workspace.database.read() as cursor:
        key, _ref = record_lookup.find_meeting(cursor, ref)
        meeting = read_fields(cursor, "meetings", key, ("group", "day"))
        if not meeting["group"]:
            return []
        day = str(meeting["day"] or workspace.today())[:10]
        seats = dict.fromkeys(seat.party for seat in read_seats_to_invite(cursor, meeting["group"], day))
        invited = stored.read_invited_parties(cursor, key)
        return [str(read_fields(cursor, "parties", seat, ("ref",))["ref"]) for seat in seats if seat not in invited]


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
        sentence = _("{ref} is {state}. You cannot invite anyone to it.")
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
