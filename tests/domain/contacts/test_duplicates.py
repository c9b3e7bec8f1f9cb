"""The words by which duplicates are found: names as people write them, Welsh first letters, numbers, and filters."""

from __future__ import annotations

import pytest

from ahtc_tui.domain.contacts.circulation_lists import ListFilter, read_filter
from ahtc_tui.domain.contacts.duplicate_organisations import body_words
from ahtc_tui.domain.contacts.duplicates import digits_of, likelihood, name_words
from ahtc_tui.domain.contacts.engagement import EngagementKind
from ahtc_tui.domain.contacts.merge_records import say_moves
from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.text.welsh_mutations import mutated


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Cllr. Siân Ŵyn-Jones MBE", ("sian", "wyn-jones")),
        ("Farrar, Jeff", ("jeff", "farrar")),
        ("Jeff Farrar, QPM", ("jeff", "farrar")),
        ("J.M. Farrar", ("j", "m", "farrar")),
        ("Ann O'Neil (retired)", ("ann", "oneil")),
        ("Dr", ("dr",)),
    ],
)
def test_a_name_is_its_words_without_titles(name: str, words: tuple[str, ...]) -> None:
    assert name_words(name) == words


@pytest.mark.parametrize(
    ("one", "other"),
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
def test_a_welsh_name_is_known_with_its_first_letter_changed(one: str, other: str) -> None:
    assert mutated(one, other)
    assert mutated(other, one)


@pytest.mark.parametrize(("one", "other"), [("gwent", "gwent"), ("pen", "ben"), ("gwent", "powys"), ("neath", "heath")])
def test_other_names_are_no_changed_ones(one: str, other: str) -> None:
    assert not mutated(one, other)


def test_welsh_and_english_names_of_bodies_have_the_same_words() -> None:
    assert sorted(body_words("Heddlu De Cymru")) == sorted(body_words("South Wales Police"))
    assert body_words("The Of") == ("the", "of")


@pytest.mark.parametrize(
    ("phone", "digits"),
    [
        ("+44 29 2000 0000", "920000000"),
        ("029 2000 0000 ext 12", "920000000"),
        ("12", ""),
        ("(029) 20000000", "920000000"),
    ],
)
def test_a_telephone_number_is_the_same_with_and_without_the_country(phone: str, digits: str) -> None:
    assert digits_of(phone) == digits


def test_bits_become_a_likelihood() -> None:
    assert likelihood(0) == 0.5
    assert likelihood(-999) < 1e-9
    assert likelihood(999) > 0.999


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("", ListFilter()),
        ("police gwent", ListFilter("police gwent")),
        ('kind:person org:"Gwent Police" spoc', ListFilter("spoc", PartyKind.PERSON, "Gwent Police")),
        ("area:Gwent group:leadership-group", ListFilter(area="Gwent", group="leadership-group")),
        ("area: 10:30", ListFilter("area: 10:30")),
    ],
)
def test_a_filter_is_words_and_marks(text: str, asked: ListFilter) -> None:
    assert read_filter(text) == asked


@pytest.mark.parametrize(("text", "sentence"), [("kind:robot", "no kind of contact"), ('area:"x', "quotation mark")])
def test_a_filter_that_cannot_be_read_says_why(text: str, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        read_filter(text)


def test_counts_and_kinds_are_said_in_words() -> None:
    assert say_moves({"action_parties": 2, "seats": 1}) == "2 supports of actions, 1 seat"
    assert say_moves({}) == "nothing"
    assert EngagementKind.CALL.label == "Call"
