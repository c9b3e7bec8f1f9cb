"""Engagement, tiers, duplicates and circulation lists on the screen."""

from __future__ import annotations

import pytest

from ahtc_tui.domain.drafts.contacts import build_contact_draft
from ahtc_tui.services.contacts.circulation_lists import save_list
from ahtc_tui.services.contacts.engagement import list_engagements, set_tier
from ahtc_tui.services.contacts.service import add_contact, show_contact
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY
from tests.journeys.test_boards import wait_for_toast
from tests.tui.conftest import OpenDesk


async def test_a_call_and_its_follow_up_take_few_keys(wales: Workspace, narrow: OpenDesk) -> None:
    async with narrow(wales) as desk:
        await desk.press_keys("6", "/")
        await desk.type_text("spoc gwent")
        await desk.press_keys("enter", ".", "t")
        await desk.type_text("Awareness [/x] week")
        await desk.press_keys("f2", "f", "ctrl+s")
        await wait_for_toast(desk, "E-2013-01: call with Single Point of Contact, Gwent Police, DP-45 follows")
        assert desk.keys <= 8
        assert "31 Dec 13" in desk.rows[0]
        await desk.press_keys(".", "L")
        assert "Awareness [/x] week > DP-45" in desk.text
        await desk.press_keys("enter")
        assert desk.screen.noun == "actions"
    (row,) = list_engagements(wales)
    assert (row.subject, row.follow_up) == ("Awareness [/x] week", "DP-45")


@pytest.mark.long
async def test_a_visit_with_several_contacts_is_one_entry(wales: Workspace, wide: OpenDesk) -> None:
    async with wide(wales) as desk:
        await desk.press_keys("6", "/")
        await desk.type_text("single point")
        await desk.press_keys("enter", " ", "down", " ", "down", " ", "down", " ", ".", "t", "ctrl+s")
        assert "What was it about?" in desk.text
        await desk.type_text("Four forces")
        await desk.press_keys("ctrl+s")
        await wait_for_toast(desk, "E-2013-01")
    assert len(list_engagements(wales)[0].who) == 4


@pytest.mark.long
async def test_today_names_contacts_over_their_tier(wales: Workspace, wide: OpenDesk) -> None:
    set_tier(wales, "home-office", 3)
    async with wide(wales) as desk:
        await desk.press_keys("6", ".", "L")
        await wait_for_toast(desk, "no contact on record")
        await desk.press_keys("/")
        await desk.type_text("joyce")
        await desk.press_keys("enter", ".", "T", "enter")
        await wait_for_toast(desk, "Joyce Watson: every 30 days")
        assert "tier 1, every 30 days" in " ".join(desk.card.split())
        await desk.press_keys("1")
        assert "Joyce Watson" in desk.text
        assert "Home Office" in desk.text


@pytest.mark.long
async def test_two_records_are_compared_and_merged(wales: Workspace, narrow: OpenDesk) -> None:
    for name in ("Jeff Farrer", "Ann Calder [/x]", "Ann Calder [/x]"):
        fields = {"name": name, "kind": "person", "organisation": "Gwent Police", "email": f"{name[:3]}@example.org"}
        add_contact(wales, build_contact_draft(fields, TODAY))
    async with narrow(wales) as desk:
        await desk.press_keys("6", ".", "D")
        assert "2 possible duplicates" in desk.text
        assert "Ann Calder [/x]" in desk.rows[0]
        await desk.press_keys(".", "b")
        await wait_for_toast(desk, "are different")
        assert "1 possible" in desk.text
        await desk.press_keys("enter")
        assert "A jeff-farrar stays" in desk.text
        await desk.press_keys(".", "s")
        assert "A jeff-farrer stays" in desk.text
        await desk.press_keys(".", "s", "2")
        assert "● Jeff Farrer" in desk.text
        await desk.press_keys("1")
        assert "● Jeff Farrar" in desk.text
        await desk.press_keys("2", ".", "m")
        await wait_for_toast(desk, "jeff-farrer was merged into jeff-farrar")
        assert "There are no likely duplicates." in desk.text
        await desk.press_keys("escape")
        assert desk.screen.noun == "contacts"
        assert show_contact(wales, "jeff-farrer").row.name == "Jeff Farrer"
        await desk.press_keys("u")
    assert show_contact(wales, "jeff-farrer").row.ref == "jeff-farrer"


async def test_a_filter_word_selects_a_circulation_list(wales: Workspace, either: OpenDesk) -> None:
    save_list(wales, "Points of contact", "kind:post single")
    async with either(wales) as desk:
        await desk.press_keys("6", "/")
        await desk.type_text("+points gwent")
        await desk.press_keys("enter")
        assert len(desk.rows) == 1
        assert "SPOC Gwent" in desk.rows[0]


@pytest.mark.long
async def test_the_filter_falls_back_to_organisations(wales: Workspace, either: OpenDesk) -> None:
    save_list(wales, "Forces", "police kind:organisation")
    async with either(wales) as desk:
        await desk.press_keys("6", "/")
        await desk.type_text("bawso")
        await desk.press_keys("enter")
        assert desk.rows[0].startswith("▌ Bawso")
        assert "1 contact" in desk.text.splitlines()[1]
        await desk.press_keys("escape", "/")
        await desk.type_text("+forces")
        await desk.press_keys("enter")
        assert len(desk.rows) == 6
        await desk.press_keys("escape")
        assert "people and posts" in desk.text
