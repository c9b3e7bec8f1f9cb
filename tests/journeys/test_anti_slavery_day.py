"""Anti-Slavery Day is 18 October: where that is a weekend the form proposes the working day before it."""

from __future__ import annotations

from ahtc_tui.domain.drafts.minutes import attendance_draft
from ahtc_tui.services.history import undo
from ahtc_tui.services.meetings.attendance import set_attendance
from ahtc_tui.services.meetings.invitations import invite_list
from ahtc_tui.services.meetings.service import list_meetings, show_meeting
from ahtc_tui.services.plan.back_plan import tasks_of, template_text
from ahtc_tui.services.workspace import Workspace
from tests.builders import live_rows
from tests.tui.conftest import Sitting


async def test_in_2014_the_friday_before_is_proposed_and_taken(wales: Workspace, narrow: Sitting) -> None:
    async with narrow(wales) as desk:
        await desk.press("4", "n")
        await desk.type("lg")
        await desk.press("enter", "tab")
        await desk.type("Anti-Slavery Day")
        await desk.press("tab")
        await desk.type("18 oct 2014")
        assert "Saturday; Fri 17 Oct before" in desk.text
        await desk.press("home", "right", "backspace", "delete")
        await desk.type("17")
        assert "Friday 17 October 2014" in desk.text
        await desk.press("ctrl+s")
    row = next(row for row in list_meetings(wales) if row.title == "Anti-Slavery Day")
    assert str(row.day) == "17 October 2014"


async def test_the_whole_day_is_planned_back_from_its_date_in_a_few_keys(wales: Workspace, narrow: Sitting) -> None:
    before = live_rows(wales)
    async with narrow(wales) as desk:
        await desk.press("4", "b")
        assert "Friday 17 October 2014" in desk.text
        await desk.press("ctrl+s")
        assert "20 actions for Anti-Slavery Day, Friday 17 October 2014?" in desk.text
        assert "17 Apr 2014  Agree the aim of the day" in desk.text
        assert live_rows(wales) == before
        await desk.press("enter")
        assert "20 actions made" in desk.toasts[-1]
        event = desk.screen.list_pane.highlighted
        assert (event.title, str(event.day)) == ("Anti-Slavery Day", "17 October 2014")
        await desk.press("i", "enter")
        assert "asked to" in desk.toasts[-1]
        assert desk.keys <= 8
    asked = invite_list(wales, event.ref)
    assert "Gwent Police" in [guest.name for area in asked.areas for guest in area.guests]
    set_attendance(wales, event.ref, "Gwent Police", attendance_draft({"state": "present"}))
    assert [one.name for one in show_meeting(wales, event.ref).attendance] == ["Gwent Police"]
    for _step in range(3):
        undo(wales)
    assert live_rows(wales) == before


async def test_tasks_are_changed_in_the_form_and_kept_for_next_time(wales: Workspace, wide: Sitting) -> None:
    async with wide(wales) as desk:
        await desk.press("4", "b", "tab", "tab", "tab", "tab", "tab")
        await desk.press("f7", "delete")
        await desk.type("2 weeks before: Bake the cake")
        await desk.press("ctrl+s")
        assert "1 action for Anti-Slavery Day" in desk.text
        await desk.press("n")
        assert "Bake the cake" in desk.text
        desk.screen.query_one("#form-row-keep Select").value = "keep"
        await desk.press("ctrl+s", "y")
        assert "1 action made for Anti-Slavery Day" in desk.toasts[-1]
    assert tasks_of(template_text(wales)) == "2 weeks before: Bake the cake"
