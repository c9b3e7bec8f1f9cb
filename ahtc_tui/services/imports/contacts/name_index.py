"""Names that are alike, found among thousands: a letter wrong, an initial for a forename, a middle name more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.store.imports.contacts import Entry

ALIKE = 88
"""Of 100: two names that differ in about one letter of eight."""
MOST = 5
"""How many names that are alike are looked at from one beginning."""


@dataclass
class _Names:
    """Names that share the beginning of a word, each with whose it is."""

    words: list[str] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)


class NameIndex:
    """Only names that share the first two letters of a word are compared: what is alike nearly always does."""

    def __init__(self) -> None:
        self._by_beginning: dict[tuple[PartyKind, str], _Names] = {}
        self._people: dict[tuple[str, str], list[tuple[str, Entry]]] = {}
        """Last word and first letter to the first words of people with them."""

    def add(self, entry: Entry, name: str) -> None:
        """Let an entry be found by a folded name."""
        words = re.findall(r"\w+", name)
        for beginning in {word[:2] for word in words}:
            found = self._by_beginning.setdefault((entry.kind, beginning), _Names())
            found.words.append(" ".join(sorted(words)))
            found.entries.append(entry)
        if entry.kind is PartyKind.PERSON and len(words) > 1:
            self._people.setdefault((words[-1], words[0][0]), []).append((words[0], entry))

    def alike(self, name: str, kind: PartyKind) -> Iterator[tuple[float, Entry]]:
        """How like, of 100, and who; the same one perhaps several times."""
        from rapidfuzz import fuzz, process

        words = re.findall(r"\w+", name)
        mine = " ".join(sorted(words))
        for beginning in sorted({word[:2] for word in words}):
            names = self._by_beginning.get((kind, beginning), _Names())
            for _words, likeness, place in process.extract(
                mine, names.words, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=MOST
            ):
                yield likeness, names.entries[place]
        if kind is PartyKind.PERSON and len(words) > 1:
            for first, entry in self._people.get((words[-1], words[0][0]), ()):
                if first == words[0] or 1 in (len(first), len(words[0])):
                    yield ALIKE, entry


def likeness(name: str, others: set[str]) -> float:
    """How like a folded name is to the nearest of others, of 100."""
    from rapidfuzz import fuzz

    mine = _sorted(name)
    return max((float(fuzz.ratio(mine, _sorted(other))) for other in others), default=0.0)


def _sorted(name: str) -> str:
    return " ".join(sorted(re.findall(r"\w+", name)))
