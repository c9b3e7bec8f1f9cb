"""Names of erased persons in the words of this copy and of a merge, found by the hashes of the register.

Nothing but a word that is in clear here is ever redacted. By its own hashes a copy finds the names that come in again.
Hashes and names that only another copy counts to the person are further names: a person sees each word, with every
passage that would change, before they are redacted.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.privacy.data_protection import ErasedRow
from ahtc_tui.domain.privacy.person_mentions import PersonMentions, select_usable_phones, split_name
from ahtc_tui.store.privacy.erasure import PersonErasure
from ahtc_tui.store.privacy.erasure_register import (
    LONGEST_MARK,
    NAME_WORD,
    ErasedPerson,
    hash_name,
    list_erased,
    read_salt,
)
from ahtc_tui.store.privacy.erasure_scope import (
    PersonScope,
    PostHeld,
    collect_other_names,
    find_unique_surnames,
    list_own_values,
    list_posts,
    normalize_name,
)
from ahtc_tui.store.records.rows import select_column, select_value
from ahtc_tui.store.replication.incoming_erasures import is_valid_row, read_erasures

if TYPE_CHECKING:
    from ahtc_tui.store.journal.chain import StoredChange
    from ahtc_tui.store.privacy.redaction import FileRewriter
    from ahtc_tui.store.records.cursor import Cursor

NAMES = "names"
"""The part of an erasure with names that this copy did not find itself."""
ESCAPES = str.maketrans({"\\": " ", '"': " "})


@dataclass
class FurtherNames:
    """Words of this copy that only the other copy counts to an erased person."""

    person: ErasedPerson
    hashes: frozenset[str]
    scope: PersonScope
    words: tuple[str, ...]
    """In clear."""
    passages: list[ErasedRow] = field(default_factory=list)
    """Every passage that would change."""
    is_accepted: bool = False

    @property
    def key(self) -> RowKey:
        """The key that identifies the question."""
        return self.person.key


def build_known_scopes(local: Cursor, peer: Cursor, incoming: Iterable[StoredChange]) -> list[PersonScope]:
    """Return the erased persons whom incoming changes name, by key or by a name with a hash of this copy."""
    salt, people = read_salt(local), list_erased(local)
    if not people or salt is None:
        return []
    changes = list(incoming)
    texts = {text for change in changes for text in (change.value, change.user) if text}
    owners = {mark: person.key for person in people for mark in person.marks}
    own_texts = {person.key: _list_values(peer, person.key) for person in people}
    found = find_names([*texts, *(text for values in own_texts.values() for text in values)], owners, salt)
    others = collect_other_names(local, ())
    named_keys = {person.key for person in people if any(person.key.hex() in text for text in texts)}
    return [
        _build_scope(local, key, words, (key,), _list_local_posts(local, peer, key))
        for key in found.keys() | named_keys
        if (words := [word for word in found.get(key, {}).values() if not _is_of_others(word, others)])
        or key in named_keys
    ]


def find_further_names(local: Cursor, peer: Cursor, rewrite_file: FileRewriter) -> list[FurtherNames]:
    """Return what of the words of this copy the peer counts to persons erased here, and this copy does not."""
    salt, people = read_salt(local), {person.key: person for person in list_erased(local)}
    if not people or salt is None:
        return []
    owners: dict[str, RowKey] = {}
    peer_rows = read_erasures(peer)
    for key in people:
        row = peer_rows.get(key)
        hashes = set(json.loads(row.marks)) if row is not None and is_valid_row(row) else set()
        hashes |= {hash_name(text, salt) for text in _list_values(peer, key)}
        owners |= dict.fromkeys(hashes.difference(*(known.marks for known in people.values())), key)
    if not owners:
        return []
    texts = select_column(local, "SELECT value FROM change WHERE value NOT NULL UNION SELECT user FROM change")
    found, others = find_names(texts, owners, salt), collect_other_names(local, ())
    items = []
    for key, words_by_hash in found.items():
        scope = _build_scope(local, key, words_by_hash.values(), (), ())
        is_named_in = scope.mentions.is_named_in
        words = {m: word for m, word in words_by_hash.items() if is_named_in(word) and not _is_of_others(word, others)}
        scope = _build_scope(local, key, words.values(), (), ())
        erasure = PersonErasure(local, scope, rewrite_file)
        erasure.redact_records(None)
        if passages := [*erasure.texts, *erasure.earlier_texts, *erasure.labels]:
            items.append(FurtherNames(people[key], frozenset(words), scope, tuple(words.values()), passages))
    return items


def find_names(texts: Iterable[str], owners: Mapping[str, RowKey], salt: bytes) -> dict[RowKey, dict[str, str]]:
    """Return the words whose hash belongs to somebody, by person and hash, capitalised where a text has them so."""
    found: dict[RowKey, dict[str, str]] = defaultdict(dict)
    tested: set[str] = set()
    for text in texts:
        for phrase in _list_phrases(text):
            if phrase not in tested:
                tested.add(phrase)
                mark = hash_name(phrase, salt)
                if mark in owners and (phrase[0].isupper() or mark not in found[owners[mark]]):
                    found[owners[mark]][mark] = phrase
    return found


def _list_phrases(text: str) -> Iterator[str]:
    """Yield every word of a value of the journal, and every few words in a row."""
    words = NAME_WORD.findall(text.replace("\\n", " ").replace("\\t", " ").translate(ESCAPES))
    for start in range(len(words)):
        for end in range(start + 1, min(start + LONGEST_MARK, len(words)) + 1):
            yield " ".join(words[start:end]).rstrip(".")


def _list_values(peer: Cursor, key: RowKey) -> list[str]:
    """Return the names and addresses of a person in the other copy."""
    if not peer.execute("SELECT 1 FROM parties WHERE id = ? AND ref NOT GLOB 'erased-*'", (key,)).fetchone():
        return []
    return list_own_values(peer, (key,))


def _list_local_posts(local: Cursor, peer: Cursor, key: RowKey) -> tuple[PostHeld, ...]:
    """Return the posts that the other copy gives to a person, under the names that they have here."""
    query = "SELECT coalesce(short, name) FROM parties WHERE id = ? AND kind = 'post' AND NOT deleted"
    posts = ((post, select_value(local, query, (post.key,))) for post in list_posts(peer, (key,)))
    return tuple(post._replace(name=name) for post, name in posts if name)


def _is_of_others(word: str, others: set[str]) -> bool:
    return bool({normalize_name(word), word.casefold()} & others)


def _build_scope(
    local: Cursor, key: RowKey, words: Iterable[str], keys: tuple[RowKey, ...], posts: tuple[PostHeld, ...]
) -> PersonScope:
    """Return the scope of a person by these words, with the surnames that follow from them here."""
    listed = list(words)
    details = tuple(word for word in listed if "@" in word)
    names = [word for word in listed if word not in details]
    full_names = tuple(name for name in names if len(split_name(name)) > 1)
    surnames, alone = find_unique_surnames(local, names, keys) if keys else ([], names)
    single = [word for word in alone if word not in full_names]
    phones = select_usable_phones(word for word in names if not any(map(str.isalpha, word)))
    mentions = PersonMentions(full_names, details, phones, tuple(surnames), tuple(single))
    return PersonScope(keys, "", "", mentions, posts, (), (), key)
