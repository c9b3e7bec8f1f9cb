"""Likelihood that two organisations or two posts are duplicates, by the words of their names weighted by rarity."""

from __future__ import annotations

from math import log2

from ahtc_tui.domain.contacts.duplicates import ComparedContact, RegisterCounts, SlipCounter
from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.text.normalization import normalize_text
from ahtc_tui.domain.text.welsh_mutations import is_mutation, translate_word

STOP_WORDS = frozenset(
    (
        "the", "of", "and", "for", "a", "an", "in", "y", "yr", "o", "i", "ar", "ac", "ltd", "limited", "plc",
        "cic", "cyf",
    )
)  # fmt: skip
EVEN_ODDS_SHARE = 0.8
"""Share of equal words that gives a likelihood of one half."""


def split_organisation_name(name: str) -> tuple[str, ...]:
    """Return the significant words of an organisation's name, Welsh words translated to English."""
    words = tuple(translate_word(word) for word in normalize_text(name).split() if word not in STOP_WORDS)
    return words or tuple(normalize_text(name).split())


def score_organisations(
    left: ComparedContact, right: ComparedContact, counts: RegisterCounts, slips: SlipCounter
) -> tuple[float, list[str]]:
    """Return the likelihood of a duplicate from 0 to 0.99, and the reasons."""
    share = max(
        _score_names(left_name, right_name, counts, slips) for left_name in left.names for right_name in right.names
    )
    reasons = [_("same name") if share > 0.999 else _("names {n}% the same").format(n=round(share * 100))]
    if left.email and left.email == right.email:
        share += 0.15
        reasons.append(_("same email"))
    if left.phone and left.phone == right.phone:
        share += 0.15
        reasons.append(_("same telephone"))
    if left.kind is PartyKind.POST and left.organisation and right.organisation:
        is_same = left.organisation == right.organisation
        share *= 1.0 if is_same else 0.7
        reasons.append(_("same organisation") if is_same else _("another organisation"))
    return max(0.0, min(0.99, 0.5 + (share - EVEN_ODDS_SHARE) * (2.45 if share > EVEN_ODDS_SHARE else 1.0))), reasons


def _score_names(
    left_name: tuple[str, ...], right_name: tuple[str, ...], counts: RegisterCounts, slips: SlipCounter
) -> float:
    """Return the weighted share of equal words of two names."""
    unmatched, shared = list(right_name), 0.0
    for word in left_name:
        best = max(unmatched, key=lambda candidate: _score_words(word, candidate, counts, slips), default="")
        similarity = _score_words(word, best, counts, slips) if best else 0.0
        if similarity:
            unmatched.remove(best)
            shared += similarity * (_weigh_word(word, counts) + _weigh_word(best, counts))
    return shared / sum(_weigh_word(word, counts) for word in (*left_name, *right_name))


def _score_words(left_word: str, right_word: str, counts: RegisterCounts, slips: SlipCounter) -> float:
    if left_word == right_word:
        return 1.0
    if min(counts.words[left_word], counts.words[right_word]) > 1:
        return 0.0
    if is_mutation(left_word, right_word):
        return 0.95
    return 0.9 if min(len(left_word), len(right_word)) >= 5 and slips(left_word, right_word) == 1 else 0.0


def _weigh_word(word: str, counts: RegisterCounts) -> float:
    return 0.5 + log2((counts.size + 1) / max(1, counts.words[word]))
