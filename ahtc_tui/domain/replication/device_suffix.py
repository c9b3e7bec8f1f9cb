"""The letters that a desk away from the office puts behind the references it mints: "DP-46" is "DP-46BKT" there.

The office has none. A pack hands on the letters of its maker and one code more, and whoever opens it adds two by lot.
No code is the beginning of another, so letters that come from different packs are never the same.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Container

PACK_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXY"
"""Without I and O, which read as figures behind a number; Z goes before the code of a further round."""
RANDOM_LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
"""Consonants alone: two of them make no word."""
SUFFIX_PATTERN = re.compile(r"[A-Z]+")


def build_pack_suffix(own: str, number: int) -> str:
    """The letters that the pack of this number carries, counted from 0; `own` are those of the desk that makes it."""
    return f"{own}{'Z' * (number // len(PACK_LETTERS))}{PACK_LETTERS[number % len(PACK_LETTERS)]}"


def draw_suffix(pack_suffix: str, taken: Container[str] = ()) -> str:
    """The letters of a desk that opens a pack: those of the pack and two by lot, none of those that are `gone`."""
    free = [
        letters
        for first in RANDOM_LETTERS
        for second in RANDOM_LETTERS
        if (letters := f"{pack_suffix}{first}{second}") not in taken
    ]
    return secrets.choice(free) if free else draw_suffix(pack_suffix + secrets.choice(RANDOM_LETTERS), taken)
