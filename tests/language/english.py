"""Constructions that the GOV.UK style guide or plain English avoids, and texts to look for them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tests.language.welsh_text import WELSH_DOCUMENTS, remove_code
from tests.shape.messages import read_catalogue
from tests.shape.tree import ROOT, format_path

WELSH_PAGES = {path.name for path in WELSH_DOCUMENTS}
DOCUMENTS = [
    *(ROOT / name for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "tests/README.md")),
    *(path for path in sorted((ROOT / "docs").rglob("*.md")) if path.name not in WELSH_PAGES),
]
MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"

AVOIDED: dict[str, str] = {
    # Words of translation, and pictures in place of the plain word.
    r"\bstands?\b": "is",
    r"\b(?:is|are) none\b": "is not a …",
    r"(?<!there )\b(?:is|was) no (?!longer|\w+ than)": "is not a …, except after there",
    r"\bof ours\b": "our",
    r"\bwho(?:m)?ever\b": "anyone who, the person who",
    r"\bwherever\b": "where",
    r"\bonce more\b": "again",
    r"\bsay of\b": "say about",
    r"\b(?:is|are|was|were) (?:taken away|let in|held of|minded)\b": "removed, added",
    r"\bparted by\b": "separated by",
    r"\bnobody known\b": "no holder",
    r"\bbesides?\b": "next to, also",
    r"\brests? on\b": "depends on",
    r"\blacks?\b": "has no",
    r"\bunasked\b": "automatically, without asking",
    r"\b(?:answers|goes) to \"": "matches",
    r"\b(?:knows|names|fits) no\b": "does not know, name, match",
    r"\bby other means\b": "another way",
    r"\bprevents that\b": "prevents … from",
    r"\breplaces? (?:[^ .;:,]+ ){1,4}by\b": "replace … with",
    r"\bnothing of\b": "nothing in, nothing from",
    r"\ball the same\b": "anyway",
    r"\bnot whole\b": "incomplete",
    r"\bworks on without\b": "continues to work",
    r"\bevery one of\b": "each of",
    # Words that GOV.UK avoids.
    r"\bplease note\b": "nothing",
    r"\bin order to\b": "to",
    r"\bshall\b": "must, will",
    r"\b(?:e\.g|i\.e)\.": "for example, that is",
    r"\betc\b": "the rest of the list",
    r"\b(?:upon|whilst|amongst|hereby|therein|thereof|hence)\b": "on, while, among",
    r"\b(?:utilise|commence|terminate|facilitate|leverage|robust)\w*": "use, start, end, help",
    r"\b(?:prior to|in excess of|with regard to|in respect of)\b": "before, more than, about",
    r"\bvia\b": "by, through",
    r"\b[eE]-mail": "email",
    r"\bmail drafts?\b": "draft email",
    r"\bpersons\b": "people",
    r"\bsimply\b|\bjust (?:type|press|run)\b": "nothing",
    # Times, dates and ranges.
    r"\b\d{1,2}(?:[:.]\d\d)? [ap]\.?m\b": "10am",
    r"\b\d{1,2}\.\d\d ?[ap]m\b": "10:30am",
    rf"\b\d{{1,2}}(?:st|nd|rd|th)? of {MONTH}\b": f"7 {MONTH}",
    rf"\b\d{{1,2}}(?:st|nd|rd|th) {MONTH}\b": "7 February 2014",
    rf"\b{MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:,|\b(?! \d))": "7 February 2014",
    rf"\b0\d {MONTH}\b": "7 February 2014",
    r"\b\d+ ?[-\N{EN DASH}] ?\d+ (?:days|weeks|months|years|people|minutes|actions)\b": "2 to 3 days",
    r"\b1 (?:questions|actions|records|meetings|members|seats|days|items)\b": "a singular after 1",
}
"""What is avoided, as a pattern, to what is written instead."""
PATTERNS = {
    re.compile(pattern, re.IGNORECASE if pattern.islower() else 0): instead for pattern, instead in AVOIDED.items()
}

FORMER = (
    "Actions: none",
    "Nothing was minuted",
    "State:",
    "Working copy after",
    "Adopted of said",
    "Why we sit there",
    "Stand on one of these first",
    "Would you tell us how each stands",
    "the cascade",
    "people who hold no public post",
)
"""Sentences of earlier versions that read as translated."""


def list_english_texts() -> Iterator[tuple[str, str]]:
    """Yield place and text of every message and of every line of the documents, without code."""
    for message in read_catalogue():
        for english in [message.id] if isinstance(message.id, str) else message.id:
            yield "message", remove_code(english)
    for path in DOCUMENTS:
        yield from list_lines(path)


def list_lines(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the lines of a document that are not in a block of code."""
    text = re.sub(
        r"```.*?```", lambda block: "\n" * block.group().count("\n"), path.read_text(encoding="utf-8"), flags=re.DOTALL
    )
    for number, line in enumerate(text.splitlines(), start=1):
        yield f"{format_path(path)}:{number}", remove_code(line)


def find_avoided(text: str) -> list[str]:
    """Return each avoided construction of a text, with what is written instead."""
    return [
        f"{match.group()}: write {instead}" for pattern, instead in PATTERNS.items() for match in pattern.finditer(text)
    ]
