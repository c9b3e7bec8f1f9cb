"""Matches a filter of words with a text that is not in the database, such as a row of an import."""

from __future__ import annotations

from ahtc_tui.domain.filters.model import Filter, Term
from ahtc_tui.domain.text.normalization import normalize_text


def matches_text(parsed: Filter, text: str) -> bool:
    """Return whether a text matches a filter that has only words; case, accents and punctuation do not count."""
    normalized = normalize_text(text)
    alternatives = parsed.alternatives
    return not alternatives or any(all(_matches(term, normalized) for term in terms) for terms in alternatives)


def _matches(term: Term, normalized: str) -> bool:
    return (normalize_text(term.value) in normalized) is not term.negated
