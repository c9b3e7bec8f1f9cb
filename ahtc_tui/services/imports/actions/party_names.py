"""Whom the words of a file mean, of those in the register. What is only alike is said to be a guess. Reads nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.returns.readers import Owners, owners_of
from ahtc_tui.domain.text.normalization import folded
from ahtc_tui.store.imports.actions import Named

_MORE = re.compile(r"\s*[(<\[].*$", re.DOTALL)
ALIKE = 90
"""Of 100: one slip of the pen in ten letters."""


class How(StrEnum):
    """How sure it is whom the words mean."""

    SURE = "sure"
    GUESS = "guess"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom some words mean."""

    how: How
    party: Named | None = None
    reason: str = ""


class Names:
    """The register by every name in it."""

    def __init__(self, parties: Iterable[Named]) -> None:
        self.by_ref: dict[str, Named] = {}
        self._by_name: dict[str, list[Named]] = {}
        self._other: dict[str, list[Named]] = {}
        self._found: dict[str, Meant] = {}
        self._owners: dict[str, Owners] = {}
        for party in parties:
            self.by_ref[party.ref] = party
            for words in {folded(party.ref), folded(party.name)}:
                self._by_name.setdefault(words, []).append(party)
            for words in {folded(other) for other in party.others}:
                self._other.setdefault(words, []).append(party)

    def is_name(self, text: str) -> bool:
        """Whether the words as they are name somebody."""
        words = folded(text)
        return words in self._by_name or words in self._other

    def owners(self, text: str) -> Owners:
        """Whom a cell names, taken apart but for the names in the register."""
        if text not in self._owners:
            self._owners[text] = owners_of(text, self.is_name)
        return self._owners[text]

    def calls(self, text: str, ref: str | None) -> bool:
        """Whether the words are a name of this party, or its initials, whoever else they may mean."""
        party = self.by_ref.get(ref or "")
        if party is None:
            return False
        words = folded(text)
        names = [folded(name) for name in (party.ref, party.name, *party.others)]
        return words in names or (party.kind == "person" and words in shortened(party.name))

    def name(self, ref: str | None) -> str | None:
        """The name behind a reference."""
        party = self.by_ref.get(ref or "")
        return party.name if party else ref

    def find(self, text: str) -> Meant:
        """Whom the words mean."""
        words = folded(text)
        if words not in self._found:
            self._found[words] = self._find(text, words)
        return self._found[words]

    def _find(self, text: str, words: str) -> Meant:
        for index in (self._by_name, self._other):
            exact = index.get(words, ())
            if len(exact) == 1:
                return Meant(How.SURE, exact[0])
            if exact:
                names = ", ".join(f"{party.name} ({party.ref})" for party in exact[:4])
                return Meant(How.GUESS, None, _('"{words}" may be several: {names}').format(words=text, names=names))
        near = self._without_more(text) or self._by_initials(text) or self._turned(words) or self._alike(words)
        if near:
            return Meant(How.GUESS, near, _('"{words}" may be {name}').format(words=text, name=near.name))
        return Meant(How.UNKNOWN, None, _('nobody in the register answers to "{words}"').format(words=text))

    def _without_more(self, text: str) -> Named | None:
        """ "Jeff Farrar (Gwent Police)" and "AHTC <address>" for whoever the words before it name."""
        plain = _MORE.sub("", text).strip()
        meant = self.find(plain) if plain and plain != text else None
        return meant.party if meant and meant.how is How.SURE else None

    def _by_initials(self, text: str) -> Named | None:
        """ "JF" and "J Farrar" for the one person whom they fit."""
        found = self._initials.get(folded(text), ())
        return found[0] if len(found) == 1 else None

    @cached_property
    def _initials(self) -> dict[str, list[Named]]:
        index: dict[str, list[Named]] = {}
        for party in self.by_ref.values():
            for words in shortened(party.name) if party.kind == "person" else ():
                index.setdefault(words, []).append(party)
        return index

    def _turned(self, words: str) -> Named | None:
        """The same words in another order: "Gwent SPOC"."""
        found = self._sorted.get(" ".join(sorted(words.split())), [])
        return found[0] if len(found) == 1 else None

    @cached_property
    def _sorted(self) -> dict[str, list[Named]]:
        index: dict[str, list[Named]] = {}
        for words, parties in (*self._by_name.items(), *self._other.items()):
            places = index.setdefault(" ".join(sorted(words.split())), [])
            places += [party for party in parties if party not in places]
        return index

    def _alike(self, words: str) -> Named | None:
        from rapidfuzz import fuzz, process

        if len(words) < 5:
            return None
        best = process.extractOne(words, self._spellings, scorer=fuzz.ratio, score_cutoff=ALIKE)
        if not best:
            return None
        found = self._by_name.get(best[0]) or self._other[best[0]]
        return found[0] if len(found) == 1 else None

    @cached_property
    def _spellings(self) -> list[str]:
        return [*self._by_name, *self._other]


def shortened(name: str) -> set[str]:
    """How people shorten the name of a person: "Jeff Farrar" is "jf", "j f" and "j farrar"."""
    words = folded(name).split()
    if len(words) < 2:
        return set()
    letters = [word[0] for word in words]
    return {"".join(letters), " ".join(letters), f"{letters[0]} {words[-1]}"}
