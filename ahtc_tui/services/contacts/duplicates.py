"""Contacts that may be in the register twice: suggested with the reasons, and never merged by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import combinations, permutations
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.contacts.duplicate_mailboxes import with_mailbox
from ahtc_tui.domain.contacts.duplicate_organisations import body_words, weigh_bodies
from ahtc_tui.domain.contacts.duplicate_people import FAMILIES, weigh_people
from ahtc_tui.domain.contacts.duplicates import (
    THRESHOLD,
    Crowd,
    Pair,
    Person,
    Slips,
    crowd_of,
    digits_of,
    is_mobile,
    likelihood,
    name_words,
)
from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.text.normalization import folded
from ahtc_tui.domain.text.welsh_mutations import radicals
from ahtc_tui.store.contacts import duplicates as stored
from ahtc_tui.store.contacts.party_lookup import find_exactly
from ahtc_tui.store.contacts.queries import KINDS

if TYPE_CHECKING:
    from ahtc_tui.services.workspace import Workspace

CROWDED = 120
"""Records that share a beginning and no more: so many say nothing, and would cost most of the time."""


CLEARLY = 8.0
"""By how much one of two likely doubles is likelier than the other, so that the other is only a namesake."""


def find_duplicates(workspace: Workspace, threshold: float = THRESHOLD, kind: PartyKind | None = None) -> list[Pair]:
    """The pairs that may be one contact, likeliest first, but for those that somebody said are none."""
    with workspace.database.read() as cursor:
        everybody, out = stored.everybody(cursor), stored.ruled_out(cursor)
    found: list[Pair] = []
    for each in (PartyKind.PERSON, PartyKind.ORGANISATION, PartyKind.POST):
        if kind in (None, each):
            people = [_compared(*line) for line in everybody if line[2] is each]
            found += _pairs(people, out.keys(), threshold)
    return sorted(found, key=lambda pair: (-pair.score, pair.a_name, pair.b_name, pair.a_ref))


def not_a_duplicate(workspace: Workspace, a: str, b: str) -> tuple[str, str]:
    """Remember that two contacts are not the same; returns their references. Raises NotFound, BadInput, Refused."""
    with workspace.database.write("contacts duplicates --not") as ledger:
        one, other = (find_exactly(ledger.cursor, words, KINDS) for words in (a, b))
        if one.key == other.key:
            raise BadInput(_("{a} and {b} are the same record.").format(a=a, b=b))
        if frozenset((one.key, other.key)) in stored.ruled_out(ledger.cursor):
            raise Refused(_("That is known already: {a} and {b} are two.").format(a=one.ref, b=other.ref))
        ledger.label = f"contacts duplicates --not {one.ref} {other.ref}"
        ledger.add("not_duplicates", {"one": one.key, "other": other.key})
        return one.ref, other.ref


def _compared(
    key: bytes,
    ref: str,
    kind: PartyKind,
    name: str,
    others: list[str],
    email: str | None,
    phone: str | None,
    organisation: bytes | None,
    body: str | None,
    role: str | None,
) -> Person:
    words = name_words if kind is PartyKind.PERSON else body_words
    names = tuple(dict.fromkeys(found for each in (name, *others) if (found := words(each)))) or ((ref,),)
    address, digits = (email or "").strip().lower(), digits_of(phone or "")
    return Person(
        key,
        ref,
        kind,
        name,
        names,
        address,
        digits,
        organisation,
        body or "",
        folded(role or ""),
        is_mobile(phone or ""),
    )


def _pairs(people: list[Person], out: Iterable[frozenset[bytes]], threshold: float) -> list[Pair]:
    from rapidfuzz.distance import OSA

    people = [_with_mailbox(one, OSA.distance) for one in people]
    crowd, ruled_out = crowd_of(people), set(out)
    found: dict[frozenset[bytes], Pair] = {}
    for one, other in _candidates(people):
        both = frozenset((one.key, other.key))
        if both in ruled_out:
            continue
        score, reasons = _weighed(one, other, crowd, OSA.distance)
        if score >= threshold:
            found[both] = Pair(one.ref, one.name, other.ref, other.name, one.kind, round(score, 3), tuple(reasons))
    return [pair for both, pair in found.items() if not _namesake(both, pair, found)]


def _with_mailbox(one: Person, slips: Slips) -> Person:
    if one.kind is not PartyKind.PERSON or not one.email:
        return one
    return replace(one, names=with_mailbox(one.names, one.email, slips))


def _namesake(both: frozenset[bytes], pair: Pair, found: Mapping[frozenset[bytes], Pair]) -> bool:
    """Whether one of the two has a likelier double who is not like the other: then the other only has the name."""
    least = CLEARLY * _odds(pair.score)
    return any(
        _odds(better.score) > least and rival != both and (rival - {one} | {other}) not in found
        for one, other in permutations(both, 2)
        for rival, better in found.items()
        if one in rival
    )


def _odds(score: float) -> float:
    return score / max(1 - score, 1e-4)


def _weighed(one: Person, other: Person, crowd: Crowd, slips: Slips) -> tuple[float, list[str]]:
    if one.kind is not PartyKind.PERSON:
        return weigh_bodies(one, other, crowd, slips)
    evidence = weigh_people(one, other, crowd, slips)
    return likelihood(evidence.bits + crowd.prior), evidence.reasons


def _candidates(people: list[Person]) -> Iterator[tuple[Person, Person]]:
    """The pairs that share something by which duplicates are alike: nobody else is compared."""
    blocks: dict[Any, list[int]] = {}
    for place, one in enumerate(people):
        for block in set(_blocks(one)):
            blocks.setdefault(block, []).append(place)
    seen: set[tuple[int, int]] = set()
    for places in blocks.values():
        if len(places) <= CROWDED:
            seen.update(combinations(places, 2))
    return ((people[one], people[other]) for one, other in sorted(seen))


def _blocks(one: Person) -> Iterator[Any]:
    if one.email:
        yield "email", one.email
        yield "local", one.email.partition("@")[0]
    if one.phone:
        yield "phone", one.phone
    for words in one.names:
        if one.kind is PartyKind.PERSON:
            yield from (("colleague", word, one.organisation) for word in words if one.organisation)
            for last in {words[-1], *words[-1].split("-")} - {""}:
                yield from _of_name(words[0], last)
                if len(words) > 1:
                    yield from _of_name(last, words[0])
        else:
            yield from (("word", form[:4]) for word in words for form in radicals(word))


def _of_name(first: str, last: str) -> Iterator[Any]:
    """A surname may be written otherwise at its beginning, its end or between; first names may be shortened."""
    initials = {first[0], *(f"family {n}" for n in FAMILIES.get(first, ()))}
    for form in radicals(last):
        for initial in initials:
            yield "begin", form[:3], initial
            yield "bones", _bones(form), initial
    for initial in initials:
        yield "end", last[-4:], initial
    yield "first", first, last[0]
    yield "sorted", "".join(sorted(last)), first[0]
    yield "whole", last, first[:2]


def _bones(word: str) -> str:
    """The consonants of a word, doubled ones once."""
    kept = [letter for n, letter in enumerate(word) if letter not in "aeiouwyh" and word[n - 1 : n] != letter]
    return "".join(kept)[:5]
