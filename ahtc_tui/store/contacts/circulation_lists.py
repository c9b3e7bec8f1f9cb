"""Reads circulation lists: their filters and the members added or removed by hand."""

from __future__ import annotations

from typing import NamedTuple

from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.contacts.party_lookup import fold_name, order_name
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.rows import select_rows


class StoredList(NamedTuple):
    """Circulation list with the words of its filter."""

    key: RowKey
    name: str
    words: str


class ListEdit(NamedTuple):
    """Party that was added to a list or removed from it by hand."""

    key: RowKey
    party: RowKey
    ref: str
    dropped: bool


def read_lists(cursor: Cursor) -> list[StoredList]:
    """Return all lists by name."""
    rows = select_rows(cursor, StoredList, "SELECT id AS key, name, words FROM circulation_lists WHERE NOT deleted")
    return sorted(rows, key=lambda row: order_name(row.name))


def find_list(cursor: Cursor, name: str) -> StoredList | None:
    """Return the list with this name, or the only one whose name begins with it; else None."""
    lists, typed = read_lists(cursor), fold_name(name)
    matches = [row for row in lists if fold_name(row.name) == typed]
    matches = matches or [row for row in lists if typed and fold_name(row.name).startswith(typed)]
    return matches[0] if len(matches) == 1 else None


def read_edits(cursor: Cursor, circulation_list: RowKey) -> list[ListEdit]:
    """Return the parties added to a list or removed from it by hand."""
    query = """SELECT m.id AS key, m.party, p.ref, m.dropped FROM circulation_members m JOIN parties p ON p.id = m.party
 WHERE m.list = ? AND NOT m.deleted AND NOT p.deleted ORDER BY m.n"""
    return select_rows(cursor, ListEdit, query, (circulation_list,))
