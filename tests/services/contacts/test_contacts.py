"""Tests of reading the register: list, search and details."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.errors import NotFound
from ahtc_tui.services.contacts.service import list_contacts, list_register, show_contact
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.workspace import Workspace

DAY = date(2013, 12, 31)


@pytest.fixture
def workspace(wales_folder: Path, tmp_path: Path) -> Iterator[Workspace]:
    """The Wales workspace on the last day of 2013."""
    shutil.copytree(wales_folder, tmp_path / "desk")
    opened = open_workspace(tmp_path / "desk", today=DAY)
    yield opened
    opened.close()


def test_the_register_holds_32_contacts_and_59_organisations(workspace: Workspace) -> None:
    assert len(list_contacts(workspace)) == 32
    assert len(list_contacts(workspace, kind=PartyKind.PERSON)) == 6
    assert len(list_contacts(workspace, kind=PartyKind.POST)) == 26
    assert len(list_contacts(workspace, kind=PartyKind.ORGANISATION)) == 59
    assert len(list_register(workspace)) == 32 + 59 + 23


def test_21_of_32_contacts_have_no_address(workspace: Workspace) -> None:
    assert sum(contact.email is None for contact in list_contacts(workspace)) == 24


def test_our_contact_in_dyfed_powys_is_found_by_dyfed(workspace: Workspace) -> None:
    assert [contact.ref for contact in list_contacts(workspace, "dyfed")] == [
        "spoc-dyfed-powys",
        "strategic-lead-dyfed-powys",
    ]


def test_search_of_organisations_ignores_accents_and_case(workspace: Workspace) -> None:
    refs = [contact.ref for contact in list_contacts(workspace, "SWYDDFA GARTREF", PartyKind.ORGANISATION)]
    assert refs == ["home-office"]


def test_the_post_of_the_co_ordinator_leads_16_actions_and_has_10_seats(workspace: Workspace) -> None:
    card = show_contact(workspace, "AHTC")
    assert card.row.holder == "Stephen Chapman"
    assert (len(card.leads), len(card.seats)) == (16, 10)
    assert [(held.ordinal, held.person) for held in card.holdings] == [(1, None), (2, "Stephen Chapman")]
    assert dict(card.source_notes)["email"] == "Placeholder that cannot be delivered"


def test_a_person_shows_actions_and_seats_of_the_held_post(workspace: Workspace) -> None:
    card = show_contact(workspace, "Stephen Chapman")
    assert (len(card.leads), len(card.seats)) == (16, 10)
    assert all(seat.endswith("(AHTC)") for seat in card.seats)
    assert card.row.source == "Paragraphs 1.2 and 1.3, CELG(4)-31-13 Paper 1, Human Trafficking (2013)"


def test_closed_actions_stay_with_the_former_holder(workspace: Workspace) -> None:
    with workspace.database.write("leave the post") as ledger:
        (key,) = ledger.cursor.execute("SELECT id FROM holdings WHERE ordinal = 2").fetchone()
        ledger.update("holdings", key, {"to_on": "2013-12-30"})
    card = show_contact(workspace, "stephen-chapman")
    assert (len(card.leads), card.seats) == (4, ())
    assert show_contact(workspace, "ahtc").row.holder is None
    assert len(show_contact(workspace, "ahtc").leads) == 16


def test_an_organisation_shows_its_people_and_that_it_is_a_first_responder(workspace: Workspace) -> None:
    assert show_contact(workspace, "home-office").members == ("Minister for Security", "Officials, Home Office")
    bawso = show_contact(workspace, "bawso")
    assert bawso.first_responder
    assert str(bawso.first_responder_since) == "March 2013"
    assert bawso.leads[0].startswith("DP-29 ")


def test_an_unknown_name_is_not_found(workspace: Workspace) -> None:
    with pytest.raises(NotFound, match="nobody at all"):
        show_contact(workspace, "nobody at all")
