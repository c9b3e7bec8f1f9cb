"""A new point of contact, and the hand-over to the third co-ordinator."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from ahtc_tui.services.actions.service import show_action
from ahtc_tui.services.contacts.service import show_contact
from ahtc_tui.services.desk_people import set_desk_person
from ahtc_tui.services.meetings.service import show_meeting
from ahtc_tui.services.workspace import Workspace
from tests.builders import make_action, make_holding, make_party, query_rows, set_clock
from tests.journeys.conftest import Wording
from tests.journeys.hands import Hands
from tests.journeys.test_boards import wait_for_toast
from tests.tui.conftest import OpenDesk

POST = "Single Point of Contact, Gwent Police"


async def wait_for_text(desk: Hands, text: str) -> None:
    """Wait until the screen shows a text."""
    for _round in range(200):
        if text in desk.text:
            return
        await desk.pilot.pause(0.01)
    raise AssertionError(desk.text)


async def test_a_new_post_holder_takes_six_keys(wales: Workspace, narrow: OpenDesk, wording: Wording) -> None:
    post_name = wording(POST, "Pwynt Cyswllt Unigol, Heddlu Gwent")
    (post,) = query_rows(wales, "SELECT id FROM parties WHERE ref = 'spoc-gwent'")[0]
    make_holding(
        wales, post, make_party(wales, "First Holder", "first-holder", kind="person"), from_on="2012-05-31 month"
    )
    async with narrow(wales) as desk:
        await desk.press_keys("ctrl+p")
        await desk.type_text("spoc gwent")
        await wait_for_text(desk, post_name)
        await desk.press_keys("enter", ".", "a")
        await desk.type_text("Next Holder")
        await desk.press_keys("tab")
        await desk.type_text(wording("10 feb 2014", "10 chwef 2014"))
        await desk.press_keys("ctrl+s")
        await wait_for_toast(
            desk,
            wording(
                "Next Holder from 10 February 2014. With the post: 1 open action, 0 seats",
                "Next Holder o 10 Chwefror 2014. Gyda'r swydd: 1 cam gweithredu agored, 0 sedd",
            ),
        )
        assert desk.keys <= 6
        await desk.press_keys("2", "/")
        await desk.type_text("DP-25")
        await desk.press_keys("enter", "enter")
        assert f"{post_name} (First Holder)" in " ".join(desk.card.split())
        await desk.press_keys("4", "/")
        await desk.type_text("ukhtc visit")
        await desk.press_keys("enter", "enter")
        assert f"{post_name} (First Holder)" in " ".join(desk.card.split())
    for day, holder in (("2014-02-09", "First Holder"), ("2014-02-10", "Next Holder")):
        assert show_contact(set_clock(wales, day), "spoc-gwent").row.holder == holder
        assert show_action(set_clock(wales, day), "DP-25").with_holder(POST) == f"{POST} ({holder})"
    visit = show_meeting(set_clock(wales, "2014-06-01"), "ukhtc-visit-2013-06")
    assert {guest.holder for guest in visit.invitees if guest.ref == "spoc-gwent"} == {"First Holder"}


@pytest.mark.long
async def test_a_hand_over_takes_6_keys(wales: Workspace, narrow: OpenDesk, tmp_path: Path, wording: Wording) -> None:
    async with narrow(wales) as desk:
        await desk.press_keys("ctrl+p")
        await desk.type_text("hand over with the post")
        await wait_for_text(desk, ". h")
        await desk.press_keys("enter")
        page_text = " ".join(str(desk.screen.page.content).split())
        assert (
            wording(
                "16 actions led, 12 not done (8 continuing), 4 closed, 10 seats",
                "16 cam gweithredu a arweinir, 12 heb eu cwblhau (8 yn barhaus), 4 wedi'u cau, 10 sedd",
            )
            in page_text
        )
        assert wording("CONTINUING DUTIES 8 DP-03", "DYLETSWYDDAU PARHAUS 8 DP-03") in page_text
        await desk.press_keys("n")
        await desk.type_text("Third Holder")
        await desk.press_keys("tab")
        await desk.type_text(wording("1 apr 2014", "1 ebr 2014"))
        await desk.press_keys("ctrl+s", "x")
        await wait_for_toast(desk, wording("Saved: ", "Cadwyd: "))
        assert desk.keys == 6
    (paper,) = (tmp_path / "office" / "exports").iterdir()
    paper_text = "\n".join(
        text.text for text in docx.Document(str(paper)).element.body.iter() if text.tag.endswith("}t")
    )
    assert all(ref in paper_text for ref in ("DP-03", "DP-25", "Third Holder", "Stephen Chapman"))
    after = set_clock(wales, "2014-04-01")
    card = show_contact(after, "ahtc")
    assert (card.row.holder, len(card.seats), len(card.leads)) == ("Third Holder", 10, 16)
    assert len(show_contact(after, "Third Holder").leads) == 12
    assert len(show_contact(after, "Stephen Chapman").leads) == 4


@pytest.mark.long
async def test_contacts_open_on_the_post_of_the_person_at_the_desk(wales: Workspace, narrow: OpenDesk) -> None:
    set_desk_person(wales, None, POST)
    async with narrow(wales) as desk:
        await desk.press_keys("6")
        assert desk.screen.list_pane.highlighted.name == POST
        await desk.press_keys("/")
        await desk.type_text("dyfed")
        await desk.press_keys("enter", "escape")
        assert desk.screen.list_pane.highlighted.name != POST


@pytest.mark.long
async def test_actions_held_in_person_are_reported_and_kept(wales: Workspace, wide: OpenDesk) -> None:
    ref = make_action(wales, "Write up [/x] the raid", lead="Stephen Chapman").ref
    async with wide(wales) as desk:
        await desk.press_keys("6", "/")
        await desk.type_text("stephen chapman")
        await desk.press_keys("enter", ".", "a")
        await desk.type_text("Third Holder")
        await desk.press_keys("ctrl+s")
        assert f"leads {ref} Write up [/x] the raid" in desk.text
        await desk.press_keys("enter")
        assert desk.screen.noun == "contacts"
    assert show_action(wales, ref).row.lead == "Stephen Chapman"


@pytest.mark.long
async def test_a_form_without_a_name_stays_open(wales: Workspace, narrow: OpenDesk) -> None:
    async with narrow(wales) as desk:
        await desk.press_keys("6", "/")
        await desk.type_text("spoc gwent")
        await desk.press_keys("enter", ".", "a", "ctrl+s")
        assert "Enter the name of the person." in desk.text


async def test_an_organisation_has_no_holder(wales: Workspace, narrow: OpenDesk) -> None:
    async with narrow(wales) as desk:
        await desk.press_keys("6", "v", ".", "a")
        assert "Select a post first" in desk.toasts[-1]


async def test_the_contact_in_dyfed_powys_is_3_keys_from_today(wales: Workspace, narrow: OpenDesk) -> None:
    async with narrow(wales) as desk:
        await desk.press_keys("6", "/")
        await desk.type_text("dyfed")
        await desk.press_keys("enter")
        assert desk.keys == 3
        assert any("SPOC Dyfed-Powys" in row for row in desk.rows)


@pytest.mark.long
async def test_a_new_contact_is_created_and_edited_by_form(wales: Workspace, narrow: OpenDesk) -> None:
    async with narrow(wales) as desk:
        await desk.press_keys("6", "n", "tab")
        await desk.type_text("Siân Ŵyn")
        await desk.press_keys("tab")
        await desk.type_text("bawso")
        await desk.press_keys("enter", "ctrl+s")
        await wait_for_toast(desk, "Siân Ŵyn added")
        await desk.press_keys("/")
        await desk.type_text("sian")
        await desk.press_keys("enter", "e")
        assert "Edit Siân Ŵyn" in desk.text
        await desk.press_keys("tab", "tab", "tab")
        await desk.type_text("no")
        await desk.press_keys("ctrl+s")
        assert "is not an email address" in desk.text
        await desk.type_text("@x.org")
        await desk.press_keys("ctrl+s")
        await wait_for_toast(desk, "Siân Ŵyn edited")
    row = show_contact(wales, "sian-wyn").row
    assert (row.email, row.organisation) == ("no@x.org", "Bawso")
