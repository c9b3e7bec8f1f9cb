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
from ahtc_tui.domain.text.normalization import PLAIN
from ahtc_tui.store.records.references import mint_name
from ahtc_tui.store.search.entries import DOCS, KINDS
from ahtc_tui.store.search.index import match_words
from ahtc_tui.store.sql_fragments import IN_FORCE, NOW_IN_POST

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

PARTY_DOCS = {kind: DOCS[kind] for kind in ("person", "post", "organisation", "group")}


KEYS = "(SELECT unhex(value) FROM json_each({}))"
"""Any number of keys in one parameter, as `listed` writes them."""


def listed(keys: Iterable[bytes]) -> str:
    """Keys as one parameter of a query."""
    return json.dumps([key.hex() for key in keys])


class Party(NamedTuple):
    """Somebody or something that can lead, sit or be invited."""

    key: bytes
    ref: str
    kind: str
    name: str


def folded(text: str) -> str:
    """Text without case, accents and outer space, for comparing names."""
    plain = unicodedata.normalize("NFKD", text.strip().casefold()).translate(PLAIN)
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def new_ref(cursor: Cursor, name: str) -> str:
    """A reference made of a name ("Siân Wyn" gives "sian-wyn"), with a number behind it where it is taken."""
    slug = re.sub(r"[^a-z0-9]+", "-", folded(name)).strip("-")[:48].strip("-") or "contact"
    return mint_name(cursor, "parties", slug)


def find_party(cursor: Cursor, words: str, kinds: tuple[str, ...] = tuple(PARTY_DOCS)) -> Party:
    """The one party that the words name. Raises NotFound for none, BadInput that lists them for several."""
    return _the_one(words, _exact(cursor, words, kinds) or begin_with(cursor, words, kinds))


def find_exactly(cursor: Cursor, words: str, kinds: tuple[str, ...] = tuple(PARTY_DOCS)) -> Party:
    """The one party with this reference, name or alias: never one that only begins so."""
    return _the_one(words, _exact(cursor, words, kinds))


def _the_one(words: str, found: list[Party]) -> Party:
    if not found:
        raise NotFound(_('Nobody in the register answers to "{words}".').format(words=words))
    if len(found) > 1:
        names = ", ".join(f"{party.name} ({party.ref})" for party in found[:6])
        raise BadInput(_('"{words}" may be several: {names}. Use the reference.').format(words=words, names=names))
    return found[0]


def _exact(cursor: Cursor, words: str, kinds: tuple[str, ...]) -> list[Party]:
    """Parties whose reference, short name, name or alias is these words; a reference counts before a name."""
    typed = folded(words)
    slug = "-".join(typed.split())
    parties = cursor.execute("SELECT id, ref, kind, name, name_cy, short FROM parties WHERE NOT deleted").fetchall()
    by_name: list[Party] = []
    for key, ref, kind, name, name_cy, short in parties:
        if kind not in kinds:
            continue
        if folded(ref) in (typed, slug):
            return [Party(key, ref, kind, name)]
        if typed in {folded(other) for other in (name, name_cy, short) if other}:
            by_name.append(Party(key, ref, kind, name))
    if survivor := _merged(cursor, {typed, slug}, kinds):
        return [survivor]
    if by_name:
        return by_name
    marks = ", ".join("?" * len(kinds))
    named = cursor.execute(
        "SELECT p.id, p.ref, p.kind, p.name, l.name FROM aliases l JOIN parties p ON p.id = l.party"
        f" WHERE NOT l.deleted AND NOT p.deleted AND p.kind IN ({marks})",
        kinds,
    )
    return list(dict.fromkeys(Party(*line[:4]) for line in named if folded(line[4]) == typed))


def _merged(cursor: Cursor, refs: set[str], kinds: tuple[str, ...]) -> Party | None:
    """Whom a reference means whose record was merged into theirs."""
    for gone, into in survivors(cursor).items():
        ref = cursor.execute("SELECT ref FROM parties WHERE id = ?", (gone,)).fetchone()[0]
        if folded(ref) in refs:
            found = Party(*cursor.execute("SELECT id, ref, kind, name FROM parties WHERE id = ?", (into,)).fetchone())
            return found if found.kind in kinds else None
    return None


def survivors(cursor: Cursor) -> dict[bytes, bytes]:
    """Key of each contact that was merged to the key of the one that stands for it now, however often merged since."""
    found = cursor.execute(
        "WITH RECURSIVE up(gone, at) AS (SELECT id, merged_into FROM parties WHERE deleted AND merged_into IS NOT NULL"
        " UNION SELECT up.gone, p.merged_into FROM up JOIN parties p ON p.id = up.at WHERE p.deleted"
        " AND p.merged_into IS NOT NULL) SELECT up.gone, up.at FROM up JOIN parties p ON p.id = up.at"
        " WHERE NOT p.deleted"
    )
    return dict(found.fetchall())


def begin_with(cursor: Cursor, words: str, kinds: tuple[str, ...] = tuple(PARTY_DOCS)) -> list[Party]:
    """Parties in whose names every word begins some word, by name."""
    found = cursor.execute(
        f"SELECT id, ref, kind, name FROM parties WHERE id IN {KEYS.format('?')} ORDER BY name, n",
        (listed(keys_beginning(cursor, words, kinds)),),
    )
    return [Party(*line) for line in found]


def keys_beginning(cursor: Cursor, words: str, kinds: tuple[str, ...]) -> list[bytes]:
    """The keys of parties in whose names or references each word begins a word."""
    query = match_words(words)
    if query is None:
        return []
    starred = " ".join(word if word.endswith("*") else f"{word}*" for word in query.split())
    keys: list[bytes] = []
    for kind in kinds:
        doc = PARTY_DOCS[kind]
        found = cursor.execute(
            f"SELECT r.id FROM search s JOIN {doc.table} r ON r.n = s.rowid / {KINDS}"
            f" WHERE s.search MATCH ? AND s.rowid % {KINDS} = {doc.code}",
            (f"{{ref title}} : ({starred})",),
        )
        keys.extend(line[0] for line in found)
    return keys


def named(cursor: Cursor, words: str, kinds: tuple[str, ...], today: date) -> list[bytes]:
    """Keys of parties with this short name, or in whose names each word begins a word; and the posts a person holds."""
    marks = ", ".join("?" * len(kinds))
    short = cursor.execute(
        f"SELECT id FROM parties WHERE lower(short) = ? AND kind IN ({marks}) AND NOT deleted",
        (words.strip().lower(), *kinds),
    )
    keys = {line[0] for line in short} or set(keys_beginning(cursor, words, kinds))
    posts = cursor.execute(
        f"SELECT h.post FROM holdings h WHERE h.person IN {KEYS.format(':keys')} AND {IN_FORCE.format('h')}",
        {"keys": listed(keys), "today": today.isoformat()},
    )
    return sorted(keys | {line[0] for line in posts})


def register(cursor: Cursor, today: date = date.max) -> list[tuple[str, str, str, str]]:
    """Everybody who can own something: name, reference, kind, and the words that find them (short name, holder)."""
    found = cursor.execute(
        "SELECT p.name, p.ref, p.kind, trim(coalesce(p.short, '') || ' ' ||"
        f" coalesce({NOW_IN_POST.format(field='name', post='p.id')}, ''))"
        " FROM parties p WHERE NOT p.deleted ORDER BY p.name",
        {"today": today.isoformat()},
    )
    return [tuple(line) for line in found]
