"""Circulation lists out of the database: their words and the hand edits. Reads only."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ahtc_tui.store.contacts.party_lookup import folded

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor


class StoredList(NamedTuple):
    """A list with the words of its filter."""

    key: bytes
    name: str
    words: str


class Edit(NamedTuple):
    """Somebody put on a list by hand, or taken off it."""

    key: bytes
    party: bytes
    ref: str
    dropped: bool


def every(cursor: Cursor) -> list[StoredList]:
    """All lists by name."""
    found = cursor.execute("SELECT id, name, words FROM circulation_lists WHERE NOT deleted").fetchall()
    return sorted((StoredList(*line) for line in found), key=lambda one: folded(one.name))


def named(cursor: Cursor, name: str) -> StoredList | None:
    """The list of this name, or the only one that begins so."""
    known, typed = every(cursor), folded(name)
    found = [one for one in known if folded(one.name) == typed]
    found = found or [one for one in known if typed and folded(one.name).startswith(typed)]
    return found[0] if len(found) == 1 else None


def edits(cursor: Cursor, of: bytes) -> list[Edit]:
    """Who was put on a list or taken off it by hand."""
    lines = cursor.execute(
        "SELECT m.id, m.party, p.ref, m.dropped FROM circulation_members m JOIN parties p ON p.id = m.party"
        " WHERE m.list = ? AND NOT m.deleted AND NOT p.deleted ORDER BY m.n",
        (of,),
    )
    return [Edit(key, party, ref, bool(dropped)) for key, party, ref, dropped in lines]
