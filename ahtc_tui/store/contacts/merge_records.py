"""What points at a contact, as the schema itself says, and the values of two contacts side by side. Reads only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ahtc_tui.store.records.columns import columns, record_tables

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

PARTIES = frozenset(("parties", "people", "posts", "organisations"))
OWN = frozenset((("people", "id"), ("posts", "id"), ("organisations", "id"), ("parties", "merged_into")))
"""References that are the contact itself, or lead to it on purpose."""

ABOUT = frozenset(("source", "source_notes", "note"))
"""Columns that say where a record is from, and not what it says."""

SAME: dict[str, tuple[str, ...]] = {
    "attendances": ("meeting",),
    "invitations": ("meeting",),
    "action_parties": ("action", "role"),
    "engagement_parties": ("engagement",),
    "circulation_members": ("list",),
    "aliases": ("name", "from_on", "to_on"),
}
"""Columns that, beside the party, make two records of a table say the same."""
WHOLE = frozenset(("holdings", "occupancies", "not_duplicates", "adoptions"))
"""Links that say the same where all their columns agree. Records of other tables always stay: they are themselves."""


class Pointer(NamedTuple):
    """A record that names a contact in one column."""

    table: str
    column: str
    key: bytes


def pointers(cursor: Cursor, party: bytes) -> list[Pointer]:
    """Every record that stands and names a contact, table by table."""
    found = []
    for table in record_tables(cursor):
        for line in cursor.execute(f'PRAGMA foreign_key_list("{table}")').fetchall():
            parent, column = line[2], line[3]
            if parent in PARTIES and (table, column) not in OWN:
                query = f'SELECT id FROM "{table}" WHERE "{column}" = ? AND NOT deleted ORDER BY n'
                found += [Pointer(table, column, key) for (key,) in cursor.execute(query, (party,)).fetchall()]
    return found


def values(cursor: Cursor, table: str, key: bytes) -> dict[str, Any]:
    """A record as its table has it."""
    names = columns(cursor, table).names
    listed = ", ".join(f'"{name}"' for name in names)
    line = cursor.execute(f'SELECT {listed} FROM "{table}" WHERE id = ?', (key,)).fetchone()
    return dict(zip(names, line, strict=True))


def repeats(cursor: Cursor, pointer: Pointer, into: bytes) -> bytes | None:
    """The record that says already what this one would say if it named another contact; None where none does."""
    if pointer.table not in WHOLE and (pointer.table not in SAME or pointer.column != "party"):
        return None
    row = values(cursor, pointer.table, pointer.key)
    moved = row | {pointer.column: into}
    if pointer.table in SAME:
        compared = ("party", *SAME[pointer.table])
    else:
        compared = tuple(name for name in moved if name not in ABOUT and name not in ("ref", "ordinal"))
    test = " AND ".join(f'"{name}" IS ?' for name in compared)
    found = cursor.execute(
        f'SELECT id FROM "{pointer.table}" WHERE {test} AND id <> ? AND NOT deleted ORDER BY n LIMIT 1',
        (*(moved[name] for name in compared), pointer.key),
    ).fetchone()
    return found[0] if found else None


def named(cursor: Cursor, keys: set[bytes]) -> dict[bytes, str]:
    """Names of contacts and areas by key."""
    found: dict[bytes, str] = {}
    for key in keys:
        line = cursor.execute(
            "SELECT name FROM parties WHERE id = :key UNION ALL SELECT name FROM areas WHERE id = :key", {"key": key}
        ).fetchone()
        if line:
            found[key] = line[0]
    return found


DOUBLE_SEATS = """SELECT g.name FROM seats s JOIN parties g ON g.id = s."group" WHERE s.party = :key AND NOT s.deleted
 AND (s.to_on IS NULL OR s.to_on >= :today) GROUP BY s."group" HAVING count(*) > 1 ORDER BY g.name"""
DOUBLE_POSTS = """SELECT p.name FROM holdings h JOIN parties p ON p.id = h.post WHERE h.person = :key AND NOT h.deleted
 GROUP BY h.post HAVING count(*) > 1 ORDER BY p.name"""
DOUBLE_HOLDERS = """SELECT p.name FROM holdings h JOIN parties p ON p.id = h.person WHERE h.post = :key
 AND NOT h.deleted AND (h.to_on IS NULL OR h.to_on >= :today) GROUP BY h.post HAVING count(*) > 1"""
FOR_THEMSELVES = """SELECT m.ref FROM attendances t JOIN meetings m ON m.id = t.meeting WHERE t.party = :key
 AND t.deputy_for = :key AND NOT t.deleted ORDER BY m.ref"""


def doubled(cursor: Cursor, key: bytes, today: str) -> dict[str, list[str]]:
    """What a contact has twice: seats of one group, times in one post, holders, and where it deputises for itself."""
    asked = {"key": key, "today": today}
    queries = {"seats": DOUBLE_SEATS, "posts": DOUBLE_POSTS, "holders": DOUBLE_HOLDERS, "deputies": FOR_THEMSELVES}
    return {what: [name for (name,) in cursor.execute(query, asked)] for what, query in queries.items()}
