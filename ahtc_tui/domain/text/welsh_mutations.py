"""Welsh initial mutations of names (Caerdydd, Gaerdydd, Nghaerdydd) and Welsh words in names of bodies."""

from __future__ import annotations

import re
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
"""Mutated beginning to possible radicals: the soft, nasal and aspirate mutations reversed."""
SOFTENED_LETTERS = (("l", "ll"), ("r", "rh"))
SHORTEST_WORD = 4
"""Shortest word that is treated as a mutation of another."""
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
"""Welsh words in names of public bodies with their English equivalents."""

VERB_NOUNS = frozenset((
    "arwain", "bod", "cadw", "cael", "cefnogi", "chwilio", "cwrdd", "cyfarfod", "cyfrif", "cymryd", "cynnal", "cynnig",
    "darllen", "dechrau", "dod", "dwyn", "dweud", "dychwelyd", "gadael", "galw", "gofyn", "gwneud", "gwylio",
    "meithrin", "mynd", "ymdrin", "ymddwyn", "ymweld", "amddiffyn", "anfon", "ateb", "atgoffa", "agor", "cyrraedd",
    "gwella", "lleihau", "ystyried",
))  # fmt: skip
"""Verb-nouns without one of the usual endings."""
REGULAR_VERB_NOUN = re.compile(r"(\w*[^\Waeouwyâêîôûŵŷ])[oui](['’]r)?(?: |$)")
"""A verb-noun whose stem takes the endings of the past without a change: "sefydl-u", "lansi-o", "penod-i"."""
NOUNS = frozenset(("bro", "llu", "polisi", "teulu", "tro"))
"""Nouns with the ending of a verb-noun."""


@lru_cache(maxsize=20_000)
def find_radicals(word: str) -> frozenset[str]:
    """Return the possible radicals of a normalized word, including the word."""
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
    """Return whether two different normalized words may be mutations of one word."""
    return left != right and (
        right in find_radicals(left) or left in find_radicals(right) or _has_common_radical(left, right)
    )


def _has_common_radical(left: str, right: str) -> bool:
    """Return whether two words are mutations of one radical: Gaerdydd and Nghaerdydd."""
    return (
        bool((find_radicals(left) - {left}) & (find_radicals(right) - {right}))
        and min(len(left), len(right)) > SHORTEST_WORD
    )


@lru_cache(maxsize=20_000)
def translate_word(word: str) -> str:
    """Return the English word for a Welsh word in names of bodies, mutated forms included; else the word."""
    return next((ENGLISH_WORDS[radical] for radical in sorted(find_radicals(word)) if radical in ENGLISH_WORDS), word)


def format_headline(headline: str) -> str | None:
    """Return a Welsh headline as a sentence in the past; None where its verb-noun is not regular.

    "Cyflwyno'r Mecanwaith" becomes "Cyflwynwyd y Mecanwaith", and "ACPO yn lansio Operation Eagle" "Lansiodd ACPO
    Operation Eagle".
    """
    subject, yn, work = headline.partition(" yn ")
    if not yn:
        subject, work = "", headline
    match = REGULAR_VERB_NOUN.match(work[:1].lower() + work[1:])
    if not match or not begins_with_verb_noun(work):
        return None
    stem, article, rest = match[1], match[2], work[match.end() :]
    verb = f"{stem}{'odd' if subject else 'wyd'}"
    thing = f"{'yr' if rest[:1].lower() in VOWELS else 'y'} {rest}" if article else rest
    return f"{verb[:1].upper()}{verb[1:]} {f'{subject} ' if subject else ''}{thing}"


def begins_with_verb_noun(title: str) -> bool:
    """Return whether a Welsh title begins with a verb-noun, by its ending: "Sefydlu fforwm"."""
    first = re.split("[ '’,]", title.casefold(), maxsplit=1)[0]
    return first in VERB_NOUNS or (first not in NOUNS and re.fullmatch(r"\w+(?:u|i|o)", first) is not None)
