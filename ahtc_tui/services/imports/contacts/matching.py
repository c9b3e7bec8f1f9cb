"""Matches imported contacts with the register: by UID, reference, address, or name and organisation."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.contacts import ImportedContact
from ahtc_tui.domain.keys import NO_KEY, RowKey
from ahtc_tui.store.contacts.party_lookup import fold_name
from ahtc_tui.store.imports.contacts import RegisterEntry
from ahtc_tui.store.privacy.erasure_register import ErasedMarks

MIN_SIMILARITY = 88
"""Of 100: about one wrong letter in eight."""

MIN_WORD_SIMILARITY = 0.75
"""Similarity of the words that two similar names do not share: about one wrong letter in four."""

MAX_CANDIDATES = 5
"""Number of similar names that are considered for each beginning of a word."""


@dataclass(frozen=True, slots=True)
class ContactMatch:
    """The certain match `entry`, the possible match `near` with its reason, or no match."""

    entry: RegisterEntry | None = None
    near: RegisterEntry | None = None
    reason: str = ""
    refused: str = ""
    """Reason why the contact cannot be imported."""


class ContactRegister:
    """Index of all contacts, including those that the plan adds."""

    def __init__(
        self, entries: Iterable[RegisterEntry], erased_keys: set[RowKey], marks: ErasedMarks | None = None
    ) -> None:
        self.by_key: dict[RowKey, RegisterEntry] = {}
        self._erased_keys = erased_keys
        self.erased_marks = marks
        """Marks by which erased people are recognised."""
        self._by_uid: dict[str, RegisterEntry] = {}
        self._by_ref: dict[str, RegisterEntry] = {}
        self._by_email: dict[str, list[RegisterEntry]] = {}
        self._by_name: dict[str, list[RegisterEntry]] = {}
        self._names = NameIndex()
        for entry in entries:
            self.add_entry(entry)

    def add_entry(self, entry: RegisterEntry) -> None:
        """Add an entry under its key, reference, UID, address and names, and under those merged into it."""
        self.by_key[entry.key] = entry
        if entry.ref:
            self._by_ref[entry.ref] = entry
        if entry.card_uid:
            self._by_uid[entry.card_uid] = entry
        for merged_entry in entry.merged:
            self.by_key.setdefault(merged_entry.key, entry)
            self._by_ref.setdefault(merged_entry.ref, entry)
            if merged_entry.card_uid:
                self._by_uid.setdefault(merged_entry.card_uid, entry)
        self.add_address(entry)
        for name in entry.names:
            self._by_name.setdefault(name, []).append(entry)
            self._names.add_name(entry, name)

    def add_address(self, entry: RegisterEntry) -> None:
        """Index an entry by its e-mail addresses."""
        for point in entry.list_points("email"):
            known = self._by_email.setdefault(point.value.strip().lower(), [])
            if entry not in known:
                known.append(entry)

    def find_by_ref(self, ref: str) -> RegisterEntry | None:
        """Return the entry with a reference, or None."""
        return self._by_ref.get(ref.strip().lower())

    def find_by_uid(self, uid: str) -> RegisterEntry | None:
        """Return the entry with the UID of a card, or None."""
        return self.by_key.get(_parse_key(uid) or NO_KEY) or (self._by_uid.get(uid) if uid else None)

    def match_contact(self, contact: ImportedContact, organisation: RowKey | None) -> ContactMatch:
        """Return the match of a contact; `organisation` is the key of the organisation that it names, if known."""
        key = _parse_key(contact.uid)
        if key in self._erased_keys:
            return ContactMatch(refused=_("this record was erased and cannot be imported"))
        if exact_entry := self.find_by_uid(contact.uid):
            return ContactMatch(exact_entry)
        if contact.ref and (entry := self.find_by_ref(contact.ref)) and _has_kind(entry, contact.kind):
            if fold_name(contact.name) in entry.names:
                return ContactMatch(entry)
            return ContactMatch(near=entry, reason=_('this is the reference of "{name}"').format(name=entry.name))
        return (
            self._match_by_address(contact)
            or self._match_by_name(contact, organisation)
            or self._match_similar_name(contact, organisation)
        )

    def match_organisation(self, name: str) -> ContactMatch:
        """Return the match of an organisation by name."""
        contact = ImportedContact("", name, PartyKind.ORGANISATION)
        return self._match_by_name(contact, None) or self._match_similar_name(contact, None)

    def find_post(self, title: str, organisation: RowKey | None) -> RegisterEntry | None:
        """Return the only post of a title at an organisation or a part of it, or None."""
        posts = [entry for entry in self._by_name.get(fold_name(title), ()) if entry.kind is PartyKind.POST]
        matching_posts = [entry for entry in posts if organisation and self.is_within(entry.organisation, organisation)]
        return matching_posts[0] if len(matching_posts) == 1 else None

    def is_within(self, organisation: RowKey | None, parent: RowKey | None) -> bool:
        """Return whether an organisation is `parent` or a part of it."""
        visited: set[RowKey] = set()
        while organisation and organisation not in visited:
            if organisation == parent:
                return True
            visited.add(organisation)
            organisation = self.by_key[organisation].parent if organisation in self.by_key else None
        return False

    def _match_by_address(self, contact: ImportedContact) -> ContactMatch | None:
        entries = [
            entry
            for email in contact.emails
            for entry in self._by_email.get(email.lower(), ())
            if _has_kind(entry, contact.kind)
        ]
        named_entries = [entry for entry in entries if fold_name(contact.name) in entry.names]
        entries = named_entries or [entry for entry in entries if entry.kind is (contact.kind or PartyKind.PERSON)]
        if not entries:
            return None
        similar_entries = named_entries or [
            entry for entry in entries if score_similarity(fold_name(contact.name), entry.names) >= MIN_SIMILARITY
        ]
        if similar_entries:
            return ContactMatch(similar_entries[0])
        sentence = _('"{name}" has the same address and another name')
        return ContactMatch(near=entries[0], reason=sentence.format(name=entries[0].name))

    def _match_by_name(self, contact: ImportedContact, organisation: RowKey | None) -> ContactMatch | None:
        entries = [entry for entry in self._by_name.get(fold_name(contact.name), ()) if _has_kind(entry, contact.kind)]
        if not entries:
            return None
        related_entries = [entry for entry in entries if organisation and self._is_related(entry, organisation)]
        unattached_entries = [entry for entry in entries if organisation is None or entry.organisation is None]
        certain_entries = related_entries or (
            [] if contact.organisation and organisation is None else unattached_entries
        )
        if len(certain_entries) == 1:
            return ContactMatch(certain_entries[0])
        if len(certain_entries) > 1:
            names = ", ".join(str(entry.ref or entry.new_location) for entry in certain_entries[:4])
            reason = _("several contacts have this name: {names}").format(names=names)
            return ContactMatch(near=certain_entries[0], reason=reason)
        reason = _('"{name}" is in the register, at another organisation').format(name=entries[0].name)
        return ContactMatch(near=entries[0], reason=reason)

    def _is_related(self, entry: RegisterEntry, organisation: RowKey) -> bool:
        """Return whether the organisation of an entry is the same, a part or a parent."""
        own = entry.organisation
        return self.is_within(own, organisation) or (own is not None and self.is_within(organisation, own))

    def _match_similar_name(self, contact: ImportedContact, organisation: RowKey | None) -> ContactMatch:
        best_score, nearest_entry = 0.0, None
        for score, entry in self._names.find_similar(fold_name(contact.name), contact.kind or PartyKind.PERSON):
            is_elsewhere = organisation and entry.organisation and not self._is_related(entry, organisation)
            if score > best_score and score >= (MIN_SIMILARITY + 5 if is_elsewhere else MIN_SIMILARITY):
                best_score, nearest_entry = score, entry
        if nearest_entry is None:
            return ContactMatch()
        reason = _('the name is similar to "{name}"').format(name=nearest_entry.name)
        return ContactMatch(near=nearest_entry, reason=reason)


def _has_kind(entry: RegisterEntry, kind: PartyKind | None) -> bool:
    return kind is None or entry.kind is kind


def _parse_key(uid: str) -> RowKey | None:
    """Return the key in a UID of this program, or None."""
    try:
        return RowKey(UUID(uid.lower().removeprefix("urn:uuid:")).bytes) if uid else None
    except ValueError:
        return None


@dataclass
class _NameGroup:
    """Names that share the beginning of a word, with their entries."""

    words: list[str] = field(default_factory=list)
    entries: list[RegisterEntry] = field(default_factory=list)


class NameIndex:
    """Compares only names that share the first two letters of a word, as similar names nearly always do.

    Names with other numbers, such as "Officer 11" and "Officer 12", are different.
    """

    def __init__(self) -> None:
        self._by_beginning: dict[tuple[PartyKind, str, tuple[str, ...]], _NameGroup] = {}
        """Names by kind, first two letters of a word, and numbers."""
        self._people: dict[tuple[str, str], list[tuple[list[str], RegisterEntry]]] = {}
        """Words of people, by last word and first letter."""

    def add_name(self, entry: RegisterEntry, name: str) -> None:
        """Index an entry by a normalized name."""
        words = _split_words(name)
        for beginning in {word[:2] for word in words}:
            group = self._by_beginning.setdefault((entry.kind, beginning, _list_numbers(words)), _NameGroup())
            group.words.append(" ".join(sorted(words)))
            group.entries.append(entry)
        if entry.kind is PartyKind.PERSON and len(words) > 1:
            self._people.setdefault((words[-1], words[0][0]), []).append((words, entry))

    def find_similar(self, name: str, kind: PartyKind) -> Iterator[tuple[float, RegisterEntry]]:
        """Yield similarity (of 100) and entry; an entry may occur several times."""
        from rapidfuzz import fuzz, process

        words = _split_words(name)
        if kind is PartyKind.PERSON and len(words) < 2:
            return  # many people have one given name
        sorted_name = " ".join(sorted(words))
        for beginning in sorted({word[:2] for word in words}):
            group = self._by_beginning.get((kind, beginning, _list_numbers(words)), _NameGroup())
            for _words, score, position in process.extract(
                sorted_name, group.words, scorer=fuzz.ratio, score_cutoff=MIN_SIMILARITY, limit=MAX_CANDIDATES
            ):
                if _differ_by_typing(words, group.words[position].split()):
                    yield score, group.entries[position]
        if kind is PartyKind.PERSON and len(words) > 1:
            namesakes = self._people.get((words[-1], words[0][0]), ())
            for known, entry in namesakes if len(namesakes) <= MAX_CANDIDATES else ():
                is_first = known[0] == words[0] or 1 in (len(known[0]), len(words[0]))
                if is_first and _may_be_same_middle(known, words):
                    yield MIN_SIMILARITY, entry


def _split_words(name: str) -> list[str]:
    """Return the words of a name; the vowel signs of a script such as Thai do not end a word, nor is a sign one."""
    characters = [character if character.isalnum() else " " for character in name]
    for index in range(1, len(name)):
        if characters[index - 1] != " " and unicodedata.category(name[index]).startswith("M"):
            characters[index] = name[index]
    return "".join(characters).split()


def _may_be_same_middle(left: Sequence[str], right: Sequence[str]) -> bool:
    """Return whether each word between the first and the last one of the shorter name is in the other one."""
    shorter, longer = sorted((left[1:-1], right[1:-1]), key=len)
    return all(
        any(word == other or (word[0] == other[0] and 1 in (len(word), len(other))) for other in longer)
        for word in shorter
    )


def _differ_by_typing(left: Sequence[str], right: Sequence[str]) -> bool:
    """Return whether the words that two names do not share may be the same, mistyped: shared words prove nothing."""
    from rapidfuzz.distance import DamerauLevenshtein

    own, other = Counter(left) - Counter(right), Counter(right) - Counter(left)
    left_text, right_text = ("".join(sorted(words.elements())) for words in (own, other))
    if not (left_text and right_text) or sorted(left_text) == sorted(right_text):
        return True
    return DamerauLevenshtein.normalized_similarity(left_text, right_text) >= MIN_WORD_SIMILARITY


def _list_numbers(words: Iterable[str]) -> tuple[str, ...]:
    """Return the numbers in the words, in a fixed order."""
    return tuple(sorted(number for word in words for number in re.findall(r"\d+", word)))


def score_similarity(name: str, names: set[str]) -> float:
    """Return the similarity of a normalized name to the most similar of `names`, of 100."""
    from rapidfuzz import fuzz

    sorted_name = _sort_words(name)
    return max((float(fuzz.ratio(sorted_name, _sort_words(other_name))) for other_name in names), default=0.0)


def _sort_words(name: str) -> str:
    return " ".join(sorted(_split_words(name)))
