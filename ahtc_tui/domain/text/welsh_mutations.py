"""Names as Welsh changes their first letter: Caerdydd, Gaerdydd and Nghaerdydd are one. Never whole sentences."""

from __future__ import annotations

from functools import lru_cache

RADICALS = (
    ("ngh", ("c",)),
    ("mh", ("p",)),
    ("nh", ("t",)),
    ("ng", ("g",)),
    ("ph", ("p",)),
    ("th", ("t",)),
    ("ch", ("c",)),
    ("dd", ("d",)),
    ("b", ("p",)),
    ("d", ("t",)),
    ("g", ("c",)),
    ("f", ("b", "m")),
    ("m", ("b",)),
    ("n", ("d",)),
)
"""The beginning of a changed word to what it may have been; the soft, nasal and aspirate mutations read backwards."""
SOFTENED_LETTERS = (("l", "ll"), ("r", "rh"))
SHORTEST_WORD = 4
"""Letters below which two words that differ in the first are simply two words."""
VOWELS = "aeiouwy"

ENGLISH_WORDS = {
    "heddlu": "police", "cyngor": "council", "sir": "county", "dinas": "city", "prifysgol": "university",
    "iechyd": "health", "bwrdd": "board", "gwasanaeth": "service", "gwasanaethau": "services", "cymru": "wales",
    "de": "south", "gogledd": "north", "gorllewin": "west", "dwyrain": "east", "llywodraeth": "government",
    "caerdydd": "cardiff", "abertawe": "swansea", "casnewydd": "newport", "wrecsam": "wrexham", "cymorth": "aid",
    "menywod": "women", "tan": "fire", "cynulliad": "assembly", "comisiynydd": "commissioner", "dyfed": "dyfed",
    "lleol": "local", "swyddfa": "office", "gartref": "home", "ymddiriedolaeth": "trust", "morgannwg": "glamorgan",
    "bro": "vale", "mon": "anglesey", "penfro": "pembrokeshire", "fflint": "flintshire",
}  # fmt: skip
"""Welsh words in the names of public bodies, as their English names have them."""


@lru_cache(maxsize=20_000)
def find_radicals(word: str) -> frozenset[str]:
    """What a folded word may have been before its first letter changed; itself among them."""
    candidates = {word}
    if len(word) >= SHORTEST_WORD:
        for start, before in RADICALS:
            if word.startswith(start):
                candidates |= {first + word[len(start) :] for first in before}
        candidates |= {
            long + word[1:] for short, long in SOFTENED_LETTERS if word[0] == short and not word.startswith(long)
        }
        if word[0] in "aeiouwylr":
            candidates.add(f"g{word}")
        if word[0] == "h" and word[1] in VOWELS:
            candidates.add(word[1:])
    return frozenset(candidates)


def is_mutation(left: str, right: str) -> bool:
    """Whether two different folded words may be one with its first letter changed."""
    return left != right and (
        right in find_radicals(left) or left in find_radicals(right) or _has_common_radical(left, right)
    )


def _has_common_radical(left: str, right: str) -> bool:
    """Two changed forms of one word: Gaerdydd and Nghaerdydd."""
    return (
        bool((find_radicals(left) - {left}) & (find_radicals(right) - {right}))
        and min(len(left), len(right)) > SHORTEST_WORD
    )


@lru_cache(maxsize=20_000)
def translate_word(word: str) -> str:
    """The English word for a Welsh one in the names of bodies, changed first letters included; else the word."""
    return next((ENGLISH_WORDS[radical] for radical in sorted(find_radicals(word)) if radical in ENGLISH_WORDS), word)
