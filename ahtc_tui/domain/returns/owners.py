"""Who is named in one cell: several owners, initials, or a word that only holds the place. Never who they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ahtc_tui.domain.text.normalization import normalize_text

_PLACEHOLDERS = frozenset(
    (
        "", "tbc", "tba", "tbd", "t b c", "t b a", "n a", "na", "none", "vacant", "unknown", "to be confirmed",
        "to be agreed", "to be decided", "to be advised", "to be allocated", "to be appointed", "unassigned",
        "not assigned", "not known", "not applicable", "no owner", "no lead", "lead tbc", "owner tbc", "post vacant",
        "vacant post", "xx", "xxx", "nobody", "not allocated", "unallocated", "nil", "blank",
        "iw gadarnhau", "i w gadarnhau", "iw gytuno", "iw benderfynu", "gwag", "swydd wag", "amh", "amherthnasol",
        "dim", "neb", "heb ei bennu", "heb ei benodi", "anhysbys", "ddim yn hysbys", "dd b", "igc",
    )
)  # fmt: skip
_SEPARATORS = (
    re.compile(r"\s*[;\n\r|•]\s*|\s+/\s*|\s*/\s+|\s+\+\s+"),
    re.compile(r"\s*[/&+]\s*"),
    re.compile(r"\s*,\s*(?:and\s+|ac?\s+|&\s*)?"),
    re.compile(r"\s+(?:and|ac|gyda|with)\s+|(?<=\w)\s+a\s+(?=[A-ZÂÊÎÔÛŴŶ])"),
)
"""What stands between two owners, from the surest sign to the word that may also be part of a name."""
MAX_LENGTH = 1_000
"""Letters above which a text is a report, and is not taken apart."""
_SPACES = re.compile(r"[^\S\r\n]+")
_ROLE = re.compile(r"^(?:lead|owner|arweinydd)\s*[:–-]\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Owners:
    """The names in the order of the cell; the first is the lead, the others support."""

    names: tuple[str, ...]
    placeholder: str | None = None
    """The word that only holds the place ("tbc"), where there is one: no contact."""


def split_owners(text: str, is_name: Callable[[str], bool] | None = None) -> Owners:
    """The owners that a cell names: `A / B`, `A & B`, `A, B and C`, `A; B`.

    `is_name` says whether words are the name of somebody known: such words are never taken apart ("Cardiff and Vale").
    """
    names: list[str] = []
    placeholder = None
    tidy = _SPACES.sub(" ", text.strip())
    if len(tidy) > MAX_LENGTH:
        return Owners((" ".join(tidy.split()),))
    for name in _split_parts(_ROLE.sub("", tidy), is_name or _is_never_name, 0):
        if normalize_text(name) in _PLACEHOLDERS:
            placeholder = placeholder or name.strip() or None
        elif name not in names:
            names.append(name)
    return Owners(tuple(names), placeholder)


def is_placeholder(text: str) -> bool:
    """The cell is filled, but names nobody: `tbc`, `TBA`, `n/a`, `vacant`."""
    return normalize_text(text) in _PLACEHOLDERS


def _split_parts(text: str, is_name: Callable[[str], bool], level: int) -> Iterator[str]:
    words = " ".join(text.split(" ")).strip(" \t,;.") if level else text.strip()
    if level == len(_SEPARATORS) or normalize_text(words) in _PLACEHOLDERS or is_name(" ".join(words.split())):
        yield " ".join(words.split())
        return
    for part in _split_outside_brackets(_SEPARATORS[level], words):
        if part.strip():
            yield from _split_parts(part, is_name, level + 1)


def _split_outside_brackets(separator: re.Pattern[str], text: str) -> list[str]:
    """Split, but not within brackets: "SPOC (North Wales / Dyfed-Powys)" is one."""
    parts, start = [], 0
    for match in separator.finditer(text):
        if text.count("(", 0, match.start()) == text.count(")", 0, match.start()):
            parts.append(text[start : match.start()])
            start = match.end()
    return [*parts, text[start:]]


def _is_never_name(_words: str) -> bool:
    return False
