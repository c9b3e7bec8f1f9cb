"""A new SPOC, and the hand-over to the third co-ordinator: one act each, within its keys."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import docx

from ahtc_tui.services.actions.service import show_action
from ahtc_tui.services.contacts.service import show_contact
from ahtc_tui.services.meetings.service import show_meeting
from ahtc_tui.services.workspace import Workspace
from tests.builders import a_holding, a_party, an_action, ask
from tests.journeys.test_boards import told
from tests.tui.conftest import Sitting

POST = "Single Point of Contact, Gwent Police"


def on(workspace: Workspace, day: str) -> Workspace:
    """The same office on another day."""
    return Workspace(workspace.root, workspace.database, lambda: date.fromisoformat(day))


async def test_a_new_spoc_takes_15_keys_and_everything_resolves_before_and_after(
    wales: Workspace, narrow: Sitting
) -> None:
    (post,) = ask(wales, "SELECT id FROM parties WHERE ref = 'spoc-gwent'")[0]
    a_holding(wales, post, a_party(wales, "First Holder", "first-holder", kind="person"), from_on="2012-05-31 month")
    async with narrow(wales) as desk:
        await desk.press("6", "/")
        await desk.type("spoc gwent")
        await desk.press("enter", "a")
        await desk.type("Next Holder")
        await desk.press("tab")
        await desk.type("10 feb 2014")
        await desk.press("ctrl+s")
        await told(desk, "Next Holder from 10 February 2014. With the post: 1 open action, 0 seats")
        await desk.press("2", "/")
        await desk.type("DP-25")
        await desk.press("enter", "enter")
        assert f"{POST} (First Holder)" in " ".join(desk.card.split())
        await desk.press("4", "/")
        await desk.type("ukhtc visit")
        await desk.press("enter", "enter")
        assert f"{POST} (First Holder)" in " ".join(desk.card.split())
        assert desk.keys <= 15
    for day, holder in (("2014-02-09", "First Holder"), ("2014-02-10", "Next Holder")):
        assert show_contact(on(wales, day), "spoc-gwent").row.holder == holder
        assert show_action(on(wales, day), "DP-25").with_holder(POST) == f"{POST} ({holder})"
    visit = show_meeting(on(wales, "2014-06-01"), "ukhtc-visit-2013-06")
    assert {guest.holder for guest in visit.invitees if guest.ref == "spoc-gwent"} == {"First Holder"}


async def test_the_hand_over_to_the_third_co_ordinator_is_one_list_and_one_act(
    wales: Workspace, narrow: Sitting, tmp_path: Path
) -> None:
    async with narrow(wales) as desk:
        await desk.press("6", "/")
        await desk.type("ahtc")
        await desk.press("enter", "h")
        said = " ".join(str(desk.screen.page.text.content).split())
        assert "16 actions led, 12 not done (8 continuing), 4 closed, 10 seats" in said
        assert "CONTINUING DUTIES 8 DP-03" in said
        await desk.press("a")
        await desk.type("Third Holder")
        await desk.press("tab")
        await desk.type("1 apr 2014")
        await desk.press("ctrl+s", "x")
        await told(desk, "Written: ")
        assert desk.keys <= 12
    (paper,) = (tmp_path / "office" / "exports").iterdir()
    said = "\n".join(text.text for text in docx.Document(str(paper)).element.body.iter() if text.tag.endswith("}t"))
    assert all(ref in said for ref in ("DP-03", "DP-25", "Third Holder", "Stephen Chapman"))
    after = on(wales, "2014-04-01")
    card = show_contact(after, "ahtc")
    assert (card.row.holder, len(card.seats), len(card.leads)) == ("Third Holder", 10, 16)
    assert len(show_contact(after, "Third Holder").leads) == 12
    assert len(show_contact(after, "Stephen Chapman").leads) == 4


async def test_what_the_former_holder_has_in_person_is_told_and_left(wales: Workspace, wide: Sitting) -> None:
    ref = an_action(wales, "Write up [/x] the raid", lead="Stephen Chapman").ref
    async with wide(wales) as desk:
        await desk.press("6", "/")
        await desk.type("stephen chapman")
        await desk.press("enter", "a")
        await desk.type("Third Holder")
        await desk.press("ctrl+s")
        assert f"leads {ref} Write up [/x] the raid" in desk.text
        await desk.press("enter")
        assert desk.screen.noun == "contacts"
    assert show_action(wales, ref).row.lead == "Stephen Chapman"


async def test_a_form_without_a_name_stays_open_and_says_why(wales: Workspace, narrow: Sitting) -> None:
    async with narrow(wales) as desk:
        await desk.press("6", "/")
        await desk.type("spoc gwent")
        await desk.press("enter", "a", "ctrl+s")
        assert "Who is it? Type a name." in desk.text


async def test_an_organisation_has_no_holder(wales: Workspace, narrow: Sitting) -> None:
    async with narrow(wales) as desk:
        await desk.press("6", "o", "a")
        assert "Stand on the post" in desk.toasts[-1]


async def test_who_is_our_contact_in_dyfed_powys_is_3_keys_from_today(wales: Workspace, narrow: Sitting) -> None:
    async with narrow(wales) as desk:
        await desk.press("6", "/")
        await desk.type("dyfed")
        await desk.press("enter")
        assert desk.keys == 3
        assert "SPOC Dyfed-Powys" in desk.rows[0]


async def test_a_new_contact_is_made_and_edited_by_form(wales: Workspace, narrow: Sitting) -> None:
    async with narrow(wales) as desk:
        await desk.press("6", "n", "tab")
        await desk.type("Siân Ŵyn")
        await desk.press("tab")
        await desk.type("bawso")
        await desk.press("enter", "ctrl+s")
        await told(desk, "Siân Ŵyn added")
        await desk.press("/")
        await desk.type("sian")
        await desk.press("enter", "e")
        assert "Edit Siân Ŵyn" in desk.text
        await desk.press("tab", "tab", "tab")
        await desk.type("no")
        await desk.press("ctrl+s")
        assert "is not an e-mail address" in desk.text
        await desk.type("@x.org")
        await desk.press("ctrl+s")
        await told(desk, "Siân Ŵyn edited")
    row = show_contact(wales, "sian-wyn").row
    assert (row.email, row.organisation) == ("no@x.org", "Bawso")
