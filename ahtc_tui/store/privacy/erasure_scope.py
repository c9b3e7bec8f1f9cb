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
from ahtc_tui.domain.privacy.person_mentions import FORMER, SHORTEST_ALONE, Mentions, usable_phones, words_of
from ahtc_tui.store.contacts.party_lookup import find_party, folded
from ahtc_tui.store.journal.replay import ROW, decode
from ahtc_tui.store.privacy.identifying_names import bare, of_others, refs, surnames
from ahtc_tui.store.records.columns import columns, record_tables

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

OWN = ("parties", "people", "aliases")
"""Tables whose rows of the person say who it is."""

NAMES = {"parties": ("name", "name_cy", "short"), "aliases": ("name",)}
DETAILS = {"parties": ("email", "card_uid")}


class PostHeld(NamedTuple):
    """A post that the person held for a time, by its short name where it has one.

    The days are the first ten letters of a stored date.
    """

    key: bytes
    name: str
    first: str
    last: str


@dataclass(frozen=True)
class Scope:
    """One person as everything of them is found."""

    keys: tuple[bytes, ...]
    """The person, and the records of the same person that were merged or removed."""
    name: str
    ref: str
    mentions: Mentions
    posts: tuple[PostHeld, ...]
    shared: tuple[str, ...]
    """Names, addresses and numbers that somebody else has too: they stay in text."""
    marks: tuple[str, ...]
    """What a later card of the same person would say: names, addresses, numbers of cards."""

    def post_on(self, day: str | None) -> PostHeld | None:
        """The post held on a day; without a day the last one."""
        if day is None:
            return self.posts[-1] if self.posts else None
        held = [post for post in self.posts if post.first <= day[:10] <= post.last]
        return held[-1] if held else None

    def words_on(self, day: str | None) -> str:
        """Who the person is called instead."""
        post = self.post_on(day)
        return post.name if post else FORMER


def find_person(cursor: Cursor, words: str) -> tuple[bytes, str, str]:
    """Key, reference and name of a person, also of one that was removed. Raises NotFound, BadInput for no person."""
    try:
        party = find_party(cursor, words)
    except NotFound:
        found = [line for line in _removed(cursor) if folded(words) in (folded(line[1]), folded(line[2]))]
        if not found:
            raise
        return found[0]
    if party.kind != PartyKind.PERSON:
        raise BadInput(_("{name} is no person: only persons are erased.").format(name=party.name))
    return party.key, party.ref, party.name


def _removed(cursor: Cursor) -> list[tuple[bytes, str, str]]:
    erased = "SELECT 1 FROM erasure e WHERE e.row_id = p.id"
    found = cursor.execute(
        f"SELECT p.id, p.ref, p.name FROM parties p WHERE p.kind = 'person' AND p.deleted AND NOT EXISTS ({erased})"
        " ORDER BY p.n DESC"
    )
    return [tuple(line) for line in found]


def scope(cursor: Cursor, key: bytes, also: Iterable[str] = ()) -> Scope:
    """Everything by which a person is found; `also` are words that somebody says mean the person."""
    ref, name = cursor.execute("SELECT ref, name FROM parties WHERE id = ?", (key,)).fetchone()
    keys = _same_person(cursor, key, name)
    names, details, phones = _written(cursor, keys)
    others = of_others(cursor, keys)
    shared = tuple(dict.fromkeys(said for said in (*names, *details, *phones) if {folded(said), bare(said)} & others))
    mine = [said for said in names if said not in shared]
    unique, alone = surnames(cursor, mine, keys)
    called = [said for said in mine if len(words_of(said)) > 1]
    if len(mine) == len(names):
        called += refs(cursor, keys)
    mentions = Mentions(
        tuple(called),
        tuple(said for said in dict.fromkeys(details) if said not in shared),
        usable_phones(said for said in phones if said not in shared),
        tuple(unique),
        tuple(dict.fromkeys((*alone, *(word.strip() for word in also if word.strip())))),
    )
    marks = tuple(dict.fromkeys(folded(said) for said in (*names, *details) if len(said) > 3))
    return Scope(keys, name, ref, mentions, _posts(cursor, keys), shared, marks)


def _same_person(cursor: Cursor, key: bytes, name: str) -> tuple[bytes, ...]:
    """The person, whoever was merged into them, and removed records of the same name that were not."""
    keys = [key]
    for one in keys:
        keys += [k for (k,) in cursor.execute("SELECT id FROM parties WHERE merged_into = ?", (one,)) if k not in keys]
    named = [k for k, _ref, other in _removed(cursor) if folded(other) == folded(name)]
    return tuple(dict.fromkeys((*keys, *named)))


def _written(cursor: Cursor, keys: tuple[bytes, ...]) -> tuple[list[str], list[str], list[str]]:
    """Every name, address and number that stands or ever stood in the rows of the person."""
    names: dict[str, None] = {}
    details: dict[str, None] = {}
    phones: dict[str, None] = {}
    for table, row in own_rows(cursor, keys):
        for field, value in _said(cursor, table, row):
            if not isinstance(value, str) or not value.strip():
                continue
            if field in NAMES.get(table, ()) and (field != "short" or len(value) >= SHORTEST_ALONE):
                names[value.strip()] = None
            if field in DETAILS.get(table, ()) and (field != "email" or "@" in value):
                details[value.strip()] = None
            if field == "phone":
                phones[value.strip()] = None
    return list(names), list(details), list(phones)


def own_rows(cursor: Cursor, keys: Iterable[bytes]) -> list[tuple[str, bytes]]:
    """The rows that say who the person is."""
    rows = []
    for key in keys:
        rows += [("parties", key), ("people", key)]
        rows += [("aliases", row) for (row,) in cursor.execute("SELECT id FROM aliases WHERE party = ?", (key,))]
    return rows


def _said(cursor: Cursor, table: str, row: bytes) -> Iterable[tuple[str, Any]]:
    """Every value that a field of a row has or had."""
    for field, value in cursor.execute(
        'SELECT field, value FROM change WHERE "table" = ? AND row_id = ?', (table, row)
    ).fetchall():
        said = decode(value)
        yield from said.items() if field == ROW and said else ((field, said),)


def _posts(cursor: Cursor, keys: tuple[bytes, ...]) -> tuple[PostHeld, ...]:
    """The posts that the person held, the latest last."""
    found = cursor.execute(
        "SELECT h.post, coalesce(p.short, p.name), coalesce(substr(h.from_on, 1, 10), '0000'),"
        " coalesce(substr(h.to_on, 1, 10), '9999')"
        " FROM holdings h JOIN parties p ON p.id = h.post WHERE NOT h.deleted AND NOT p.deleted"
        " AND h.person IN (SELECT unhex(value) FROM json_each(?)) ORDER BY 4, 3, h.n",
        (json.dumps([key.hex() for key in keys]),),
    )
    return tuple(PostHeld(*line) for line in found)


def naming_columns(cursor: Cursor) -> list[tuple[str, str, bool]]:
    """Every column of a record that may name a person by key, and whether it may not be empty.

    A key that the schema ties to no table may be that of anybody.
    """
    found = []
    for table in record_tables(cursor):
        told = cursor.execute(
            "SELECT name, \"notnull\" FROM pragma_table_info(?) WHERE type = 'BLOB'", (table,)
        ).fetchall()
        links = cursor.execute('SELECT "from", "table" FROM pragma_foreign_key_list(?)', (table,)).fetchall()
        parents = dict(links)
        for column, needed in told:
            if column != "id" and parents.get(column, "parties") in ("parties", "people"):
                found.append((table, column, bool(needed)))
    return found


def text_columns(cursor: Cursor, table: str) -> list[str]:
    """The columns of a record in which somebody may have written a name: not keys, numbers or words of a list."""
    free = cursor.execute(
        "SELECT name FROM pragma_table_info(?) WHERE type IN ('VARCHAR', 'TEXT')", (table,)
    ).fetchall()
    named = columns(cursor, table).names
    return [name for (name,) in free if name in named]
