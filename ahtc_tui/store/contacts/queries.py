"""Persons, posts and organisations out of the database: lists of rows. Reads only; never a whole card."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.contacts.model import ContactRow, PartyKind
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.contacts.party_lookup import fold_name
from ahtc_tui.store.sql_fragments import CURRENT_HOLDER, IN_FORCE, build_word_condition

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

KINDS = ("person", "post", "organisation")

ROWS = f"""SELECT p.id, p.ref, p.kind, p.name, p.short, e.role, o.name, x.name, p.email, p.phone,
 CASE p.kind WHEN 'post' THEN {CURRENT_HOLDER.format(field="name", post="p.id")} END, g.kind, p.source
 FROM parties p LEFT JOIN people e ON e.id = p.id LEFT JOIN posts t ON t.id = p.id
 LEFT JOIN organisations g ON g.id = p.id
 LEFT JOIN parties o ON o.id = coalesce(e.organisation, t.organisation, g.parent) LEFT JOIN areas x ON x.id = p.area
 WHERE NOT p.deleted"""


def build_row(row: Sequence[Any]) -> ContactRow:
    """The row that a line of the database is."""
    key, ref, kind, *columns = row
    return ContactRow(key, ref, PartyKind(kind), *columns)


def read_contacts(
    cursor: Cursor, *, today: date, words: str = "", kinds: tuple[str, ...] = KINDS, limit: int | None = None
) -> list[ContactRow]:
    """The contacts of these kinds that hold all the words, by name; the one whose reference they are comes first."""
    test, parameters = build_word_condition(words, kinds, "p.id")
    marks = ", ".join(f"'{kind}'" for kind in kinds)
    rows = cursor.execute(f"{ROWS} AND p.kind IN ({marks}) AND {test}", {**parameters, "today": today.isoformat()})
    typed = words.strip().lower()
    contacts = (build_row(line) for line in rows)
    return sorted(contacts, key=lambda contact: (contact.ref != typed, fold_name(contact.name)))[:limit]


def read_contact(cursor: Cursor, key: RowKey, today: date) -> ContactRow:
    """One contact."""
    return build_row(cursor.execute(f"{ROWS} AND p.id = :key", {"key": key, "today": today.isoformat()}).fetchone())


def read_posts_held(cursor: Cursor, person: RowKey, today: date) -> list[RowKey]:
    """The keys of the posts that a person holds on a day."""
    rows = cursor.execute(
        f"SELECT h.post FROM holdings h WHERE h.person = :key AND {IN_FORCE.format('h')} ORDER BY h.n",
        {"key": person, "today": today.isoformat()},
    )
    return [key for (key,) in rows]


def read_undated_aliases(cursor: Cursor, key: RowKey) -> dict[str, RowKey]:
    """The names in use beside a party's own, without dates, with the key of each."""
    rows = cursor.execute(
        "SELECT name, id FROM aliases WHERE party = ? AND from_on IS NULL AND to_on IS NULL AND NOT deleted ORDER BY n",
        (key,),
    )
    return dict(rows.fetchall())


def is_under(cursor: Cursor, organisation: RowKey, ancestor: RowKey) -> bool:
    """Whether an organisation is another, or a part of it at any depth."""
    rows = cursor.execute(
        "WITH RECURSIVE up(id) AS (SELECT ? UNION SELECT o.parent FROM organisations o JOIN up ON o.id = up.id"
        " WHERE o.parent IS NOT NULL) SELECT 1 FROM up WHERE id = ?",
        (organisation, ancestor),
    )
    return rows.fetchone() is not None
