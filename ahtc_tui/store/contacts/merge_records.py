"""Reads what a merge of two contacts needs: the references to a contact, and its values."""

from __future__ import annotations

from typing import Any, NamedTuple

from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.records.columns import list_record_tables, read_columns, read_parents
from ahtc_tui.store.records.cursor import Cursor, Table
from ahtc_tui.store.records.fields import read_fields
from ahtc_tui.store.records.relations import UNTYPED_KEYS
from ahtc_tui.store.records.rows import select_column, select_rows, select_value
from ahtc_tui.store.sql_fragments import HOLDS, OTHER_NAMES, SITS


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


ROWS = f"""SELECT p.id AS key, p.ref, p.kind, p.name, (SELECT group_concat(name, char(10)) FROM
 (SELECT p.name_cy AS name WHERE p.name_cy <> '' UNION ALL
 SELECT name FROM {OTHER_NAMES} WHERE party = p.id)) AS aliases, p.email, p.phone,
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


PARTIES = frozenset(("parties", "people", "posts", "organisations"))
OWN_COLUMNS = frozenset((("people", "id"), ("posts", "id"), ("organisations", "id"), ("parties", "merged_into")))
"""Columns that are the contact itself, or that refer to it on purpose."""

SOURCE_COLUMNS = frozenset(("source", "source_notes", "note"))
"""Columns about the source of a record, left out when records are compared."""

IDENTITY_COLUMNS: dict[str, tuple[str, ...]] = {
    "attendances": ("meeting",),
    "invitations": ("meeting",),
    "action_parties": ("action", "role"),
    "engagement_parties": ("engagement",),
    "circulation_members": ("list",),
    "aliases": ("name", "name_cy", "from_on", "to_on"),
    "addresses": ("postal_address", "from_on", "to_on"),
    "contact_points": ("email", "phone"),
    "interests": ("organisation", "text"),
    "paragraph_links": ("paragraph",),
}
"""Columns that, with the party or the record, identify a record: two records with the same values are duplicates."""
FULLY_COMPARED_TABLES = frozenset(("holdings", "occupancies", "not_duplicates", "adoptions"))
"""Tables of links whose records are duplicates where all columns are equal."""

DOUBLE_SEATS = f"""SELECT g.name FROM seats s JOIN named_parties g ON g.id = s."group" WHERE s.party = :key
 AND {SITS} GROUP BY s."group" HAVING count(*) > 1 ORDER BY sort_key(g.name)"""

DOUBLE_POSTS = f"""SELECT p.name FROM holdings h JOIN named_parties p ON p.id = h.post WHERE h.person = :key
 AND {HOLDS}
 GROUP BY h.post HAVING count(*) > 1 ORDER BY sort_key(p.name)"""

DOUBLE_HOLDERS = f"""SELECT p.name FROM holdings h JOIN named_parties p ON p.id = h.person WHERE h.post = :key
 AND {HOLDS} GROUP BY h.person HAVING count(*) > 1"""

FOR_THEMSELVES = """SELECT m.ref FROM attendances t JOIN meetings m ON m.id = t.meeting WHERE t.party = :key
 AND t.deputy_for = :key AND NOT t.deleted ORDER BY m.ref"""


class Pointer(NamedTuple):
    """Column of a record that refers to a contact."""

    table: Table
    column: str
    key: RowKey


def find_pointers(cursor: Cursor, party: RowKey) -> list[Pointer]:
    """Return every reference to a contact in records that are not removed, table by table.

    A key without a foreign key may refer to a contact too.
    """
    pointers = []
    for table in list_record_tables(cursor):
        columns = [column for column, parent in read_parents(cursor, table).items() if parent in PARTIES]
        for column in (*columns, *UNTYPED_KEYS.get(table, ())):
            if (table, column) not in OWN_COLUMNS:
                query = f'SELECT id FROM "{table}" WHERE "{column}" = ? AND NOT deleted ORDER BY n'
                pointers += [Pointer(table, column, key) for (key,) in cursor.execute(query, (party,)).fetchall()]
    return pointers


def read_values(cursor: Cursor, table: Table, key: RowKey) -> dict[str, Any]:
    """Return all columns of a record by name."""
    return read_fields(cursor, table, key, read_columns(cursor, table).names)


def find_duplicate(cursor: Cursor, pointer: Pointer, target: RowKey) -> RowKey | None:
    """Return the key of the record that equals this one once it refers to `target`; None where there is none."""
    if pointer.table not in FULLY_COMPARED_TABLES and (
        pointer.table not in IDENTITY_COLUMNS or pointer.column not in ("party", "record")
    ):
        return None
    row = read_values(cursor, pointer.table, pointer.key)
    moved = row | {pointer.column: target}
    if pointer.table in IDENTITY_COLUMNS:
        compared = (pointer.column, *IDENTITY_COLUMNS[pointer.table])
    else:
        compared = tuple(name for name in moved if name not in SOURCE_COLUMNS and name not in ("ref", "ordinal"))
    test = " AND ".join(f'"{name}" IS ?' for name in compared)
    return select_value(
        cursor,
        f'SELECT id FROM "{pointer.table}" WHERE {test} AND id <> ? AND NOT deleted ORDER BY n LIMIT 1',
        (*(moved[name] for name in compared), pointer.key),
    )


def read_names(cursor: Cursor, keys: set[RowKey]) -> dict[RowKey, str]:
    """Return the names of contacts and areas by key."""
    names: dict[RowKey, str] = {}
    for key in keys:
        row = cursor.execute(
            "SELECT name FROM parties WHERE id = :key UNION ALL SELECT name FROM areas WHERE id = :key", {"key": key}
        ).fetchone()
        if row:
            names[key] = row[0]
    return names


def find_double_entries(cursor: Cursor, key: RowKey, today: str) -> dict[str, list[str]]:
    """Return what a contact has twice: seats in a group, terms in a post, holders; or deputises for itself."""
    parameters = {"key": key, "today": today}
    queries = {"seats": DOUBLE_SEATS, "posts": DOUBLE_POSTS, "holders": DOUBLE_HOLDERS, "deputies": FOR_THEMSELVES}
    return {kind: select_column(cursor, query, parameters) for kind, query in queries.items()}
