"""References as people type them, and rows that are no action. Never looks anything up."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable

from ahtc_tui.domain.imports.sheets import Value
from ahtc_tui.domain.text.normalization import folded

_PIECES = re.compile(r"[^\W\d_]+|[0-9]+")
_BEFORE = re.compile(r"^\s*(?:ref(?:erence)?|action|cyf|no|cam|item)\.?\s*[:#.]?\s+(?=[^\n]*[0-9])", re.IGNORECASE)
_SIMPLE = re.compile(r"([A-Z]{1,6}) ([0-9]{1,6})(?: ([A-Z]{1,9}))?")
_TOTALS = frozenset(
    (
        "total", "totals", "grand total", "sub total", "subtotal", "count", "sum", "overall total", "total actions",
        "no of actions", "number of actions", "total number of actions", "total number", "average", "total open",
        "total closed", "cyfanswm", "cyfansymiau", "is gyfanswm", "cyfrif", "cyfanswm y camau", "nifer",
        "nifer y camau", "cyfanswm camau gweithredu",
    )
)  # fmt: skip


def ref_key(value: Value) -> str | None:
    """What two spellings of one reference share: "dp 25", "DP–025" and "DP25" give "DP 25". None where there is none.

    Index the references of the register by it, and look the typed one up.
    """
    if value is None or isinstance(value, bool):
        return None
    text = f"{value:.0f}" if isinstance(value, float) and value.is_integer() else str(value)
    pieces = _PIECES.findall(_BEFORE.sub("", text).upper())
    return " ".join(piece.lstrip("0") or "0" if piece.isdigit() else piece for piece in pieces) or None


def ref_of(value: Value) -> tuple[str, ...]:
    """The usual spellings of a plain reference, the likeliest first: "dp 7" gives "DP-07" and "DP-7". () for others."""
    found = _SIMPLE.fullmatch(ref_key(value) or "")
    if not found:
        return ()
    letters, number, suffix = found[1], found[2], found[3] or ""
    return tuple(dict.fromkeys(f"{letters}-{number:0>{width}}{suffix}" for width in (2, 1, 3)))


def refs_among(value: Value, known: Container[str]) -> list[str]:
    """The known references in a cell that holds more than one, or more than that: "DP-10 / 39", "DP-22 (CPS)".

    `known` are keys as `ref_key` gives them; a number alone stands for the reference before it with that number.
    """
    pieces = (ref_key(value) or "").split()
    found: list[str] = []
    at = 0
    while at < len(pieces):
        before = _before_the_number(found[-1]) if found and pieces[at].isdigit() else []
        for length in (5, 4, 3, 2, 1):
            key = " ".join((*before, *pieces[at : at + length]))
            if at + length <= len(pieces) and key in known and (before or not key.isdigit()):
                found.append(key)
                at += length - 1
                break
        at += 1
    return list(dict.fromkeys(found))


def _before_the_number(key: str) -> list[str]:
    """What stands in a reference before its number, behind which a desk away from the office puts its letters."""
    pieces = key.split()
    return pieces[: -1 if pieces[-1].isdigit() else -2]


def is_total_row(values: Iterable[Value]) -> bool:
    """A row of totals: one cell says so, and the others hold figures only."""
    said: str | None = None
    for value in values:
        if isinstance(value, str) and value and (value[0].isalpha() or not _FIGURE.fullmatch(value)):
            if said is not None:
                return False
            said = value
    return said is not None and folded(said.rstrip(" :0123456789")) in _TOTALS


_FIGURE = re.compile(r"[\s0-9.,%£()+-]+")
