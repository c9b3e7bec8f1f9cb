"""The chair's view of live minutes: one item for the room, with its time."""

from __future__ import annotations

import pytest

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.drafts.meetings import build_meeting_draft, build_paper_draft
from ahtc_tui.domain.drafts.minutes import build_agenda_draft
from ahtc_tui.domain.minutes.chair_view import build_chair_items
from ahtc_tui.services.history import list_steps
from ahtc_tui.services.meetings import agenda, papers
from ahtc_tui.services.meetings import service as meetings
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.meetings.agenda_screen import AgendaScreen
from ahtc_tui.tui.minutes import view
from tests.journeys.hands import open_desk
from tests.tui.conftest import OpenDesk

LONG_TITLE = "Gwasanaethau i oroeswyr yng Ngŵyr " * 8 + "a'r gwasanaethau sydd ar ôl"


@pytest.fixture
def meeting(wales: Workspace) -> str:
    """Reference of a Leadership Group meeting today with three items; the title of the last one is long."""
    draft = build_meeting_draft({"group": "LG", "starts": "2013-12-31 10:00", "minutes": "60"}, wales.today())
    ref = meetings.add_meeting(wales, draft).ref
    for title, presenter, minutes in (("Welcome", None, 5), ("Training", "AHTC", 15), (LONG_TITLE, None, None)):
        draft_item = build_agenda_draft({"title": title, "presenter": presenter, "minutes": minutes})
        agenda.add_item(wales, ref, draft_item)
    return ref


async def test_the_room_sees_one_item_with_its_presenter_and_time(
    wales: Workspace, meeting: str, either: OpenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = 100.0
    monkeypatch.setattr(view, "monotonic", lambda: seconds)
    steps = len(list_steps(wales))
    async with either(wales) as desk:
        desk.app.open_minutes(meeting)
        await desk.wait_until_idle()
        await desk.press_keys("f2", "c")
        for part in ("OFFICIAL", "item 1 of 3", "Welcome", "of 5 min", "Next: 2  Training"):
            assert part in desk.text
        await desk.press_keys("right")
        seconds += 17 * 60
        desk.screen._draw_time()
        assert "2 min over" in desk.text
        assert "Anti Human Trafficking Co-ordinator" in desk.text
        assert desk.screen.timer.value == "17:00"
        await desk.press_keys("right")
        assert " ".join(LONG_TITLE.split()) in " ".join(desk.text.split())
        assert "Next" not in desk.text.splitlines()[-2]
        await desk.press_keys("left", "escape")
        assert "item 2 of 3" in desk.text
        await desk.press_keys("f2", "c")
        assert desk.screen.timer.value == "17:00"
    assert len(list_steps(wales)) == steps


@pytest.mark.long
async def test_the_item_stays_when_another_one_is_added_before_it(
    wales: Workspace, meeting: str, narrow: OpenDesk
) -> None:
    async with narrow(wales) as desk:
        desk.app.open_minutes(meeting)
        await desk.wait_until_idle()
        await desk.press_keys("alt+down", "f2", "c")
        await desk.app.desk.run(agenda.move_item, meeting, 2, 1)
        desk.app.changed.publish(None)
        await desk.wait_until_idle()
        assert "item 1 of 3" in desk.text
        assert "Next: 2  Welcome" in desk.text
        await desk.app.desk.run(agenda.remove_item, meeting, 1)
        desk.app.changed.publish(None)
        await desk.wait_until_idle()
        assert "item 1 of 2" in desk.text


@pytest.mark.long
async def test_a_line_that_is_typed_stays_under_its_item(wales: Workspace, meeting: str, narrow: OpenDesk) -> None:
    async with narrow(wales) as desk:
        desk.app.open_minutes(meeting)
        await desk.wait_until_idle()
        await desk.type_text("n: half a line")
        await desk.press_keys("f2", "c", "right", "escape", "enter")
    assert [(line.item, line.text) for line in meetings.show_meeting(wales, meeting).lines] == [(1, "half a line")]


async def test_a_meeting_without_agenda_has_no_view_for_the_chair(wales: Workspace) -> None:
    draft = build_meeting_draft({"group": "LG", "starts": "2013-12-31 10:00"}, wales.today())
    ref = meetings.add_meeting(wales, draft).ref
    async with open_desk(wales, size=(80, 24)) as desk:
        desk.app.open_minutes(ref)
        await desk.wait_until_idle()
        await desk.press_keys("f2", "c")
        assert "The agenda has no items yet." in desk.text


def test_items_above_official_are_not_shown_to_the_room(wales: Workspace, meeting: str) -> None:
    for title, marking, item in (("Risks", "restricted", 2), ("Plan", "official", 1)):
        paper = build_paper_draft({"title": title, "marking": marking, "item": item}, wales.today())
        papers.add_paper(wales, meeting, paper)
    items = build_chair_items(meetings.show_meeting(wales, meeting))
    assert [(item.title, item.presenter) for item in items[:2]] == [("Welcome", ""), ("Not shown: RESTRICTED", "")]
    edit = build_meeting_draft({"marking": Marking.OFFICIAL_SENSITIVE.value}, wales.today())
    meetings.edit_meeting(wales, meeting, edit)
    items = build_chair_items(meetings.show_meeting(wales, meeting))
    assert {item.title for item in items} == {"Not shown: OFFICIAL-SENSITIVE"}


async def test_the_pages_of_a_meeting_show_its_marking(wales: Workspace, meeting: str, either: OpenDesk) -> None:
    meetings.edit_meeting(wales, meeting, build_meeting_draft({"marking": "official-sensitive"}, wales.today()))
    async with either(wales) as desk:
        desk.app.open_minutes(meeting)
        await desk.wait_until_idle()
        for keys in ((), ("f2", "c"), ("escape", "f2", "s"), ("escape", "ctrl+a")):
            await desk.press_keys(*keys)
            assert desk.text.splitlines()[0].endswith(" OFFICIAL-SENSITIVE")
            assert meeting in desk.text.splitlines()[0]
        await desk.press_keys("escape", "escape")
        desk.app.push_screen(AgendaScreen(meeting))
        await desk.wait_until_idle()
        assert desk.text.splitlines()[0].endswith(" OFFICIAL-SENSITIVE")
