"""Reads the fields that the search for duplicates compares, and the pairs known to be different contacts."""

from __future__ import annotations

from typing import NamedTuple

from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.rows import select_rows


class StoredContact(NamedTuple):
    """Fields of a contact that are compared."""

    key: RowKey
    ref: str
    kind: PartyKind
    name: str
    aliases: tuple[str, ...]
    """Welsh name and aliases."""
    email: str | None
    phone: str | None
    organisation: RowKey | None
    role: str | None
    other_points: tuple[str, ...]
    """Further telephone numbers and email addresses."""


ROWS = """SELECT p.id AS key, p.ref, p.kind, p.name, (SELECT group_concat(name, char(10)) FROM
 (SELECT p.name_cy AS name WHERE p.name_cy <> '' UNION ALL
 SELECT name FROM aliases WHERE party = p.id AND NOT deleted)) AS aliases, p.email, p.phone,
 coalesce(e.organisation, t.organisation) AS organisation, e.role,
 (SELECT group_concat(coalesce(l.email, l.phone), char(10)) FROM contact_points l
 WHERE l.party = p.id AND NOT l.deleted) AS other_points
 FROM parties p LEFT JOIN people e ON e.id = p.id LEFT JOIN posts t ON t.id = p.id
 WHERE NOT p.deleted AND p.kind <> 'group' ORDER BY p.n"""


def read_contacts(cursor: Cursor) -> list[StoredContact]:
    """Return every contact with the fields that are compared."""
    return select_rows(cursor, StoredContact, ROWS)


class DistinctPair(NamedTuple):
    """Pair of contacts that are known to be different, and the key of its record."""

    one: RowKey
    other: RowKey
    key: RowKey


def read_not_duplicates(cursor: Cursor) -> dict[frozenset[RowKey], RowKey]:
    """Return the pairs that are marked as different contacts, each with the key of its record."""
    pairs = select_rows(cursor, DistinctPair, "SELECT one, other, id AS key FROM not_duplicates WHERE NOT deleted")
    return {frozenset((pair.one, pair.other)): pair.key for pair in pairs}
