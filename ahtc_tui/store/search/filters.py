"""Translates parsed filters to SQL: words by the full-text index, other terms by the translators of a noun."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from ahtc_tui.domain.filters.model import Filter, FilterNoun, Term, TermKind
from ahtc_tui.store.search.entries import DOCUMENTS, KIND_SLOTS
from ahtc_tui.store.search.index import build_match_query

Translator = Callable[[Term, str], tuple[str, Any]]
"""Returns the condition of a term and the value of its parameter, whose name is given."""
Condition = tuple[str, dict[str, Any]]
"""SQL with its parameters."""


def build_condition(
    parsed: Filter, kinds: tuple[str, ...], key: str, translators: Mapping[TermKind, Translator] | None = None
) -> Condition:
    """Return the condition that a record of the kinds, with this key column, matches a filter; "1" for every record.

    Raises BadInput for the name of a record that does not exist.
    """
    parameters: dict[str, Any] = {}
    alternatives = []
    for terms in parsed.alternatives:
        words, others = split_words(terms)
        tests = [_build_words_test(words, kinds, key, parameters)] if words else []
        tests += [_build_test(term, kinds, key, translators or {}, parameters) for term in others]
        alternatives.append(" AND ".join(tests))
    return (f"({' OR '.join(alternatives)})" if alternatives else "1"), parameters


def split_words(terms: tuple[Term, ...]) -> tuple[tuple[str, ...], tuple[Term, ...]]:
    """Split the words that a record must contain from the other terms."""
    words = tuple(term.value for term in terms if term.kind is TermKind.WORDS and not term.negated)
    return words, tuple(term for term in terms if term.kind is not TermKind.WORDS or term.negated)


def build_word_query(words: tuple[str, ...]) -> str | None:
    """Return the FTS5 query for words and phrases, the last one as a prefix."""
    return build_match_query(*(f'"{word}"' if " " in word else word for word in words))


def _build_test(
    term: Term,
    kinds: tuple[str, ...],
    key: str,
    translators: Mapping[TermKind, Translator],
    parameters: dict[str, Any],
) -> str:
    if term.kind is TermKind.WORDS:
        test = _build_words_test((term.value,), kinds, key, parameters)
    else:
        name = f"filter_{len(parameters)}"
        test, parameters[name] = translators[term.kind](term, name)
    return f"({test}) IS NOT TRUE" if term.negated else f"({test})"


def _build_words_test(words: tuple[str, ...], kinds: tuple[str, ...], key: str, parameters: dict[str, Any]) -> str:
    name = f"filter_{len(parameters)}"
    parameters[name] = build_word_query(words)
    hits = " UNION ALL ".join(
        f"SELECT r.id FROM search s JOIN {DOCUMENTS[kind].table} r ON r.n = s.rowid / {KIND_SLOTS}"
        f" WHERE s.search MATCH :{name} AND s.rowid % {KIND_SLOTS} = {DOCUMENTS[kind].code}"
        for kind in kinds
    )
    return f"{key} IN ({hits})"


def read_condition(
    text: str,
    kinds: tuple[str, ...],
    key: str,
    noun: FilterNoun = FilterNoun.RECORDS,
    translators: Mapping[TermKind, Translator] | None = None,
    today: date = date.min,
) -> Condition:
    """Parse a filter and return its condition as `build_condition`; dates without a year are those around `today`.

    Raises BadInput for what is not understood.
    """
    from ahtc_tui.domain.filters.grammar import read_filter

    return build_condition(read_filter(text, noun, today), kinds, key, translators)
