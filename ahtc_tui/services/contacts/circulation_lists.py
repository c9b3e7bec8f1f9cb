"""Circulation lists: saved filters with manual members, evaluated each time a list is used."""

from __future__ import annotations

from functools import partial

from ahtc_tui.domain.contacts.model import ContactRow, ListRow, PartyKind
from ahtc_tui.domain.errors import BadInput, NotFound, Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.text.cleaning import clean_line
from ahtc_tui.domain.text.suggestions import add_choices
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.contacts import circulation_lists as stored
from ahtc_tui.store.contacts.exports import ContactExportFilter, read_export_contacts
from ahtc_tui.store.contacts.party_lookup import find_party
from ahtc_tui.store.contacts.queries import KINDS, read_contacts
from ahtc_tui.store.records.cursor import Cursor


def list_lists(workspace: Workspace) -> list[ListRow]:
    """Return every circulation list by name with the number of its members."""
    with workspace.database.read() as cursor:
        return [_build_row(cursor, workspace, circulation_list) for circulation_list in stored.read_lists(cursor)]


def list_members(workspace: Workspace, name: str, words: str = "") -> list[ContactRow]:
    """Return the members of a list that match a filter, by name. Raises NotFound, BadInput."""
    with workspace.database.read() as cursor:
        keys = find_member_keys(cursor, workspace, name)
        rows = read_contacts(
            cursor, today=workspace.today(), words=words, read_list=partial(find_member_keys, cursor, workspace)
        )
    return [row for row in rows if row.key in keys]


def find_member_keys(cursor: Cursor, workspace: Workspace, name: str) -> frozenset[RowKey]:
    """Return the keys of the members of a list: matches of its filter and manual members. Raises NotFound."""
    return _find_keys(cursor, workspace, _find_list(cursor, name))


def save_list(workspace: Workspace, name: str, words: str) -> ListRow:
    """Save a filter as a list, or replace the filter of a list; manual members are kept.

    Raises BadInput for an empty name and for a filter that is not understood or names an unknown record.
    """

    list_name, text = clean_line(name), clean_line(words)
    if not list_name:
        raise BadInput(_("A list needs a name."))
    with workspace.database.write(f"contacts list-save {list_name[:60]}") as ledger:
        _read_matches(ledger.cursor, workspace, text)  # raises BadInput now, not when the list is used
        lists = stored.read_lists(ledger.cursor)
        existing = next((saved for saved in lists if saved.name.lower() == list_name.lower()), None)
        if existing:
            ledger.update("circulation_lists", existing.key, {"words": text})
        else:
            ledger.add("circulation_lists", {"name": list_name, "words": text})
        return _build_row(ledger.cursor, workspace, _find_list(ledger.cursor, list_name))


def delete_list(workspace: Workspace, name: str) -> str:
    """Delete a list, not its members, and return its name. Raises NotFound."""
    with workspace.database.write("contacts list-delete") as ledger:
        circulation_list = _find_list(ledger.cursor, name)
        ledger.label = f"contacts list-delete {circulation_list.name}"
        ledger.remove("circulation_lists", circulation_list.key)
        return circulation_list.name


def set_membership(workspace: Workspace, name: str, contact: str, *, dropped: bool = False) -> ListRow:
    """Add a contact to a list by hand, or exclude it with `dropped`.

    Raises NotFound, Refused where that changes nothing.
    """
    with workspace.database.write("contacts list") as ledger:
        circulation_list = _find_list(ledger.cursor, name)
        party = find_party(ledger.cursor, contact, KINDS)
        ledger.label = f"contacts {'list-drop' if dropped else 'list-add'} {circulation_list.name} {party.ref}"
        if (party.key in _find_keys(ledger.cursor, workspace, circulation_list)) is not dropped:
            sentence = _("{ref} is not on {name}.") if dropped else _("{ref} is on {name} already.")
            raise Refused(sentence.format(ref=party.ref, name=circulation_list.name))
        for edit in stored.read_edits(ledger.cursor, circulation_list.key):
            if edit.party == party.key:
                ledger.remove("circulation_members", edit.key)
        if (party.key in _find_keys(ledger.cursor, workspace, circulation_list)) is dropped:
            values = {"list": circulation_list.key, "party": party.key, "dropped": int(dropped)}
            ledger.add("circulation_members", values)
        return _build_row(ledger.cursor, workspace, circulation_list)


def _find_keys(cursor: Cursor, workspace: Workspace, circulation_list: stored.StoredList) -> frozenset[RowKey]:
    """Return the members; a list without a filter has only manual ones."""
    keys = _read_matches(cursor, workspace, circulation_list.words) if circulation_list.words else set()
    edits = stored.read_edits(cursor, circulation_list.key)
    keys |= {edit.party for edit in edits if not edit.dropped}
    return frozenset(keys - {edit.party for edit in edits if edit.dropped})


def _read_matches(cursor: Cursor, workspace: Workspace, text: str) -> set[RowKey]:
    contact_filter = ContactExportFilter(tuple(PartyKind(kind) for kind in KINDS), text)
    return {contact.key for contact in read_export_contacts(cursor, contact_filter, workspace.today())}


def _find_list(cursor: Cursor, name: str) -> stored.StoredList:
    match = stored.find_list(cursor, name)
    if match is None:
        names = (circulation_list.name for circulation_list in stored.read_lists(cursor))
        raise NotFound(add_choices(_('There is no circulation list "{name}".').format(name=name), names))
    return match


def _build_row(cursor: Cursor, workspace: Workspace, circulation_list: stored.StoredList) -> ListRow:
    keys, fault = _find_keys_or_fault(cursor, workspace, circulation_list)
    edits = stored.read_edits(cursor, circulation_list.key)
    member_rows = [row for row in read_contacts(cursor, today=workspace.today()) if row.key in keys]
    added = tuple(edit.ref for edit in edits if not edit.dropped)
    dropped = tuple(edit.ref for edit in edits if edit.dropped)
    return ListRow(
        circulation_list.key,
        circulation_list.name,
        circulation_list.words,
        len(member_rows),
        added,
        dropped,
        sum(1 for row in member_rows if not row.email),
        fault,
    )


def _find_keys_or_fault(
    cursor: Cursor, workspace: Workspace, circulation_list: stored.StoredList
) -> tuple[frozenset[RowKey], str]:
    """Return the members and an empty text, or no members and the reason why the filter cannot be used."""
    try:
        return _find_keys(cursor, workspace, circulation_list), ""
    except (BadInput, NotFound) as error:
        return frozenset(), str(error)
