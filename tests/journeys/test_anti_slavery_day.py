"""Anti-Slavery Day is 18 October: where that is a weekend the form proposes the working day before it."""

from __future__ import annotations

from ahtc_tui.services.meetings import list_meetings
from ahtc_tui.services.workspace import Workspace
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
