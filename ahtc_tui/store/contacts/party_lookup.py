"""Finds parties by reference, short name, name or alias, ignoring case and accents."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.errors import BadInput, UnknownName
from ahtc_tui.domain.i18n import _, choose_language
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.record_names import format_record_kind
from ahtc_tui.domain.text.collation import build_sort_key
from ahtc_tui.domain.text.normalization import fold_text
from ahtc_tui.store.records.cursor import KEYS, Cursor, build_placeholders, encode_keys
from ahtc_tui.store.records.references import mint_name_ref
from ahtc_tui.store.records.rows import select_column, select_mapping, select_one, select_rows
from ahtc_tui.store.sql_fragments import CURRENT_HOLDER, HOLDS, OTHER_NAMES

PARTY_KINDS = tuple(PartyKind)


class Party(NamedTuple):
    """Person, post, organisation or group."""

    key: RowKey
    ref: str
    kind: PartyKind
    name: str
    name_cy: str | None = None

    @property
    def shown_name(self) -> str:
        """Name for a message, in its language."""
        return choose_language(self.name, self.name_cy)


def fold_name(text: str) -> str:
    """Return text without case, accents and outer space, for comparing names."""
    return fold_text(text)


def order_name(name: str) -> str:
    """Return the key by which names are sorted in the language of the interface or file."""
    return build_sort_key(name, fold_name)


def mint_ref(cursor: Cursor, name: str) -> str:
    """Return a new reference made of a name ("Siân Wyn" gives "sian-wyn"), with a number where it is taken."""
    slug = re.sub(r"[^a-z0-9]+", "-", fold_name(name)).strip("-")[:48].strip("-") or "contact"
    return mint_name_ref(cursor, "parties", slug)


def find_party(cursor: Cursor, words: str, kinds: tuple[str, ...] = PARTY_KINDS) -> Party:
    """Return the party with this name or reference. Raises NotFound, or BadInput with the candidates for several."""
    parties = _find_exact(cursor, words, kinds) or find_parties_beginning(cursor, words, kinds)
    return _require_one(cursor, words, kinds, parties)


def find_party_exactly(cursor: Cursor, words: str, kinds: tuple[str, ...] = PARTY_KINDS) -> Party:
    """Return the party with exactly this reference, name or alias. Raises NotFound, BadInput."""
    return _require_one(cursor, words, kinds, _find_exact(cursor, words, kinds))


def list_same_names(cursor: Cursor, name: str, kind: str) -> list[Party]:
    """Return the parties of a kind with this reference, short name, name or alias."""
    return _find_exact(cursor, name, (kind,))


def build_unknown_sentence(noun: str, typed: str, names: Iterable[str]) -> str:
    """Return the sentence for a name that no record has, with the nearest name if there is one."""
    from rapidfuzz import fuzz, process

    nearest = process.extractOne(typed, list(names), scorer=fuzz.WRatio, processor=fold_name, score_cutoff=70)
    if nearest is None:
        return _('No {noun} is called "{name}".').format(noun=noun, name=typed)
    return _('No {noun} is called "{name}". Did you mean {nearest}?').format(noun=noun, name=typed, nearest=nearest[0])


def _format_kinds(kinds: tuple[str, ...]) -> str:
    """Return the noun for parties of these kinds."""
    if len(kinds) == 1:
        return format_record_kind(kinds[0])
    return _("contact or group") if "group" in kinds else _("contact")


def list_names(cursor: Cursor, kinds: Sequence[str]) -> list[str]:
    """Return the names of the parties of these kinds."""
    return select_column(
        cursor, f"SELECT name FROM named_parties WHERE NOT deleted AND kind IN ({build_placeholders(kinds)})", kinds
    )


def _require_one(cursor: Cursor, words: str, kinds: tuple[str, ...], parties: list[Party]) -> Party:
    if not parties:
        sentence = build_unknown_sentence(_format_kinds(kinds), words, list_names(cursor, kinds))
        raise UnknownName(sentence, words, kinds)
    if len(parties) > 1:
        names = ", ".join(f"{party.shown_name} ({party.ref})" for party in parties[:6])
        raise BadInput(_('"{words}" may be several: {names}. Use the reference.').format(words=words, names=names))
    return parties[0]


class NamedParty(NamedTuple):
    """Party with its further names."""

    key: RowKey
    ref: str
    kind: str
    name: str
    name_cy: str | None
    short: str | None


class AliasedParty(NamedTuple):
    """Party with one of its aliases."""

    key: RowKey
    alias: str


def _find_exact(cursor: Cursor, words: str, kinds: tuple[str, ...]) -> list[Party]:
    """Return parties whose reference, short name, name or alias equals the words; a reference has priority.

    References and the search index find nearly all. Names are folded one by one where neither has the words: for names
    that this transaction wrote, and for letters that the index does not fold.
    """
    typed = fold_name(words)
    slug = "-".join(typed.split())
    by_ref = "SELECT id FROM parties WHERE ref IN (?, ?) AND NOT deleted AND kind IN (SELECT value FROM json_each(?))"
    if keys := select_column(cursor, by_ref, (typed, slug, json.dumps(kinds))):
        return [_read_party(cursor, keys[0])]
    indexed = _list_named(cursor, typed, slug, kinds, find_keys_beginning(cursor, words, kinds, with_other_names=True))
    by_name = indexed or _list_named(cursor, typed, slug, kinds, None)
    if survivor := _find_merged(cursor, {typed, slug}, kinds):
        return [survivor]
    if by_name:
        return by_name
    aliased = select_rows(
        cursor,
        AliasedParty,
        f"SELECT p.id AS key, l.name AS alias FROM {OTHER_NAMES} l JOIN parties p ON p.id = l.party"
        f" WHERE NOT p.deleted AND p.kind IN ({build_placeholders(kinds)})",
        kinds,
    )
    return [
        _read_party(cursor, key) for key in dict.fromkeys(row.key for row in aliased if fold_name(row.alias) == typed)
    ]


def _list_named(
    cursor: Cursor, typed: str, slug: str, kinds: tuple[str, ...], keys: Sequence[RowKey] | None
) -> list[Party]:
    """Return the parties, of some or of all, whose name or short name equals folded words, or the one whose reference
    does.
    """
    query = "SELECT id AS key, ref, kind, name, name_cy, short FROM parties WHERE NOT deleted"
    if keys is not None:
        query += f" AND id IN {KEYS.format('?')}"
    by_name = []
    for row in select_rows(cursor, NamedParty, query, () if keys is None else (encode_keys(keys),)):
        if row.kind not in kinds:
            continue
        if fold_name(row.ref) in (typed, slug):
            return [_read_party(cursor, row.key)]
        if typed in {fold_name(name) for name in (row.name, row.name_cy, row.short) if name}:
            by_name.append(_read_party(cursor, row.key))
    return by_name


def _read_party(cursor: Cursor, key: RowKey) -> Party:
    return select_one(
        cursor, Party, "SELECT id AS key, ref, kind, name, name_cy FROM named_parties WHERE id = ?", (key,)
    )


def _find_merged(cursor: Cursor, refs: set[str], kinds: tuple[str, ...]) -> Party | None:
    """Return the party that a removed one with this reference was merged into."""
    for removed, survivor in read_survivors(cursor).items():
        ref = cursor.execute("SELECT ref FROM parties WHERE id = ?", (removed,)).fetchone()[0]
        if fold_name(ref) in refs:
            party = _read_party(cursor, survivor)
            return party if party.kind in kinds else None
    return None


def read_survivors(cursor: Cursor) -> dict[RowKey, RowKey]:
    """Return, by key of each merged contact, the key of the contact that remains after all merges."""
    query = """WITH RECURSIVE up(removed, at) AS (SELECT id, merged_into FROM parties WHERE deleted
 AND merged_into IS NOT NULL UNION SELECT up.removed, p.merged_into FROM up JOIN parties p ON p.id = up.at
 WHERE p.deleted AND p.merged_into IS NOT NULL) SELECT up.removed AS key, up.at AS value FROM up
 JOIN parties p ON p.id = up.at WHERE NOT p.deleted"""
    return select_mapping(cursor, query)


def find_parties_beginning(cursor: Cursor, words: str, kinds: tuple[str, ...] = PARTY_KINDS) -> list[Party]:
    """Return parties with a name in which every word begins a word, by name."""
    parties = f"SELECT id AS key, ref, kind, name, name_cy FROM named_parties WHERE id IN {KEYS.format('?')}"
    query = f"{parties} ORDER BY sort_key(name), n"
    return select_rows(cursor, Party, query, (encode_keys(find_keys_beginning(cursor, words, kinds)),))


def find_keys_beginning(
    cursor: Cursor, words: str, kinds: tuple[str, ...], *, with_other_names: bool = False
) -> list[RowKey]:
    """Return the keys of parties with a name or reference in which every word begins a word.

    With other names, the words may also be in the short, Welsh or former names, or in what else the index has.
    """
    from ahtc_tui.store.search.entries import DOCUMENTS, KIND_SLOTS
    from ahtc_tui.store.search.index import build_match_query

    query = build_match_query(words)
    if query is None:
        return []
    starred = " ".join(word if word.endswith("*") else f"{word}*" for word in query.split())
    codes = ", ".join(str(DOCUMENTS[kind].code) for kind in kinds)
    hits = cursor.execute(
        f"SELECT rowid FROM search WHERE search MATCH ? AND rowid % {KIND_SLOTS} IN ({codes})",
        (f"({starred})" if with_other_names else f"{{ref title}} : ({starred})",),
    ).fetchall()
    keys: list[RowKey] = []
    for doc in (DOCUMENTS[kind] for kind in kinds):
        numbers = json.dumps([number // KIND_SLOTS for (number,) in hits if number % KIND_SLOTS == doc.code])
        query = f"SELECT id FROM {doc.table} WHERE n IN (SELECT value FROM json_each(?)) ORDER BY n"
        keys.extend(row[0] for row in cursor.execute(query, (numbers,)))
    return list(dict.fromkeys((*keys, *_find_other_names(cursor, words, kinds))))


def _find_other_names(cursor: Cursor, words: str, kinds: tuple[str, ...]) -> list[RowKey]:
    """Return the keys of parties with a Welsh, former or later name in which every word begins a word."""
    from ahtc_tui.store.search.index import WORD

    typed = WORD.findall(fold_name(words))
    has_kind = f"NOT p.deleted AND p.kind IN ({build_placeholders(kinds)})"
    query = f"""SELECT p.id AS key, l.name AS alias FROM {OTHER_NAMES} l JOIN parties p ON p.id = l.party
 WHERE coalesce(l.from_on, l.to_on) IS NOT NULL AND {has_kind}
 UNION ALL SELECT p.id, p.name_cy FROM parties p WHERE p.name_cy IS NOT NULL AND {has_kind}"""
    return [
        row.key
        for row in select_rows(cursor, AliasedParty, query, (*kinds, *kinds))
        if all(any(part.startswith(word) for part in WORD.findall(fold_name(row.alias))) for word in typed)
    ]


def find_named_keys(cursor: Cursor, words: str, kinds: tuple[str, ...], today: date) -> list[RowKey]:
    """Return the keys of parties with exactly this name, short name or reference, else with a matching name.

    The posts that people among them hold are included.
    """
    typed = " ".join(words.lower().split())
    exact = cursor.execute(
        "SELECT id FROM parties WHERE ? IN (lower(short), lower(name), lower(name_cy), ref) AND NOT deleted"
        f" AND kind IN ({build_placeholders(kinds)})",
        (typed, *kinds),
    )
    keys = {row[0] for row in exact} or set(find_keys_beginning(cursor, words, kinds))
    posts = cursor.execute(
        f"SELECT h.post FROM holdings h WHERE h.person IN {KEYS.format(':keys')} AND {HOLDS}",
        {"keys": encode_keys(keys), "today": today.isoformat()},
    )
    return sorted(keys | {row[0] for row in posts})


class RegisterEntry(NamedTuple):
    """Party with the words that find it: short name and holder, and its name in the other language."""

    name: str
    ref: str
    kind: str
    words: str
    other_name: str | None


def read_register(cursor: Cursor, today: date) -> list[RegisterEntry]:
    """Return every party with the words that find it (short name, holder), by name."""
    query = f"""SELECT p.name, p.ref, p.kind, trim(coalesce(p.short, '') || ' ' ||
 coalesce({CURRENT_HOLDER.format(field="name", post="p.id")}, '')) AS words,
 CASE WHEN p.name = p.name_cy THEN o.name ELSE p.name_cy END AS other_name
 FROM named_parties p JOIN parties o ON o.id = p.id WHERE NOT p.deleted ORDER BY sort_key(p.name)"""
    return select_rows(cursor, RegisterEntry, query, {"today": today.isoformat()})
