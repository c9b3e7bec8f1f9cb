"""The register of parties as an index of names: finds the party that a cell names, exactly or approximately."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.returns.owners import Owners, split_owners
from ahtc_tui.domain.text.normalization import normalize_text

_TRAILING_DETAIL = re.compile(r"\s*[(<\[].*$", re.DOTALL)
MIN_SIMILARITY = 90
"""Of 100: about one wrong letter in ten."""


class RegisteredParty(NamedTuple):
    """A party with all its names."""

    key: RowKey
    ref: str
    kind: str
    name: str
    other_names: tuple[str, ...]
    """Welsh name, short name and aliases; for a post, its holder last."""


class Certainty(StrEnum):
    """How certain the match of a name is."""

    SURE = "sure"
    GUESS = "guess"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class PartyMatch:
    """The party that a text names; `reason` explains every match that is not certain."""

    certainty: Certainty
    party: RegisteredParty | None = None
    reason: str = ""


class PartyRegister:
    """Index of the register by reference, name, alias and initials."""

    def __init__(self, parties: Iterable[RegisteredParty]) -> None:
        self.by_ref: dict[str, RegisteredParty] = {}
        self._by_name: dict[str, list[RegisteredParty]] = {}
        self._by_alias: dict[str, list[RegisteredParty]] = {}
        self._matches: dict[str, PartyMatch] = {}
        self._owners_by_text: dict[str, Owners] = {}
        for party in parties:
            self.by_ref[party.ref] = party
            for words in {normalize_text(party.ref), normalize_text(party.name)}:
                self._by_name.setdefault(words, []).append(party)
            for words in {normalize_text(alias) for alias in party.other_names}:
                self._by_alias.setdefault(words, []).append(party)

    def is_name(self, text: str) -> bool:
        """Return whether a text is a complete name of a party."""
        words = normalize_text(text)
        return words in self._by_name or words in self._by_alias

    def contains_name(self, text: str) -> bool:
        """Return whether a text names a party, alone or with others."""
        return self.is_name(text) or any(map(self.is_name, self.split_owners(text).names))

    def split_owners(self, text: str) -> Owners:
        """Return the owners in a cell; names of the register are not split."""
        if text not in self._owners_by_text:
            self._owners_by_text[text] = split_owners(text, self.is_name)
        return self._owners_by_text[text]

    def is_name_of(self, text: str, ref: str | None) -> bool:
        """Return whether a text is a name or the initials of a party, even where other parties share it."""
        party = self.by_ref.get(ref or "")
        if party is None:
            return False
        words = normalize_text(text)
        names = [normalize_text(name) for name in (party.ref, party.name, *party.other_names)]
        return words in names or (party.kind == "person" and words in list_short_names(party.name))

    def find_name(self, ref: str | None) -> str | None:
        """Return the name of a party, or the reference where it is unknown."""
        party = self.by_ref.get(ref or "")
        return party.name if party else ref

    def find_party(self, text: str) -> PartyMatch:
        """Return the party that a text names, exactly or approximately."""
        words = normalize_text(text)
        if words not in self._matches:
            self._matches[words] = self._search_party(text, words)
        return self._matches[words]

    def _search_party(self, text: str, words: str) -> PartyMatch:
        for index in (self._by_name, self._by_alias):
            exact = index.get(words, ())
            if len(exact) == 1:
                return PartyMatch(Certainty.SURE, exact[0])
            if exact:
                names = ", ".join(f"{party.name} ({party.ref})" for party in exact[:4])
                reason = _('"{words}" may be several: {names}').format(words=text, names=names)
                return PartyMatch(Certainty.GUESS, None, reason)
        similar = (
            self._find_without_detail(text)
            or self._find_by_initials(text)
            or self._find_reordered(words)
            or self._find_similar(words)
        )
        if similar:
            reason = _('"{words}" may be {name}').format(words=text, name=similar.name)
            return PartyMatch(Certainty.GUESS, similar, reason)
        return PartyMatch(Certainty.UNKNOWN, None, _('the register has no "{words}"').format(words=text))

    def _find_without_detail(self, text: str) -> RegisteredParty | None:
        """Match the name before a bracket: "Jeff Farrar (Gwent Police)", "AHTC <address>"."""
        name = _TRAILING_DETAIL.sub("", text).strip()
        match = self.find_party(name) if name and name != text else None
        return match.party if match and match.certainty is Certainty.SURE else None

    def _find_by_initials(self, text: str) -> RegisteredParty | None:
        """Match "JF" and "J Farrar" where they fit one person only."""
        people = self._people_by_initials.get(normalize_text(text), ())
        return people[0] if len(people) == 1 else None

    @cached_property
    def _people_by_initials(self) -> dict[str, list[RegisteredParty]]:
        index: dict[str, list[RegisteredParty]] = {}
        for party in self.by_ref.values():
            for words in list_short_names(party.name) if party.kind == "person" else ():
                index.setdefault(words, []).append(party)
        return index

    def _find_reordered(self, words: str) -> RegisteredParty | None:
        """Match the words in another order: "Gwent SPOC"."""
        parties = self._parties_by_sorted_words.get(" ".join(sorted(words.split())), [])
        return parties[0] if len(parties) == 1 else None

    @cached_property
    def _parties_by_sorted_words(self) -> dict[str, list[RegisteredParty]]:
        index: dict[str, list[RegisteredParty]] = {}
        for words, parties in (*self._by_name.items(), *self._by_alias.items()):
            entries = index.setdefault(" ".join(sorted(words.split())), [])
            entries += [party for party in parties if party not in entries]
        return index

    def _find_similar(self, words: str) -> RegisteredParty | None:
        from rapidfuzz import fuzz, process

        if len(words) < 5:
            return None
        best_match = process.extractOne(words, self._all_names, scorer=fuzz.ratio, score_cutoff=MIN_SIMILARITY)
        if not best_match:
            return None
        parties = self._by_name.get(best_match[0]) or self._by_alias[best_match[0]]
        return parties[0] if len(parties) == 1 else None

    @cached_property
    def _all_names(self) -> list[str]:
        return [*self._by_name, *self._by_alias]


def list_short_names(name: str) -> set[str]:
    """Return the usual short forms of the name of a person: "jf", "j f" and "j farrar" for "Jeff Farrar"."""
    words = normalize_text(name).split()
    if len(words) < 2:
        return set()
    letters = [word[0] for word in words]
    return {"".join(letters), " ".join(letters), f"{letters[0]} {words[-1]}"}
