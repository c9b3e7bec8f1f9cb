"""Alphabetical order of names and titles: the Welsh alphabet where the interface or the file is Welsh.

Welsh has the letters ch, dd, ff, ng, ll, ph, rh and th: Rhondda is after Rumney, and ng is after g. The rules are those
of CLDR for Welsh (`common/collation/cy.xml`: each of these letters follows its first letter, ng follows g) on the order
of the root locale (`common/uca/allkeys_CLDR.txt`): punctuation, digits, letters; then accents; then case. Like ICU it
cannot know that the ng of Bangor is n and g.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from ahtc_tui.domain.i18n import Language, get_current_language
from ahtc_tui.domain.text.normalization import PLAIN_LETTERS

ALPHABET = (
    *("a", "b", "c", "ch", "d", "dd", "e", "f", "ff", "g", "ng", "h", "i", "j", "k", "l", "ll", "m", "n", "o"),
    *("p", "ph", "q", "r", "rh", "s", "t", "th", "u", "v", "w", "x", "y", "z"),
)
"""Letters in the order of the Welsh alphabet, with the letters of other languages."""
_PUNCTUATION = " _-–—,;:!?.…·'‘’\"“”«»()[]{}§@*/\\&#%•`´^¨°©+<=>|~$£€"
_MARKS = "\u0301\u0300\u0306\u0302\u030c\u030a\u0308\u030b\u0303\u0307\u0338\u0327\u0328\u0304"
"""Accents in the order of the root locale, from the acute to the macron."""
_ELEMENT = re.compile("|".join(
    [spelling for letter in ALPHABET if len(letter) == 2 for spelling in (letter, letter.capitalize(), letter.upper())]
    + ["."]
), re.DOTALL)  # fmt: skip
"""One letter of the Welsh alphabet; "cH" is two."""
_FIRST, _COMMON = 3, "\u0002"
_RANKS = {sign: chr(_FIRST + rank) for rank, sign in enumerate([*_PUNCTUATION, *"0123456789", *ALPHABET])}
_MARK_RANKS = {mark: chr(_FIRST + rank) for rank, mark in enumerate(_MARKS)}
_PLAIN = {
    **PLAIN_LETTERS,
    **{ord(chr(code).upper()): str(plain).capitalize() for code, plain in PLAIN_LETTERS.items()},
    ord("ß"): "ss",
}
_LEVEL_END = "\u0001"
_NUMBER = re.compile("([0-9]+)")


def build_sort_key(text: str, english_key: Callable[[str], str] = str) -> str:
    """Return the key by which a name or title is sorted in the language of the interface or file.

    Bilingual files have Welsh first and its order. `english_key` is the key of the English order.
    """
    if get_current_language() is Language.EN:
        return english_key(text)
    return build_welsh_key(text)


def build_natural_key(text: str) -> tuple[object, ...]:
    """Return the key of a text in which numbers are sorted by their value: item 9 is before item 10."""
    parts = _NUMBER.split(text)
    return tuple(int(part) if index % 2 else build_sort_key(part, str.casefold) for index, part in enumerate(parts))


@lru_cache(maxsize=20_000)
def build_welsh_key(text: str) -> str:
    """Return a text whose order by code points is the Welsh order: letters, then accents, then case, then the text."""
    letters, accents, cases = [], [], []
    for element in _ELEMENT.findall(unicodedata.normalize("NFD", text).translate(_PLAIN)):
        if unicodedata.combining(element[0]):
            accents.append(_MARK_RANKS.get(element, element))
            continue
        letters.append(_RANKS.get(element.lower(), element))
        accents.append(_COMMON)
        cases.append("1" if element[0].isupper() else "0")
        if len(element) == 2 and element.isupper():
            cases[-1] = "2"
    levels = ("".join(letters), "".join(accents).rstrip(_COMMON), "".join(cases), text)
    return _LEVEL_END.join(levels)
