"""A meeting that does not exist is added in the form whose field names it."""

from __future__ import annotations

from datetime import date

import pytest

from ahtc_tui.services.actions.service import show_action
from ahtc_tui.services.meetings.service import list_meetings
from ahtc_tui.services.promises.service import list_promises
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.meetings.commands import split_meeting_name
from ahtc_tui.tui.widgets.owner_field import Candidate, OwnerField
from tests.journeys.hands import Hands
from tests.tui.conftest import OpenDesk

GROUPS = [Candidate("Leadership Group", "leadership-group", ("LG",))]


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("Leadership Group, 4 march 2014", {"group": "leadership-group", "date": "4 march 2014"}),
        ("Training day 4 march 2014", {"title": "Training day", "date": "4 march 2014"}),
        ("4 march 2014", {"date": "4 march 2014"}),
        ("Training day", {"title": "Training day"}),
    ],
)
def test_the_form_of_a_named_meeting_has_its_group_title_and_date(name: str, values: dict[str, str]) -> None:
    assert split_meeting_name(name, GROUPS, date(2013, 12, 31)) == values


async def name_meeting(desk: Hands, name: str) -> None:
    """Type a meeting that does not exist into the field, save, and add it in its own form."""
    field = desk.screen.query_one("#form-row-meeting OwnerField", OwnerField)
    field.input.focus()
    await desk.type_text(name)
    await desk.press_keys("ctrl+s")
    assert f'There is no "{name}" yet' in " ".join(desk.text.split())
    await desk.press_keys("enter")
    await desk.press_keys("ctrl+s")


async def test_the_meeting_of_a_closed_action_is_added_in_place(wales: Workspace, wide: OpenDesk) -> None:
    async with wide(wales) as desk:
        await desk.press_keys("2", "/")
        await desk.type_text("DP-05")
        await desk.press_keys("enter", ".", "D")
        await desk.type_text("The report")
        await name_meeting(desk, "LG 20 dec 2013")
    meeting = show_action(wales, "DP-05").closing_meeting
    assert meeting in {row.ref for row in list_meetings(wales) if str(row.day) == "20 December 2013"}
    assert show_action(wales, "DP-05").row.evidence == "The report"


async def test_the_meeting_of_a_promise_is_added_in_place(wales: Workspace, wide: OpenDesk) -> None:
    async with wide(wales) as desk:
        await desk.press_keys("4", ".", "W", "n")
        await desk.type_text("A note to all members")
        await name_meeting(desk, "LG 4 march 2014")
    (promise,) = [promise for promise in list_promises(wales) if promise.text == "A note to all members"]
    assert promise.meeting in {row.ref for row in list_meetings(wales) if str(row.day) == "4 March 2014"}


async def test_a_meeting_that_is_given_up_leaves_the_form_with_what_was_typed(wales: Workspace, wide: OpenDesk) -> None:
    async with wide(wales) as desk:
        await desk.press_keys("4", ".", "W", "n")
        await desk.type_text("A note to all members")
        desk.screen.query_one("#form-row-meeting OwnerField", OwnerField).input.focus()
        await desk.type_text("LG 4 march 2014")
        await desk.press_keys("ctrl+s", "enter", "escape")
        assert "A note to all members" in desk.text
        assert "LG 4 march 2014" in desk.text
