"""Circulation lists out of the database: their words and the hand edits. Reads only."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.contacts.party_lookup import fold_name

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor


class StoredList(NamedTuple):
    """A list with the words of its filter."""

    key: RowKey
    name: str
    words: str


class ListEdit(NamedTuple):
    """Somebody put on a list by hand, or taken off it."""

    key: RowKey
    party: RowKey
    ref: str
    dropped: bool


def read_lists(cursor: Cursor) -> list[StoredList]:
    """All lists by name."""
    rows = cursor.execute("SELECT id, name, words FROM circulation_lists WHERE NOT deleted").fetchall()
    return sorted((StoredList(*row) for row in rows), key=lambda circulation_list: fold_name(circulation_list.name))


def find_list(cursor: Cursor, name: str) -> StoredList | None:
    """The list of this name, or the only one that begins so."""
    lists, typed = read_lists(cursor), fold_name(name)
    matches = [circulation_list for circulation_list in lists if fold_name(circulation_list.name) == typed]
    matches = matches or [
        circulation_list for circulation_list in lists if typed and fold_name(circulation_list.name).startswith(typed)
    ]
    return matches[0] if len(matches) == 1 else None


def read_edits(cursor: Cursor, circulation_list: RowKey) -> list[ListEdit]:
    """Who was put on a list or taken off it by hand."""
    rows = cursor.execute(
        "SELECT m.id, m.party, p.ref, m.dropped FROM circulation_members m JOIN parties p ON p.id = m.party"
        " WHERE m.list = ? AND NOT m.deleted AND NOT p.deleted ORDER BY m.n",
        (circulation_list,),
    )
    return [ListEdit(key, party, ref, bool(dropped)) for key, party, ref, dropped in rows]
