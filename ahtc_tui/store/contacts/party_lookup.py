"""Finding whoever people mean: by reference, short name, name or alias, with accents and case forgiven."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from ahtc_tui.domain.errors import BadInput, NotFound
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.text.normalization import PLAIN_LETTERS
from ahtc_tui.store.records.references import mint_name_ref
from ahtc_tui.store.search.entries import DOCUMENTS, KIND_SLOTS
from ahtc_tui.store.search.index import build_match_query
from ahtc_tui.store.sql_fragments import CURRENT_HOLDER, IN_FORCE

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

PARTY_DOCS = {kind: DOCUMENTS[kind] for kind in ("person", "post", "organisation", "group")}


KEYS = "(SELECT unhex(value) FROM json_each({}))"
"""Any number of keys in one parameter, as `listed` writes them."""


def encode_keys(keys: Iterable[RowKey]) -> str:
    """Keys as one parameter of a query."""
    return json.dumps([key.hex() for key in keys])


class Party(NamedTuple):
    """Somebody or something that can lead, sit or be invited."""

    key: RowKey
    ref: str
    kind: str
    name: str


def fold_name(text: str) -> str:
    """Text without case, accents and outer space, for comparing names."""
    plain = unicodedata.normalize("NFKD", text.strip().casefold()).translate(PLAIN_LETTERS)
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def mint_ref(cursor: Cursor, name: str) -> str:
    """A reference made of a name ("Siân Wyn" gives "sian-wyn"), with a number behind it where it is taken."""
    slug = re.sub(r"[^a-z0-9]+", "-", fold_name(name)).strip("-")[:48].strip("-") or "contact"
    return mint_name_ref(cursor, "parties", slug)


def find_party(cursor: Cursor, words: str, kinds: tuple[str, ...] = tuple(PARTY_DOCS)) -> Party:
    """The one party that the words name. Raises NotFound for none, BadInput that lists them for several."""
    return _require_one(words, _find_exact(cursor, words, kinds) or find_parties_beginning(cursor, words, kinds))


def find_party_exactly(cursor: Cursor, words: str, kinds: tuple[str, ...] = tuple(PARTY_DOCS)) -> Party:
    """The one party with this reference, name or alias: never one that only begins so."""
    return _require_one(words, _find_exact(cursor, words, kinds))


def _require_one(words: str, parties: list[Party]) -> Party:
    if not parties:
        raise NotFound(_('Nobody in the register answers to "{words}".').format(words=words))
    if len(parties) > 1:
        names = ", ".join(f"{party.name} ({party.ref})" for party in parties[:6])
        raise BadInput(_('"{words}" may be several: {names}. Use the reference.').format(words=words, names=names))
    return parties[0]


def _find_exact(cursor: Cursor, words: str, kinds: tuple[str, ...]) -> list[Party]:
    """Parties whose reference, short name, name or alias is these words; a reference counts before a name."""
    typed = fold_name(words)
    slug = "-".join(typed.split())
    parties = cursor.execute("SELECT id, ref, kind, name, name_cy, short FROM parties WHERE NOT deleted").fetchall()
    by_name: list[Party] = []
    for key, ref, kind, name, name_cy, short in parties:
        if kind not in kinds:
            continue
        if fold_name(ref) in (typed, slug):
            return [Party(key, ref, kind, name)]
        if typed in {fold_name(alternative) for alternative in (name, name_cy, short) if alternative}:
            by_name.append(Party(key, ref, kind, name))
    if survivor := _find_merged(cursor, {typed, slug}, kinds):
        return [survivor]
    if by_name:
        return by_name
    marks = ", ".join("?" * len(kinds))
    alias_rows = cursor.execute(
        "SELECT p.id, p.ref, p.kind, p.name, l.name FROM aliases l JOIN parties p ON p.id = l.party"
        f" WHERE NOT l.deleted AND NOT p.deleted AND p.kind IN ({marks})",
        kinds,
    )
    return list(dict.fromkeys(Party(*row[:4]) for row in alias_rows if fold_name(row[4]) == typed))


def _find_merged(cursor: Cursor, refs: set[str], kinds: tuple[str, ...]) -> Party | None:
    """Whom a reference means whose record was merged into theirs."""
    for removed, survivor in read_survivors(cursor).items():
        ref = cursor.execute("SELECT ref FROM parties WHERE id = ?", (removed,)).fetchone()[0]
        if fold_name(ref) in refs:
            party = Party(
                *cursor.execute("SELECT id, ref, kind, name FROM parties WHERE id = ?", (survivor,)).fetchone()
            )
            return party if party.kind in kinds else None
    return None


def read_survivors(cursor: Cursor) -> dict[RowKey, RowKey]:
    """Key of each contact that was merged to the key of the one that stands for it now, however often merged since."""
    rows = cursor.execute(
        "WITH RECURSIVE up(gone, at) AS (SELECT id, merged_into FROM parties WHERE deleted AND merged_into IS NOT NULL"
        " UNION SELECT up.gone, p.merged_into FROM up JOIN parties p ON p.id = up.at WHERE p.deleted"
        " AND p.merged_into IS NOT NULL) SELECT up.gone, up.at FROM up JOIN parties p ON p.id = up.at"
        " WHERE NOT p.deleted"
    )
    return dict(rows.fetchall())


def find_parties_beginning(cursor: Cursor, words: str, kinds: tuple[str, ...] = tuple(PARTY_DOCS)) -> list[Party]:
    """Parties in whose names every word begins some word, by name."""
    rows = cursor.execute(
        f"SELECT id, ref, kind, name FROM parties WHERE id IN {KEYS.format('?')} ORDER BY name, n",
        (encode_keys(find_keys_beginning(cursor, words, kinds)),),
    )
    return [Party(*row) for row in rows]


def find_keys_beginning(cursor: Cursor, words: str, kinds: tuple[str, ...]) -> list[RowKey]:
    """The keys of parties in whose names or references each word begins a word."""
    query = build_match_query(words)
    if query is None:
        return []
    starred = " ".join(word if word.endswith("*") else f"{word}*" for word in query.split())
    keys: list[RowKey] = []
    for kind in kinds:
        doc = PARTY_DOCS[kind]
        rows = cursor.execute(
            f"SELECT r.id FROM search s JOIN {doc.table} r ON r.n = s.rowid / {KIND_SLOTS}"
            f" WHERE s.search MATCH ? AND s.rowid % {KIND_SLOTS} = {doc.code}",
            (f"{{ref title}} : ({starred})",),
        )
        keys.extend(row[0] for row in rows)
    return keys


def find_named_keys(cursor: Cursor, words: str, kinds: tuple[str, ...], today: date) -> list[RowKey]:
    """Keys of parties with this short name, or in whose names each word begins a word; and the posts a person holds."""
    marks = ", ".join("?" * len(kinds))
    short = cursor.execute(
        f"SELECT id FROM parties WHERE lower(short) = ? AND kind IN ({marks}) AND NOT deleted",
        (words.strip().lower(), *kinds),
    )
    keys = {row[0] for row in short} or set(find_keys_beginning(cursor, words, kinds))
    posts = cursor.execute(
        f"SELECT h.post FROM holdings h WHERE h.person IN {KEYS.format(':keys')} AND {IN_FORCE.format('h')}",
        {"keys": encode_keys(keys), "today": today.isoformat()},
    )
    return sorted(keys | {row[0] for row in posts})


def read_register(cursor: Cursor, today: date = date.max) -> list[tuple[str, str, str, str]]:
    """Everybody who can own something: name, reference, kind, and the words that find them (short name, holder)."""
    rows = cursor.execute(
        "SELECT p.name, p.ref, p.kind, trim(coalesce(p.short, '') || ' ' ||"
        f" coalesce({CURRENT_HOLDER.format(field='name', post='p.id')}, ''))"
        " FROM parties p WHERE NOT p.deleted ORDER BY p.name",
        {"today": today.isoformat()},
    )
    return [tuple(row) for row in rows]
