"""Keys typed faster than the screen responds have the same effect as keys typed slowly."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partialmethod
from typing import Any

import pytest
from textual import events
from textual.geometry import Offset, Region
from textual.timer import Timer
from textual.widgets import Input

from ahtc_tui.domain.actions.filters import ActionFilter
from ahtc_tui.services.actions.service import list_actions
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.base import type_ahead
from ahtc_tui.tui.base.service_threads import Desk
from ahtc_tui.tui.groups.seats import SeatsScreen
from ahtc_tui.tui.widgets.plain import Plain
from tests.builders import make_action
from tests.journeys.hands import KEY_NAMES, Hands, list_rows
from tests.tui.conftest import OpenDesk


async def press_at_once(desk: Hands, *keys: str) -> None:
    """Post all keys at once, as a terminal does after a slow moment."""
    last = desk.app.dispatched_key_count + len(keys)
    for key in keys:
        desk.app.post_message(events.Key(KEY_NAMES.get(key, key), key if len(key) == 1 else None))
    async with asyncio.timeout(60):
        while desk.app.dispatched_key_count < last or (
            desk.app._is_handling_key and desk.app._followed_node.is_running
        ):
            await desk.pilot.pause()
    await desk.wait_until_idle()


async def test_fast_typed_filter_triggers_no_other_keys(wales: Workspace, narrow: OpenDesk) -> None:
    async with narrow(wales) as desk:
        await press_at_once(desk, "2", "/", *"jedd", "enter")
        assert desk.screen.filter_bar.text == "jedd"
        assert len(list_actions(wales, ActionFilter())) == 28


@pytest.mark.long
async def test_mode_key_and_following_keys_typed_at_once(wales: Workspace, narrow: OpenDesk) -> None:
    async with narrow(wales) as desk:
        await press_at_once(desk, "2", "/", *"jeff", "enter", "enter")
        async with asyncio.timeout(30):
            while not desk.card.startswith("DP-36  "):
                await desk.pilot.pause()
        await press_at_once(desk, "escape", "escape", "n", *"udd")
        assert desk.screen.query(Input).first().value == "udd"


async def test_key_without_answer_times_out(
    wales: Workspace, narrow: OpenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type_ahead, "KEY_TIMEOUT_SECONDS", 0.05)
    async with narrow(wales) as desk:
        desk.app._is_handling_key = True
        await press_at_once(desk, "2")
        assert desk.screen.noun == "actions"


async def test_key_of_removed_widget_does_not_block(
    wales: Workspace, narrow: OpenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type_ahead, "KEY_TIMEOUT_SECONDS", 3600)
    async with narrow(wales) as desk:
        desk.app._is_handling_key, desk.app._followed_node = True, Input()
        await press_at_once(desk, "2")
        assert desk.screen.noun == "actions"


@pytest.mark.long
async def test_key_after_saving_form_goes_to_list(wales: Workspace, narrow: OpenDesk) -> None:
    async with narrow(wales) as desk:
        await desk.press_keys("2", "n")
        await desk.type_text("udd")
        await press_at_once(desk, "ctrl+s", "3")
        assert desk.screen.noun == "plan"


@pytest.mark.sample(4)
@pytest.mark.parametrize(
    ("keys", "screen_name"),
    [("5v", "OurSeatsScreen"), ("5.m", "SeatMatrixScreen"), ("7.m", "MatrixScreen"), ("3.t", "TimelineScreen")],
)
async def test_key_after_opening_table_goes_to_table(
    wales: Workspace, narrow: OpenDesk, keys: str, screen_name: str
) -> None:
    async with narrow(wales) as desk:
        await press_at_once(desk, *keys, "question_mark")
        assert [type(screen).__name__ for screen in desk.app.screen_stack[-2:]] == [screen_name, "KeysScreen"]


@pytest.fixture
def lost_timers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hold up the thread while a timer starts: one that skips late events and runs once never fires."""
    run = Timer._run

    async def run_late(timer: Timer) -> None:
        if timer._repeat is None or not timer._skip:
            await run(timer)

    monkeypatch.setattr(Timer, "_run", run_late)


@pytest.mark.long
@pytest.mark.usefixtures("lost_timers")
async def test_keys_hints_and_layout_do_not_need_a_timer_to_start_in_time(
    wales: Workspace, narrow: OpenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type_ahead, "KEY_TIMEOUT_SECONDS", 3600)
    async with narrow(wales) as desk:
        await press_at_once(desk, "2", "n")
        await press_at_once(desk, "escape", "3")
        assert desk.screen.noun == "plan"
        assert "v view by" in desk.text.splitlines()[-1]


@pytest.fixture
def slow_desk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Delay every read and write, as a busy machine does."""
    for name in ("run", "run_read"):
        original: Callable[..., Awaitable[Any]] = getattr(Desk, name)
        monkeypatch.setattr(Desk, name, partialmethod(run_delayed, original))


async def run_delayed(desk: Desk, original: Callable[..., Awaitable[Any]], *args: Any, **options: Any) -> Any:
    await asyncio.sleep(0.15)
    return await original(desk, *args, **options)


@pytest.mark.sample(12)
@pytest.mark.usefixtures("slow_desk")
@pytest.mark.parametrize(
    ("keys", "screen_name", "title"),
    [
        ((*"5.s", "end", "e"), "SeatForm", "Seat of the last member"),
        ((*"5.s", "end", ".", "r"), "DayForm", "Next term of the last member"),
        ((*"5.s", "n"), "SeatForm", "New seat"),
        ((*"3.m", "end", "n"), "MilestoneForm", ""),
        ((*"3.V", "q", ".", "m", "n"), "MilestoneForm", ""),
        ((*"5v", "end", "q", "n"), "GroupForm", "New group"),
        ((*"5.m", "right", "q", ".", "s", "n"), "SeatForm", "New seat"),
        ((*"6.D", "q", "n"), "ContactForm", "New contact"),
        ((*"6/", *"spoc gwent", "enter", ".", "h", ".", "a"), "AppointmentForm", ""),
        ((*"7.m", "down", "n"), "SessionForm", ""),
        ((*"4a", "end", "q", "n"), "MeetingForm", ""),
        ((*"3.t", "q", ".", "b", ".", "b", "q", ".", "p", "left", "q", ".", "m", "n"), "MilestoneForm", ""),
    ],
    ids=lambda value: "".join(value) if isinstance(value, tuple) else "",
)
async def test_keys_typed_at_once_reach_the_screens_that_they_open(
    wales: Workspace, narrow: OpenDesk, keys: tuple[str, ...], screen_name: str, title: str
) -> None:
    async with narrow(wales) as desk:
        await press_at_once(desk, *keys)
        assert type(desk.screen).__name__ == screen_name
        below = desk.app.screen_stack[-2]
        if isinstance(below, SeatsScreen) and "last" in title:
            last: Any = list_rows(below.list_pane)[-1]
            assert desk.screen._form_title == title.replace("the last member", last.member)
        elif title:
            assert desk.screen._form_title == title


@pytest.mark.long
@pytest.mark.usefixtures("slow_desk")
async def test_end_of_a_long_list_is_reached_before_the_next_key(workspace: Workspace, narrow: OpenDesk) -> None:
    for number in range(1, 202):
        make_action(workspace, title=f"Action {number}")
    async with narrow(workspace) as desk:
        await press_at_once(desk, "2", "end", "e")
        assert desk.screen._form_title == "Edit DP-201"


@pytest.mark.long
async def test_lines_pasted_into_input_are_joined(wales: Workspace, narrow: OpenDesk) -> None:
    async with narrow(wales) as desk:
        await desk.press_keys("2", "n")
        desk.app.post_message(events.Paste("Brief the four\r\n\tpoints of contact \nbefore  June\n"))
        await desk.wait_until_idle()
        assert desk.screen.query(Input).first().value == "Brief the four points of contact before  June"
        await desk.press_keys("ctrl+s")
        assert desk.toasts[-1].startswith("DP-45 added")


@pytest.mark.long
async def test_undo_and_redo_keys_do_nothing_in_filter(wales: Workspace, wide: OpenDesk) -> None:
    async with wide(wales) as desk:
        await desk.press_keys("2", "d", "ctrl+z")
        assert len(list_actions(wales, ActionFilter())) == 28
        await desk.press_keys("ctrl+r")
        assert len(list_actions(wales, ActionFilter())) == 27
        await desk.press_keys("/")
        await desk.type_text("jeff")
        await desk.press_keys("ctrl+z")
        assert len(list_actions(wales, ActionFilter())) == 27


@pytest.mark.long
@pytest.mark.parametrize(
    ("keys", "toast"),
    [
        (
            ("6", "/", *"spoc gwent", "enter", ".", "a", *"Next Holder", "tab", *"10 feb 2014", "ctrl+s"),
            "Next Holder from 10",
        ),
        (("6", "/", *"stephen", "enter", ".", "p", ".", "s"), "2013-12-31 Subject access request, stephen-chapman.zip"),
        (
            ("4", "n", *"lg", "enter", "tab", "tab", *"11 feb 2014", "ctrl+s", ".", "p"),
            "2014-02-11 Meeting pack, Wales",
        ),
        (("5", ".", "o", "x"), "2013-12-31 Brief, Inter-Departmental Ministerial Group on Human Trafficking.docx"),
    ],
)
async def test_long_key_sequences_typed_at_once(
    wales: Workspace, narrow: OpenDesk, keys: tuple[str, ...], toast: str
) -> None:
    async with narrow(wales) as desk:
        await press_at_once(desk, *keys)
        assert toast in desk.toasts[-1]


@pytest.mark.long
async def test_double_click_beside_palette_closes_only_palette(wales: Workspace, narrow: OpenDesk) -> None:
    async with narrow(wales) as desk:
        await desk.press_keys("2", "ctrl+p")
        for event in (events.MouseDown, events.MouseUp) * 2:
            desk.app.post_message(event(None, 5, 22, 0, 0, 1, False, False, False, 5, 22))
        await desk.wait_until_idle()
        assert [type(screen).__name__ for screen in desk.app.screen_stack] == ["ActionsScreen"]


async def test_click_on_removed_widget_is_ignored(
    wales: Workspace, narrow: OpenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with narrow(wales) as desk:
        removed = Plain("gone")
        monkeypatch.setattr(desk.app, "get_widget_at", lambda _x, _y: (removed, Region()))
        monkeypatch.setattr(desk.screen, "get_widget_and_offset_at", lambda _x, _y: (removed, Offset()))
        desk.app.post_message(events.MouseDown(None, 5, 5, 0, 0, 1, False, False, False, 5, 5))
        await desk.wait_until_idle()
        assert desk.app.is_running


async def test_key_waits_for_mode_opened_by_click(wales: Workspace, narrow: OpenDesk) -> None:
    async with narrow(wales) as desk:
        desk.app.switch_mode("actions")
        assert not desk.screen.is_mounted
        await desk.app.on_event(events.Key("slash", "/"))
        assert desk.app._waiting_keys
        for _turn in range(200):
            await desk.pilot.pause(0.01)
            if desk.screen.filter_bar.has_class("-open"):
                return
        raise AssertionError("The key was lost.")
