"""Welsh names in sentences: the mutation and the article that the word before them asks for.

A Welsh message names the word before a name: `{body:gan}` prints "gan Gyngor Gwynedd", `{place:yn}` "yng Nghymru" and
`{body:i}` "i'r Swyddfa Gartref". Only a `WelshName` is mutated: names of people and names without a Welsh form stay as
they are. The rules are the rules of formal written Welsh.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from contextvars import ContextVar
from string import Formatter
from typing import Any

from ahtc_tui.domain.context_value import hold_value

SOFT = {"p": "b", "t": "d", "c": "g", "b": "f", "d": "dd", "g": "", "m": "f", "ll": "l", "rh": "r"}
NASAL = {"p": "mh", "t": "nh", "c": "ngh", "b": "m", "d": "n", "g": "ng"}
ASPIRATE = {"p": "ph", "t": "th", "c": "ch"}
MUTATIONS: dict[str, Mapping[str, str]] = {
    "yn": NASAL,
    **dict.fromkeys(("am", "ar", "at", "dan", "dros", "drwy", "gan", "heb", "i", "o", "wrth", "neu"), SOFT),
    **dict.fromkeys(("a", "â", "gyda"), ASPIRATE),
}
"""Mutation of a name by the word before it."""
ARTICLES = frozenset(("Y", "Yr", "y", "yr"))
JOINS_ARTICLE = frozenset(("a", "â", "drwy", "gyda", "i", "neu", "o"))
"""Words that the article is joined to: "i'r Swyddfa Gartref", but "gan y Swyddfa Gartref"."""
UNSOFTENED = ("grŵp", "gôl", "gêm")
"""Loanwords that keep their g after words that soften: "o Grŵp Arwain"."""
BEFORE_VOWEL = {"a": "ac", "â": "ag", "gyda": "gydag"}
DIGRAPHS = ("ch", "dd", "ff", "ng", "ll", "ph", "rh", "th")
VOWELS = frozenset("aeiouwyâêîôûŵŷàèìòùẁỳäëïöüẅÿáéíóúẃý")
FORM = re.compile(r"\{\w+:(?:" + "|".join(MUTATIONS) + r")\}")
_known: ContextVar[frozenset[str]] = ContextVar("known_names", default=frozenset())


class WelshName(str):
    """The Welsh name of a record, which mutates in a sentence."""

    __slots__ = ()


class WelshSentence(str):
    """A Welsh message in which names are placed after words that mutate them."""

    __slots__ = ()

    def format(self, *args: object, **values: object) -> str:
        """Return the sentence with the values in the forms that it asks for."""
        return _SentenceFormatter().vformat(self, args, values)


class _SentenceFormatter(Formatter):
    def format_field(self, value: Any, format_spec: str) -> str:
        """Return a value after its preposition; any other format is handled by Python."""
        if format_spec not in MUTATIONS:
            return format(value, format_spec)
        return place_after(format_spec, value if isinstance(value, str) else str(value))


def read_message(text: str) -> str:
    """Return a translated message, as a `WelshSentence` where it places a name after a word that mutates it."""
    return WelshSentence(text) if ":" in text and FORM.search(text) else text


def known_names(names: Iterable[str]) -> AbstractContextManager[None]:
    """Treat these texts as Welsh names inside the block, wherever they were read."""
    return hold_value(_known, frozenset(names))


def is_welsh(name: str) -> bool:
    """Return whether a text is a Welsh name, or a list that begins with one."""
    return isinstance(name, WelshName) or name in _known.get()


def mark_name(name: str) -> str:
    """Return a text as a `WelshName` where it is one, for use outside the block of `known_names`."""
    return WelshName(name) if is_welsh(name) else name


def place_after(word: str, name: str) -> str:
    """Return a name after a word: "yng Nghaerdydd", "o Lywodraeth Cymru", "a'r Swyddfa Gartref", "ac Ynys Môn"."""
    article, _space, rest = name.partition(" ")
    if article in ARTICLES and rest:
        return f"{word}'r {rest}" if word in JOINS_ARTICLE else f"{word} {article.lower()} {rest}"
    mutated = mutate(name, MUTATIONS[word]) if is_welsh(name) else str(name)
    if word == "yn":
        return f"{_assimilate(mutated)} {mutated}"
    return f"{BEFORE_VOWEL[word] if word in BEFORE_VOWEL and begins_with_vowel(mutated) else word} {mutated}"


def add_welsh_article(phrase: str) -> str:
    """Return a plural phrase with its article, in small letters; a name at its end makes it definite already.

    "Ardaloedd fforwm" becomes "yr ardaloedd fforwm", and "Heddluoedd Cymru" "heddluoedd Cymru".
    """
    first, _space, rest = phrase.partition(" ")
    named = f"{first.lower()} {rest}".rstrip()
    if rest[:1].isupper() or rest.startswith(("y ", "yr ")) or first.endswith(("'r", "’r")):
        return named
    return f"{'yr' if begins_with_vowel(named) or named.startswith('h') else 'y'} {named}"


def mutate(name: str, mutation: Mapping[str, str]) -> str:
    """Return a name with its first consonant mutated; capitals stay capitals: "Gwent" becomes "Went"."""
    first = name[:2].lower() if name[:2].lower() in DIGRAPHS else name[:1].lower()
    if first not in mutation or (mutation is SOFT and name.casefold().startswith(UNSOFTENED)):
        return name
    mutated = mutation[first] + name[len(first) :]
    return mutated[:1].upper() + mutated[1:] if name[:1].isupper() else mutated


def list_forms(name: str) -> frozenset[str]:
    """Return the forms that a sentence may give a name: without its article, else mutated."""
    article, _space, rest = name.partition(" ")
    if article in ARTICLES and rest:
        return frozenset((rest,))
    return frozenset((name, *(mutate(name, mutation) for mutation in (SOFT, NASAL, ASPIRATE))))


def begins_with_vowel(text: str) -> bool:
    """Return whether a text begins with the sound of a vowel: "Wrecsam" and "Wales" do not, "Ynys Môn" does."""
    start = text.lstrip("‘“'\"")[:2].casefold()
    is_consonant = start[:1] == "w" and start[1:] in VOWELS | {"l", "r"}
    return start[:1] in VOWELS and not is_consonant


def _assimilate(name: str) -> str:
    """Return "yn" as it is before a name: "ym Mhowys", "yng Nghymru", "yn Abertawe"."""
    start = name[:2].casefold()
    if start == "ng":
        return "yng"
    return "ym" if start[:1] == "m" else "yn"
