"""Attendance: marking seats, walk-ins and quorum."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.drafts.minutes import build_agenda_draft, build_attendance_draft
from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.domain.meetings.kinds import Presence
from ahtc_tui.services import history
from ahtc_tui.services.contacts import service as contacts
from ahtc_tui.services.meetings import attendance
from ahtc_tui.services.meetings import service as meetings
from ahtc_tui.services.meetings.agenda import add_item
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.minutes.attendance import AttendanceScreen
from ahtc_tui.tui.shell.app import AhtcApp
from ahtc_tui.tui.widgets.mode_bar import MeetingHead
from tests.journeys.hands import Hands
from tests.tui.conftest import OpenDesk


async def wait_until_idle(pilot: Pilot[int]) -> None:
    await Hands(pilot).wait_until_idle()


async def test_seats_are_named_in_welsh_and_marked_by_their_record(wales: Workspace, narrow: OpenDesk) -> None:
    draft = build_meeting_draft({"group": "LG", "starts": "2013-12-31 10:00"}, wales.today())
    ref = meetings.add_meeting(wales, draft).ref
    with use_language(Language.CY):
        async with narrow(wales) as desk:
            await desk.app.push_screen(AttendanceScreen(ref, "Gangmasters Licensing Authority"))
            await desk.wait_until_idle()
            assert "Awdurdod Trwyddedu Gangfeistri" in desk.text
            await desk.press_keys("1")
    states = {row.name: row.state for row in meetings.show_meeting(wales, ref).attendance}
    assert states == {"Gangmasters Licensing Authority": Presence.PRESENT}


async def test_mark_remaining_seats_and_add_walk_ins(wales: Workspace) -> None:
    ref = meetings.add_meeting(
        wales, build_meeting_draft({"group": "LG", "starts": "2013-12-31 10:00"}, wales.today())
    ).ref
    with wales.database.write("quorum") as ledger:
        (key,) = ledger.cursor.execute("SELECT id FROM parties WHERE short = 'LG'").fetchone()
        ledger.update("groups", key, {"quorum": 5})
    app = AhtcApp(wales)
    async with app.run_test(size=(100, 30)) as pilot:
        await wait_until_idle(pilot)
        await app.push_screen(AttendanceScreen(ref))
        await wait_until_idle(pilot)
        head = app.screen.query_one(MeetingHead)
        assert "quorum 5: 5 short   3 not marked" in str(head.content)
        await pilot.press(".", "r")
        await wait_until_idle(pilot)
        assert "present 3  apologies 0   quorum 5: 2 short" in str(head.content)
        await pilot.press("n")
        await wait_until_idle(pilot)
        await pilot.press(*"Nia", "space", *"Wyn", "ctrl+s")
        await wait_until_idle(pilot)
        assert contacts.list_contacts(wales, "Nia Wyn") == []
        await pilot.press("ctrl+s")
        await wait_until_idle(pilot)
        assert [row.name for row in contacts.list_contacts(wales, "Nia Wyn")] == ["Nia Wyn"]
        assert [row.state for row in meetings.show_meeting(wales, ref).attendance][-1] is Presence.PRESENT
        await pilot.press("n")
        await wait_until_idle(pilot)
        await pilot.press(*"nia", "enter", "ctrl+s")
        await wait_until_idle(pilot)
        assert len(meetings.show_meeting(wales, ref).attendance) == 4
    history.undo_step(wales)
    assert contacts.list_contacts(wales, "Nia Wyn") == []
    assert len(meetings.show_meeting(wales, ref).attendance) == 3


@pytest.mark.long
async def test_f6_selects_next_unmarked_guest(wales: Workspace, narrow: OpenDesk) -> None:
    ref = meetings.add_meeting(
        wales, build_meeting_draft({"group": "LG", "starts": "2013-12-31 10:00"}, wales.today())
    ).ref
    async with narrow(wales) as desk:
        desk.app.open_minutes(ref)
        await desk.wait_until_idle()
        await desk.press_keys("f1")
        assert "Live minutes" in desk.text
        await desk.press_keys("escape", "ctrl+a", "down", "1", "up", "up")
        first = desk.screen.list_pane.highlighted.name
        await desk.press_keys(".", "g")
        assert desk.screen.list_pane.highlighted.name not in (first, "Gangmasters Licensing Authority")
        await desk.press_keys("question_mark")
        assert "Go to the next person not marked" in desk.text
        await desk.press_keys("escape", ".", "r", ".", "g")
        assert desk.toasts[-1] == "Everyone is marked."


@pytest.mark.long
async def test_attendance_form_keeps_existing_details(wales: Workspace, narrow: OpenDesk) -> None:
    ref = meetings.add_meeting(
        wales, build_meeting_draft({"group": "LG", "starts": "2013-12-31 10:00"}, wales.today())
    ).ref
    for title in ("Welcome", "Training", "Data sets"):
        add_item(wales, ref, build_agenda_draft({"title": title}))
    draft = build_attendance_draft({"state": "part", "items": "2-3", "reason": "another meeting"})
    attendance.set_attendance(wales, ref, "Jeff Farrar", draft)

    def read_attendance() -> tuple[Presence, str | None, str | None]:
        (only,) = meetings.show_meeting(wales, ref).attendance
        return only.state, only.items, only.reason

    async with narrow(wales) as desk:
        await desk.app.push_screen(AttendanceScreen(ref, "Jeff Farrar"))
        await desk.wait_until_idle()
        await desk.press_keys("e")
        desk.screen.query_one("#form-row-items Input", Input).value = "2"
        await desk.press_keys("ctrl+s")
        assert read_attendance() == (Presence.PART, "2", "another meeting")
        await desk.press_keys("3", "up", "e")
        desk.screen.query_one("#form-row-reason Input", Input).value = "in court"
        await desk.press_keys("ctrl+s", "3")
        assert read_attendance() == (Presence.APOLOGIES, None, "in court"), "marking again keeps the reason"


async def test_presence_at_a_meeting_to_come_is_refused_on_the_screen(wales: Workspace, narrow: OpenDesk) -> None:
    ref = meetings.add_meeting(
        wales, build_meeting_draft({"group": "LG", "starts": "2014-03-11 10:00"}, wales.today())
    ).ref
    async with narrow(wales) as desk:
        await desk.app.push_screen(AttendanceScreen(ref))
        await desk.wait_until_idle()
        for keys in (("1",), (".", "r")):
            await desk.press_keys(*keys)
            assert "in the future. Record only apologies and deputies" in desk.toasts[-1]
            assert meetings.show_meeting(wales, ref).attendance == ()
        await desk.press_keys("3")
        assert [row.state for row in meetings.show_meeting(wales, ref).attendance] == [Presence.APOLOGIES]
