"""Scenario 3, ten working days after a meeting: gaps first, then everything that goes out, counted in keys."""

from __future__ import annotations

import re
from pathlib import Path

import docx
import icalendar
import pytest
from python_calamine import CalamineWorkbook

from ahtc_tui.domain.drafts.meetings import meeting_draft
from ahtc_tui.domain.drafts.minutes import agenda_draft, attendance_draft
from ahtc_tui.domain.meetings.model import MeetingState
from ahtc_tui.domain.minutes.lifecycle import MinutesState
from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.meetings import service as meetings
from ahtc_tui.services.meetings.attendance import mark_the_rest
from ahtc_tui.services.minutes import checks, lifecycle
from ahtc_tui.services.minutes import service as minutes
from ahtc_tui.services.workspace import Workspace
from tests.journeys.hands import Hands
from tests.tui.conftest import Sitting

REF, NEXT = "LG-2013-01", "LG-2014-01"


@pytest.fixture
def held(wales: Workspace) -> Workspace:
    """A Leadership Group of today, typed, with one action that nobody leads; the next is in March."""
    for starts in ("2013-12-31 10:00", "2014-03-11 10:00"):
        meetings.add_meeting(wales, meeting_draft({"group": "LG", "starts": starts}, wales.today()))
    for title in ("Training", "Data sets"):
        minutes.add_item(wales, REF, agenda_draft({"title": title}))
    mark_the_rest(wales, REF, attendance_draft({"state": "present"}))
    for typed, item in (("n: <b>two</b> courses & more", 1), ("a: agree dates @ahtc due end jan", 1), ("a: share", 2)):
        minutes.add_line(wales, REF, typed, item)
    return wales


def files_of(workspace: Workspace) -> dict[str, Path]:
    folder = workspace.root / "exports" / f"after-{REF}"
    return {path.name.split("-")[0]: path for path in folder.rglob("*") if path.is_file()}


async def test_from_the_last_gap_to_four_files_in_ten_keys(held: Workspace, wide: Sitting) -> None:
    async with wide(held) as hands:
        hands.app.take_minutes(REF)
        await hands.rest()
        await hands.press("f6")
        assert "action without an owner" in hands.toasts[-1]
        await hands.type("@jeff due end feb")
        await hands.press("enter")
        assert checks.gaps(held, REF) == []
        await hands.press("ctrl+k")
        assert re.search(r"GOES FORWARD  \d+\n.*Training +open: LG-2013-01/01", hands.text, re.DOTALL)
        await hands.press("enter", "enter")
        assert "files in" in hands.toasts[-1]
        assert hands.keys <= 10
    assert meetings.show_meeting(held, REF).row.state is MeetingState.HELD
    made = files_of(held)
    assert set(made) == {"minutes", "action", "invite", "ahtc", "jeff"}
    page = docx.Document(str(made["minutes"]))
    cells = [cell.text for table in page.tables for row in table.rows for cell in row.cells]
    logged = CalamineWorkbook.from_path(str(made["action"])).get_sheet_by_index(0).to_python()
    for number, title in (("01", "agree dates"), ("02", "share")):
        ref = f"{REF}/{number}"
        assert ref in cells
        assert title in next(row for row in logged if row[0] == ref)
        assert actions.show_action(held, ref).row.title == title
    assert any("<b>two</b> courses & more" in cell for cell in cells)
    event = icalendar.Calendar.from_ical(made["invite"].read_bytes()).walk("VEVENT")[0]
    assert event["UID"] == meetings.show_meeting(held, NEXT).row.uid
    letter = made["jeff"].read_text(encoding="utf-8")
    assert f"Agreed at the meeting\n\n{REF}/02  share" in letter


async def test_minutes_are_issued_agreed_amended_and_compared(held: Workspace, wide: Sitting) -> None:
    async with wide(held) as hands:
        hands.app.take_minutes(REF)
        await hands.rest()
        await hands.press("f5")
        await hands.press("i", "y")
        assert "Version 1 issued" in hands.toasts[-1]
        lifecycle.set_state(held, REF, MinutesState.AGREED, NEXT)
        await hands.press("escape")
        assert "Agreed: locked" in hands.text
        await hands.press("alt+up", "f2")
        assert "amendment of 1.2" in hands.text
        await hands.type(" soon")
        await hands.press("enter")
        await hands.press("f5")
        await hands.press("i", "y")
        shown = hands.screen.card_pane.text.content.plain
        assert "AMENDMENTS  1" in shown
        assert "1.2  agree dates → agree dates soon" in shown
        assert "VERSION 2 BESIDE VERSION 1" in shown
        await hands.press("x")
    assert actions.show_action(held, f"{REF}/01").row.title == "agree dates soon"
    assert (held.root / "exports" / f"minutes-{REF}-v2.docx").exists()


async def test_the_state_form_offers_the_next_step(held: Workspace, wide: Sitting) -> None:
    async with wide(held) as hands:
        hands.app.take_minutes(REF)
        await hands.rest()
        await hands.press("f5", "s", "ctrl+s")
        assert lifecycle.standing(held, REF).state is MinutesState.CLEARED
        await hands.press("u")
        assert lifecycle.standing(held, REF).state is MinutesState.DRAFT


async def test_welsh_is_typed_beside_a_line(held: Workspace, wide: Sitting) -> None:
    async with wide(held) as hands:
        hands.app.take_minutes(REF)
        await hands.rest()
        await hands.press("f7")
        assert "Welsh of: agree dates" in hands.text
        await hands.type("cytuno ar ddyddiadau")
        await hands.press("enter")
    assert meetings.show_meeting(held, REF).lines[1].text_cy == "cytuno ar ddyddiadau"


async def test_the_register_is_read_edited_and_written_from_meetings(held: Workspace, wide: Sitting) -> None:
    minutes.add_line(held, REF, "d: the course is adopted", 1)
    async with wide(held) as hands:
        await hands.press("4", "D")
        assert "decision register" in hands.text
        assert "the course is adopted" in hands.card
        await hands.press("e", "tab", "tab")
        await hands.type("Four forces asked")
        await hands.press("ctrl+s")
        assert "Four forces asked" in hands.card
        await hands.press("x", "escape")
        assert hands.screen.noun == "meetings"
        await walk_away(hands)
    assert (held.root / "exports" / "decisions-2013-12-31.xlsx").exists()


async def walk_away(hands: Hands) -> None:
    """Nothing is left open behind."""
    assert "decision register" not in hands.text
