"""Folding of typed dates: case, commas, midnight, and phrases with the same meaning."""

from __future__ import annotations

import re

from ahtc_tui.domain.dates import names

_AT_THE_LATEST = re.compile(r" (?:at the latest|fan bellaf|ar y diweddaraf)$")
_TWICE = re.compile(r"([a-z]{3,})/([a-z]{3,})")
_MIDNIGHT = re.compile(r"[ t]00:00(?::00)?$")
_WITHOUT_COUNT = re.compile(r"\b(ymhen|o fewn|mewn) (?=(?:diwrnod|wythnos|mis|blwyddyn)\b)")


def fold_words(words: str) -> str:
    """Case-fold; drop commas, full stops after letters, and a time of midnight, which spreadsheets add to a date."""
    text = re.sub(r"(?<=[a-z])['’]r\b", " y", words.casefold().replace(",", " "))
    text = _TWICE.sub(_merge_bilingual_month, re.sub(r"(?<=[a-z])\.", " ", text))
    text = _AT_THE_LATEST.sub("", _MIDNIGHT.sub("", " ".join(text.split())))
    for phrase, meaning in names.SAME_MEANING.items():
        text = text.replace(phrase, meaning)
    return _WITHOUT_COUNT.sub(r"\1 un ", re.sub(r"\bnesa\b", "nesaf", text))


def _merge_bilingual_month(match: re.Match[str]) -> str:
    """Reduce one month in two languages, "rhagfyr/december", to one name; leave other text unchanged."""
    first, second = (names.find_month_number(name) for name in match.groups())
    return match[1] if first is not None and first == second else match[0]
