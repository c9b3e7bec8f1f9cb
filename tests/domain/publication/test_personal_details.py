"""Details of people in published text: what is found, and what is not one."""

from __future__ import annotations

import pytest

from ahtc_tui.domain.publication.personal_details import WithheldNames, find_addresses, find_numbers

NAMES = WithheldNames(
    present=frozenset({"Ann Rhys-Lewis", "Gwen Private", "Will Grant", "Two officers from Bawso"}),
    others=frozenset({"Siân Powell", "Mark Price", "Gwenllian ap Rhisiart"}),
    public_people=frozenset({"Jeff Farrar"}),
    public_terms=frozenset({"Gwent", "Bawso", "Powell Trust", "WG"}),
)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Ring 029 2082 5000 or 07700 900123", ["029 2082 5000", "07700 900123"]),
        ("+44 (0)29 2000 0000, 0044 29 2000 0000", ["+44 (0)29 2000 0000", "0044 29 2000 0000"]),
        ("call 029-2000-0000 (ext 4321)", ["029-2000-0000", "ext 4321"]),
        ("ffôn: 2082 5000", ["ffôn: 2082 5000"]),
        ("The helpline 0808 800 0000", []),
        ("28 January 2014, 01.02.2014 at 10.30, 01/02/2014 10:30 and 2013-14", []),
        ("DP-12, LG-2014-01/03 and D-2014-01/1; £1,000,000; 100 000 000 000; 0.0245678901", []),
    ],
)
def test_telephone_numbers_are_found(text: str, numbers: list[str]) -> None:
    assert find_numbers(text, {"+44 808 800 0000"}) == numbers


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("Write to gwen.p@example.org.", ["gwen.p@example.org"]),
        ("Write to info@example.org", []),
        ("at 12 High Street, Cardiff CF10 3NQ", ["12 High Street", "CF10 3NQ"]),
        ("5 Museum Place, or 3 Tower Hill", ["5 Museum Place", "3 Tower Hill"]),
        ("14 Heol y Frenhines; Flat 3", ["14 Heol y", "Flat 3"]),
        ("3 Crown Court cases in 2013 and 12 Magistrates Court hearings", []),
        ("in 2013 New Road signs; 28 January 2014; DP-12; M4; A470", []),
    ],
)
def test_postal_and_mail_addresses_are_found(text: str, addresses: list[str]) -> None:
    assert find_addresses(text, {"info@example.org"}) == addresses


def test_the_address_of_a_venue_is_public() -> None:
    assert find_addresses("12 High Street, Cardiff CF10 3NQ", is_venue=True) == []
    assert find_addresses("Room 2, ask gwen@example.org", is_venue=True) == ["gwen@example.org"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("AR-L, ARL, A.R.L. and A R-L will write", ["AR-L", "ARL", "A.R.L", "A R-L"]),
        ("Rhys-Lewis thanked gwen and Gwen's team", ["Rhys", "Lewis", "gwen", "Gwen"]),
        ("GP agreed; Grant agreed", ["GP", "Grant"]),
        ("Sian said that Powell and Rhisiart agreed", ["Sian", "Powell", "Rhisiart"]),
        ("Dr Jones and PC J. Evans spoke", ["Dr Jones", "PC J. Evans"]),
        ("Two of four officers from Bawso", ["Two"]),
        ("Mark the price: a grant will follow, in will and deed", []),
        ("Mr Farrar, the Minister, Chief Constable Smith and the Lord Chancellor", []),
        ("The Powell Trust, Gwent and WG met", []),
        ("GP-12, AR-L-2014-01, GP/1 and agp@example.org", []),
    ],
)
def test_names_and_initials_are_found(text: str, words: list[str]) -> None:
    assert NAMES.find_names(text) == words


def test_nothing_is_withheld_without_people() -> None:
    nobody = WithheldNames(frozenset(), frozenset(), frozenset(), frozenset())
    assert nobody.find_names("Gwen and AR-L met in Gwent") == []
