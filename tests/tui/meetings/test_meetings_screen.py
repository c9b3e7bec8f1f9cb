"""The list of meetings: next meeting, new meeting, edit, cancellation and calendar file."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import date
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.dates.date_as_known import read_iso_date, read_stored_date
from ahtc_tui.domain.drafts.contacts import build_contact_draft
from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.meetings.kinds import MeetingState
from ahtc_tui.domain.meetings.model import MeetingRow
from ahtc_tui.services.contacts.service import add_contact
from ahtc_tui.services.exports import pack_pdf
from ahtc_tui.services.exports.pack_pdf import PackPdfReport
from ahtc_tui.services.meetings.invitations import invite_guests
from ahtc_tui.services.meetings.service import add_meeting, export_invitation, list_calendar, show_meeting
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.settings.writer import write_office
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.meetings.list import format_day
from ahtc_tui.tui.meetings.screen import MeetingsScreen
from ahtc_tui.tui.shell.app import AhtcApp
from tests.builders import TODAY
from tests.journeys.hands import Hands


def create_meeting(workspace: Workspace, **fields: str) -> MeetingRow:
    """Add a meeting of the Leadership Group, this afternoon by default."""
    return add_meeting(workspace, build_meeting_draft({"group": "LG", "starts": "2013-12-31 14:00", **fields}, TODAY))


@asynccontextmanager
async def open_meetings(
    workspace: Workspace, size: tuple[int, int] = (120, 40)
) -> AsyncIterator[tuple[Pilot[int], Any]]:
    """Open the app in the mode Meetings."""
    app = AhtcApp(workspace)
    async with app.run_test(size=size, notifications=True) as pilot:
        await press_keys(pilot, "4")
        assert isinstance(app.screen, MeetingsScreen)
        yield pilot, app.screen


async def press_keys(pilot: Pilot[int], *keys: str) -> None:
    """Press keys and wait for their effects."""
    for key in keys:
        await pilot.press(key)
        if len(key) > 1 or key in "46necxP.":  # the letters of a word are typed without a wait
            await wait_until_idle(pilot)


async def wait_until_idle(pilot: Pilot[int]) -> None:
    """Wait for the effects of the last key."""
    await Hands(pilot).wait_until_idle()


def read_card(screen: Any) -> str:
    """Return the text of the card in one line."""
    return " ".join(str(screen.card_pane.content).split())


def list_toasts(pilot: Pilot[int]) -> list[str]:
    app: Any = pilot.app
    return [message.text for message in app.message_log]


@pytest.mark.parametrize(
    ("stored_day", "expected"),
    [
        ("2013-10-18", "Fri 18 Oct 13"),
        ("2013-06-30 month", "Jun 2013"),
        ("2009-12-31 year", "2009"),
        ("2014-03-31 season spring 2014", "spring 2014"),
        ("2013-12-31 month in the last weeks of 2013", "Dec 2013"),
    ],
)
def test_format_day_keeps_precision(stored_day: str, expected: str) -> None:
    assert format_day(read_stored_date(stored_day)) == expected


async def test_cursor_starts_on_next_meeting(wales: Workspace) -> None:
    create_meeting(wales, starts="2014-07-10 10:00", title="Summer")
    create_meeting(wales, title="Winter", venue="Cathays Park", minutes="120")
    async with open_meetings(wales) as (_pilot, screen):
        assert screen.list_pane.highlighted.title == "Winter"
        card = read_card(screen)
        assert "Tuesday 31 December 2013, 2pm to 4pm" in card
        assert "Cathays Park" in card
        assert "SEQUENCE" not in card


async def test_series_is_listed_on_its_next_day(wales: Workspace) -> None:
    create_meeting(wales, starts="2013-12-10 10:00", repeat="FREQ=MONTHLY;BYDAY=2TU;COUNT=6")
    rows = [row for row in list_calendar(wales) if row.recurrence]
    assert [row.day for row in rows] == [read_iso_date("2014-01-14")]
    async with open_meetings(wales) as (_pilot, screen):
        assert "Tuesday 10 December 2013" in read_card(screen)
        assert "Tuesday 14 January 2014" in read_card(screen)


@pytest.mark.long
async def test_the_form_of_a_series_shows_its_rule_in_words(wales: Workspace) -> None:
    create_meeting(wales, starts="2013-12-10 10:00", repeat="FREQ=MONTHLY;BYDAY=2TU;COUNT=6")
    async with open_meetings(wales) as (pilot, _screen):
        await press_keys(pilot, "e")
        await wait_until_idle(pilot)
        assert "every month on the second Tuesday, 6 times" in [field.value for field in pilot.app.screen.query(Input)]


@pytest.mark.long
async def test_new_meeting_is_selected_after_saving(wales: Workspace) -> None:
    async with open_meetings(wales) as (pilot, screen):
        await press_keys(pilot, "n", "l", "g", "enter", "tab", "tab", *"tue", "tab", *"2pm", "tab", *"90")
        await press_keys(pilot, "ctrl+s")
        await wait_until_idle(pilot)
        row = screen.list_pane.highlighted
        assert (row.group_ref, row.day.latest, f"{row.start_time:%H:%M}") == (
            "leadership-group",
            date(2014, 1, 7),
            "14:00",
        )
        assert list_toasts(pilot)[-1].startswith(f"{row.ref} added")
        await pilot.press("u")
        await wait_until_idle(pilot)
        assert row.ref not in {meeting.ref for meeting in list_calendar(wales)}


@pytest.mark.long
async def test_meeting_form_writes_only_changed_fields(wales: Workspace) -> None:
    ref = create_meeting(wales, minutes="120", title="Winter").ref
    async with open_meetings(wales) as (pilot, _screen):
        await press_keys(pilot, "e", "tab", "end", *" meeting", "ctrl+s")
        await wait_until_idle(pilot)
    row = show_meeting(wales, ref).row
    assert (row.title, row.sequence) == ("Winter meeting", 0)


@pytest.mark.long
async def test_invalid_time_keeps_form_open(wales: Workspace) -> None:
    ref = create_meeting(wales).ref
    async with open_meetings(wales) as (pilot, _screen):
        await press_keys(pilot, "e", "tab", "tab", "tab", "end", "backspace", "backspace", *"99", "ctrl+s")
        form: Any = pilot.app.screen
        assert "no valid time" in form.error_text
    assert show_meeting(wales, ref).row.sequence == 0


async def test_a_time_typed_with_the_date_is_the_start_of_the_meeting(wales: Workspace) -> None:
    ref = create_meeting(wales).ref
    async with open_meetings(wales) as (pilot, _screen):
        await press_keys(pilot, "e", "tab", "tab")
        await press_keys(pilot, "end", "ctrl+u", *"8 jan 2014, 9:30am")
        assert "Wednesday 8 January 2014, 9:30am" in Hands(pilot).text
        await press_keys(pilot, "tab", "end", "ctrl+u", *"11am", "ctrl+s")
        form: Any = pilot.app.screen
        assert "The date has another time, 9:30am." in form.error_text
        await press_keys(pilot, "end", "ctrl+u", "ctrl+s")
        await wait_until_idle(pilot)
    row = show_meeting(wales, ref).row
    assert (str(row.day), str(row.start_time)) == ("8 January 2014", "09:30:00")


async def test_cancelling_asks_and_defaults_to_no(wales: Workspace) -> None:
    ref = create_meeting(wales).ref
    async with open_meetings(wales) as (pilot, _screen):
        await press_keys(pilot, ".", "c", "enter")
        await wait_until_idle(pilot)
        assert show_meeting(wales, ref).row.state is MeetingState.CONFIRMED
        await press_keys(pilot, ".", "c", "y")
        await wait_until_idle(pilot)
        assert show_meeting(wales, ref).row.state is MeetingState.CANCELLED


async def test_calendar_files_do_not_overwrite_each_other(wales: Workspace) -> None:
    ref = create_meeting(wales).ref
    async with open_meetings(wales, (80, 24)) as (pilot, _screen):
        await press_keys(pilot, "x", "x")
        files = sorted(path.name for path in wales.exports.iterdir())
        assert files == [f"{ref}-2.ics", f"{ref}.ics"]
        assert "3 invitees have no address" in list_toasts(pilot)[-1]


def test_calendar_file_uses_method_publish(wales: Workspace) -> None:
    report = export_invitation(wales, create_meeting(wales).ref)
    assert b"METHOD:PUBLISH" in report.files[0].read_bytes()


@pytest.mark.long
async def test_decision_opens_its_meeting(wales: Workspace) -> None:
    async with open_meetings(wales) as (pilot, screen):
        screen.select_record("D-2013/1")
        await wait_until_idle(pilot)
        assert screen.list_pane.highlighted.ref == "nrm-agreement-2013-03"
        assert "D-2013/1" in read_card(screen)


async def test_markup_in_titles_is_shown_literally(wales: Workspace) -> None:
    create_meeting(wales, title="Papers [/b] of [Bawso]", venue="Room [red]")
    async with open_meetings(wales) as (_pilot, screen):
        assert "Papers [/b] of [Bawso]" in read_card(screen)
        assert "Room [red]" in read_card(screen)


async def test_a_key_writes_the_pack_as_one_pdf_into_the_exports(
    wales: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = create_meeting(wales).ref
    written: list[Path] = []

    def write_pack_pdf(_workspace: Workspace, _ref: str, target: Path) -> PackPdfReport:
        written.append(target)
        return PackPdfReport(target, ref, Marking.OFFICIAL, 3, (), (f"{ref}/P1: no file of this paper was given",))

    monkeypatch.setattr(pack_pdf, "write_pack_pdf", write_pack_pdf)
    async with open_meetings(wales) as (pilot, screen):
        screen.select_record(ref)
        await press_keys(pilot, ".", "P")
        await wait_until_idle(pilot)
        name = "2013-12-31 Meeting pack, Wales Anti Human Trafficking Leadership Group"
        assert written == [wales.exports / f"{name}.pdf"]
        assert f"{name}.pdf   3 pages   {ref}/P1: no file" in list_toasts(pilot)[-1]


async def test_an_invitation_is_saved_as_a_draft_email_from_the_list_of_the_invited(wales: Workspace) -> None:
    write_office(wales.root, "Office", "office@example.org")
    ref = create_meeting(wales).ref
    guest = add_contact(wales, build_contact_draft({"name": "Harbour Unit", "email": "unit@example.org"}, TODAY))
    invite_guests(wales, ref, (), (), (guest.ref,))
    with closing(open_workspace(wales.root, TODAY)) as office:
        async with open_meetings(office) as (pilot, screen):
            screen.select_record(ref)
            await press_keys(pilot, ".", "i", "x")
            await wait_until_idle(pilot)
            assert "Open it in your email program" in list_toasts(pilot)[-1]
    (draft,) = wales.exports.glob("*.eml")
    message = message_from_bytes(draft.read_bytes(), policy=policy.default)
    assert "unit@example.org" in message["To"]
    assert "text/calendar" in {part.get_content_type() for part in message.walk()}
