"""The attendance of a group as bars."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.drafts.minutes import build_attendance_draft
from ahtc_tui.services.meetings.attendance import list_attendance_rates, set_attendance
from ahtc_tui.services.meetings.service import add_meeting
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY
from tests.journeys.hands import Hands
from tests.tui.conftest import OpenDesk


@pytest.fixture
def attended(wales: Workspace) -> Workspace:
    """A meeting that one member attended, one by a deputy, and one not at all."""
    draft = build_meeting_draft({"group": "LG", "starts": "2013-12-10 10:00"}, TODAY)
    meeting = add_meeting(wales, draft).ref
    set_attendance(wales, meeting, "Gangmasters Licensing Authority", build_attendance_draft({"state": "present"}))
    deputy = build_attendance_draft({"state": "deputy", "deputy_for": "WLGA"})
    set_attendance(wales, meeting, "Stephen Chapman", deputy)
    set_attendance(wales, meeting, "Jeff Farrar", build_attendance_draft({"state": "apologies"}))
    return wales


async def open_attendance(desk: Hands) -> None:
    """Open the attendance of the Leadership Group."""
    await desk.press_keys("5", "/")
    await desk.type_text("trafficking leadership")
    await desk.press_keys("enter", ".", "a")


async def test_each_seat_has_a_bar_with_shapes_for_self_deputy_and_missed(
    attended: Workspace, either: OpenDesk
) -> None:
    async with either(attended) as desk:
        await open_attendance(desk)
        assert "1 meeting with attendance" in desk.text
        shapes = {row.split()[-1][0] for row in desk.rows if "1/1" in row or "0/1" in row}
        assert shapes == {"█", "▒", "·"}
        assert "█ in person   ▒ by a deputy   · not attended" in desk.text


async def test_the_numbers_are_said_in_words_for_the_selected_line(attended: Workspace, narrow: OpenDesk) -> None:
    async with narrow(attended) as desk:
        await open_attendance(desk)
        row = desk.screen.list_pane.highlighted
        assert f"{row.name}: attended {row.attended} of {row.of}, {row.by_deputy} by a deputy" in desk.text


@pytest.mark.long
async def test_the_picture_is_written_as_svg(attended: Workspace, wide: OpenDesk) -> None:
    async with wide(attended) as desk:
        await open_attendance(desk)
        await desk.press_keys("x")
    (file,) = attended.exports.glob("* Attendance.svg")
    texts = "".join(ElementTree.fromstring(file.read_text()).itertext())
    assert all(rate.name in texts for rate in list_attendance_rates(attended, "leadership-group"))


async def test_a_group_without_attendance_has_an_empty_page(wales: Workspace, narrow: OpenDesk) -> None:
    async with narrow(wales) as desk:
        await open_attendance(desk)
        assert "0 meetings with attendance" in desk.text
        assert "There is nothing to show yet." in desk.text
        await desk.press_keys("escape")
        assert desk.screen.noun == "groups"
