"""A day with the list of meetings: what comes next, a new one, a change, a cancellation, a file for the calendar."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from typing import Any

import pytest
from textual.pilot import Pilot

from ahtc_tui.domain.dates.date_as_known import from_iso, from_stored
from ahtc_tui.domain.drafts.meetings import meeting_draft
from ahtc_tui.domain.meetings.model import MeetingRow, MeetingState
from ahtc_tui.services.meetings.service import add_meeting, invite_to_folder, list_calendar, show_meeting
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.meetings.list import say_day
from ahtc_tui.tui.meetings.screen import MeetingsScreen
from ahtc_tui.tui.shell.app import AhtcApp
from tests.builders import TODAY
from tests.journeys.hands import Hands


def a_meeting(workspace: Workspace, **fields: str) -> MeetingRow:
    """A meeting of the leadership group, this afternoon unless said otherwise."""
    return add_meeting(workspace, meeting_draft({"group": "LG", "starts": "2013-12-31 14:00", **fields}, TODAY))


@asynccontextmanager
async def at_meetings(workspace: Workspace, size: tuple[int, int] = (120, 40)) -> AsyncIterator[tuple[Pilot[int], Any]]:
    """The app with the meetings in front."""
    app = AhtcApp(workspace)
    async with app.run_test(size=size, notifications=True) as pilot:
        await pressed(pilot, "4")
        assert isinstance(app.screen, MeetingsScreen)
        yield pilot, app.screen


async def pressed(pilot: Pilot[int], *keys: str) -> None:
    """Press keys, and wait until everything that they began has come to rest or asks for more keys."""
    for key in keys:
        await pilot.press(key)
        if len(key) > 1 or key in "46necx":  # the letters of a word are typed in one go
            await rest(pilot)


async def rest(pilot: Pilot[int]) -> None:
    """Wait until everything that the last key began has come to rest."""
    await Hands(pilot).rest()


def card_text(screen: Any) -> str:
    """What the card says, in one line."""
    return " ".join(str(screen.card_pane.text.content).split())


def toasts(pilot: Pilot[int]) -> list[str]:
    """What was said so far."""
    return [notification.message for notification in pilot.app._notifications]


@pytest.mark.parametrize(
    ("stored_day", "said"),
    [
        ("2013-10-18", "Fri 18 Oct 13"),
        ("2013-06-30 month", "Jun 2013"),
        ("2009-12-31 year", "2009"),
        ("2014-03-31 season spring 2014", "spring 2014"),
        ("2013-12-31 month in the last weeks of 2013", "Dec 2013"),
    ],
)
def test_a_day_is_said_as_exactly_as_it_is_known(stored_day: str, said: str) -> None:
    assert say_day(from_stored(stored_day)) == said


async def test_the_cursor_begins_on_the_next_meeting_to_come(wales: Workspace) -> None:
    a_meeting(wales, starts="2014-07-10 10:00", title="Summer")
    a_meeting(wales, title="Winter", venue="Cathays Park", minutes="120")
    async with at_meetings(wales) as (_pilot, screen):
        assert screen.list_pane.highlighted.title == "Winter"
        said = card_text(screen)
        assert "Tuesday 31 December 2013, 14:00 to 16:00" in said
        assert "Cathays Park" in said
        assert "SEQUENCE 0" in said


async def test_a_series_stands_on_its_next_day_and_its_card_says_where_it_began(wales: Workspace) -> None:
    a_meeting(wales, starts="2013-12-10 10:00", repeat="FREQ=MONTHLY;BYDAY=2TU;COUNT=6")
    rows = [row for row in list_calendar(wales) if row.recurrence]
    assert [row.day for row in rows] == [from_iso("2014-01-14")]
    async with at_meetings(wales) as (pilot, screen):
        await pressed(pilot, "down")
        assert "Tuesday 10 December 2013" in card_text(screen)
        assert "Tuesday 14 January 2014" in card_text(screen)


async def test_a_new_meeting_needs_its_group_and_its_day_and_is_found_at_once(wales: Workspace) -> None:
    async with at_meetings(wales) as (pilot, screen):
        await pressed(pilot, "n", "l", "g", "enter", "tab", "tab", *"tue", "tab", *"2pm", "tab", *"90")
        await pressed(pilot, "ctrl+s")
        await rest(pilot)
        row = screen.list_pane.highlighted
        assert (row.group_ref, row.day.latest, f"{row.start_time:%H:%M}") == (
            "leadership-group",
            date(2014, 1, 7),
            "14:00",
        )
        assert toasts(pilot)[-1].startswith(f"{row.ref} added")
        await pilot.press("u")
        await rest(pilot)
        assert row.ref not in {one.ref for one in list_calendar(wales)}


async def test_only_what_is_changed_in_the_form_is_written(wales: Workspace) -> None:
    ref = a_meeting(wales, minutes="120", title="Winter").ref
    async with at_meetings(wales) as (pilot, _screen):
        await pressed(pilot, "e", "tab", "end", *" meeting", "ctrl+s")
        await rest(pilot)
    row = show_meeting(wales, ref).row
    assert (row.title, row.sequence) == ("Winter meeting", 0)


async def test_a_wrong_hour_keeps_the_form_open_with_a_sentence(wales: Workspace) -> None:
    ref = a_meeting(wales).ref
    async with at_meetings(wales) as (pilot, _screen):
        await pressed(pilot, "e", "tab", "tab", "tab", "end", "backspace", "backspace", *"99", "ctrl+s")
        form: Any = pilot.app.screen
        assert "no such hour" in str(form.error_line.content)
    assert show_meeting(wales, ref).row.sequence == 0


async def test_calling_off_asks_first_and_enter_keeps_the_meeting(wales: Workspace) -> None:
    ref = a_meeting(wales).ref
    async with at_meetings(wales) as (pilot, _screen):
        await pressed(pilot, "c", "enter")
        await rest(pilot)
        assert show_meeting(wales, ref).row.state is MeetingState.CONFIRMED
        await pressed(pilot, "c", "y")
        await rest(pilot)
        assert show_meeting(wales, ref).row.state is MeetingState.CANCELLED


async def test_the_calendar_file_lies_in_the_exports_folder_and_never_over_another(wales: Workspace) -> None:
    ref = a_meeting(wales).ref
    async with at_meetings(wales, (80, 24)) as (pilot, _screen):
        await pressed(pilot, "x", "x")
        files = sorted(path.name for path in wales.exports.iterdir())
        assert files == [f"{ref}-2.ics", f"{ref}.ics"]
        assert "3 of those invited have no address" in toasts(pilot)[-1]


def test_a_calendar_file_is_to_be_kept_not_answered(wales: Workspace) -> None:
    report = invite_to_folder(wales, a_meeting(wales).ref)
    assert b"METHOD:PUBLISH" in report.files[0].read_bytes()


async def test_a_decision_leads_to_the_meeting_that_took_it(wales: Workspace) -> None:
    async with at_meetings(wales) as (pilot, screen):
        screen.find("D-2013/1")
        await rest(pilot)
        assert screen.list_pane.highlighted.ref == "nrm-agreement-2013-03"
        assert "D-2013/1" in card_text(screen)


async def test_words_in_brackets_are_shown_as_they_are(wales: Workspace) -> None:
    a_meeting(wales, title="Papers [/b] of [Bawso]", venue="Room [red]")
    async with at_meetings(wales) as (_pilot, screen):
        assert "Papers [/b] of [Bawso]" in card_text(screen)
        assert "Room [red]" in card_text(screen)
