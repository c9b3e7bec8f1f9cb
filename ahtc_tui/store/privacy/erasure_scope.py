"""Who is to be erased, as the database has them: their rows, every name they were ever written by, their posts in time.

Reads only.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.errors import BadInput, NotFound
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.privacy.person_mentions import (
    FORMER_MEMBER,
    SHORTEST_ALONE,
    PersonMentions,
    select_usable_phones,
    split_name,
)
from ahtc_tui.store.contacts.party_lookup import find_party, fold_name
from ahtc_tui.store.journal.replay import ROW, decode_value
from ahtc_tui.store.privacy.identifying_names import (
    collect_other_names,
    find_unique_surnames,
    list_word_refs,
    normalize_name,
)
from ahtc_tui.store.records.columns import list_record_tables, read_columns
from ahtc_tui.store.records.table_names import Table

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

OWN_TABLES = ("parties", "people", "aliases")
"""Tables whose rows of the person say who it is."""

NAME_COLUMNS = {"parties": ("name", "name_cy", "short"), "aliases": ("name",)}
DETAIL_COLUMNS = {"parties": ("email", "card_uid")}


class PostHeld(NamedTuple):
    """A post that the person held for a time, by its short name where it has one.

    The days are the first ten letters of a stored date.
    """

    key: RowKey
    name: str
    first: str
    last: str


@dataclass(frozen=True)
class PersonScope:
    """One person as everything of them is found."""

    keys: tuple[RowKey, ...]
    """The person, and the records of the same person that were merged or removed."""
    name: str
    ref: str
    mentions: PersonMentions
    posts: tuple[PostHeld, ...]
    shared: tuple[str, ...]
    """Names, addresses and numbers that somebody else has too: they stay in text."""
    marks: tuple[str, ...]
    """What a later card of the same person would say: names, addresses, numbers of cards."""

    def find_post(self, day: str | None) -> PostHeld | None:
        """The post held on a day; without a day the last one."""
        if day is None:
            return self.posts[-1] if self.posts else None
        posts = [post for post in self.posts if post.first <= day[:10] <= post.last]
        return posts[-1] if posts else None

    def find_replacement(self, day: str | None) -> str:
        """Who the person is called instead."""
        post = self.find_post(day)
        return post.name if post else FORMER_MEMBER


def find_person(cursor: Cursor, words: str) -> tuple[RowKey, str, str]:
    """Key, reference and name of a person, also of one that was removed. Raises NotFound, BadInput for no person."""
    try:
        party = find_party(cursor, words)
    except NotFound:
        removed = [
            person
            for person in _list_removed_people(cursor)
            if fold_name(words) in (fold_name(person[1]), fold_name(person[2]))
        ]
        if not removed:
            raise
        return removed[0]
    if party.kind != PartyKind.PERSON:
        raise BadInput(_("{name} is no person: only persons are erased.").format(name=party.name))
    return party.key, party.ref, party.name


def _list_removed_people(cursor: Cursor) -> list[tuple[RowKey, str, str]]:
    erased = "SELECT 1 FROM erasure e WHERE e.row_id = p.id"
    rows = cursor.execute(
        f"SELECT p.id, p.ref, p.name FROM parties p WHERE p.kind = 'person' AND p.deleted AND NOT EXISTS ({erased})"
        " ORDER BY p.n DESC"
    )
    return [tuple(row) for row in rows]


def build_scope(cursor: Cursor, key: RowKey, other_words: Iterable[str] = ()) -> PersonScope:
    """Everything by which a person is found; `also` are words that somebody says mean the person."""
    ref, name = cursor.execute("SELECT ref, name FROM parties WHERE id = ?", (key,)).fetchone()
    keys = _find_same_person(cursor, key, name)
    names, details, phones = _collect_names(cursor, keys)
    names_of_others = collect_other_names(cursor, keys)
    shared = tuple(
        dict.fromkeys(
            text for text in (*names, *details, *phones) if {fold_name(text), normalize_name(text)} & names_of_others
        )
    )
    own_names = [text for text in names if text not in shared]
    unique, alone = find_unique_surnames(cursor, own_names, keys)
    full_names = [text for text in own_names if len(split_name(text)) > 1]
    if len(own_names) == len(names):
        full_names += list_word_refs(cursor, keys)
    mentions = PersonMentions(
        tuple(full_names),
        tuple(text for text in dict.fromkeys(details) if text not in shared),
        select_usable_phones(text for text in phones if text not in shared),
        tuple(unique),
        tuple(dict.fromkeys((*alone, *(word.strip() for word in other_words if word.strip())))),
    )
    marks = tuple(dict.fromkeys(fold_name(text) for text in (*names, *details) if len(text) > 3))
    return PersonScope(keys, name, ref, mentions, _list_posts(cursor, keys), shared, marks)


def _find_same_person(cursor: Cursor, key: RowKey, name: str) -> tuple[RowKey, ...]:
    """The person, whoever was merged into them, and removed records of the same name that were not."""
    keys = [key]
    for party in keys:
        keys += [
            duplicate
            for (duplicate,) in cursor.execute("SELECT id FROM parties WHERE merged_into = ?", (party,))
            if duplicate not in keys
        ]
    namesakes = [
        duplicate
        for duplicate, _ref, other_name in _list_removed_people(cursor)
        if fold_name(other_name) == fold_name(name)
    ]
    return tuple(dict.fromkeys((*keys, *namesakes)))


def _collect_names(cursor: Cursor, keys: tuple[RowKey, ...]) -> tuple[list[str], list[str], list[str]]:
    """Every name, address and number that stands or ever stood in the rows of the person."""
    names: dict[str, None] = {}
    details: dict[str, None] = {}
    phones: dict[str, None] = {}
    for table, row_id in list_own_records(cursor, keys):
        for field, value in _list_values(cursor, table, row_id):
            if not isinstance(value, str) or not value.strip():
                continue
            if field in NAME_COLUMNS.get(table, ()) and (field != "short" or len(value) >= SHORTEST_ALONE):
                names[value.strip()] = None
            if field in DETAIL_COLUMNS.get(table, ()) and (field != "email" or "@" in value):
                details[value.strip()] = None
            if field == "phone":
                phones[value.strip()] = None
    return list(names), list(details), list(phones)


def list_own_records(cursor: Cursor, keys: Iterable[RowKey]) -> list[tuple[Table, RowKey]]:
    """The rows that say who the person is."""
    records: list[tuple[Table, RowKey]] = []
    for key in keys:
        records += [("parties", key), ("people", key)]
        records += [("aliases", alias) for (alias,) in cursor.execute("SELECT id FROM aliases WHERE party = ?", (key,))]
    return records


def _list_values(cursor: Cursor, table: Table, row_id: RowKey) -> Iterable[tuple[str, Any]]:
    """Every value that a field of a row has or had."""
    for field, value in cursor.execute(
        'SELECT field, value FROM change WHERE "table" = ? AND row_id = ?', (table, row_id)
    ).fetchall():
        decoded = decode_value(value)
        yield from decoded.items() if field == ROW and decoded else ((field, decoded),)


def _list_posts(cursor: Cursor, keys: tuple[RowKey, ...]) -> tuple[PostHeld, ...]:
    """The posts that the person held, the latest last."""
    rows = cursor.execute(
        "SELECT h.post, coalesce(p.short, p.name), coalesce(substr(h.from_on, 1, 10), '0000'),"
        " coalesce(substr(h.to_on, 1, 10), '9999')"
        " FROM holdings h JOIN parties p ON p.id = h.post WHERE NOT h.deleted AND NOT p.deleted"
        " AND h.person IN (SELECT unhex(value) FROM json_each(?)) ORDER BY 4, 3, h.n",
        (json.dumps([key.hex() for key in keys]),),
    )
    return tuple(PostHeld(*row) for row in rows)


def list_person_columns(cursor: Cursor) -> list[tuple[Table, str, bool]]:
    """Every column of a record that may name a person by key, and whether it may not be empty.

    A key that the schema ties to no table may be that of anybody.
    """
    columns_found = []
    for table in list_record_tables(cursor):
        rows = cursor.execute(
            "SELECT name, \"notnull\" FROM pragma_table_info(?) WHERE type = 'BLOB'", (table,)
        ).fetchall()
        links = cursor.execute('SELECT "from", "table" FROM pragma_foreign_key_list(?)', (table,)).fetchall()
        parents = dict(links)
        for column, is_required in rows:
            if column != "id" and parents.get(column, "parties") in ("parties", "people"):
                columns_found.append((table, column, bool(is_required)))
    return columns_found


def list_text_columns(cursor: Cursor, table: Table) -> list[str]:
    """The columns of a record in which somebody may have written a name: not keys, numbers or words of a list."""
    rows = cursor.execute(
        "SELECT name FROM pragma_table_info(?) WHERE type IN ('VARCHAR', 'TEXT')", (table,)
    ).fetchall()
    record_columns = read_columns(cursor, table).names
    return [name for (name,) in rows if name in record_columns]
