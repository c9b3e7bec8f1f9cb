"""A window and a second process on the same database: the window notices writes, and asks before it undoes them."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Callable

import pytest
from textual.app import ScreenStackError
from textual.widgets import TextArea

from ahtc_tui.domain.actions.filters import ActionFilter
from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.drafts.minutes import build_agenda_draft
from ahtc_tui.services.actions.service import list_actions, show_action
from ahtc_tui.services.meetings.agenda import add_item
from ahtc_tui.services.meetings.service import add_meeting
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.shell.idle_tasks import WriteWatch
from ahtc_tui.tui.widgets.record_list import RecordList
from tests.builders import TODAY, make_line, make_update
from tests.journeys.hands import Hands
from tests.tui.conftest import OpenDesk

WAIT_SECONDS = 30


@pytest.fixture(autouse=True)
def poll_often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Check for writes of other processes twenty times a second."""
    monkeypatch.setattr("ahtc_tui.tui.shell.idle_tasks.POLL_SECONDS", 0.05)


async def run_elsewhere(workspace: Workspace, *words: str, user: str = "secretariat") -> None:
    """Run a command on the same workspace in a process of its own."""
    command = [sys.executable, "-m", "ahtc_tui", "--workspace", str(workspace.root), "--as-at", "2013-12-31", *words]
    environment = {**os.environ, "AHTC_USER": user}
    completed = await asyncio.to_thread(subprocess.run, command, capture_output=True, env=environment, timeout=60)
    assert completed.returncode == 0, completed.stderr


async def wait_for(desk: Hands, condition: Callable[[], bool]) -> None:
    """Wait until the screen shows something that no key has asked for."""
    async with asyncio.timeout(WAIT_SECONDS):
        while not condition():
            await desk.pilot.pause(0.02)
    await desk.wait_until_idle()


async def test_record_added_elsewhere_appears_and_cursor_filter_and_marks_stay(
    wales: Workspace, wide: OpenDesk
) -> None:
    async with wide(wales) as desk:
        await desk.press_keys("2", "/")
        await desk.type_text("train")
        await desk.press_keys("enter", "space", "end")
        ref, total = desk.screen.selected_row[1].ref, desk.screen.list_pane.record_count
        await run_elsewhere(wales, "actions", "add", "Train the clerks", "--due", "2013-01-01")
        await wait_for(desk, lambda: desk.screen.list_pane.record_count == total + 1)
        assert "Train the clerks" in desk.text
        assert desk.screen.selected_row[1].ref == ref
        assert desk.screen.filter_bar.text == "train"
        assert len(desk.screen.list_pane.marked) == 1


@pytest.mark.long
async def test_open_card_shows_what_was_written_elsewhere_at_the_same_line(wales: Workspace, narrow: OpenDesk) -> None:
    ref = "DP-07"
    for number in range(12):
        make_update(wales, ref, f"Report {number} of the forum, with what was done and what is left to do.")
    async with narrow(wales) as desk:
        await desk.press_keys("2", "enter")
        await desk.press_keys("down", "down")
        top = desk.screen.card_pane.scroll_offset.y
        await run_elsewhere(wales, "actions", "update", ref, "Two of four are briefed")
        await wait_for(desk, lambda: "Two of four are briefed" in desk.card)
        assert desk.screen.card_pane.scroll_offset.y == top > 0
        assert desk.screen.card_pane.has_focus


@pytest.mark.long
async def test_list_keeps_its_place_on_the_screen(wales: Workspace, narrow: OpenDesk) -> None:
    async with narrow(wales) as desk:
        await desk.press_keys("2", "end", *["up"] * 3)
        pane = desk.screen.list_pane
        ref, line = desk.screen.selected_row[1].ref, pane.cursor - pane.scroll_offset.y
        total = pane.record_count
        await run_elsewhere(wales, "actions", "add", "Brief the clerks", "--due", "2013-01-01")
        await wait_for(desk, lambda: pane.record_count == total + 1)
        assert (desk.screen.selected_row[1].ref, pane.cursor - pane.scroll_offset.y) == (ref, line)


@pytest.mark.long
async def test_history_on_show_is_not_replaced_by_the_card(wales: Workspace, wide: OpenDesk) -> None:
    async with wide(wales) as desk:
        await desk.press_keys("2", ".", "h")
        ref = desk.screen.selected_row[1].ref
        await run_elsewhere(wales, "actions", "update", ref, "Two of four are briefed")
        await wait_for(desk, lambda: "briefed" in desk.card)
        assert desk.card.startswith("HISTORY")


@pytest.mark.long
async def test_open_form_is_not_disturbed(wales: Workspace, wide: OpenDesk) -> None:
    async with wide(wales) as desk:
        await desk.press_keys("2", "e")
        await desk.type_text(" and more")
        form, field = desk.screen, desk.app.focused
        assert isinstance(field, TextArea)
        typed = field.text
        desk_list = desk.app.screen_stack[0].query_one(RecordList)
        total = desk_list.record_count
        await run_elsewhere(wales, "actions", "add", "Brief the clerks")
        await wait_for(desk, lambda: desk_list.record_count == total + 1)
        assert desk.screen is form
        assert (field.text, field.has_focus) == (typed, True)


@pytest.mark.long
@pytest.mark.parametrize(
    ("keys", "command", "shown"),
    [
        (("1",), ("actions", "edit", "DP-05", "due=2013-12-01"), "DP-05"),
        (("3",), ("actions", "done", "DP-05"), "Plan"),
        (("4", "a"), ("meetings", "agenda", "LG-2013-03", "--add", "Matters of the day"), "Matters of the day"),
        (("4", "m"), ("meetings", "minute", "LG-2013-03", "The chair spoke of the plan"), "The chair spoke"),
        (("5", ".", "s"), ("groups", "seat", "@", "bawso"), "Bawso"),
    ],
    ids=["today", "plan", "agenda", "minutes", "seats"],
)
async def test_other_screens_notice_writes(
    wales: Workspace, wide: OpenDesk, keys: tuple[str, ...], command: tuple[str, ...], shown: str
) -> None:
    async with wide(wales) as desk:
        await desk.press_keys(keys[0])
        ref = desk.screen.ref_of(desk.screen.list_pane.highlighted)
        await desk.press_keys(*keys[1:])
        before = desk.text
        await run_elsewhere(wales, *(ref if word in ("@", "LG-2013-03") else word for word in command))
        await wait_for(desk, lambda: desk.text != before)
        assert shown in desk.text


def make_meeting_with_items(workspace: Workspace) -> str:
    """Return the reference of a new meeting with two items."""
    ref = add_meeting(workspace, build_meeting_draft({"group": "LG", "starts": "2013-12-31 10:00"}, TODAY)).ref
    for title in ("Apologies", "Training"):
        add_item(workspace, ref, build_agenda_draft({"title": title}))
    return ref


@pytest.mark.long
async def test_minutes_keep_item_line_and_typed_text_when_the_agenda_changes(wales: Workspace, wide: OpenDesk) -> None:
    ref = make_meeting_with_items(wales)
    for text in ("First note", "Second note", "Third note"):
        make_line(wales, ref, text, 2)
    async with wide(wales) as desk:
        desk.app.open_minutes(ref)
        await desk.wait_until_idle()
        await desk.press_keys("pagedown", "up")
        await desk.type_text("Half a sent")
        await run_elsewhere(wales, "meetings", "agenda", ref, "--add", "Late item")
        await run_elsewhere(wales, "meetings", "minute", ref, "--item", "1", "A note on apologies")
        await wait_for(desk, lambda: "Late item" in desk.text)
        assert "2  Training" in desk.text
        assert desk.screen.lines.highlighted.text == "Second note"
        assert desk.screen.entry.text == "Half a sent"


@pytest.mark.long
async def test_minutes_survive_the_removal_of_their_item_elsewhere(wales: Workspace, wide: OpenDesk) -> None:
    ref = make_meeting_with_items(wales)
    async with wide(wales) as desk:
        desk.app.open_minutes(ref)
        await desk.wait_until_idle()
        await desk.press_keys("pagedown")
        await run_elsewhere(wales, "meetings", "agenda", ref, "--remove", "2")
        await wait_for(desk, lambda: "Training" not in desk.text)
        assert "1  Apologies" in desk.text


async def test_undo_asks_before_it_reverses_a_step_of_another_process(wales: Workspace, wide: OpenDesk) -> None:
    async with wide(wales) as desk:
        await desk.press_keys("2", "d")
        await run_elsewhere(wales, "actions", "add", "Brief the clerks", user="secretariat")
        await desk.press_keys("u")
        assert "add Brief the clerks" in desk.text
        assert "secretariat" in desk.text
        await desk.press_keys("enter")
        assert (await desk.app.desk.run(show_action, "DP-45")).row.title == "Brief the clerks"
        await desk.press_keys("u", "y")
        assert desk.toasts[-1].startswith("Undone: add Brief the clerks")
        await desk.press_keys("u")
        assert desk.toasts[-1].startswith("Undone: complete DP-07")


@pytest.mark.long
async def test_redo_asks_where_another_process_undid_the_step(wales: Workspace, wide: OpenDesk) -> None:
    async with wide(wales) as desk:
        await desk.press_keys("2", "d")
        await run_elsewhere(wales, "undo")
        assert len(await desk.app.desk.run(list_actions, ActionFilter())) == 28
        await desk.press_keys("ctrl+r")
        assert "undone by secretariat" in " ".join(desk.text.split())
        await desk.press_keys("n")
        assert len(await desk.app.desk.run(list_actions, ActionFilter())) == 28
        await desk.press_keys("ctrl+r", "y")
        assert len(await desk.app.desk.run(list_actions, ActionFilter())) == 27


async def test_own_steps_are_undone_without_a_question(wales: Workspace, wide: OpenDesk) -> None:
    async with wide(wales) as desk:
        await desk.press_keys("2", "d", "u")
        assert desk.toasts[-1].startswith("Undone: complete DP-07")
        await desk.press_keys("ctrl+r")
        assert desk.toasts[-1].startswith("Redone: complete DP-07")


async def test_check_does_nothing_before_the_first_screen_and_after_the_last(
    wales: Workspace, wide: OpenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with wide(wales) as desk:
        watch = WriteWatch(desk.app)
        with monkeypatch.context() as patch:
            patch.setattr(type(desk.app), "screen", property(raise_no_screen))
            watch.check()
        desk.app.desk.close()
        await watch._compare_versions()
        assert watch._version is None


def raise_no_screen(_app: object) -> None:
    raise ScreenStackError("No screens on stack")
