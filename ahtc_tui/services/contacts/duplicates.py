"""Suggests contacts that may be registered twice, with reasons. Never merges."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import combinations, permutations
from typing import Any

from ahtc_tui.domain.contacts.duplicate_organisations import score_organisations, split_organisation_name
from ahtc_tui.domain.contacts.duplicate_people import NAME_FAMILIES, score_people
from ahtc_tui.domain.contacts.duplicates import (
    THRESHOLD,
    ComparedContact,
    DuplicatePair,
    RegisterCounts,
    SlipCounter,
    add_mailbox_names,
    compute_likelihood,
    count_register,
    is_mobile,
    list_person_names,
    normalize_phone,
)
from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.text.normalization import normalize_text
from ahtc_tui.domain.text.welsh_mutations import find_radicals
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.contacts import merge_records as stored
from ahtc_tui.store.contacts.merge_records import StoredContact
from ahtc_tui.store.contacts.party_lookup import find_party_exactly
from ahtc_tui.store.contacts.queries import KINDS

MAX_BLOCK_SIZE = 120
"""Larger blocks are skipped: they carry little evidence and would cost most of the time."""

CLEAR_ODDS_RATIO = 8.0
"""Ratio of odds from which the weaker of two candidates counts as a namesake only."""


def find_duplicates(
    workspace: Workspace, threshold: float = THRESHOLD, kind: PartyKind | None = None
) -> list[DuplicatePair]:
    """Return pairs that may be one contact, likeliest first, without pairs marked as distinct."""
    with workspace.database.read() as cursor:
        parties, excluded = stored.read_contacts(cursor), stored.read_not_duplicates(cursor)
    pairs: list[DuplicatePair] = []
    for party_kind in (PartyKind.PERSON, PartyKind.ORGANISATION, PartyKind.POST):
        if kind in (None, party_kind):
            people = [_build_person(contact) for contact in parties if contact.kind is party_kind]
            pairs += _find_pairs(people, excluded.keys(), threshold)
    return sorted(pairs, key=lambda pair: (-pair.score, pair.a_name, pair.b_name, pair.a_ref))


def mark_distinct(workspace: Workspace, a: str, b: str) -> tuple[str, str]:
    """Record that two contacts are different, and return their references.

    Raises NotFound, BadInput for the same record, Refused where it is recorded already.
    """
    with workspace.database.write("contacts duplicates --not") as ledger:
        left, right = (find_party_exactly(ledger.cursor, words, KINDS) for words in (a, b))
        if left.key == right.key:
            raise BadInput(_("{a} and {b} are the same record.").format(a=a, b=b))
        if frozenset((left.key, right.key)) in stored.read_not_duplicates(ledger.cursor):
            raise Refused(_("{a} and {b} are marked as different already.").format(a=left.ref, b=right.ref))
        ledger.label = f"contacts duplicates --not {left.ref} {right.ref}"
        ledger.add("not_duplicates", {"one": left.key, "other": right.key})
        return left.ref, right.ref


def _build_person(contact: StoredContact) -> ComparedContact:
    tokens = (
        words
        for name in (contact.name, *contact.aliases)
        for words in (list_person_names(name) if contact.kind is PartyKind.PERSON else (split_organisation_name(name),))
    )
    names = tuple(dict.fromkeys(filter(None, tokens))) or ((contact.ref,),)
    return ComparedContact(
        contact.key,
        contact.ref,
        contact.kind,
        contact.name,
        names,
        (contact.email or "").strip().lower(),
        normalize_phone(contact.phone or ""),
        contact.organisation,
        normalize_text(contact.role or ""),
        is_mobile(contact.phone or ""),
        frozenset(value.lower() for value in contact.other_points if "@" in value),
        frozenset(filter(None, map(normalize_phone, (value for value in contact.other_points if "@" not in value)))),
    )


def _find_pairs(
    people: list[ComparedContact], excluded: Iterable[frozenset[RowKey]], threshold: float
) -> list[DuplicatePair]:
    from rapidfuzz.distance import OSA

    people = [_add_mailbox_names(person, OSA.distance) for person in people]
    crowd, ruled_out = count_register(people), set(excluded)
    pairs: dict[frozenset[RowKey], DuplicatePair] = {}
    for left, right in _find_candidates(people):
        keys = frozenset((left.key, right.key))
        if keys in ruled_out:
            continue
        score, reasons = _score_pair(left, right, crowd, OSA.distance)
        if score >= threshold:
            names = (left.ref, left.name, right.ref, right.name)
            pairs[keys] = DuplicatePair(*names, left.kind, round(score, 3), tuple(reasons))
    return [pair for keys, pair in pairs.items() if not _is_namesake(keys, pair, pairs)]


def _add_mailbox_names(person: ComparedContact, slips: SlipCounter) -> ComparedContact:
    if person.kind is not PartyKind.PERSON or not person.email:
        return person
    return replace(person, names=add_mailbox_names(person.names, person.email, slips))


def _is_namesake(
    keys: frozenset[RowKey], pair: DuplicatePair, pairs: Mapping[frozenset[RowKey], DuplicatePair]
) -> bool:
    """Return whether one of the two has a much likelier duplicate that does not resemble the other."""
    least = CLEAR_ODDS_RATIO * _compute_odds(pair.score)
    return any(
        _compute_odds(better.score) > least and rival != keys and (rival - {left} | {right}) not in pairs
        for left, right in permutations(keys, 2)
        for rival, better in pairs.items()
        if left in rival
    )


def _compute_odds(score: float) -> float:
    return score / max(1 - score, 1e-4)


def _score_pair(
    left: ComparedContact, right: ComparedContact, crowd: RegisterCounts, slips: SlipCounter
) -> tuple[float, list[str]]:
    left, right = _align_points(left, right)
    if left.kind is not PartyKind.PERSON:
        return score_organisations(left, right, crowd, slips)
    evidence = score_people(left, right, crowd, slips)
    return compute_likelihood(evidence.bits + crowd.prior_bits), evidence.reasons


def _align_points(left: ComparedContact, right: ComparedContact) -> tuple[ComparedContact, ComparedContact]:
    """Return two contacts that are compared by an address and a number that both have, if they share one."""
    emails = ({left.email} | left.other_emails) & ({right.email} | right.other_emails) - {""}
    phones = ({left.phone} | left.other_phones) & ({right.phone} | right.other_phones) - {""}
    email, phone = min(emails, default=""), min(phones, default="")
    if left.email != right.email and email:
        left, right = replace(left, email=email), replace(right, email=email)
    if left.phone != right.phone and phone:
        left, right = replace(left, phone=phone), replace(right, phone=phone)
    return left, right


def _find_candidates(people: list[ComparedContact]) -> Iterator[tuple[ComparedContact, ComparedContact]]:
    """Return the pairs that share a blocking key; no others are compared."""
    blocks: dict[Any, list[int]] = {}
    for index, person in enumerate(people):
        for block in set(_build_block_keys(person)):
            blocks.setdefault(block, []).append(index)
    index_pairs: set[tuple[int, int]] = set()
    for indexes in blocks.values():
        if len(indexes) <= MAX_BLOCK_SIZE:
            index_pairs.update(combinations(indexes, 2))
    return ((people[first], people[second]) for first, second in sorted(index_pairs))


def _build_block_keys(person: ComparedContact) -> Iterator[Any]:
    if person.email:
        yield "email", person.email
        yield "local", person.email.partition("@")[0]
    if person.phone:
        yield "phone", person.phone
    yield from (("email", email) for email in person.other_emails)
    yield from (("phone", phone) for phone in person.other_phones)
    for words in person.names:
        if person.kind is PartyKind.PERSON:
            yield from (("colleague", word, person.organisation) for word in words if person.organisation)
            for last in {words[-1], *words[-1].split("-")} - {""}:
                yield from _build_name_keys(words[0], last)
                if len(words) > 1:
                    yield from _build_name_keys(last, words[0])
        else:
            yield from (("word", form[:4]) for word in words for form in find_radicals(word))


def _build_name_keys(first: str, last: str) -> Iterator[Any]:
    """Return the blocking keys of a name that tolerate spelling variants of the surname and short first names."""
    initials = {first[0], *(f"family {n}" for n in NAME_FAMILIES.get(first, ()))}
    for form in find_radicals(last):
        for initial in initials:
            yield "begin", form[:3], initial
            yield "bones", _extract_consonants(form), initial
    for initial in initials:
        yield "end", last[-4:], initial
    yield "first", first, last[0]
    yield "sorted", "".join(sorted(last)), first[0]
    yield "whole", last, first[:2]


def _extract_consonants(word: str) -> str:
    """Return the first five consonants of a word, doubled ones once."""
    kept = [letter for n, letter in enumerate(word) if letter not in "aeiouwyh" and word[n - 1 : n] != letter]
    return "".join(kept)[:5]
