"""How the English of messages and guide is worded: rates per 1,000 words, and messages that only a colon joins.

    python -m tests.shape.wording

prints them. The highest rates in the messages of psql and of GTK are given beside them where they were counted.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from tests.shape.guide_pages import ENGLISH_PAGES
from tests.shape.messages import read_catalogue

NOT_PROSE = re.compile(r"^```.*?^```$|`[^`]+`|<kbd>.*?</kbd>|\]\([^)]*\)|^\|[^\n]*$", re.MULTILINE | re.DOTALL)
PLACEHOLDER = re.compile(r"(?<=\{)\w+(?=\})")
"""The name in the braces of a message, no word of it: `{who}` is not a clause."""
ONLY_COLON = re.compile(r"[^:]+: [^.]*\.?")
KEY = r"(?:[b-zB-HJ-Z]|f\d+|ctrl\+\w+|enter|esc|tab|space)"
KEY_AS_SUBJECT = re.compile(rf"(?:^|[.:;,] |\band )`?{KEY}`? [a-z]+s\b")
"""A key and a verb after it: "i issues one", "enter opens it". A and I are words as well."""


@dataclass(frozen=True)
class Pattern:
    """Words to count. `peers` is the highest rate of psql and GTK per 1,000 words; None where it was not counted."""

    name: str
    words: re.Pattern[str]
    peers: float | None = None


PATTERNS = (
    Pattern("write, for save", re.compile(r"\b(?:writes?|writing|written|wrote)\b", re.I), 1.5),
    Pattern("its", re.compile(r"\bits\b", re.I), 1.1),
    Pattern("that, which, who", re.compile(r"\b(?:that|which|who)\b", re.I), 2.7),
    Pattern("of", re.compile(r"\bof\b", re.I), 27),
    Pattern("texts", re.compile(r"\btexts\b", re.I)),
    Pattern("desk", re.compile(r"\bdesk\b", re.I)),
    Pattern("verb", re.compile(r"\bverbs?\b", re.I)),
    Pattern("chain", re.compile(r"\bchains?\b", re.I)),
    Pattern("cover", re.compile(r"\bcovers?\b", re.I)),
)
GIVEN_UP = ("desk", "verb", "chain", "cover", "texts")
"""Words for which the glossary has another one, under "One word for each thing"."""


def read_texts() -> dict[str, list[str]]:
    """Return the English messages, and the prose of each page of the guide."""
    messages = [PLACEHOLDER.sub("", text) for entry in read_catalogue() if entry.id for text in _list_forms(entry.id)]
    pages = [NOT_PROSE.sub(" ", page.read_text(encoding="utf-8")) for page in ENGLISH_PAGES]
    return {"messages": messages, "guide": pages}


def _list_forms(ids: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (ids,) if isinstance(ids, str) else tuple(ids)


def count_rate(pattern: Pattern, texts: list[str]) -> float:
    """Return how often the words occur in 1,000 words of the texts."""
    words = sum(len(re.findall(r"[A-Za-z']+", text)) for text in texts)
    return 1_000 * sum(len(pattern.words.findall(text)) for text in texts) / words


def count_joined_by_colon(messages: list[str]) -> float:
    """Return the share of the messages with nothing but a colon between their parts."""
    return sum(bool(ONLY_COLON.fullmatch(text)) for text in messages) / len(messages)


def describe_wording() -> Iterator[str]:
    """Yield the rates of both kinds of text, a line each."""
    for kind, texts in read_texts().items():
        yield f"{kind}, rates per 1,000 words"
        for pattern in PATTERNS:
            peers = f"  (peers at most {pattern.peers})" if pattern.peers is not None else ""
            yield f"  {pattern.name:20} {count_rate(pattern, texts):6.2f}{peers}"
    messages = read_texts()["messages"]
    yield f"messages joined only by a colon: {100 * count_joined_by_colon(messages):.1f} %  (psql 9)"
    yield f"messages with a key as subject: {sum(bool(KEY_AS_SUBJECT.search(text)) for text in messages)}"


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in describe_wording())
