"""After a meeting: fill the gaps, close it, and write the files that go out, in few keys."""

from __future__ import annotations

import re
from pathlib import Path

import docx
import icalendar
import pytest
from python_calamine import CalamineWorkbook
from textual.widgets import Select
from textual.widgets.select import InvalidSelectValueError

from ahtc_tui.domain.documents.meeting_document import Cut
from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.drafts.minutes import build_agenda_draft, build_attendance_draft
from ahtc_tui.domain.meetings.kinds import MeetingState
from ahtc_tui.domain.minutes.lifecycle import MinutesState
from ahtc_tui.domain.publication.model import ListState, PublishedDocument
from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.documents.meeting_pages import find_page
from ahtc_tui.services.meetings import service as meetings
from ahtc_tui.services.meetings.agenda import add_item
from ahtc_tui.services.meetings.attendance import mark_remaining
from ahtc_tui.services.meetings.invitations import invite_guests
from ahtc_tui.services.minutes import checks, lifecycle
from ahtc_tui.services.publication.service import show_release_list
from ahtc_tui.services.workspace import Workspace
from tests.builders import make_line
from tests.journeys.conftest import Wording
from tests.journeys.hands import Hands
from tests.tui.conftest import OpenDesk

REF, NEXT = "LG-2013-01", "LG-2014-01"


@pytest.fixture
def held_office(wales: Workspace) -> Workspace:
    """A workspace with a Leadership Group held today, and the next one in March."""
    for starts in ("2013-12-31 10:00", "2014-03-11 10:00"):
        meetings.add_meeting(wales, build_meeting_draft({"group": "LG", "starts": starts}, wales.today()))
    for title in ("Training", "Data sets"):
        add_item(wales, REF, build_agenda_draft({"title": title}))
    invite_guests(wales, REF, names=("ahtc",))
    mark_remaining(wales, REF, build_attendance_draft({"state": "present"}))
    for typed, item in (("n: <b>two</b> courses & more", 1), ("a: agree dates @bawso due end jan", 1), ("a: share", 2)):
        make_line(wales, REF, typed, item)
    return wales


def list_files(workspace: Workspace, group: str) -> dict[str, Path]:
    """Return the files after the meeting by their name without day and group."""
    (folder,) = (path for path in workspace.exports.iterdir() if path.is_dir())
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.name[len("2013-12-31 ") :].replace(f", {group}", ""): path for path in files}


async def test_a_meeting_is_closed_and_its_files_written_in_ten_keys(
    held_office: Workspace, wide: OpenDesk, wording: Wording
) -> None:
    async with wide(held_office) as hands:
        hands.app.open_minutes(REF)
        await hands.wait_until_idle()
        await hands.press_keys("f2", "g")
        assert wording("action without a lead", "cam gweithredu heb arweinydd") in hands.toasts[-1]
        await hands.type_text(wording("@jeff due end feb", "@jeff erbyn diwedd Chwef"))
        await hands.press_keys("enter")
        assert checks.list_gaps(held_office, REF) == []
        await hands.press_keys("f2", "k")
        carried, is_open = wording("CARRIED FORWARD", "DYGWYD YMLAEN"), wording("open", "agored")
        assert re.search(rf"{carried}  \d+\n.*Training +{is_open}: LG-2013-01/01", hands.text, re.DOTALL)
        await hands.press_keys("enter")
        assert f"{REF}/01" in hands.text
        assert wording("Which objectives do the actions serve?", "Pa amcanion") in hands.text
        await hands.press_keys("escape", "enter")
        assert wording("files in", "ffeil") in hands.toasts[-1]
        assert hands.keys <= 10
    assert meetings.show_meeting(held_office, REF).row.state is MeetingState.HELD
    group = wording("Wales Anti Human Trafficking Leadership Group", "Grŵp Arwain Atal Masnachu mewn Pobl")
    files = list_files(held_office, group)
    minutes, letter_title = wording("Minutes", "Cofnodion"), wording("Your actions", "Eich camau gweithredu")
    log, invite = wording("Action log.xlsx", "Log gweithredu.xlsx"), wording("Calendar entry.ics", "Cofnod calendr.ics")
    jeff = f"{letter_title}, Jeff Farrar.docx"
    assert set(files) == {
        *(f"{minutes}{ending}" for ending in (".docx", ".html", ".eml")),
        log,
        invite,
        f"{letter_title}, Bawso.docx",
        jeff,
    }
    page = docx.Document(str(files[f"{minutes}.docx"]))
    cells = [cell.text for table in page.tables for row in table.rows for cell in row.cells]
    logged = CalamineWorkbook.from_path(str(files[log])).get_sheet_by_index(0).to_python()
    for number, title in (("01", "agree dates"), ("02", "share")):
        ref = f"{REF}/{number}"
        assert ref in cells
        assert wording(title, f"[Saesneg] {title}") in next(row for row in logged if row[0] == ref)
        assert actions.show_action(held_office, ref).row.title == title
    texts = [*cells, *(paragraph.text for paragraph in page.paragraphs)]
    assert any("<b>two</b> courses & more" in text for text in texts)
    event = icalendar.Calendar.from_ical(files[invite].read_bytes()).walk("VEVENT")[0]
    assert event["UID"] == meetings.show_meeting(held_office, NEXT).row.uid
    letter = "\n".join(paragraph.text for paragraph in docx.Document(str(files[jeff])).paragraphs)
    heading, title = wording("Agreed at the meeting", "Cytunwyd yn y cyfarfod"), wording("share", "[Saesneg] share")
    assert f"{heading}\n{REF}/02 {title}." in letter


@pytest.mark.long
async def test_minutes_are_issued_agreed_amended_and_compared(held_office: Workspace, wide: OpenDesk) -> None:
    async with wide(held_office) as hands:
        hands.app.open_minutes(REF)
        await hands.wait_until_idle()
        await hands.press_keys("f2", "s")
        await hands.press_keys(".", "i", "y")
        assert "Version 1 issued" in hands.toasts[-1]
        lifecycle.set_state(held_office, REF, MinutesState.AGREED)
        await hands.press_keys("escape")
        assert "Agreed: locked" in hands.text
        await hands.press_keys("alt+up", "f2", "e")
        assert "amendment of 1.2" in hands.text
        await hands.type_text(" soon")
        await hands.press_keys("enter")
        assert "printed on minutes and papers instead of your name" in hands.text
        await hands.press_keys("tab")
        await hands.type_text("Policy Lead")
        await hands.press_keys("ctrl+s")
        assert "Amendment of 1.2" in hands.text
        await hands.type_text("Gwent asked")
        await hands.press_keys("ctrl+s")
        await hands.press_keys("f2", "s")
        await hands.press_keys(".", "i", "y")
        shown = hands.screen.card_pane.content.plain
        assert "AMENDMENTS  1" in shown
        assert "1.2  agree dates → agree dates soon" in shown
        assert "Policy Lead, " in shown
        assert ": Gwent" in shown
        assert "VERSION 2 COMPARED WITH VERSION 1" in shown
        await hands.press_keys("x")
    assert actions.show_action(held_office, f"{REF}/01").row.title == "agree dates soon"
    assert (
        held_office.exports / "2013-12-31 Minutes, version 2, Wales Anti Human Trafficking Leadership Group.docx"
    ).exists()


@pytest.mark.long
async def test_minutes_are_published_only_after_each_text_is_decided(held_office: Workspace, wide: OpenDesk) -> None:
    make_line(held_office, REF, "ring Mrs Jones on 029 2000 0000", 1)
    minutes = find_page(PublishedDocument.MINUTES, REF)
    async with wide(held_office) as hands:
        hands.app.open_minutes(REF)
        await hands.wait_until_idle()
        await hands.press_keys("f2", "s", ".", "I")
        cut = hands.screen.query_one("#form-row-cut Select", Select)
        with pytest.raises(InvalidSelectValueError):
            cut.value = Cut.PUBLISHED.value  # an issue goes to the chair or the members
        await hands.press_keys("escape", "escape", "escape", "4")
        hands.screen.select_record(REF)
        await hands.wait_until_idle()
        await hands.press_keys(".", "K")
        assert "029 2000 0000" in hands.text
        await hands.press_keys(".", "p")
        assert "wait. Keep, reword or withhold each first" in hands.toasts[-1]
        assert show_release_list(held_office, minutes).state is ListState.OPEN
        texts = show_release_list(held_office, minutes).texts
        await hands.press_keys(*("2" for _text in texts), ".", "p", "enter")
        assert "Release 1" in hands.toasts[-1]
    assert show_release_list(held_office, minutes).state is ListState.RELEASED


@pytest.mark.long
async def test_the_state_form_offers_the_next_step(held_office: Workspace, wide: OpenDesk) -> None:
    async with wide(held_office) as hands:
        hands.app.open_minutes(REF)
        await hands.wait_until_idle()
        await hands.press_keys("f2", "s", ".", "s", "ctrl+s")
        assert lifecycle.show_minutes_state(held_office, REF).state is MinutesState.CLEARED
        await hands.press_keys("u")
        assert lifecycle.show_minutes_state(held_office, REF).state is MinutesState.DRAFT


@pytest.mark.long
async def test_welsh_is_typed_beside_a_line(held_office: Workspace, wide: OpenDesk) -> None:
    async with wide(held_office) as hands:
        hands.app.open_minutes(REF)
        await hands.wait_until_idle()
        await hands.press_keys("f2", "w")
        assert "Welsh of: agree dates" in hands.text
        await hands.type_text("cytuno ar ddyddiadau")
        await hands.press_keys("enter")
    assert meetings.show_meeting(held_office, REF).lines[1].text_cy == "cytuno ar ddyddiadau"


@pytest.mark.long
async def test_the_register_is_read_edited_and_written_from_meetings(held_office: Workspace, wide: OpenDesk) -> None:
    make_line(held_office, REF, "d: the course is adopted", 1)
    async with wide(held_office) as hands:
        await hands.press_keys("4", ".", "D")
        assert "latest first" in hands.text
        assert "the course is adopted" in hands.card
        await hands.press_keys("e", "tab")
        await hands.type_text("Four forces asked")
        await hands.press_keys("ctrl+s")
        assert "Four forces asked" in hands.card
        await hands.press_keys("x", "escape")
        assert hands.screen.noun == "meetings"
        await assert_register_closed(hands)
    assert (held_office.exports / "2013-12-31 Decision register.xlsx").exists()


async def assert_register_closed(hands: Hands) -> None:
    """Check that the decision register is closed."""
    assert "latest first" not in hands.text
