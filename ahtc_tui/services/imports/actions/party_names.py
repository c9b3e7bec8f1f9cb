"""Whom the words of a file mean, of those in the register. What is only alike is said to be a guess. Reads nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.returns.readers import Owners, split_owners
from ahtc_tui.domain.text.normalization import normalize_text
from ahtc_tui.store.imports.actions import NamedParty

_TRAILING_DETAIL = re.compile(r"\s*[(<\[].*$", re.DOTALL)
MIN_SIMILARITY = 90
"""Of 100: one slip of the pen in ten letters."""


class Certainty(StrEnum):
    """How sure it is whom the words mean."""

    SURE = "sure"
    GUESS = "guess"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class PartyMatch:
    """Whom some words mean."""

    certainty: Certainty
    party: NamedParty | None = None
    reason: str = ""


class PartyNames:
    """The register by every name in it."""

    def __init__(self, parties: Iterable[NamedParty]) -> None:
        self.by_ref: dict[str, NamedParty] = {}
        self._by_name: dict[str, list[NamedParty]] = {}
        self._by_alias: dict[str, list[NamedParty]] = {}
        self._matches: dict[str, PartyMatch] = {}
        self._owners_by_text: dict[str, Owners] = {}
        for party in parties:
            self.by_ref[party.ref] = party
            for words in {normalize_text(party.ref), normalize_text(party.name)}:
                self._by_name.setdefault(words, []).append(party)
            for words in {normalize_text(alias) for alias in party.other_names}:
                self._by_alias.setdefault(words, []).append(party)

    def is_name(self, text: str) -> bool:
        """Whether the words as they are name somebody."""
        words = normalize_text(text)
        return words in self._by_name or words in self._by_alias

    def split_owners(self, text: str) -> Owners:
        """Whom a cell names, taken apart but for the names in the register."""
        if text not in self._owners_by_text:
            self._owners_by_text[text] = split_owners(text, self.is_name)
        return self._owners_by_text[text]

    def is_name_of(self, text: str, ref: str | None) -> bool:
        """Whether the words are a name of this party, or its initials, whoever else they may mean."""
        party = self.by_ref.get(ref or "")
        if party is None:
            return False
        words = normalize_text(text)
        names = [normalize_text(name) for name in (party.ref, party.name, *party.other_names)]
        return words in names or (party.kind == "person" and words in list_short_names(party.name))

    def find_name(self, ref: str | None) -> str | None:
        """The name behind a reference."""
        party = self.by_ref.get(ref or "")
        return party.name if party else ref

    def find_party(self, text: str) -> PartyMatch:
        """Whom the words mean."""
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
                return PartyMatch(
                    Certainty.GUESS, None, _('"{words}" may be several: {names}').format(words=text, names=names)
                )
        similar = (
            self._find_without_detail(text)
            or self._find_by_initials(text)
            or self._find_reordered(words)
            or self._find_similar(words)
        )
        if similar:
            return PartyMatch(
                Certainty.GUESS, similar, _('"{words}" may be {name}').format(words=text, name=similar.name)
            )
        return PartyMatch(Certainty.UNKNOWN, None, _('nobody in the register answers to "{words}"').format(words=text))

    def _find_without_detail(self, text: str) -> NamedParty | None:
        """ "Jeff Farrar (Gwent Police)" and "AHTC <address>" for whoever the words before it name."""
        name = _TRAILING_DETAIL.sub("", text).strip()
        match = self.find_party(name) if name and name != text else None
        return match.party if match and match.certainty is Certainty.SURE else None

    def _find_by_initials(self, text: str) -> NamedParty | None:
        """ "JF" and "J Farrar" for the one person whom they fit."""
        people = self._people_by_initials.get(normalize_text(text), ())
        return people[0] if len(people) == 1 else None

    @cached_property
    def _people_by_initials(self) -> dict[str, list[NamedParty]]:
        index: dict[str, list[NamedParty]] = {}
        for party in self.by_ref.values():
            for words in list_short_names(party.name) if party.kind == "person" else ():
                index.setdefault(words, []).append(party)
        return index

    def _find_reordered(self, words: str) -> NamedParty | None:
        """The same words in another order: "Gwent SPOC"."""
        parties = self._parties_by_sorted_words.get(" ".join(sorted(words.split())), [])
        return parties[0] if len(parties) == 1 else None

    @cached_property
    def _parties_by_sorted_words(self) -> dict[str, list[NamedParty]]:
        index: dict[str, list[NamedParty]] = {}
        for words, parties in (*self._by_name.items(), *self._by_alias.items()):
            entries = index.setdefault(" ".join(sorted(words.split())), [])
            entries += [party for party in parties if party not in entries]
        return index

    def _find_similar(self, words: str) -> NamedParty | None:
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
    """How people shorten the name of a person: "Jeff Farrar" is "jf", "j f" and "j farrar"."""
    words = normalize_text(name).split()
    if len(words) < 2:
        return set()
    letters = [word[0] for word in words]
    return {"".join(letters), " ".join(letters), f"{letters[0]} {words[-1]}"}
