"""Comparison of a file with the release that it was written from, word by word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True, slots=True)
class AlteredParagraph:
    """A paragraph that differs from the release."""

    place: str
    """Number of the paragraph or item, or the heading."""
    text: str
    """Text in the file; empty where it was removed."""
    was: str
    """Text in the release; empty where the file adds text."""


@dataclass(frozen=True, slots=True)
class PlacedText:
    """A text of a page with its place."""

    place: str
    text: str


def measure_likeness(left: Sequence[str], right: Sequence[str]) -> float:
    """Return the share of words that two texts have in common, from 0 to 1, in any order."""
    shared = (Counter(left) & Counter(right)).total()
    return 2 * shared / max(1, len(left) + len(right))


def find_alterations(released: str, file_text: str, texts: Sequence[PlacedText]) -> list[AlteredParagraph]:
    """Return the paragraphs of a file that differ from the release, in the order of the page.

    `texts` are the texts of the page in its order, which give the place of a difference.
    """
    expected, words = released.split(), file_text.split()
    spans = _find_spans(expected, texts)
    matcher = SequenceMatcher(None, expected, words, autojunk=False)
    alterations: list[AlteredParagraph] = []
    for tag, start, end, begin, stop in matcher.get_opcodes():
        if tag == "equal":
            continue
        place, first, last = _find_place(spans, start, end)
        # Both texts are of the whole paragraph, so the words of the file are widened as far as those of the release.
        was, text = " ".join(expected[first:last]), " ".join(words[begin - (start - first) : stop + (last - end)])
        if tag == "insert" and first == last:
            was, text = "", " ".join(words[begin:stop])
        if not (alterations and alterations[-1].was == was and was):
            alterations.append(AlteredParagraph(place, text, was))
    return alterations


def _find_spans(expected: Sequence[str], texts: Sequence[PlacedText]) -> list[tuple[int, int, str]]:
    """Return first and last word of each text in the page, searched in order and else from the beginning."""
    spans: list[tuple[int, int, str]] = []
    positions: dict[str, list[int]] = {}
    for number, word in enumerate(expected):
        positions.setdefault(word, []).append(number)
    for placed in texts:
        words = placed.text.split()
        for start in positions.get(words[0], ()) if words else ():
            if expected[start : start + len(words)] == words:
                spans.append((start, start + len(words), placed.place))
    return sorted(spans)


def _find_place(spans: Sequence[tuple[int, int, str]], start: int, end: int) -> tuple[str, int, int]:
    """Return the place of a difference, with the first and last word of its paragraph; else the place before it."""
    place = ""
    for first, last, name in spans:
        if first <= start and max(end, start + 1) <= last:
            return name, first, last
        if first <= start:
            place = name
    return place, start, end
