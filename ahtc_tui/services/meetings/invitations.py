"""The invitation list of an event, area by area, and asking the contacts of an area or of a circulation list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.meetings.invitations import InviteList
from ahtc_tui.domain.meetings.model import InviteRole, MeetingState
from ahtc_tui.services import record_lookup
from ahtc_tui.services.contacts.circulation_lists import keys_on
from ahtc_tui.services.contacts.writer import area as area_key
from ahtc_tui.store.contacts.exports import Wanted, outgoing
from ahtc_tui.store.contacts.party_lookup import find_party
from ahtc_tui.store.meetings import invitations as stored
from ahtc_tui.store.records.fields import fields_of

if TYPE_CHECKING:
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.records.cursor import Cursor

KINDS = (PartyKind.POST, PartyKind.PERSON, PartyKind.ORGANISATION)


def invite_list(workspace: Workspace, ref: str) -> InviteList:
    """Who is asked to a meeting, by area. Raises NotFound."""
    with workspace.database.read() as cursor:
        return _list(cursor, workspace, *record_lookup.meeting(cursor, ref))


def _list(cursor: Cursor, workspace: Workspace, key: bytes, ref: str) -> InviteList:
    title = str(fields_of(cursor, "meetings", key, ("title",))["title"])
    return InviteList(ref, title, stored.guests(cursor, key, workspace.today()))


def areas_to_ask(workspace: Workspace) -> list[tuple[str, int]]:
    """The areas, each with how many contacts it has."""
    today = workspace.today()
    with workspace.database.read() as cursor:
        found = stored.areas(cursor)
        return [(name, len(outgoing(cursor, Wanted(KINDS, area=key), today))) for key, name in found]


def invite(
    workspace: Workspace, ref: str, areas: Sequence[str] = (), lists: Sequence[str] = (), who: Sequence[str] = ()
) -> InviteList:
    """Ask the contacts of areas and circulation lists, and others by name: all in one step, nobody twice.

    Raises NotFound, BadInput where nobody is named, Refused where the meeting is over or everybody is asked already.
    """
    if not areas and not lists and not who:
        raise BadInput(_("Say whom to ask: an area, a circulation list or a name."))
    with workspace.database.write("invite") as ledger:
        cursor = ledger.cursor
        key, ref = record_lookup.meeting(cursor, ref)
        ledger.label = f"invite to {ref}"
        state = MeetingState(str(fields_of(cursor, "meetings", key, ("state",))["state"]))
        if state in (MeetingState.HELD, MeetingState.CANCELLED):
            raise Refused(_("{ref} is {state}: nobody can be asked to it.").format(ref=ref, state=state.label.lower()))
        named = _named(cursor, workspace, areas, lists, who)
        new = {party: name for party, name in named.items() if party not in stored.asked(cursor, key)}
        if not new:
            raise Refused(_("There is nobody new to ask to {ref}.").format(ref=ref))
        role = InviteRole.REQUIRED.value
        ledger.add_all("invitations", [{"meeting": key, "party": party, "role": role} for party in new])
        return replace(_list(cursor, workspace, key, ref), added=tuple(new.values()))


def _named(
    cursor: Cursor, workspace: Workspace, areas: Sequence[str], lists: Sequence[str], who: Sequence[str]
) -> dict[bytes, str]:
    """Key to reference of everybody who is meant; whoever holds a post that is asked is not asked in person as well."""
    today = workspace.today()
    keys = {key for name in lists for key in keys_on(cursor, workspace, name)}
    places = [area_key(cursor, words) for words in areas]
    found = {one.key: one for key in places for one in outgoing(cursor, Wanted(KINDS, area=key), today)}
    found |= {one.key: one for one in outgoing(cursor, Wanted(KINDS), today) if one.key in keys} if keys else {}
    double = stored.held_by(cursor, {key for key, one in found.items() if one.kind is PartyKind.POST}, today)
    named = {key: one.ref for key, one in found.items() if key not in double}
    parties = (find_party(cursor, words, tuple(kind.value for kind in KINDS)) for words in who)
    return named | {party.key: party.ref for party in parties}
