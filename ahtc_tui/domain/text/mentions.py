"""Names after @ in a typed line: "share the pack @jeff" or, where a name has several words, "@spoc gwent"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

Party = TypeVar("Party")

_NAME = r"[\w'’.-]*\w"
MENTION = re.compile(rf"(?:^|(?<=\s))@({_NAME})")
_NEXT_WORD = re.compile(rf"\s+({_NAME})")
MAX_WORDS = 8
"""Limit of words in a name."""


@dataclass(frozen=True, slots=True)
class Mention(Generic[Party]):
    """A name after @ and its place in the text."""

    start: int
    end: int
    name: str
    """The words without @."""
    party: Party | None
    """None where the name matches no party."""


def find_mentions(
    text: str, find_exactly: Callable[[str], Party | None], find_by_word: Callable[[str], Party | None]
) -> list[Mention[Party]]:
    """Return the names after @ in a text, in order.

    Several words are a name where they are exactly the name of a party, the longest one first. Otherwise one word is
    the name, which may be the beginning of a longer one.
    """
    mentions: list[Mention[Party]] = []
    for match in MENTION.finditer(text):
        if not mentions or match.start() >= mentions[-1].end:
            mentions.append(_find_longest(text, match, find_exactly) or _build_mention(match, find_by_word(match[1])))
    return mentions


def _build_mention(match: re.Match[str], party: Party | None) -> Mention[Party]:
    return Mention(match.start(), match.end(), match[1], party)


def _find_longest(
    text: str, first: re.Match[str], find_exactly: Callable[[str], Party | None]
) -> Mention[Party] | None:
    ends = [first.end()]
    while len(ends) < MAX_WORDS and (match := _NEXT_WORD.match(text, ends[-1])):
        ends.append(match.end())
    for end in reversed(ends):
        name = " ".join(text[first.start(1) : end].split())
        if party := find_exactly(name):
            return Mention(first.start(), end, name, party)
    return None


def replace_mentions(text: str, mentions: Iterable[Mention[Party]], format_party: Callable[[Party], str]) -> str:
    """Return the text with each name that matches a party replaced."""
    parts, end = [], 0
    for mention in mentions:
        parts += [text[end : mention.start]]
        parts += [text[mention.start : mention.end] if mention.party is None else format_party(mention.party)]
        end = mention.end
    return "".join((*parts, text[end:]))
