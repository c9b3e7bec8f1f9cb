"""Circulation lists: saved filters with hand edits. A list finds its members anew each time that it is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ahtc_tui.domain.contacts.circulation_lists import ListFilter, ListRow, read_filter
from ahtc_tui.domain.contacts.model import ContactRow, PartyKind
from ahtc_tui.domain.errors import BadInput, NotFound, Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.services import record_lookup
from ahtc_tui.services.contacts.writer import area
from ahtc_tui.store.contacts import circulation_lists as stored
from ahtc_tui.store.contacts.exports import Wanted, outgoing
from ahtc_tui.store.contacts.party_lookup import find_party
from ahtc_tui.store.contacts.queries import KINDS, listed

if TYPE_CHECKING:
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.records.cursor import Cursor


def list_lists(workspace: Workspace) -> list[ListRow]:
    """Every circulation list by name, with how many are on it."""
    with workspace.database.read() as cursor:
        return [_row(cursor, workspace, one) for one in stored.every(cursor)]


def members(workspace: Workspace, name: str, words: str = "") -> list[ContactRow]:
    """Who is on a list, and holds all the words, by name. Raises NotFound."""
    with workspace.database.read() as cursor:
        keys = keys_on(cursor, workspace, name)
        return [row for row in listed(cursor, today=workspace.today(), words=words) if row.key in keys]


def keys_on(cursor: Cursor, workspace: Workspace, name: str) -> frozenset[bytes]:
    """The keys of everybody on a list: whom its filter finds, and the hand edits. Raises NotFound."""
    return _keys(cursor, workspace, _list(cursor, name))


def save_list(workspace: Workspace, name: str, words: str) -> ListRow:
    """Save a filter as a list, or give a list another filter; hand edits stay. Raises BadInput, NotFound."""
    from ahtc_tui.domain.drafts.text import one_line

    clean, text = one_line(name), one_line(words)
    if not clean:
        raise BadInput(_("A list needs a name."))
    with workspace.database.write(f"contacts list-save {clean[:60]}") as ledger:
        wanted(ledger.cursor, read_filter(text))  # a name in it that nobody has is told now, and not when it is used
        standing = next((one for one in stored.every(ledger.cursor) if one.name.lower() == clean.lower()), None)
        if standing:
            ledger.change("circulation_lists", standing.key, {"words": text})
        else:
            ledger.add("circulation_lists", {"name": clean, "words": text})
        return _row(ledger.cursor, workspace, _list(ledger.cursor, clean))


def delete_list(workspace: Workspace, name: str) -> str:
    """Remove a list; nobody on it is removed. Raises NotFound."""
    with workspace.database.write("contacts list-delete") as ledger:
        found = _list(ledger.cursor, name)
        ledger.label = f"contacts list-delete {found.name}"
        ledger.remove("circulation_lists", found.key)
        return found.name


def put_on(workspace: Workspace, name: str, who: str, *, dropped: bool = False) -> ListRow:
    """Put somebody on a list by hand, or take them off it. Raises NotFound, Refused."""
    with workspace.database.write("contacts list") as ledger:
        found = _list(ledger.cursor, name)
        party = find_party(ledger.cursor, who, KINDS)
        ledger.label = f"contacts {'list-drop' if dropped else 'list-add'} {found.name} {party.ref}"
        if (party.key in _keys(ledger.cursor, workspace, found)) is not dropped:
            sentence = _("{ref} is not on {name}.") if dropped else _("{ref} is on {name} already.")
            raise Refused(sentence.format(ref=party.ref, name=found.name))
        for edit in stored.edits(ledger.cursor, found.key):
            if edit.party == party.key:
                ledger.remove("circulation_members", edit.key)
        if (party.key in _keys(ledger.cursor, workspace, found)) is dropped:
            ledger.add("circulation_members", {"list": found.key, "party": party.key, "dropped": int(dropped)})
        return _row(ledger.cursor, workspace, found)


def wanted(cursor: Cursor, asked: ListFilter) -> Wanted:
    """A filter with its names found in the register. Raises NotFound, BadInput."""
    return Wanted(
        (asked.kind,) if asked.kind else tuple(PartyKind(each) for each in KINDS),
        asked.words,
        find_party(cursor, asked.organisation, ("organisation",)).key if asked.organisation else None,
        area(cursor, asked.area) if asked.area else None,
        record_lookup.group(cursor, asked.group),
    )


def _keys(cursor: Cursor, workspace: Workspace, one: stored.StoredList) -> frozenset[bytes]:
    """A list without a filter holds only those put on it by hand."""
    found: set[bytes] = set()
    if one.words:
        found = {contact.key for contact in outgoing(cursor, wanted(cursor, read_filter(one.words)), workspace.today())}
    edits = stored.edits(cursor, one.key)
    found |= {edit.party for edit in edits if not edit.dropped}
    return frozenset(found - {edit.party for edit in edits if edit.dropped})


def _list(cursor: Cursor, name: str) -> stored.StoredList:
    found = stored.named(cursor, name)
    if found is None:
        known = ", ".join(one.name for one in stored.every(cursor)) or _("none yet")
        raise NotFound(_('There is no circulation list "{name}": {known}.').format(name=name, known=known))
    return found


def _row(cursor: Cursor, workspace: Workspace, one: stored.StoredList) -> ListRow:
    keys, edits = _keys(cursor, workspace, one), stored.edits(cursor, one.key)
    on = [row for row in listed(cursor, today=workspace.today()) if row.key in keys]
    added = tuple(edit.ref for edit in edits if not edit.dropped)
    dropped = tuple(edit.ref for edit in edits if edit.dropped)
    return ListRow(one.key, one.name, one.words, len(on), added, dropped, sum(1 for row in on if not row.email))
