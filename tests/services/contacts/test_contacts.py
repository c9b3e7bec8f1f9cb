"""Tests of reading the register: list, search and details."""

from __future__ import annotations

from datetime import date

import pytest

from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.errors import NotFound
from ahtc_tui.services.contacts.service import list_contacts, list_register, show_contact
from ahtc_tui.services.workspace import Workspace

DAY = date(2013, 12, 31)


def test_the_register_holds_32_contacts_and_59_organisations(wales: Workspace) -> None:
    assert len(list_contacts(wales)) == 32
    assert len(list_contacts(wales, kind=PartyKind.PERSON)) == 6
    assert len(list_contacts(wales, kind=PartyKind.POST)) == 26
    assert len(list_contacts(wales, kind=PartyKind.ORGANISATION)) == 59
    assert len(list_register(wales)) == 32 + 59 + 23


def test_21_of_32_contacts_have_no_address(wales: Workspace) -> None:
    assert sum(contact.email is None for contact in list_contacts(wales)) == 24


def test_our_contact_in_dyfed_powys_is_found_by_dyfed(wales: Workspace) -> None:
    assert [contact.ref for contact in list_contacts(wales, "dyfed")] == [
        "spoc-dyfed-powys",
        "strategic-lead-dyfed-powys",
    ]


def test_search_of_organisations_ignores_accents_and_case(wales: Workspace) -> None:
    refs = [contact.ref for contact in list_contacts(wales, "SWYDDFA GARTREF", PartyKind.ORGANISATION)]
    assert refs == ["home-office"]


def test_the_post_of_the_co_ordinator_leads_16_actions_and_has_10_seats(wales: Workspace) -> None:
    card = show_contact(wales, "AHTC")
    assert card.row.holder == "Stephen Chapman"
    assert (len(card.leads), len(card.seats)) == (16, 10)
    assert [(held.ordinal, held.person) for held in card.holdings] == [(1, None), (2, "Stephen Chapman")]
    assert dict(card.source_notes)["email"] == "Placeholder that cannot be delivered"


def test_a_person_shows_actions_and_seats_of_the_held_post(wales: Workspace) -> None:
    card = show_contact(wales, "Stephen Chapman")
    assert (len(card.leads), len(card.seats)) == (16, 10)
    assert all(seat.endswith("(AHTC)") for seat in card.seats)
    assert card.row.source == "Paragraphs 1.2 and 1.3, CELG(4)-31-13 Paper 1, Human Trafficking (2013)"


def test_closed_actions_stay_with_the_former_holder(wales: Workspace) -> None:
    with wales.database.write("leave the post") as ledger:
        (key,) = ledger.cursor.execute("SELECT id FROM holdings WHERE ordinal = 2").fetchone()
        ledger.update("holdings", key, {"to_on": "2013-12-30"})
    card = show_contact(wales, "stephen-chapman")
    assert (len(card.leads), card.seats) == (4, ())
    assert show_contact(wales, "ahtc").row.holder is None
    assert len(show_contact(wales, "ahtc").leads) == 16


def test_an_organisation_shows_its_people_and_that_it_is_a_first_responder(wales: Workspace) -> None:
    assert show_contact(wales, "home-office").members == ("Minister for Security", "Officials, Home Office")
    bawso = show_contact(wales, "bawso")
    assert bawso.first_responder
    assert str(bawso.first_responder_since) == "March 2013"
    assert bawso.leads[0].startswith("DP-29 ")


def test_an_unknown_name_is_not_found(wales: Workspace) -> None:
    with pytest.raises(NotFound, match="nobody at all"):
        show_contact(wales, "nobody at all")
