"""The family name of a person: its last word, with the particles before it ("Rhys ap Gwilym", "Anna van der Berg")."""

from __future__ import annotations

PATRONYMICS = frozenset(("ap", "ab", "ferch", "verch"))
"""Welsh particles (son of, daughter of), which begin the family name in any position."""
PREFIXES = frozenset(("mc", "mac", "o", "fitz"))
"""Beginnings of family names that are also written as separate words."""
PARTICLES = PATRONYMICS | PREFIXES | frozenset(("van", "von", "der", "den", "de", "del", "della", "du", "dos", "st"))
"""Words that belong to the family name that follows them."""
SMALL_PARTICLES = frozenset(("da", "di", "do", "la", "le", "los", "ter", "ten", "zu", "al", "el", "bin", "bint", "ibn"))
"""Particles only without a capital letter: with one they are given names as well."""


def is_particle(word: str) -> bool:
    """Return whether a word before a family name belongs to it: "ap", "Van", "Mc"."""
    bare = word.strip(".'\u2019")
    return bare.casefold() in PARTICLES or bare in SMALL_PARTICLES


def split_personal_name(name: str) -> tuple[str, str]:
    """Given names and family name: the last word with the particles before it; of one word all is family name.

    A particle at the beginning is a given name: "Van Morrison".
    """
    words = name.split()
    start = max(len(words) - 1, 0)
    while start > 1 and is_particle(words[start - 1]):
        start -= 1
    patronymic = next((place for place in range(1, start) if words[place].casefold() in PATRONYMICS), start)
    return " ".join(words[:patronymic]), " ".join(words[patronymic:])
