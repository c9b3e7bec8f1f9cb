"""Normalization of text for comparing: case, accents, apostrophes and punctuation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

_APOSTROPHES = re.compile("['`\u00b4\u2018\u2019\u201a\u201b\u02bc\u02b9\u2032\uff07]")
_SIGNS = re.compile(r"[\W_]+")
PLAIN_LETTERS = str.maketrans(
    {"ł": "l", "đ": "d", "ð": "d", "ø": "o", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)
"""Letters that do not decompose, with their usual plain spelling."""


@lru_cache(maxsize=20_000)
def normalize_text(text: str) -> str:
    """Return case-folded text without accents, apostrophes and punctuation: "Wedi'i gwblhau" gives "wedii gwblhau"."""
    if text.isascii():
        return _SIGNS.sub(" ", text.replace("'", "").replace("`", "").casefold()).strip()
    parts = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text).casefold()).translate(PLAIN_LETTERS)
    return _SIGNS.sub(" ", "".join(sign for sign in parts if not unicodedata.combining(sign))).strip()


def find_in_both_parts(words: str, meanings: Mapping[str, str]) -> str | None:
    """Return what both parts of a text mean, as in a heading with a line for each language; None where they differ."""
    parts = words.split(" ")
    for number in range(1, len(parts)):
        meaning = meanings.get(" ".join(parts[:number]))
        if meaning and meaning == meanings.get(" ".join(parts[number:])):
            return meaning
    return None


@lru_cache(maxsize=20_000)
def fold_text(text: str) -> str:
    """Return text without case, accents and outer space; its punctuation is kept."""
    if text.isascii():
        return text.strip().casefold()
    plain = unicodedata.normalize("NFKD", text.strip().casefold()).translate(PLAIN_LETTERS)
    return "".join(letter for letter in plain if not unicodedata.combining(letter))
