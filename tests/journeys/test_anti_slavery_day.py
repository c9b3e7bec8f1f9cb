"""A back-plan for Anti-Slavery Day, 18 October; at a weekend the form proposes the working day before it."""

from __future__ import annotations

import pytest

from ahtc_tui.domain.drafts.minutes import build_attendance_draft
from ahtc_tui.services.history import undo_step
from ahtc_tui.services.meetings.attendance import set_attendance
from ahtc_tui.services.meetings.invitations import show_invitations
from ahtc_tui.services.meetings.service import list_meetings, show_meeting
from ahtc_tui.services.plan.back_plan import read_template_text, strip_comments
from ahtc_tui.services.workspace import Workspace
from tests.builders import read_live_rows
from tests.journeys.conftest import Wording
from tests.journeys.test_posts import wait_for_text
from tests.tui.conftest import OpenDesk


@pytest.mark.long
async def test_in_2014_the_friday_before_is_proposed(wales: Workspace, narrow: OpenDesk, wording: Wording) -> None:
    async with narrow(wales) as desk:
        await desk.press_keys("4", "n")
        await desk.type_text("lg")
        await desk.press_keys("enter", "tab")
        await desk.type_text("Anti-Slavery Day")
        await desk.press_keys("tab")
        await desk.type_text(wording("18 oct 2014", "18 hyd 2014"))
        assert wording("Saturday; Fri 17 Oct before", "dydd Sadwrn; Gwe 17 Hyd cynt") in desk.text
        await desk.press_keys("home", "right", "backspace", "delete")
        await desk.type_text("17")
        assert wording("Friday 17 October 2014", "dydd Gwener 17 Hydref 2014") in desk.text
        await desk.press_keys("ctrl+s")
    row = next(row for row in list_meetings(wales) if row.title == "Anti-Slavery Day")
    assert str(row.day) == wording("17 October 2014", "17 Hydref 2014")


async def test_a_back_plan_with_invitations_takes_four_keys(
    wales: Workspace, narrow: OpenDesk, wording: Wording
) -> None:
    before = read_live_rows(wales)
    async with narrow(wales) as desk:
        await desk.press_keys("ctrl+p")
        await desk.type_text("backwards from the date")
        await wait_for_text(desk, "4 . b")
        await desk.press_keys("enter")
        await desk.wait_until_idle()
        assert wording("Friday 17 October 2014", "dydd Gwener 17 Hydref 2014") in desk.text
        await desk.press_keys("ctrl+s")
        assert wording("21 actions for Anti-Slavery Day, Friday 17 October 2014?", "21 cam gweithredu") in desk.text
        assert wording("Invited: ", "Gwahoddir: ") in desk.text
        assert wording("17 Apr 2014  Agree the aim of the day", "17 Ebr 2014  ") in desk.text
        assert read_live_rows(wales) == before
        await desk.press_keys("enter")
        assert wording("21 actions created", "21 cam gweithredu") in desk.toasts[-1]
        event = desk.screen.list_pane.highlighted
        assert (event.title, str(event.day)) == (
            wording("Anti-Slavery Day", "Diwrnod Gwrth-Gaethwasiaeth"),
            wording("17 October 2014", "17 Hydref 2014"),
        )
        assert wording("contacts invited", "Gwahoddwyd") in desk.toasts[-1]
        assert desk.keys == 4
    invitations = show_invitations(wales, event.ref)
    assert "Gwent Police" in [guest.name for area in invitations.areas for guest in area.guests]
    set_attendance(wales, event.ref, "Gwent Police", build_attendance_draft({"state": "apologies"}))
    assert [row.name for row in show_meeting(wales, event.ref).attendance] == ["Gwent Police"]
    for _step in range(2):
        undo_step(wales)
    assert read_live_rows(wales) == before


@pytest.mark.long
async def test_an_area_is_invited_later_and_a_back_plan_without_one_invites_the_seats_alone(
    wales: Workspace, narrow: OpenDesk
) -> None:
    async with narrow(wales) as desk:
        await desk.press_keys("ctrl+p")
        await desk.type_text("backwards from the date")
        await wait_for_text(desk, "4 . b")
        await desk.press_keys("enter")
        await desk.wait_until_idle()
        desk.screen.query_one("#form-row-invite Select").clear()
        await desk.press_keys("ctrl+s")
        assert "Invited: " not in desk.text
        await desk.press_keys("enter")
        event = desk.screen.list_pane.highlighted
        before = show_invitations(wales, event.ref).total
        await desk.press_keys(".", "i", ".", "s")
        assert desk.toasts[-1] == "All seats are invited."
        await desk.press_keys(".", "a", "enter")
        assert "invited to" in desk.toasts[-1]
    assert show_invitations(wales, event.ref).total > before


@pytest.mark.long
async def test_inviting_an_area_needs_the_group_that_hosts_the_event(wales: Workspace, narrow: OpenDesk) -> None:
    async with narrow(wales) as desk:
        await desk.press_keys("ctrl+p")
        await desk.type_text("backwards from the date")
        await wait_for_text(desk, "4 . b")
        await desk.press_keys("enter")
        await desk.wait_until_idle()
        desk.screen.query_one("#form-row-group Input").value = ""
        await desk.press_keys("ctrl+s")
        assert "Choose a host group for the event" in desk.text


@pytest.mark.long
async def test_tasks_are_changed_in_the_form_and_kept_for_next_time(wales: Workspace, wide: OpenDesk) -> None:
    async with wide(wales) as desk:
        await desk.press_keys("4", ".", "b", "tab", "tab", "tab", "tab", "tab", "tab")
        await desk.press_keys("f7", "delete")
        await desk.type_text("2 weeks before: Bake the cake")
        await desk.press_keys("ctrl+s")
        assert "1 action for Anti-Slavery Day" in desk.text
        await desk.press_keys("n")
        assert "Bake the cake" in desk.text
        desk.screen.query_one("#form-row-keep Select").value = "keep"
        await desk.press_keys("ctrl+s", "y")
        assert "1 action created for Anti-Slavery Day" in desk.toasts[-1]
    assert strip_comments(read_template_text(wales)) == "2 weeks before: Bake the cake"
