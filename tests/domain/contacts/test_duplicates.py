"""Normalization of names and numbers for finding duplicates, Welsh mutations, and list filters."""

from __future__ import annotations

import pytest

from ahtc_tui.domain.contacts.duplicate_organisations import split_organisation_name
from ahtc_tui.domain.contacts.duplicate_people import score_people
from ahtc_tui.domain.contacts.duplicates import (
    ComparedContact,
    RegisterCounts,
    compute_likelihood,
    list_person_names,
    normalize_phone,
    split_person_name,
)
from ahtc_tui.domain.contacts.engagement import EngagementKind
from ahtc_tui.domain.contacts.merge_records import format_moves
from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.text.welsh_mutations import is_mutation


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Cllr. Siân Ŵyn-Jones MBE", ("sian", "wyn-jones")),
        ("Farrar, Jeff", ("jeff", "farrar")),
        ("Jeff Farrar, QPM", ("jeff", "farrar")),
        ("J.M. Farrar", ("j", "m", "farrar")),
        ("Ann O'Neil (retired)", ("ann", "oneil")),
        ("Dr", ("dr",)),
        ("Rhys ap Gwilym", ("rhys", "gwilym")),
        ("ap Gwilym, Rhys", ("rhys", "gwilym")),
        ("Anna Mair van der Berg", ("anna", "mair", "berg")),
    ],
)
def test_a_name_is_split_into_words_without_titles(name: str, words: tuple[str, ...]) -> None:
    assert split_person_name(name) == words


def test_a_family_name_is_compared_with_and_without_its_particles() -> None:
    assert list_person_names("Ann Mc Carthy") == (("ann", "carthy"), ("ann", "mccarthy"))
    assert list_person_names("Ann McCarthy") == (("ann", "mccarthy"),)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("caerdydd", "gaerdydd"),
        ("caerdydd", "nghaerdydd"),
        ("gaerdydd", "nghaerdydd"),
        ("morgannwg", "forgannwg"),
        ("penybont", "benybont"),
        ("penybont", "mhenybont"),
        ("gwent", "went"),
        ("llanelli", "lanelli"),
        ("tredegar", "thredegar"),
        ("abertawe", "habertawe"),
        ("rhondda", "rondda"),
    ],
)
def test_mutated_welsh_names_match(left: str, right: str) -> None:
    assert is_mutation(left, right)
    assert is_mutation(right, left)


@pytest.mark.parametrize(
    ("left", "right"), [("gwent", "gwent"), ("pen", "ben"), ("gwent", "powys"), ("neath", "heath")]
)
def test_different_names_are_not_mutations(left: str, right: str) -> None:
    assert not is_mutation(left, right)


def test_welsh_and_english_names_of_organisations_match() -> None:
    assert sorted(split_organisation_name("Heddlu De Cymru")) == sorted(split_organisation_name("South Wales Police"))
    assert split_organisation_name("The Of") == ("the", "of")


@pytest.mark.parametrize(
    ("phone", "digits"),
    [
        ("+44 29 2000 0000", "920000000"),
        ("029 2000 0000 ext 12", "920000000"),
        ("12", ""),
        ("(029) 20000000", "920000000"),
    ],
)
def test_a_telephone_number_is_normalized_without_country_code(phone: str, digits: str) -> None:
    assert normalize_phone(phone) == digits


def test_bits_become_a_likelihood() -> None:
    assert compute_likelihood(0) == 0.5
    assert compute_likelihood(-999) < 1e-9
    assert compute_likelihood(999) > 0.999


def test_moves_and_kinds_are_formatted_in_words() -> None:
    assert format_moves({"action_parties": 2, "seats": 1}) == "2 supports of actions, 1 seat"
    assert format_moves({}) == "nothing"
    assert EngagementKind.CALL.label == "Call"


def test_a_value_that_two_records_share_is_as_rare_as_that_of_one() -> None:
    bits = [RegisterCounts(size=1024).compute_rarity_bits(count) for count in (1, 2, 3, 5)]
    assert bits == [10, 10, 9, 8]


@pytest.mark.parametrize(
    ("first_name", "reason"),
    [("jeff", "same first name"), ("j", "an initial for the first name"), ("geoffrey", "first name in another form")],
)
def test_first_names_count_as_evidence(first_name: str, reason: str) -> None:
    left, right = (
        ComparedContact(RowKey(name.encode()), name, PartyKind.PERSON, name, ((name, "farrar"),))
        for name in ("jeff", first_name)
    )
    assert reason in score_people(left, right, RegisterCounts(), lambda _left, _right: 3).reasons
