"""Headings that are composed of known words: "Delivery Plan action", "BRAG Q3 2013/14".

A heading is recognised only if the vocabulary has all of its words; its head word determines the field.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ahtc_tui.domain.dates.names import find_month_number
from ahtc_tui.domain.returns.heading_vocabulary import HEADS, PHRASES, WEAK_HEADS, WORDS

MAX_WORDS = 9
_PERIOD = re.compile(r"(?:q|qtr|ch)[1-4]|(?:19|20)\d\d")
_NUMBER = re.compile(r"\d{1,2}(?:st|nd|rd|th|af|ydd|ed|eg|fed|ain)?")
_COUNT = re.compile(r"\b(?:number|no|nifer) (?:of|o)\b")

_ADDRESSEES = PHRASES["addressee"]
_PERIOD_WORDS, _CONNECTING_WORDS = WORDS["period"], WORDS["connecting"]
_FIELD_OF_HEAD = {word: field for field, words in HEADS.items() for word in words}
_FIELD_OF_WEAK_HEAD = {word: field for field, words in WEAK_HEADS.items() for word in words}
_ORDER = tuple(HEADS)
_VOCABULARY = frozenset(_FIELD_OF_HEAD).union(
    *(WORDS[name] for name in ("period", "connecting", "other", "revised", "original", "completed"))
)


def strip_period(heading: str) -> str:
    """Return a normalized heading without its period: "status" for "status q3 2013 14"."""
    words = heading.split()
    period_words = _find_period_words(words) if len(words) <= MAX_WORDS else None
    if not period_words:
        return heading
    kept = [word for word in words if word not in period_words]
    while kept and (kept[-1] in _CONNECTING_WORDS or kept[-1] in _PERIOD_WORDS):
        kept.pop()
    while kept and (kept[0] in _PERIOD_WORDS or kept[0] in ("for", "at", "in")):
        kept.pop(0)
    return " ".join(kept)


def resolve_composed_heading(heading: str) -> str | None:
    """Return the field of a normalized heading by its head word; None where a word is not in the vocabulary."""
    words = heading.split()
    heads = {_FIELD_OF_HEAD[word] for word in words if word in _FIELD_OF_HEAD}
    if (
        not heads
        or is_addressee_heading(heading)
        or len(words) > MAX_WORDS
        or _COUNT.search(heading)
        or not set(words) <= _VOCABULARY | _find_period_words(words)
    ):
        return None
    field = next(name for name in _ORDER if name in heads)
    if heads - {"title"} == {"lead", "support"}:
        field = next(head_field for word in words if (head_field := _FIELD_OF_HEAD.get(word)) and head_field != "title")
    if {"date", "dyddiad"} & set(words) and "due" not in heads:
        return "update_on" if field in ("update", "status") else None
    return _classify_due(set(words)) if field == "due" else field


def list_suggested_fields(heading: str) -> list[str]:
    """Return the fields that the known words of a normalized heading suggest, the likeliest first.

    Other words are passed over, so that the values of the column must decide: "Action needed from them".
    """
    words = heading.split()
    if is_origin_heading(heading) or is_addressee_heading(heading):
        return []
    if WORDS["percent"] & set(words) and any(word.startswith(tuple(WORDS["progress_stems"])) for word in words):
        return ["percent"]
    heads = {_FIELD_OF_HEAD.get(word) or _FIELD_OF_WEAK_HEAD.get(word, "") for word in words}
    if WORDS["circumstance"] & set(words):
        heads.discard("title")
    fields = [field for field in _ORDER if field in heads]
    return [_classify_due(set(words)) if field == "due" else field for field in fields]


def is_origin_heading(heading: str) -> bool:
    """Return whether a normalized heading is about the origin of an action or its approval: "Raised on"."""
    return bool(set(heading.split()) & WORDS["origin"])


def is_addressee_heading(heading: str) -> bool:
    """Return whether a normalized heading is about the people to inform: "Who to"."""
    return heading in _ADDRESSEES


def is_suggestion_only(heading: str) -> bool:
    """Return whether only weak words of a normalized heading suggest its field: "Scheduled date"."""
    return not any(word in _FIELD_OF_HEAD for word in heading.split())


def _classify_due(words: set[str]) -> str:
    if words & WORDS["completed"] and not words & {"will", "be", "to"}:
        return "closed_on"
    if words & WORDS["original"]:
        return "original_due"
    return "proposed_due" if words & WORDS["revised"] else "due"


def _find_period_words(words: list[str]) -> set[str]:
    """Return the words of a period; numbers are included only together with a month, a year or a period word."""
    certain = {word for word in words if _PERIOD.fullmatch(word) or (word.isalpha() and _is_month(word))}
    numbers = [word for word in words if _NUMBER.fullmatch(word)]
    return certain | set(numbers) if certain or _PERIOD_WORDS & set(words) or len(numbers) > 2 else set()


@lru_cache(maxsize=5_000)
def _is_month(word: str) -> bool:
    return len(word) > 2 and word not in _VOCABULARY and find_month_number(word) is not None
