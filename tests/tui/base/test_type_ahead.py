"""Keys typed faster than the screen answers do what they would do typed slowly."""

from __future__ import annotations

import asyncio

import pytest
from textual import events
from textual.geometry import Offset, Region
from textual.widgets import Input

from ahtc_tui.domain.actions.filters import ActionFilter
from ahtc_tui.services.actions.service import list_actions
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.base import type_ahead
from ahtc_tui.tui.widgets.plain import Plain
from tests.journeys.hands import NAMES, Hands
from tests.tui.conftest import Sitting


async def at_once(desk: Hands, *keys: str) -> None:
    """All keys in one read of the terminal, as a paste or a slow moment gives them."""
    last = desk.app.turn + len(keys)
    for key in keys:
        desk.app.post_message(events.Key(NAMES.get(key, key), key if len(key) == 1 else None))
    async with asyncio.timeout(60):
        while desk.app.turn < last or (desk.app._answering and desk.app._followed.is_running):
            await desk.pilot.pause()
    await desk.rest()


async def test_a_filter_typed_in_one_breath_closes_no_action(wales: Workspace, narrow: Sitting) -> None:
    async with narrow(wales) as desk:
        await at_once(desk, "2", "/", *"jedd", "enter")
        assert desk.screen.filter_bar.text == "jedd"
        assert len(list_actions(wales, ActionFilter())) == 28


async def test_a_mode_and_what_is_done_there_may_be_typed_at_once(wales: Workspace, narrow: Sitting) -> None:
    async with narrow(wales) as desk:
        await at_once(desk, "2", "/", *"jeff", "enter", "enter")
        async with asyncio.timeout(30):
            while not desk.card.startswith("DP-36  "):
                await desk.pilot.pause()
        await at_once(desk, "escape", "escape", "n", *"udd")
        assert desk.screen.query(Input).first().value == "udd"


async def test_a_key_that_finds_nobody_holds_up_no_other(
    wales: Workspace, narrow: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type_ahead, "PATIENCE_SECONDS", 0.05)
    async with narrow(wales) as desk:
        desk.app._answering = True
        await at_once(desk, "2")
        assert desk.screen.noun == "actions"


async def test_a_key_whose_widget_is_gone_holds_up_no_other(
    wales: Workspace, narrow: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type_ahead, "PATIENCE_SECONDS", 3600)
    async with narrow(wales) as desk:
        desk.app._answering, desk.app._followed = True, Input()
        await at_once(desk, "2")
        assert desk.screen.noun == "actions"


async def test_the_key_after_a_form_is_saved_goes_to_the_list(wales: Workspace, narrow: Sitting) -> None:
    async with narrow(wales) as desk:
        await desk.press("2", "n")
        await desk.type("udd")
        await at_once(desk, "ctrl+s", "3")
        assert desk.screen.noun == "plan"


@pytest.mark.parametrize(
    ("keys", "there"),
    [("5o", "OurSeatsScreen"), ("5m", "SeatMatrixScreen"), ("7m", "MatrixScreen"), ("3t", "TimelineScreen")],
)
async def test_a_key_typed_after_that_of_a_table_goes_to_the_table(
    wales: Workspace, narrow: Sitting, keys: str, there: str
) -> None:
    async with narrow(wales) as desk:
        await at_once(desk, *keys, "question_mark")
        assert [type(screen).__name__ for screen in desk.app.screen_stack[-2:]] == [there, "KeysScreen"]


async def test_several_lines_pasted_into_a_field_of_one_line_all_arrive(wales: Workspace, narrow: Sitting) -> None:
    async with narrow(wales) as desk:
        await desk.press("2", "n")
        desk.app.post_message(events.Paste("Brief the four\r\n\tpoints of contact \nbefore  June\n"))
        await desk.rest()
        assert desk.screen.query(Input).first().value == "Brief the four points of contact before  June"
        await desk.press("ctrl+s")
        assert desk.toasts[-1].startswith("DP-45 added")


async def test_ctrl_z_undoes_and_ctrl_y_redoes_but_not_while_a_filter_is_typed(wales: Workspace, wide: Sitting) -> None:
    async with wide(wales) as desk:
        await desk.press("2", "d", "ctrl+z")
        assert len(list_actions(wales, ActionFilter())) == 28
        await desk.press("ctrl+y")
        assert len(list_actions(wales, ActionFilter())) == 27
        await desk.press("/")
        await desk.type("jeff")
        await desk.press("ctrl+z")
        assert len(list_actions(wales, ActionFilter())) == 27


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        (
            ("6", "/", *"spoc gwent", "enter", "a", *"Next Holder", "tab", *"10 feb 2014", "ctrl+s"),
            "Next Holder from 10",
        ),
        (("6", "/", *"stephen", "enter", "p", "s"), "subject-access-stephen-chapman.zip"),
        (("4", "n", *"lg", "enter", "tab", "tab", *"11 feb 2014", "ctrl+s", "p"), "pack-LG-2014-01"),
        (("5", "o", "x"), "brief-idmg.docx"),
    ],
)
async def test_a_whole_story_may_be_typed_in_one_breath(
    wales: Workspace, narrow: Sitting, keys: tuple[str, ...], said: str
) -> None:
    async with narrow(wales) as desk:
        await at_once(desk, *keys)
        assert said in desk.toasts[-1]


async def test_two_quick_clicks_beside_the_palette_close_it_and_nothing_else(wales: Workspace, narrow: Sitting) -> None:
    async with narrow(wales) as desk:
        await desk.press("2", "ctrl+p")
        for event in (events.MouseDown, events.MouseUp) * 2:
            desk.app.post_message(event(None, 5, 22, 0, 0, 1, False, False, False, 5, 22))
        await desk.rest()
        assert [type(screen).__name__ for screen in desk.app.screen_stack] == ["ActionsScreen"]


async def test_a_click_on_what_was_just_taken_away_does_nothing(
    wales: Workspace, narrow: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with narrow(wales) as desk:
        gone = Plain("gone")
        monkeypatch.setattr(desk.app, "get_widget_at", lambda _x, _y: (gone, Region()))
        monkeypatch.setattr(desk.screen, "get_widget_and_offset_at", lambda _x, _y: (gone, Offset()))
        desk.app.post_message(events.MouseDown(None, 5, 5, 0, 0, 1, False, False, False, 5, 5))
        await desk.rest()
        assert desk.app.is_running


async def test_a_key_waits_for_a_mode_that_a_click_opens(wales: Workspace, narrow: Sitting) -> None:
    async with narrow(wales) as desk:
        desk.app.switch_mode("actions")
        assert not desk.screen.is_mounted
        await desk.app.on_event(events.Key("slash", "/"))
        assert desk.app._typed
        for _turn in range(200):
            await desk.pilot.pause(0.01)
            if desk.screen.filter_bar.has_class("-open"):
                return
        raise AssertionError("The key was lost.")
