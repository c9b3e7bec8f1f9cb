"""How well a typed text fits the text of a command: its beginnings, an abbreviation, or nearly its words."""

from __future__ import annotations

import re
from collections.abc import Sequence

WHOLE, WORDS, ABBREVIATION, NEAR = 4.0, 3.0, 2.0, 0.01
"""Scores of a command; records have up to 1."""
LEAST_LIKENESS = 78
"""Percentage of equal characters from which a mistyped word counts."""
SHORTEST_NEAR_WORD = 4


def score_words(query: str, text: str) -> float:
    """Return the score of a text; 0 where it does not fit."""
    query, text = query.casefold(), text.casefold()
    typed, words = query.split(), re.findall(r"[^\W_]+", text)
    if text.startswith(query):
        return WHOLE
    if all(any(word.startswith(part) for word in words) for part in typed):
        return WORDS
    if len(typed) == 1 and len(query) >= SHORTEST_NEAR_WORD - 1 and _is_abbreviation(query, tuple(words)):
        return ABBREVIATION
    return NEAR if typed and all(_is_near(part, words) for part in typed) else 0.0


def _is_abbreviation(query: str, words: tuple[str, ...]) -> bool:
    """Return whether beginnings of words, of two letters or more, make up the query: "opmin" for "open minutes"."""
    if not query:
        return True
    for index, word in enumerate(words):
        for length in range(len(word), 1, -1):
            if query.startswith(word[:length]) and _is_abbreviation(query[length:], words[index + 1 :]):
                return True
    return False


def _is_near(part: str, words: Sequence[str]) -> bool:
    from rapidfuzz import fuzz

    if any(word.startswith(part) for word in words):
        return True
    if len(part) < SHORTEST_NEAR_WORD:
        return False
    return any(fuzz.ratio(part, word[: len(part) + 1]) >= LEAST_LIKENESS for word in words)
