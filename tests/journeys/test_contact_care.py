"""A telephone call written down, somebody who is overdue, and two records that are one: the keys of a morning."""

from __future__ import annotations

from ahtc_tui.domain.drafts.contacts import contact_draft
from ahtc_tui.services.contacts.circulation_lists import save_list
from ahtc_tui.services.contacts.engagement import list_engagements, set_tier
from ahtc_tui.services.contacts.service import add_contact, show_contact
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY
from tests.journeys.test_boards import told
from tests.tui.conftest import Sitting


async def test_a_call_and_its_follow_up_take_few_keys(wales: Workspace, narrow: Sitting) -> None:
    async with narrow(wales) as desk:
        await desk.press("6", "/")
        await desk.type("spoc gwent")
        await desk.press("enter", "t")
        await desk.type("Awareness [/x] week")
        await desk.press("f2", "ctrl+s")
        await told(desk, "E-2013-01: call with Single Point of Contact, Gwent Police, DP-45 follows")
        assert desk.keys <= 6
        assert "31 Dec 13" in desk.rows[0]
        await desk.press("L")
        assert "Awareness [/x] week > DP-45" in desk.text
        await desk.press("enter")
        assert desk.screen.noun == "actions"
    (row,) = list_engagements(wales)
    assert (row.subject, row.follow_up) == ("Awareness [/x] week", "DP-45")


async def test_a_visit_with_several_is_one_entry_for_all_that_are_marked(wales: Workspace, wide: Sitting) -> None:
    async with wide(wales) as desk:
        await desk.press("6", "/")
        await desk.type("single point")
        await desk.press("enter", " ", "down", " ", "down", " ", "down", " ", "t", "ctrl+s")
        assert "What was it about?" in desk.text
        await desk.type("Four forces")
        await desk.press("ctrl+s")
        await told(desk, "E-2013-01")
    assert len(list_engagements(wales)[0].who) == 4


async def test_a_tier_is_two_keys_and_today_names_who_is_over_it(wales: Workspace, wide: Sitting) -> None:
    set_tier(wales, "home-office", 3)
    async with wide(wales) as desk:
        await desk.press("6", "L")
        await told(desk, "nothing in the log")
        await desk.press("/")
        await desk.type("joyce")
        await desk.press("enter", "T", "enter")
        await told(desk, "Joyce Watson: every 30 days")
        assert "tier 1, every 30 days" in " ".join(desk.card.split())
        await desk.press("1")
        assert "Joyce Watson" in desk.text
        assert "Home Office" in desk.text


async def test_two_records_are_set_side_by_side_and_made_one(wales: Workspace, narrow: Sitting) -> None:
    for name in ("Jeff Farrer", "Ann Calder [/x]", "Ann Calder [/x]"):
        fields = {"name": name, "kind": "person", "organisation": "Gwent Police", "email": f"{name[:3]}@example.org"}
        add_contact(wales, contact_draft(fields, TODAY))
    async with narrow(wales) as desk:
        await desk.press("6", "D")
        assert "2 pairs that may be one contact" in desk.text
        assert "Ann Calder [/x]" in desk.rows[0]
        await desk.press("n")
        await told(desk, "are two")
        assert "1 pair that" in desk.text
        await desk.press("enter")
        assert "A jeff-farrar stays" in desk.text
        await desk.press("s")
        assert "A jeff-farrer stays" in desk.text
        await desk.press("s", "b")
        assert "● Jeff Farrer" in desk.text
        await desk.press("a")
        assert "● Jeff Farrar" in desk.text
        await desk.press("b", "m")
        await told(desk, "jeff-farrer is jeff-farrar now")
        assert "Nobody seems to be here twice." in desk.text
        await desk.press("escape")
        assert desk.screen.noun == "contacts"
        assert show_contact(wales, "jeff-farrer").row.name == "Jeff Farrer"
        await desk.press("u")
    assert show_contact(wales, "jeff-farrer").row.ref == "jeff-farrer"


async def test_a_circulation_list_is_a_word_of_the_filter(wales: Workspace, either: Sitting) -> None:
    save_list(wales, "Points of contact", "kind:post single")
    async with either(wales) as desk:
        await desk.press("6", "/")
        await desk.type("+points gwent")
        await desk.press("enter")
        assert len(desk.rows) == 1
        assert "SPOC Gwent" in desk.rows[0]


async def test_what_no_person_and_no_post_answers_to_is_looked_for_among_organisations(
    wales: Workspace, either: Sitting
) -> None:
    save_list(wales, "Forces", "police kind:organisation")
    async with either(wales) as desk:
        await desk.press("6", "/")
        await desk.type("bawso")
        await desk.press("enter")
        assert desk.rows[0].startswith("▌ Bawso")
        assert "all" in desk.text.splitlines()[1].split()
        await desk.press("escape", "/")
        await desk.type("+forces")
        await desk.press("enter")
        assert len(desk.rows) == 6
        await desk.press("escape")
        assert "people and posts" in desk.text
