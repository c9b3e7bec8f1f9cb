"""Live minutes: unfinished lines are kept with their item and line, and pasted lines are lines of their own."""

from __future__ import annotations

import pytest
from textual.events import Paste

from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.drafts.minutes import build_agenda_draft
from ahtc_tui.domain.meetings.kinds import LineKind
from ahtc_tui.domain.meetings.model import LineRow
from ahtc_tui.domain.minutes.lifecycle import MinutesState
from ahtc_tui.domain.minutes.model import UnfinishedLine
from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.meetings import service as meetings
from ahtc_tui.services.meetings.agenda import add_item
from ahtc_tui.services.minutes import lifecycle, live_minutes
from ahtc_tui.services.minutes import service as minutes
from ahtc_tui.services.workspace import Workspace
from tests.builders import make_line
from tests.journeys.hands import Hands
from tests.tui.conftest import OpenDesk

REF = "LG-2013-01"


@pytest.fixture
def office(wales: Workspace, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A Leadership Group with six items and two notes under the last one; unfinished lines are stored without delay."""
    monkeypatch.setattr("ahtc_tui.tui.minutes.screen.KEEP_SECONDS", 0)
    meetings.add_meeting(wales, build_meeting_draft({"group": "LG", "starts": "2013-12-31 10:00"}, wales.today()))
    for number in range(1, 7):
        add_item(wales, REF, build_agenda_draft({"title": f"Item {number}"}))
    for text in ("n: first", "n: second"):
        make_line(wales, REF, text, 6)
    return wales


def read_lines(office: Workspace) -> list[LineRow]:
    return list(meetings.show_meeting(office, REF).lines)


async def open_minutes(desk: Hands, item: int = 1) -> None:
    desk.app.open_minutes(REF)
    await desk.wait_until_idle()
    await desk.press_keys(*["alt+down"] * (item - 1))


async def paste(desk: Hands, text: str) -> None:
    desk.app.post_message(Paste(text))
    await desk.wait_until_idle()


async def quit_at_once(desk: Hands, *keys: str) -> None:
    """Press keys and quit before the delay after which unfinished lines are stored."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ahtc_tui.tui.minutes.screen.KEEP_SECONDS", 3600)
        await desk.pilot.press(*keys, "ctrl+q")


async def test_quitting_at_once_keeps_the_line_and_its_item(office: Workspace, narrow: OpenDesk) -> None:
    async with narrow(office) as desk:
        await open_minutes(desk, 4)
        await quit_at_once(desk, *"half")
    item = meetings.show_meeting(office, REF).agenda[3].key
    assert live_minutes.read_unfinished_line(office, REF) == UnfinishedLine("half", item)
    async with narrow(office) as desk:
        await open_minutes(desk)
        assert desk.screen.entry.text == "half"
        await desk.press_keys("enter")
    assert (read_lines(office)[0].item, read_lines(office)[0].text) == (4, "half")


@pytest.mark.long
async def test_a_restored_edit_is_still_the_edit_of_its_line(office: Workspace, narrow: OpenDesk) -> None:
    async with narrow(office) as desk:
        await open_minutes(desk, 6)
        await desk.press_keys("up", "f2", "e")
        assert "edit of 6.1" in desk.text
        await quit_at_once(desk, "space", *"time")
    async with narrow(office) as desk:
        await open_minutes(desk)
        assert desk.screen.entry.text == "first time"
        assert "edit of 6.1" in desk.text
        await desk.press_keys("enter")
    assert [line.text for line in read_lines(office)] == ["first time", "second"]
    assert live_minutes.read_unfinished_line(office, REF) == UnfinishedLine()


@pytest.mark.long
async def test_restored_welsh_text_is_still_the_welsh_of_its_line(office: Workspace, narrow: OpenDesk) -> None:
    async with narrow(office) as desk:
        await open_minutes(desk, 6)
        await desk.press_keys("f2", "w")
        await quit_at_once(desk, *"ail")
    async with narrow(office) as desk:
        await open_minutes(desk)
        assert "Welsh of: second" in desk.text
        await desk.press_keys("enter")
    assert (read_lines(office)[1].text, read_lines(office)[1].text_cy) == ("second", "ail")


@pytest.mark.long
async def test_a_restored_edit_shows_that_its_line_has_changed(office: Workspace, narrow: OpenDesk) -> None:
    line = read_lines(office)[1]
    unfinished = UnfinishedLine("second, ours", None, line.key, seen_text="second")
    live_minutes.save_unfinished_line(office, REF, unfinished)
    minutes.edit_line(office, REF, line.key, "second, theirs")
    async with narrow(office) as desk:
        await open_minutes(desk)
        assert "Line 6.2 has since been changed. It now reads: second, theirs" in desk.toasts[-1]
        await desk.press_keys("enter")
    assert read_lines(office)[1].text == "second, ours"


@pytest.mark.long
async def test_a_changed_edit_is_discarded_after_a_question(office: Workspace, narrow: OpenDesk) -> None:
    async with narrow(office) as desk:
        await open_minutes(desk, 6)
        await desk.press_keys("f2", "e", "exclamation_mark", "escape", "n")
        assert desk.screen.entry.text == "second!"
        await desk.press_keys("escape", "y")
        assert desk.screen.entry.text == ""
        await desk.press_keys("f2", "escape")
        assert desk.screen.entry.text == ""


@pytest.mark.long
async def test_lines_outside_any_item_are_shown_with_the_last_one(office: Workspace, narrow: OpenDesk) -> None:
    ref = meetings.add_meeting(
        office, build_meeting_draft({"group": "LG", "starts": "2014-01-14 10:00"}, office.today())
    ).ref
    make_line(office, ref, "n: before the agenda")
    add_item(office, ref, build_agenda_draft({"title": "Welcome"}))
    async with narrow(office) as desk:
        desk.app.open_minutes(ref)
        await desk.wait_until_idle()
        await desk.type_text("n: welcomed")
        await desk.press_keys("enter")
        shown = [row.split() for row in desk.text.splitlines()]
        assert any(row[-5:] == ["2.1", "n", "before", "the", "agenda"] for row in shown)
        assert any(row[-3:] == ["1.1", "n", "welcomed"] for row in shown)


@pytest.mark.long
async def test_the_edit_of_a_removed_line_becomes_a_new_line(office: Workspace, narrow: OpenDesk) -> None:
    line = read_lines(office)[1]
    live_minutes.save_unfinished_line(office, REF, UnfinishedLine("second, changed", None, line.key))
    minutes.remove_line(office, REF, line.key)
    async with narrow(office) as desk:
        await open_minutes(desk)
        assert "no longer in the minutes" in desk.toasts[-1]
        await desk.press_keys("enter")
    assert [line.text for line in read_lines(office)] == ["second, changed", "first"]


@pytest.mark.long
async def test_a_line_removed_while_it_is_edited_leaves_its_text(office: Workspace, narrow: OpenDesk) -> None:
    async with narrow(office) as desk:
        await open_minutes(desk, 6)
        await desk.press_keys("f2", "e", "exclamation_mark", "f2", "delete")
        assert "no longer in the minutes" in desk.toasts[-1]
        await desk.press_keys("enter")
    assert [line.text for line in read_lines(office)] == ["first", "second!"]


@pytest.mark.long
async def test_a_half_typed_line_is_not_replaced_by_an_edit(office: Workspace, narrow: OpenDesk) -> None:
    async with narrow(office) as desk:
        await open_minutes(desk, 6)
        await desk.type_text("half")
        for letter in ("e", "w"):
            await desk.press_keys("f2", letter)
            assert desk.screen.entry.text == "half"
            assert "Enter the line first" in desk.toasts[-1]


async def test_pasted_lines_are_a_line_each_in_one_undo(office: Workspace, narrow: OpenDesk) -> None:
    async with narrow(office) as desk:
        await open_minutes(desk, 2)
        await desk.type_text("a: write to ")
        await paste(desk, "Gwent @jeff due end jan\r\nd: X is adopted\n\n  a: book a room @bawso\nheard\n")
        assert desk.screen.entry.text == ""
        assert "4 lines added" in desk.toasts[-1]
        lines = [line for line in read_lines(office) if line.item == 2]
        assert [(line.kind, line.text) for line in lines] == [
            (LineKind.ACTION, "write to Gwent"),
            (LineKind.DECISION, "X is adopted"),
            (LineKind.ACTION, "book a room"),
            (LineKind.NOTE, "heard"),
        ]
        assert actions.show_action(office, f"{REF}/01").row.lead == "Jeff Farrar"
        await desk.press_keys("ctrl+z")
        assert len(read_lines(office)) == 2


@pytest.mark.long
async def test_pasted_lines_leave_an_edit_as_it_is(office: Workspace, narrow: OpenDesk) -> None:
    async with narrow(office) as desk:
        await open_minutes(desk, 6)
        await desk.press_keys("f2", "e", "exclamation_mark")
        await paste(desk, "d: X\nd: Y")
        assert desk.screen.entry.text == "second!"
        await desk.press_keys("enter")
    assert [line.text for line in read_lines(office)] == ["first", "second!", "X", "Y"]


@pytest.mark.long
async def test_one_pasted_line_waits_for_enter(office: Workspace, narrow: OpenDesk) -> None:
    async with narrow(office) as desk:
        await open_minutes(desk, 6)
        await paste(desk, "d: X\n")
        assert desk.screen.entry.text == "d: X"
        assert len(read_lines(office)) == 2


@pytest.mark.long
async def test_refused_pasted_lines_stay_in_the_input(office: Workspace, narrow: OpenDesk) -> None:
    lifecycle.set_state(office, REF, MinutesState.AGREED, None, None)
    async with narrow(office) as desk:
        await open_minutes(desk, 6)
        await paste(desk, "heard\nd: X")
        assert desk.screen.entry.text == "heard; d: X"
        assert len(read_lines(office)) == 2


@pytest.mark.long
async def test_two_decisions_on_one_typed_line_are_two(office: Workspace, narrow: OpenDesk) -> None:
    async with narrow(office) as desk:
        await open_minutes(desk, 6)
        await desk.type_text("d: X is adopted. d: Y is not.")
        assert " decision   decision" in desk.text
        await desk.press_keys("enter")
    assert [line.text for line in read_lines(office)[2:]] == ["X is adopted.", "Y is not."]


@pytest.mark.long
async def test_the_words_of_a_name_are_one_owner(office: Workspace, narrow: OpenDesk) -> None:
    async with narrow(office) as desk:
        await open_minutes(desk, 6)
        await desk.type_text("a: ask @spoc gwent due April 2014")
        assert "@spoc gwent → Single Point of Contact, Gwent Police" in desk.text.replace("\n", " ")
        await desk.press_keys("enter")
        await desk.type_text("n: mail @st today")
        await desk.press_keys("enter")
    row = actions.show_action(office, f"{REF}/01").row
    assert (row.title, row.lead_ref, str(row.due)) == ("ask", "spoc-gwent", "April 2014")
    assert read_lines(office)[-1].text == "mail @st today", "a name in a note is text"
