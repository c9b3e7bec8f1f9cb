"""Whether two organisations, or two posts, may be one: by the words of their names, the rare ones first."""

from __future__ import annotations

from math import log2

from ahtc_tui.domain.contacts.duplicates import Crowd, Person, Slips
from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.text.normalization import folded
from ahtc_tui.domain.text.welsh_mutations import mutated, translated

STOP = frozenset(
    (
        "the", "of", "and", "for", "a", "an", "in", "y", "yr", "o", "i", "ar", "ac", "ltd", "limited", "plc",
        "cic", "cyf",
    )
)  # fmt: skip
ENOUGH = 0.8
"""How much of two names must be the same; it becomes a likelihood of a half."""


def body_words(name: str) -> tuple[str, ...]:
    """The words of the name of a body that say which it is, in English where they are Welsh."""
    words = tuple(translated(word) for word in folded(name).split() if word not in STOP)
    return words or tuple(folded(name).split())


def weigh_bodies(one: Person, other: Person, crowd: Crowd, slips: Slips) -> tuple[float, list[str]]:
    """A likelihood, and the reasons."""
    alike = max(_alike(mine, theirs, crowd, slips) for mine in one.names for theirs in other.names)
    reasons = [_("same name") if alike > 0.999 else _("names {n} % the same").format(n=round(alike * 100))]
    if one.email and one.email == other.email:
        alike += 0.15
        reasons.append(_("same e-mail"))
    if one.phone and one.phone == other.phone:
        alike += 0.15
        reasons.append(_("same telephone"))
    if one.kind is PartyKind.POST and one.organisation and other.organisation:
        same = one.organisation == other.organisation
        alike *= 1.0 if same else 0.7
        reasons.append(_("same organisation") if same else _("another organisation"))
    return max(0.0, min(0.99, 0.5 + (alike - ENOUGH) * (2.45 if alike > ENOUGH else 1.0))), reasons


def _alike(mine: tuple[str, ...], theirs: tuple[str, ...], crowd: Crowd, slips: Slips) -> float:
    """The share of two names that is the same, each word by how rare it is."""
    rest, shared = list(theirs), 0.0
    for word in mine:
        best = max(rest, key=lambda each: _same(word, each, crowd, slips), default="")
        how = _same(word, best, crowd, slips) if best else 0.0
        if how:
            rest.remove(best)
            shared += how * (_weight(word, crowd) + _weight(best, crowd))
    return shared / sum(_weight(word, crowd) for word in (*mine, *theirs))


def _same(mine: str, theirs: str, crowd: Crowd, slips: Slips) -> float:
    if mine == theirs:
        return 1.0
    if min(crowd.words[mine], crowd.words[theirs]) > 1:
        return 0.0
    if mutated(mine, theirs):
        return 0.95
    return 0.9 if min(len(mine), len(theirs)) >= 5 and slips(mine, theirs) == 1 else 0.0


def _weight(word: str, crowd: Crowd) -> float:
    return 0.5 + log2((crowd.size + 1) / max(1, crowd.words[word]))
