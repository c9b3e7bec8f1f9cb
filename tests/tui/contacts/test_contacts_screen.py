"""Tests of the Contacts mode: find a contact, read the card, and use the forms."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from textual.pilot import Pilot

from ahtc_tui.domain.drafts.contacts import build_contact_draft, build_engagement_draft
from ahtc_tui.services.contacts.engagement import add_engagement
from ahtc_tui.services.contacts.service import edit_contact
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.contacts.screen import ContactsScreen
from ahtc_tui.tui.shell.app import AhtcApp
from tests.builders import TODAY, make_holding, make_party, query_rows
from tests.journeys.hands import read_rows
from tests.sampling import NARROW_AND_WIDE
from tests.tui.keyboard import press_keys, read_card_text


@asynccontextmanager
async def open_contacts(
    workspace: Workspace, size: tuple[int, int] = (120, 40)
) -> AsyncIterator[tuple[Pilot[int], Any]]:
    """Open the app in the Contacts mode."""
    app = AhtcApp(workspace)
    async with app.run_test(size=size) as pilot:
        await press_keys(pilot, "6", "home")
        assert isinstance(app.screen, ContactsScreen)
        yield pilot, app.screen


async def test_who_is_our_contact_in_dyfed_powys(wales: Workspace) -> None:
    async with open_contacts(wales, (80, 24)) as (pilot, screen):
        assert screen.list_pane.record_count == 32
        await press_keys(pilot, "slash", *"dyfed")
        spoc, lead = read_rows(screen.list_pane)
        assert "SPOC Dyfed-Powys" in spoc
        assert "spoc-dyfed-powys@" in spoc
        assert "Strategic Lead" in lead
        assert "no address" in lead


async def test_one_key_changes_which_contacts_are_listed(wales: Workspace) -> None:
    async with open_contacts(wales) as (pilot, screen):
        counts, headings = [], []
        for _turn in range(4):
            await press_keys(pilot, "v")
            counts.append(screen.list_pane.record_count)
            headings.append(screen.list_pane.render_line(0).text)
        assert counts == [59, 91, 0, 32]
        assert ["Body or area" in heading for heading in headings] == [True, False, False, False]
        assert ["Holder or body" in heading for heading in headings] == [False, True, False, True]


async def test_the_list_shows_the_holder_of_a_post(wales: Workspace) -> None:
    post = query_rows(wales, "SELECT id FROM parties WHERE ref = 'spoc-gwent'")[0][0]
    make_holding(wales, post, make_party(wales, "Ann Other [/x]", "ann-other", kind="person"), from_on="2013-12-01")
    async with open_contacts(wales) as (pilot, screen):
        screen.select_record("spoc-gwent")
        await press_keys(pilot)
        assert "Ann Other [/x]" in read_rows(screen.list_pane)[0]
        text = read_card_text(screen)
        assert "HELD BY  1\nAnn Other [/x], from 1 December 2013" in text
        assert "SUPPORTS  1\nDP-25" in text


@pytest.mark.long
async def test_an_organisation_is_opened_by_its_reference(wales: Workspace) -> None:
    async with open_contacts(wales) as (pilot, screen):
        pilot.app.show_record("organisation", "home-office")  # type: ignore[attr-defined]
        await press_keys(pilot)
        assert screen.list_pane.highlighted.ref == "home-office"


async def test_the_card_of_a_person_shows_lawful_basis_and_source(wales: Workspace) -> None:
    async with open_contacts(wales, (80, 24)) as (pilot, screen):
        screen.select_record("stephen-chapman")
        await press_keys(pilot, "enter")
        text = read_card_text(screen)
        assert "Lawful basis  public office-holder named in a published" in text
        assert "IN POST  1\nAnti Human Trafficking Co-ordinator, from November 2012" in text
        assert "Paragraphs 1.2 and 1.3, CELG(4)-31-13 Paper 1, Human Trafficking (2013)" in " ".join(text.split())


@pytest.mark.parametrize("size", NARROW_AND_WIDE)
async def test_due_reviews_are_listed_with_the_oldest_first(wales: Workspace, size: tuple[int, int]) -> None:
    for ref, day in (("joyce-watson", "1 nov 2013"), ("jeff-farrar", "1 oct 2013"), ("shaun-sawyer", "1 jan 2015")):
        edit_contact(wales, ref, build_contact_draft({"review_on": day}, TODAY))
    async with open_contacts(wales, size) as (pilot, screen):
        await press_keys(pilot, "v", "v", "v")
        first, second = read_rows(screen.list_pane)
        assert ("Jeff Farrar" in first, "1 Oct 13" in first) == (True, True)
        assert ("Joyce Watson" in second, "1 Nov 13" in second) == (True, True)


async def test_a_list_without_due_reviews_says_so(wales: Workspace) -> None:
    async with open_contacts(wales, (80, 24)) as (pilot, screen):
        await press_keys(pilot, "v", "v", "v")
        shown = "\n".join(strip.text for strip in screen._compositor.render_strips())
        assert "No data protection review is due." in shown
        assert "There are no contacts yet" not in shown


@pytest.mark.parametrize("size", NARROW_AND_WIDE)
async def test_the_list_shows_the_last_contact(wales: Workspace, size: tuple[int, int]) -> None:
    async with open_contacts(wales, size) as (pilot, screen):
        assert "Contacted" not in screen.list_pane.render_line(0).text
    add_engagement(wales, ["spoc-gwent"], build_engagement_draft({"subject": "A call", "on": "20 dec 2013"}, TODAY))
    async with open_contacts(wales, size) as (pilot, screen):
        await press_keys(pilot, "slash", *"spoc gwent")
        if size[0] < 100:  # a narrow screen has no card
            assert "Contacted" in screen.list_pane.render_line(0).text
            assert "20 Dec 13" in read_rows(screen.list_pane)[0]
        else:
            assert "Last contact  20 December 2013 (call)" in read_card_text(screen)
