"""Matches a filter of words with texts that are not in the database, such as the rows of an import."""

from __future__ import annotations

from collections.abc import Callable

from ahtc_tui.domain.filters.grammar import read_filter
from ahtc_tui.domain.filters.model import FilterNoun, Term
from ahtc_tui.domain.text.normalization import normalize_text


def build_text_test(words: str) -> Callable[[str], bool]:
    """Return a test of whether a text matches words; case, accents and punctuation do not count.

    Every text matches no words. Raises BadInput for words that are no filter.
    """
    alternatives = read_filter(words, FilterNoun.RECORDS).alternatives

    def matches(text: str) -> bool:
        normalized = normalize_text(text)
        return not alternatives or any(all(_matches(term, normalized) for term in terms) for terms in alternatives)

    return matches


def _matches(term: Term, normalized: str) -> bool:
    return (normalize_text(term.value) in normalized) is not term.negated
