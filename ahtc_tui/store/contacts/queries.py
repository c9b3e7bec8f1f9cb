"""Persons, posts and organisations out of the database: lists of rows. Reads only; never a whole card."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.contacts.model import ContactRow, PartyKind
from ahtc_tui.store.contacts.party_lookup import folded
from ahtc_tui.store.sql_fragments import IN_FORCE, NOW_IN_POST, word_test

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

KINDS = ("person", "post", "organisation")

ROWS = f"""SELECT p.id, p.ref, p.kind, p.name, p.short, e.role, o.name, x.name, p.email, p.phone,
 CASE p.kind WHEN 'post' THEN {NOW_IN_POST.format(field="name", post="p.id")} END, g.kind, p.source
 FROM parties p LEFT JOIN people e ON e.id = p.id LEFT JOIN posts t ON t.id = p.id
 LEFT JOIN organisations g ON g.id = p.id
 LEFT JOIN parties o ON o.id = coalesce(e.organisation, t.organisation, g.parent) LEFT JOIN areas x ON x.id = p.area
 WHERE NOT p.deleted"""


def row(line: Sequence[Any]) -> ContactRow:
    """The row that a line of the database is."""
    key, ref, kind, *rest = line
    return ContactRow(key, ref, PartyKind(kind), *rest)


def listed(
    cursor: Cursor, *, today: date, words: str = "", kinds: tuple[str, ...] = KINDS, limit: int | None = None
) -> list[ContactRow]:
    """The contacts of these kinds that hold all the words, by name; the one whose reference they are comes first."""
    test, asked = word_test(words, kinds, "p.id")
    marks = ", ".join(f"'{kind}'" for kind in kinds)
    lines = cursor.execute(f"{ROWS} AND p.kind IN ({marks}) AND {test}", {**asked, "today": today.isoformat()})
    named = words.strip().lower()
    found = (row(line) for line in lines)
    return sorted(found, key=lambda contact: (contact.ref != named, folded(contact.name)))[:limit]


def by_key(cursor: Cursor, key: bytes, today: date) -> ContactRow:
    """One contact."""
    return row(cursor.execute(f"{ROWS} AND p.id = :key", {"key": key, "today": today.isoformat()}).fetchone())


def posts_held(cursor: Cursor, person: bytes, today: date) -> list[bytes]:
    """The keys of the posts that a person holds on a day."""
    found = cursor.execute(
        f"SELECT h.post FROM holdings h WHERE h.person = :key AND {IN_FORCE.format('h')} ORDER BY h.n",
        {"key": person, "today": today.isoformat()},
    )
    return [key for (key,) in found]


def undated_aliases(cursor: Cursor, key: bytes) -> dict[str, bytes]:
    """The names in use beside a party's own, without dates, with the key of each."""
    found = cursor.execute(
        "SELECT name, id FROM aliases WHERE party = ? AND from_on IS NULL AND to_on IS NULL AND NOT deleted ORDER BY n",
        (key,),
    )
    return dict(found.fetchall())


def stands_under(cursor: Cursor, organisation: bytes, above: bytes) -> bool:
    """Whether an organisation is another, or a part of it at any depth."""
    found = cursor.execute(
        "WITH RECURSIVE up(id) AS (SELECT ? UNION SELECT o.parent FROM organisations o JOIN up ON o.id = up.id"
        " WHERE o.parent IS NOT NULL) SELECT 1 FROM up WHERE id = ?",
        (organisation, above),
    )
    return found.fetchone() is not None
