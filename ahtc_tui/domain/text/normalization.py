"""Words made comparable: however a person writes capitals, accents, apostrophes and signs, the same words stay."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_APOSTROPHES = re.compile("['`\u00b4\u2018\u2019\u201a\u201b\u02bc\u02b9\u2032\uff07]")
_SIGNS = re.compile(r"[\W_]+")
PLAIN_LETTERS = str.maketrans(
    {"ł": "l", "đ": "d", "ð": "d", "ø": "o", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)
"""Small letters that no mark can be taken from: people without their keyboard write these."""


@lru_cache(maxsize=20_000)
def normalize_text(text: str) -> str:
    """Small letters without accents, apostrophes or signs: "Wedi'i gwblhau" is "wedii gwblhau"."""
    if text.isascii():
        return _SIGNS.sub(" ", text.replace("'", "").replace("`", "").casefold()).strip()
    parts = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text).casefold()).translate(PLAIN_LETTERS)
    return _SIGNS.sub(" ", "".join(sign for sign in parts if not unicodedata.combining(sign))).strip()
