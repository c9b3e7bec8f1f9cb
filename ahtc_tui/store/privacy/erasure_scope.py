"""The scope of an erasure: the records of a person, every name and address, and the posts held."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.errors import BadInput, NotFound
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import NO_KEY, RowKey
from ahtc_tui.domain.privacy.person_mentions import (
    FORMER_MEMBER,
    SHORTEST_ALONE,
    SHORTEST_SURNAME,
    PersonMentions,
    find_surname,
    fold_text,
    select_usable_phones,
    split_name,
)
from ahtc_tui.store.contacts.party_lookup import find_party, fold_name
from ahtc_tui.store.journal.replay import ROW, decode_value
from ahtc_tui.store.records.columns import list_record_tables, read_columns, read_parents
from ahtc_tui.store.records.cursor import Cursor, RecordKey, Table
from ahtc_tui.store.records.rows import select_column, select_one, select_rows
from ahtc_tui.store.sql_fragments import FIRST_DAY, LAST_HELD, OTHER_NAMES

NAME_COLUMNS = {"parties": ("name", "name_cy", "short"), "aliases": ("name", "name_cy")}
DETAIL_COLUMNS = {"parties": ("email", "card_uid"), "contact_points": ("email",)}


class PostHeld(NamedTuple):
    """A post that the person held, by its short name where it has one; days are ISO dates."""

    key: RowKey
    name: str
    first: str
    last: str


@dataclass(frozen=True)
class PersonScope:
    """A person, and all that identifies them."""

    keys: tuple[RowKey, ...]
    """The person, with merged and removed records of the same person."""
    name: str
    ref: str
    mentions: PersonMentions
    posts: tuple[PostHeld, ...]
    shared: tuple[str, ...]
    """Names, addresses and numbers that others have too, which remain in texts."""
    marks: tuple[str, ...]
    """Names, addresses and numbers, by which a later import or merge recognizes the person."""

    address_owner: RowKey = NO_KEY
    """The erased person, where only addresses are known."""

    @property
    def erased_key(self) -> RowKey:
        """The key of the person in the register."""
        return self.keys[0] if self.keys else self.address_owner

    def find_post(self, day: str | None) -> PostHeld | None:
        """Return the post held on a day, or the last one."""
        if day is None:
            return self.posts[-1] if self.posts else None
        posts = [post for post in self.posts if post.first <= day[:10] <= post.last]
        return posts[-1] if posts else None

    def find_replacement(self, day: str | None) -> str:
        """Return the text that replaces the person's name."""
        post = self.find_post(day)
        return post.name if post else FORMER_MEMBER


class PersonIdentity(NamedTuple):
    """Key, reference and name of a person."""

    key: RowKey
    ref: str
    name: str


class ChangedValue(NamedTuple):
    """Value of a field in the journal, as JSON."""

    field: str
    value: str | None


class BlobColumn(NamedTuple):
    """Column of keys, and whether it is required."""

    name: str
    is_required: bool


def find_person(cursor: Cursor, words: str) -> PersonIdentity:
    """Return key, reference and name of a person, removed or not. Raises NotFound, BadInput."""
    try:
        party = find_party(cursor, words)
    except NotFound:
        removed = [
            person
            for person in _list_removed_people(cursor)
            if fold_name(words) in (fold_name(person.ref), fold_name(person.name))
        ]
        if not removed:
            raise
        return removed[0]
    if party.kind != PartyKind.PERSON:
        raise BadInput(_("{name} is not a person. Only people can be erased.").format(name=party.name))
    return PersonIdentity(party.key, party.ref, party.name)


def _list_removed_people(cursor: Cursor) -> list[PersonIdentity]:
    erased = "SELECT 1 FROM erasure e WHERE e.row_id = p.id"
    query = f"""SELECT p.id AS key, p.ref, p.name FROM parties p WHERE p.kind = 'person' AND p.deleted
 AND NOT EXISTS ({erased}) ORDER BY p.n DESC"""
    return select_rows(cursor, PersonIdentity, query)


def build_scope(cursor: Cursor, key: RowKey, other_words: Iterable[str] = ()) -> PersonScope:
    """Collect all that identifies a person; `other_words` are further names."""
    person = select_one(cursor, PersonIdentity, "SELECT id AS key, ref, name FROM parties WHERE id = ?", (key,))
    keys = _find_same_person(cursor, key, person.name)
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
    marks = tuple(dict.fromkeys(fold_name(text) for text in (*names, *details, *phones) if len(text) > 3))
    return PersonScope(keys, person.name, person.ref, mentions, list_posts(cursor, keys), shared, marks)


def list_own_values(cursor: Cursor, keys: tuple[RowKey, ...]) -> list[str]:
    """Return every present and former name, address and number of a person."""
    return [text for texts in _collect_names(cursor, keys) for text in texts]


def _find_same_person(cursor: Cursor, key: RowKey, name: str) -> tuple[RowKey, ...]:
    """Return the keys of the person, of records merged into it, and of removed records with the same name."""
    keys = [key]
    for party in keys:  # grows by the records merged into each
        merged = select_column(cursor, "SELECT id FROM parties WHERE merged_into = ?", (party,))
        keys += [duplicate for duplicate in merged if duplicate not in keys]
    namesakes = [person.key for person in _list_removed_people(cursor) if fold_name(person.name) == fold_name(name)]
    return tuple(dict.fromkeys((*keys, *namesakes)))


def _collect_names(cursor: Cursor, keys: tuple[RowKey, ...]) -> tuple[list[str], list[str], list[str]]:
    """Return every present and former name, address and number."""
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


PARTS: tuple[Table, ...] = ("aliases", "addresses", "contact_points")
"""Tables with further facts of one person."""


def list_own_records(cursor: Cursor, keys: Iterable[RowKey]) -> list[RecordKey]:
    """Return the records of the person."""
    records: list[RecordKey] = []
    for key in keys:
        records += [("parties", key), ("people", key)]
        for table in PARTS:
            records += [
                (table, part) for part in select_column(cursor, f"SELECT id FROM {table} WHERE party = ?", (key,))
            ]
    return records


def _list_values(cursor: Cursor, table: Table, row_id: RowKey) -> Iterable[tuple[str, Any]]:
    """Yield every present and former value of a record; lines that no ahtc writes, in another copy, have none."""
    query = 'SELECT field, value FROM change WHERE "table" = ? AND row_id = ?'
    for change in select_rows(cursor, ChangedValue, query, (table, row_id)):
        try:
            decoded = decode_value(change.value)
        except (ValueError, TypeError, RecursionError):
            continue
        is_row = change.field == ROW and isinstance(decoded, dict)
        yield from decoded.items() if is_row else ((change.field, decoded),)


def list_posts(cursor: Cursor, keys: tuple[RowKey, ...]) -> tuple[PostHeld, ...]:
    """Return the posts of the person, the latest last."""
    query = f"""SELECT h.post AS key, coalesce(p.short, p.name) AS name, {FIRST_DAY.format("h.from_on")} AS first,
 coalesce({LAST_HELD.replace(":today", "'9999-12-31'")}, '0000') AS last
 FROM holdings h JOIN parties p ON p.id = h.post WHERE NOT h.deleted AND NOT p.deleted
 AND h.person IN (SELECT unhex(value) FROM json_each(?)) ORDER BY last, first, h.n"""
    return tuple(select_rows(cursor, PostHeld, query, (json.dumps([key.hex() for key in keys]),)))


def list_person_columns(cursor: Cursor) -> list[tuple[Table, str, bool]]:
    """Return every column that may refer to a person, and whether it is required.

    A key without a foreign key may refer to anybody.
    """
    columns: list[tuple[Table, str, bool]] = []
    for table in list_record_tables(cursor):
        query = """SELECT name, "notnull" AS is_required FROM pragma_table_info(?, 'main') WHERE type = 'BLOB'"""
        parents = read_parents(cursor, table)
        for column in select_rows(cursor, BlobColumn, query, (table,)):
            if column.name != "id" and parents.get(column.name, "parties") in ("parties", "people"):
                columns.append((table, column.name, column.is_required))
    return columns


def list_text_columns(cursor: Cursor, table: Table) -> list[str]:
    """Return the columns with free text."""
    names = select_column(
        cursor, "SELECT name FROM pragma_table_info(?, 'main') WHERE type IN ('VARCHAR', 'TEXT')", (table,)
    )
    record_columns = read_columns(cursor, table).names
    return [name for name in names if name in record_columns]


class TextPlace(NamedTuple):
    """A stored text and its record."""

    table: Table
    key: RowKey
    ref: str
    """Reference of the record; empty where it has none."""
    field: str
    text: str


def list_text_places(cursor: Cursor) -> Iterator[TextPlace]:
    """Yield every text of the records that are not removed, without stored files."""
    for table in list_record_tables(cursor):
        ref = "ref" if "ref" in read_columns(cursor, table).names else "''"
        for field in (
            () if table in ("circulation_files", "issues", "paper_files") else list_text_columns(cursor, table)
        ):
            query = f"""SELECT ? AS \"table\", id AS key, {ref} AS ref, ? AS field, \"{field}\" AS text FROM \"{table}\"
 WHERE NOT deleted AND \"{field}\" IS NOT NULL"""
            yield from select_rows(cursor, TextPlace, query, (table, field))


def list_word_refs(cursor: Cursor, keys: tuple[RowKey, ...]) -> list[str]:
    """Return references of several words, which other references contain."""
    refs = [cursor.execute("SELECT ref FROM parties WHERE id = ?", (key,)).fetchone()[0] for key in keys]
    return [ref for ref in refs if "-" in ref and not ref.startswith("erased-")]


def collect_other_names(cursor: Cursor, keys: tuple[RowKey, ...]) -> set[str]:
    """Return the normalized names and addresses of others."""
    listed = json.dumps([key.hex() for key in keys])
    own_keys = "(SELECT unhex(value) FROM json_each(?))"
    parties = f"FROM parties WHERE NOT deleted AND id NOT IN {own_keys}"
    texts = select_column(cursor, f"SELECT name FROM {OTHER_NAMES} WHERE party NOT IN {own_keys}", (listed,))
    for column in ("name", "name_cy", "short", "email", "phone"):
        texts += select_column(cursor, f"SELECT {column} {parties} AND {column} IS NOT NULL", (listed,))
    points = "SELECT coalesce(email, phone) FROM contact_points WHERE NOT deleted AND party NOT IN"
    texts += select_column(cursor, f"{points} {own_keys}", (listed,))
    return {form for text in texts if text for form in (fold_name(text), normalize_name(text))}


def normalize_name(name: str) -> str:
    """Return a name without titles and brackets, for comparison."""
    return fold_name(" ".join(split_name(name)))


def find_unique_surnames(cursor: Cursor, names: list[str], keys: tuple[RowKey, ...]) -> tuple[list[str], list[str]]:
    """Return the surnames that nobody else has, and those that are not common words, with single names."""
    areas = select_column(cursor, "SELECT name || ' ' || coalesce(name_cy, '') FROM areas")
    full_names = PersonMentions(tuple(text for text in names if len(split_name(text)) > 1))
    taken: Counter[str] = Counter()
    for text in (*collect_other_names(cursor, keys), *map(fold_name, areas)):
        if not full_names.is_named_in(text):
            taken.update(word.strip("().,") for word in text.split())
    unique = [
        family_name
        for family_name in dict.fromkeys(map(find_surname, names))
        if len(family_name) >= SHORTEST_SURNAME and not taken[fold_text(family_name)]
    ]
    single = [word for word in names if len(split_name(word)) == 1 and len(word) > 1 and not taken[fold_text(word)]]
    long_surnames = [family_name for family_name in unique if len(family_name) >= SHORTEST_ALONE]
    return unique, [word for word in (*long_surnames, *single) if not _is_common_word(cursor, word, keys)]


def _is_common_word(cursor: Cursor, word: str, keys: tuple[RowKey, ...]) -> bool:
    """Return whether another text contains the word in lower case."""
    small = word.lower()
    rows = cursor.execute(
        "SELECT row_id FROM change WHERE value GLOB ? OR value GLOB ?",
        (f'*[ ("]{small}[ .,;:!?)"]*', f'* {small}s[ .,;:!?)"]*'),
    )
    return any(row_id not in keys for (row_id,) in rows)


def add_marks(cursor: Cursor, key: RowKey, marks: Iterable[str]) -> bool:
    """Add hashes to those of an erased person; return whether one was new."""
    row = cursor.execute("SELECT marks FROM erasure WHERE row_id = ?", (key,)).fetchone()
    known_marks = json.loads(row[0]) if row else []
    all_marks = sorted({*known_marks, *marks})
    if len(all_marks) == len(set(known_marks)):
        return False
    cursor.execute("UPDATE erasure SET marks = ? WHERE row_id = ?", (json.dumps(all_marks), key))
    return True
