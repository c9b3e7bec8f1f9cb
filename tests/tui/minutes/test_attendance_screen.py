"""Who is there, as a note-taker marks it: seats at once, somebody known, somebody new, and the quorum all the while."""

from __future__ import annotations

from textual.pilot import Pilot
from textual.widgets import Input

from ahtc_tui.domain.drafts.meetings import meeting_draft
from ahtc_tui.domain.drafts.minutes import agenda_draft, attendance_draft
from ahtc_tui.domain.meetings.model import Presence
from ahtc_tui.services import history
from ahtc_tui.services.contacts import service as contacts
from ahtc_tui.services.meetings import attendance
from ahtc_tui.services.meetings import service as meetings
from ahtc_tui.services.meetings.agenda import add_item
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.minutes.attendance import AttendanceScreen
from ahtc_tui.tui.shell.app import AhtcApp
from ahtc_tui.tui.widgets.plain import Plain
from tests.journeys.hands import Hands
from tests.tui.conftest import Sitting


async def settle(pilot: Pilot[int]) -> None:
    await Hands(pilot).rest()


async def test_seats_are_marked_at_once_and_somebody_new_walks_in_with_three_keys(wales: Workspace) -> None:
    ref = meetings.add_meeting(wales, meeting_draft({"group": "LG", "starts": "2013-12-31 10:00"}, wales.today())).ref
    with wales.database.write("quorum") as ledger:
        (key,) = ledger.cursor.execute("SELECT id FROM parties WHERE short = 'LG'").fetchone()
        ledger.change("groups", key, {"quorum": 5})
    app = AhtcApp(wales)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await app.push_screen(AttendanceScreen(ref))
        await settle(pilot)
        head = app.screen.query_one("#attendance-head", Plain)
        assert "quorum 5: 5 short   3 not marked" in str(head.content)
        await pilot.press("r")
        await settle(pilot)
        assert "present 3  apologies 0   quorum 5: 2 short" in str(head.content)
        await pilot.press("w")
        await settle(pilot)
        await pilot.press(*"Nia", "space", *"Wyn", "ctrl+s")
        await settle(pilot)
        assert contacts.list_contacts(wales, "Nia Wyn") == []
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert [row.name for row in contacts.list_contacts(wales, "Nia Wyn")] == ["Nia Wyn"]
        assert [row.state for row in meetings.show_meeting(wales, ref).attendance][-1] is Presence.PRESENT
        await pilot.press("w")
        await settle(pilot)
        await pilot.press(*"nia", "enter", "ctrl+s")
        await settle(pilot)
        assert len(meetings.show_meeting(wales, ref).attendance) == 4
    history.undo(wales)
    assert contacts.list_contacts(wales, "Nia Wyn") == []
    assert len(meetings.show_meeting(wales, ref).attendance) == 3


async def test_f6_goes_to_whoever_is_not_marked_and_the_keys_are_told(wales: Workspace, narrow: Sitting) -> None:
    ref = meetings.add_meeting(wales, meeting_draft({"group": "LG", "starts": "2013-12-31 10:00"}, wales.today())).ref
    async with narrow(wales) as desk:
        desk.app.take_minutes(ref)
        await desk.rest()
        await desk.press("f1")
        assert "Live minutes" in desk.text
        await desk.press("escape", "f6", "down", "p", "up", "up")
        first = desk.screen.list_pane.highlighted.name
        await desk.press("f6")
        assert desk.screen.list_pane.highlighted.name not in (first, "Gangmasters Licensing Authority")
        await desk.press("question_mark")
        assert "The next of whom nothing is said" in desk.text
        await desk.press("escape", "r", "f6")
        assert desk.toasts[-1] == "Nothing is missing here."


async def test_what_is_said_of_somebody_stands_in_the_form_and_stays(wales: Workspace, narrow: Sitting) -> None:
    ref = meetings.add_meeting(wales, meeting_draft({"group": "LG", "starts": "2013-12-31 10:00"}, wales.today())).ref
    for title in ("Welcome", "Training", "Data sets"):
        add_item(wales, ref, agenda_draft({"title": title}))
    said = attendance_draft({"state": "part", "items": "2-3", "reason": "another meeting"})
    attendance.set_attendance(wales, ref, "Jeff Farrar", said)

    def row() -> tuple[Presence, str | None, str | None]:
        (only,) = meetings.show_meeting(wales, ref).attendance
        return only.state, only.items, only.reason

    async with narrow(wales) as desk:
        await desk.app.push_screen(AttendanceScreen(ref, "Jeff Farrar"))
        await desk.rest()
        await desk.press("e")
        desk.screen.query_one("#form-row-items Input", Input).value = "2"
        await desk.press("ctrl+s")
        assert row() == (Presence.PART, "2", "another meeting")
        await desk.press("a", "up", "e")
        desk.screen.query_one("#form-row-reason Input", Input).value = "in court"
        await desk.press("ctrl+s", "a")
        assert row() == (Presence.APOLOGIES, None, "in court"), "said again, it loses no reason"
