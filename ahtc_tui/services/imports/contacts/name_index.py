"""Index of similar names: one wrong letter, an initial instead of a forename, an additional middle name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.store.imports.contacts import RegisterEntry

MIN_SIMILARITY = 88
"""Of 100: about one wrong letter in eight."""
MAX_CANDIDATES = 5
"""Number of similar names that are considered for each beginning of a word."""


@dataclass
class _NameGroup:
    """Names that share the beginning of a word, with their entries."""

    words: list[str] = field(default_factory=list)
    entries: list[RegisterEntry] = field(default_factory=list)


class NameIndex:
    """Compares only names that share the first two letters of a word, as similar names nearly always do."""

    def __init__(self) -> None:
        self._by_beginning: dict[tuple[PartyKind, str], _NameGroup] = {}
        self._people: dict[tuple[str, str], list[tuple[str, RegisterEntry]]] = {}
        """First words of people, by last word and first letter."""

    def add_name(self, entry: RegisterEntry, name: str) -> None:
        """Index an entry by a normalized name."""
        words = re.findall(r"\w+", name)
        for beginning in {word[:2] for word in words}:
            group = self._by_beginning.setdefault((entry.kind, beginning), _NameGroup())
            group.words.append(" ".join(sorted(words)))
            group.entries.append(entry)
        if entry.kind is PartyKind.PERSON and len(words) > 1:
            self._people.setdefault((words[-1], words[0][0]), []).append((words[0], entry))

    def find_similar(self, name: str, kind: PartyKind) -> Iterator[tuple[float, RegisterEntry]]:
        """Yield similarity (of 100) and entry; an entry may occur several times."""
        from rapidfuzz import fuzz, process

        words = re.findall(r"\w+", name)
        sorted_name = " ".join(sorted(words))
        for beginning in sorted({word[:2] for word in words}):
            group = self._by_beginning.get((kind, beginning), _NameGroup())
            for _words, score, position in process.extract(
                sorted_name, group.words, scorer=fuzz.ratio, score_cutoff=MIN_SIMILARITY, limit=MAX_CANDIDATES
            ):
                yield score, group.entries[position]
        if kind is PartyKind.PERSON and len(words) > 1:
            for first, entry in self._people.get((words[-1], words[0][0]), ()):
                if first == words[0] or 1 in (len(first), len(words[0])):
                    yield MIN_SIMILARITY, entry


def score_similarity(name: str, names: set[str]) -> float:
    """Return the similarity of a normalized name to the most similar of `names`, of 100."""
    from rapidfuzz import fuzz

    sorted_name = _sort_words(name)
    return max((float(fuzz.ratio(sorted_name, _sort_words(other_name))) for other_name in names), default=0.0)


def _sort_words(name: str) -> str:
    return " ".join(sorted(re.findall(r"\w+", name)))
