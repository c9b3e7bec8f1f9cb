"""What points at a contact, as the schema itself says, and the values of two contacts side by side. Reads only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.records.columns import list_record_tables, read_columns
from ahtc_tui.store.records.table_names import Table

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

PARTIES = frozenset(("parties", "people", "posts", "organisations"))
OWN_COLUMNS = frozenset((("people", "id"), ("posts", "id"), ("organisations", "id"), ("parties", "merged_into")))
"""References that are the contact itself, or lead to it on purpose."""

SOURCE_COLUMNS = frozenset(("source", "source_notes", "note"))
"""Columns that say where a record is from, and not what it says."""

IDENTITY_COLUMNS: dict[str, tuple[str, ...]] = {
    "attendances": ("meeting",),
    "invitations": ("meeting",),
    "action_parties": ("action", "role"),
    "engagement_parties": ("engagement",),
    "circulation_members": ("list",),
    "aliases": ("name", "from_on", "to_on"),
}
"""Columns that, beside the party, make two records of a table say the same."""
FULLY_COMPARED_TABLES = frozenset(("holdings", "occupancies", "not_duplicates", "adoptions"))
"""Links that say the same where all their columns agree. Records of other tables always stay: they are themselves."""


class Pointer(NamedTuple):
    """A record that names a contact in one column."""

    table: Table
    column: str
    key: RowKey


def find_pointers(cursor: Cursor, party: RowKey) -> list[Pointer]:
    """Every record that stands and names a contact, table by table."""
    pointers = []
    for table in list_record_tables(cursor):
        for foreign_key in cursor.execute(f'PRAGMA foreign_key_list("{table}")').fetchall():
            parent, column = foreign_key[2], foreign_key[3]
            if parent in PARTIES and (table, column) not in OWN_COLUMNS:
                query = f'SELECT id FROM "{table}" WHERE "{column}" = ? AND NOT deleted ORDER BY n'
                pointers += [Pointer(table, column, key) for (key,) in cursor.execute(query, (party,)).fetchall()]
    return pointers


def read_values(cursor: Cursor, table: Table, key: RowKey) -> dict[str, Any]:
    """A record as its table has it."""
    names = read_columns(cursor, table).names
    column_list = ", ".join(f'"{name}"' for name in names)
    row = cursor.execute(f'SELECT {column_list} FROM "{table}" WHERE id = ?', (key,)).fetchone()
    return dict(zip(names, row, strict=True))


def find_duplicate(cursor: Cursor, pointer: Pointer, target: RowKey) -> RowKey | None:
    """The record that says already what this one would say if it named another contact; None where none does."""
    if pointer.table not in FULLY_COMPARED_TABLES and (
        pointer.table not in IDENTITY_COLUMNS or pointer.column != "party"
    ):
        return None
    row = read_values(cursor, pointer.table, pointer.key)
    moved = row | {pointer.column: target}
    if pointer.table in IDENTITY_COLUMNS:
        compared = ("party", *IDENTITY_COLUMNS[pointer.table])
    else:
        compared = tuple(name for name in moved if name not in SOURCE_COLUMNS and name not in ("ref", "ordinal"))
    test = " AND ".join(f'"{name}" IS ?' for name in compared)
    match = cursor.execute(
        f'SELECT id FROM "{pointer.table}" WHERE {test} AND id <> ? AND NOT deleted ORDER BY n LIMIT 1',
        (*(moved[name] for name in compared), pointer.key),
    ).fetchone()
    return match[0] if match else None


def read_names(cursor: Cursor, keys: set[RowKey]) -> dict[RowKey, str]:
    """Names of contacts and areas by key."""
    names: dict[RowKey, str] = {}
    for key in keys:
        row = cursor.execute(
            "SELECT name FROM parties WHERE id = :key UNION ALL SELECT name FROM areas WHERE id = :key", {"key": key}
        ).fetchone()
        if row:
            names[key] = row[0]
    return names


DOUBLE_SEATS = """SELECT g.name FROM seats s JOIN parties g ON g.id = s."group" WHERE s.party = :key AND NOT s.deleted
 AND (s.to_on IS NULL OR s.to_on >= :today) GROUP BY s."group" HAVING count(*) > 1 ORDER BY g.name"""
DOUBLE_POSTS = """SELECT p.name FROM holdings h JOIN parties p ON p.id = h.post WHERE h.person = :key AND NOT h.deleted
 GROUP BY h.post HAVING count(*) > 1 ORDER BY p.name"""
DOUBLE_HOLDERS = """SELECT p.name FROM holdings h JOIN parties p ON p.id = h.person WHERE h.post = :key
 AND NOT h.deleted AND (h.to_on IS NULL OR h.to_on >= :today) GROUP BY h.post HAVING count(*) > 1"""
FOR_THEMSELVES = """SELECT m.ref FROM attendances t JOIN meetings m ON m.id = t.meeting WHERE t.party = :key
 AND t.deputy_for = :key AND NOT t.deleted ORDER BY m.ref"""


def find_double_entries(cursor: Cursor, key: RowKey, today: str) -> dict[str, list[str]]:
    """What a contact has twice: seats of one group, times in one post, holders, and where it deputises for itself."""
    parameters = {"key": key, "today": today}
    queries = {"seats": DOUBLE_SEATS, "posts": DOUBLE_POSTS, "holders": DOUBLE_HOLDERS, "deputies": FOR_THEMSELVES}
    return {kind: [name for (name,) in cursor.execute(query, parameters)] for kind, query in queries.items()}
