"""References as people type them, and rows of totals."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import lru_cache

from ahtc_tui.domain.imports.sheets import CellValue
from ahtc_tui.domain.returns.heading_vocabulary import CELLS
from ahtc_tui.domain.text.normalization import normalize_text

_PIECES = re.compile(r"[^\W\d_]+|[0-9]+")
_REFERENCE_LABEL = re.compile(
    r"^\s*(?:ref(?:erence)?|action|cyf|no|cam|item)\.?\s*[:#.]?\s+(?=[^\n]*[0-9])", re.IGNORECASE
)
_PLAIN = re.compile(r"([A-Za-z]+)-?0*([1-9][0-9]*)")
"""A reference as the register writes it, which has no label."""
_SIMPLE = re.compile(r"([A-Z]{1,6}) ([0-9]{1,6})(?: ([A-Z]{1,9}))?")
_FIGURE = re.compile(r"[\s0-9.,%£()+-]+")
MAX_PIECES = 5
"""Number of words and numbers of the longest reference."""


@lru_cache(maxsize=4096, typed=True)
def normalize_reference(value: CellValue) -> str | None:
    """Return the common form of all spellings of a reference: "DP 25" for "dp 25", "DP–025" and "DP25", or None."""
    if value is None or isinstance(value, bool):
        return None
    if isinstance(value, str) and (match := _PLAIN.fullmatch(value)):
        return f"{match[1].upper()} {match[2]}"
    text = f"{value:.0f}" if isinstance(value, float) and value.is_integer() else str(value)
    pieces = _PIECES.findall(_REFERENCE_LABEL.sub("", text).upper())
    return " ".join(piece.lstrip("0") or "0" if piece.isdigit() else piece for piece in pieces) or None


def list_spellings(value: CellValue) -> tuple[str, ...]:
    """Return the usual spellings of a reference, the most likely first: "DP-07" and "DP-7" for "dp 7"."""
    match = _SIMPLE.fullmatch(normalize_reference(value) or "")
    if not match:
        return ()
    letters, number, suffix = match[1], match[2], match[3] or ""
    return tuple(dict.fromkeys(f"{letters}-{number:0>{width}}{suffix}" for width in (2, 1, 3)))


def find_known_references(value: CellValue, known_keys: Collection[str]) -> list[str]:
    """Return the known references in a cell with several or with other text: "DP-10 / 39", "DP-22 (CPS)".

    `known_keys` are normalized references; a bare number has the prefix of the reference before it.
    """
    pieces = (normalize_reference(value) or "").split() if known_keys else []
    keys: list[str] = []
    index = 0
    while index < len(pieces):
        prefix = _find_prefix(keys[-1]) if keys and pieces[index].isdigit() else []
        for length in range(min(MAX_PIECES, len(pieces) - index), 0, -1):
            key = " ".join((*prefix, *pieces[index : index + length]))
            if key in known_keys and (prefix or not key.isdigit()):
                keys.append(key)
                index += length - 1
                break
        index += 1
    return list(dict.fromkeys(keys))


def _find_prefix(key: str) -> list[str]:
    """Return the part of a reference before its number; a suffix of device letters may follow the number."""
    pieces = key.split()
    return pieces[: -1 if pieces[-1].isdigit() else -2]


def is_total_row(values: Iterable[CellValue]) -> bool:
    """Return whether a row is one of totals: one cell names them, and the others hold figures only."""
    label: str | None = None
    for value in values:
        if isinstance(value, str) and value and (value[0].isalpha() or not _FIGURE.fullmatch(value)):
            if label is not None:
                return False
            label = value
    return label is not None and normalize_text(label.rstrip(" :0123456789")) in CELLS["total"]
