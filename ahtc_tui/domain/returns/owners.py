"""Splits a cell into the names of owners, and recognises placeholders such as "tbc"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from ahtc_tui.domain.returns.heading_vocabulary import CELLS, WORDS
from ahtc_tui.domain.text.normalization import normalize_text

_PLACEHOLDERS = CELLS["nobody"] | {""}
_SEPARATORS = (
    re.compile(r"\s*[;\n\r|•]\s*|\s+/\s*|\s*/\s+|\s+\+\s+"),
    re.compile(r"\s+[/&+]\s*|\s*[/&+]\s+|(?<=\w\w)[/&+](?=\w\w)"),
    re.compile(r"\s*,\s*(?:and\s+|ac?\s+|&\s*)?"),
    re.compile(r"\s+(?:and|ac|gyda|with)\s+|(?<=\w)\s+a\s+(?=[A-ZÂÊÎÔÛŴŶ])"),
)
"""Separators of owners, from the most certain to words that may be part of a name."""
_FIRST_WORD_LEVEL = 2
"""Index of the first separator that sentences have as well: commas and words."""
_MAX_PERSON_WORDS, _MAX_NAME_WORDS = 3, 6
MAX_LENGTH = 1_000
"""Number of letters above which a text is a report and is not split."""
_SPACES = re.compile(r"[^\S\r\n]+")
_ROLE = re.compile(r"^(?:lead|owner|arweinydd)\s*[:–-]\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Owners:
    """The names in the order of the cell: the lead, then supporters."""

    names: tuple[str, ...]
    placeholder: str | None = None
    """The first placeholder in the cell ("tbc"), if any."""


class OwnerKind(StrEnum):
    """What an unknown owner may be."""

    PERSON = "person"
    ORGANISATION = "organisation"
    POST = "post"
    NOBODY = "nobody"


def guess_owner_kind(name: str) -> OwnerKind:
    """Return what an unknown owner is likeliest: by words of posts and bodies, by capital letters and by its length.

    One word that says nothing else is the name of a body, not of a person.
    """
    words = name.split()
    known = {part for word in words for part in normalize_text(word).split()}
    if len(words) > _MAX_NAME_WORDS or known & WORDS["nobody"]:
        return OwnerKind.NOBODY
    if any(map(str.isdigit, name)):
        return OwnerKind.POST
    for kind in (OwnerKind.POST, OwnerKind.ORGANISATION):
        if known & WORDS[kind]:
            return kind
    if len(words) == 1 or any((word.isupper() and len(word) > 1) or word.endswith(("'s", "’s")) for word in words):
        return OwnerKind.ORGANISATION
    is_name = len(words) <= _MAX_PERSON_WORDS and words[0][:1].isupper() and words[-1][:1].isupper()
    return OwnerKind.PERSON if is_name else OwnerKind.POST


def split_owners(text: str, is_name: Callable[[str], bool] = lambda _words: False) -> Owners:
    """Return the owners that a cell names: `A / B`, `A & B`, `A, B and C`, `A; B`.

    A text for which `is_name` is true is not split ("Cardiff and Vale").
    """
    names: list[str] = []
    placeholder = None
    tidy = _SPACES.sub(" ", text.strip())
    if len(tidy) > MAX_LENGTH:
        return Owners((" ".join(tidy.split()),))
    for name in _split_parts(_ROLE.sub("", tidy), is_name, 0):
        if normalize_text(name) in _PLACEHOLDERS:
            placeholder = placeholder or name.strip() or None
        elif name not in names:
            names.append(name)
    return Owners(tuple(names), placeholder)


def is_placeholder(text: str) -> bool:
    """Return whether a text is a placeholder: `tbc`, `TBA`, `n/a`, `vacant`."""
    return normalize_text(text) in _PLACEHOLDERS


def _split_parts(text: str, is_name: Callable[[str], bool], level: int) -> Iterator[str]:
    words = " ".join(text.split(" ")).strip(" \t,;.") if level else text.strip()
    if level == len(_SEPARATORS) or normalize_text(words) in _PLACEHOLDERS or is_name(" ".join(words.split())):
        yield " ".join(words.split())
        return
    parts = _split_outside_brackets(_SEPARATORS[level], words)
    if level >= _FIRST_WORD_LEVEL and any(_is_prose(part, is_name) for part in parts):
        yield " ".join(words.split())
        return
    for part in parts:
        if part.strip():
            yield from _split_parts(part, is_name, level + 1)


def _is_prose(part: str, is_name: Callable[[str], bool]) -> bool:
    """Return whether a part of a cell is a part of a sentence: it is long, or begins with several small words."""
    words = part.split()
    if len(words) <= 2 or is_name(" ".join(words)):
        return False
    return len(words) > _MAX_NAME_WORDS or all(word[:1].islower() for word in words[:3])


def _split_outside_brackets(separator: re.Pattern[str], text: str) -> list[str]:
    """Split a text at separators outside brackets: "SPOC (North Wales / Dyfed-Powys)" is one part."""
    parts, start = [], 0
    for match in separator.finditer(text):
        if text.count("(", 0, match.start()) == text.count(")", 0, match.start()):
            parts.append(text[start : match.start()])
            start = match.end()
    return [*parts, text[start:]]
