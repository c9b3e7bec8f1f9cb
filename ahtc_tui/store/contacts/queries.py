"""Reads lists of persons, posts and organisations."""

from __future__ import annotations

from datetime import date

from ahtc_tui.domain.contacts.model import ContactRow
from ahtc_tui.domain.filters.model import FilterNoun
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.contacts.filter_terms import ListReader, build_contact_translators
from ahtc_tui.store.contacts.party_lookup import order_name
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.rows import select_column, select_mapping, select_one, select_rows
from ahtc_tui.store.search.filters import read_condition
from ahtc_tui.store.sql_fragments import CURRENT_HOLDER, HOLDS, build_columns

KINDS = ("person", "post", "organisation")

PARTY_ALIASES = {"parties": "p", "people": "e", "posts": "t", "organisations": "g"}
"""Aliases of the tables of a contact in queries."""

ROWS = f"""SELECT p.id AS key, p.ref, p.kind, p.name,
 p.short, e.role, o.name AS organisation, x.name AS area, p.email,
 p.phone, CASE p.kind WHEN 'post' THEN {CURRENT_HOLDER.format(field="name", post="p.id")} END AS holder,
 g.kind AS organisation_kind, p.source{build_columns(ContactRow, PARTY_ALIASES)}
 FROM named_parties p LEFT JOIN people e ON e.id = p.id LEFT JOIN posts t ON t.id = p.id
 LEFT JOIN organisations g ON g.id = p.id
 LEFT JOIN named_parties o ON o.id = coalesce(e.organisation, t.organisation, g.parent)
 LEFT JOIN named_areas x ON x.id = p.area
 WHERE NOT p.deleted"""


def read_contacts(
    cursor: Cursor,
    *,
    today: date,
    words: str = "",
    kinds: tuple[str, ...] = KINDS,
    read_list: ListReader | None = None,
) -> list[ContactRow]:
    """Return the contacts of these kinds that match a filter, by name; an exact reference comes first.

    `read_list` returns the members of a circulation list that the filter names. Raises BadInput.
    """
    translators = build_contact_translators(cursor, today, read_list)
    test, match_parameters = read_condition(words, kinds, "p.id", FilterNoun.CONTACTS, translators, today)
    listed_kinds = ", ".join(f"'{kind}'" for kind in kinds)
    parameters = {**match_parameters, "today": today.isoformat()}
    contacts = select_rows(cursor, ContactRow, f"{ROWS} AND p.kind IN ({listed_kinds}) AND {test}", parameters)
    typed = words.strip().lower()
    return sorted(contacts, key=lambda contact: (contact.ref != typed, order_name(contact.name)))


def read_contact(cursor: Cursor, key: RowKey, today: date) -> ContactRow:
    """Return the contact with this key."""
    return select_one(cursor, ContactRow, f"{ROWS} AND p.id = :key", {"key": key, "today": today.isoformat()})


def read_posts_held(cursor: Cursor, person: RowKey, today: date) -> list[RowKey]:
    """Return the keys of the posts that a person holds on a day."""
    return select_column(
        cursor,
        f"SELECT h.post FROM holdings h WHERE h.person = :key AND {HOLDS} ORDER BY h.n",
        {"key": person, "today": today.isoformat()},
    )


def read_undated_aliases(cursor: Cursor, key: RowKey) -> dict[str, RowKey]:
    """Return the further names of a party without dates, each with its key."""
    query = """SELECT name AS key, id AS value FROM aliases WHERE party = ? AND from_on IS NULL AND to_on IS NULL
 AND NOT deleted ORDER BY n"""
    return select_mapping(cursor, query, (key,))


def is_under(cursor: Cursor, organisation: RowKey, ancestor: RowKey) -> bool:
    """Return whether an organisation is another one or a part of it at any depth."""
    query = """WITH RECURSIVE up(id) AS (SELECT ? UNION SELECT o.parent FROM organisations o
 JOIN up ON o.id = up.id WHERE o.parent IS NOT NULL) SELECT 1 FROM up WHERE id = ?"""
    rows = cursor.execute(query, (organisation, ancestor))
    return rows.fetchone() is not None
