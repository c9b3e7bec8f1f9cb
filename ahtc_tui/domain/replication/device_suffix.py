"""Suffix of the references that a workspace opened from an office pack creates: "DP-46BKT" instead of "DP-46".

The office has no suffix. A pack carries the suffix of its maker and a pack code; opening it adds two random letters.
No pack code is a prefix of another, so suffixes from different packs differ.
"""

from __future__ import annotations

import secrets
from collections.abc import Container

PACK_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXY"
"""Without I and O, which look like digits; Z is the prefix of codes after the first round."""
RANDOM_LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
"""Consonants only, so that two letters do not form a word."""


def build_pack_suffix(own: str, number: int) -> str:
    """Suffix of a pack by its number from 0; `own` is the suffix of the workspace that makes it."""
    return f"{own}{'Z' * (number // len(PACK_LETTERS))}{PACK_LETTERS[number % len(PACK_LETTERS)]}"


def draw_suffix(pack_suffix: str, taken: Container[str] = ()) -> str:
    """Suffix for a workspace opened from a pack: the pack's suffix and two random letters, not in `taken`."""
    free = [
        letters
        for first in RANDOM_LETTERS
        for second in RANDOM_LETTERS
        if (letters := f"{pack_suffix}{first}{second}") not in taken
    ]
    return secrets.choice(free) if free else draw_suffix(pack_suffix + secrets.choice(RANDOM_LETTERS), taken)
