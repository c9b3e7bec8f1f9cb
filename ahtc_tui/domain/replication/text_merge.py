"""Three-way merge of texts, word by word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

MIN_WORDS = 4
"""Fewest words of a text that is merged: names, numbers and codes are not."""
MAX_COMPARISONS = 100_000
"""Most pairs of equal words in two texts that are merged: the time of a comparison grows with them."""
TOKEN = re.compile(r"[^\S\n]*(?:\n\s*|\S+)")
"""A word, or a break between lines, with the blanks before it."""
SENTENCE_END = re.compile(r"[.!?:;]['\")\]]*\Z")


class _Edit(NamedTuple):
    """The replacement of the words from `start` up to `end` of the base."""

    start: int
    end: int
    tokens: tuple[str, ...]


def merge_texts(base: str, texts: Sequence[str]) -> str | None:
    """Return the base with the changes of every text.

    None where two texts change the same words, or words side by side, to different ones, and where a text is too short
    or too long. Sentences added at one place are all kept, in the order of the texts.
    """
    tokens = TOKEN.findall(base)
    words = [_normalize_token(token) for token in tokens]
    if len(base.split()) < MIN_WORDS:
        return None
    edits: list[_Edit] = []
    for text in texts:
        edits_of_text = _list_edits(words, TOKEN.findall(text))
        if edits_of_text is None:
            return None
        new_edits = [edit for edit in edits_of_text if edit not in edits]
        if any(_overlaps(edit, known, words) for edit in new_edits for known in edits):
            return None
        edits += new_edits
    return _join_tokens(_apply_edits(tokens, edits))


def _normalize_token(token: str) -> str:
    """Return the word of a token; breaks between lines are equal if they have equally many lines."""
    return token.strip() or "\n" * token.count("\n")


def _list_edits(words: list[str], changed_tokens: list[str]) -> list[_Edit] | None:
    """Return the edits that make the words of the base those of a text; None where a comparison would take long."""
    changed = [_normalize_token(token) for token in changed_tokens]
    first = _count_equal(words, changed)
    last = _count_equal(words[first:][::-1], changed[first:][::-1])
    before, after = words[first : len(words) - last], changed[first : len(changed) - last]
    counts = Counter(before)
    if sum(counts[word] for word in after) > MAX_COMPARISONS:
        return None
    return [
        _Edit(first + start, first + end, tuple(changed_tokens[first + new_start : first + new_end]))
        for operation, start, end, new_start, new_end in SequenceMatcher(None, before, after, False).get_opcodes()
        if operation != "equal"
    ]


def _count_equal(left: list[str], right: list[str]) -> int:
    """Return how many words are equal before the first that differs."""
    pairs = enumerate(zip(left, right, strict=False))
    return next((number for number, (word, other) in pairs if word != other), min(len(left), len(right)))


def _overlaps(left: _Edit, right: _Edit, words: list[str]) -> bool:
    """Return whether two edits change the same words, or words side by side."""
    first, second = sorted((left, right))
    if first.start == first.end == second.start == second.end:
        return not (first.start and (words[first.start - 1][0] == "\n" or SENTENCE_END.search(words[first.start - 1])))
    return second.start <= first.end


def _apply_edits(tokens: list[str], edits: list[_Edit]) -> Iterator[str]:
    position = 0
    for edit in sorted(edits, key=lambda item: (item.start, item.end)):
        yield from tokens[position : edit.start]
        yield from edit.tokens
        position = edit.end
    yield from tokens[position:]


def _join_tokens(tokens: Iterator[str]) -> str:
    """Return the text of tokens; a word that was the first of its text gets a blank before it."""
    text = ""
    for token in tokens:
        text += token if not text or text[-1].isspace() or token[0].isspace() else f" {token}"
    return text.strip()
