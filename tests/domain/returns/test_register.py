"""The party that a cell names: a name or a sure spelling of one is known, anything else is a guess with its reason."""

from __future__ import annotations

import pytest

from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.returns.register import Certainty, PartyRegister, RegisteredParty

PARTIES = (
    RegisteredParty(RowKey(b"1"), "spoc-gwent", "post", "SPOC Gwent", ("Pwynt Cyswllt Gwent",)),
    RegisteredParty(RowKey(b"2"), "ann-price", "person", "Ann Price", ()),
    RegisteredParty(RowKey(b"3"), "barnardo-s", "organisation", "Barnardo's and Partners", ("BP",)),
    RegisteredParty(RowKey(b"4"), "british-police", "organisation", "British Police", ("BP",)),
)


@pytest.mark.parametrize(
    ("text", "certainty", "ref"),
    [
        ("SPOC Gwent", Certainty.SURE, "spoc-gwent"),
        ("pwynt cyswllt gwent", Certainty.SURE, "spoc-gwent"),
        ("Gwent SPOC", Certainty.GUESS, "spoc-gwent"),
        ("AP", Certainty.GUESS, "ann-price"),
        ("Ann Price (Bawso)", Certainty.GUESS, "ann-price"),
        ("Brittish Police", Certainty.GUESS, "british-police"),
        ("BP", Certainty.GUESS, None),
        ("Somebody else", Certainty.UNKNOWN, None),
    ],
)
def test_a_party_is_found_by_its_names_and_guessed_by_others(text: str, certainty: Certainty, ref: str | None) -> None:
    match = PartyRegister(PARTIES).find_party(text)
    assert (match.certainty, match.party and match.party.ref) == (certainty, ref)


def test_names_of_the_register_are_not_split_into_owners() -> None:
    register = PartyRegister(PARTIES)
    for _time in range(2):
        assert register.split_owners("Barnardo's and Partners").names == ("Barnardo's and Partners",)
        assert register.split_owners("SPOC Gwent; Ann Price").names == ("SPOC Gwent", "Ann Price")
    assert register.contains_name("Ann Price and others")
