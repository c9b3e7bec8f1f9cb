"""Screens while they close: the widgets of a screen are removed before the screen itself."""

from __future__ import annotations

import asyncio
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

import pytest
from textual import events
from textual.screen import Screen

import ahtc_tui.tui
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.actions.screen import ActionsScreen
from ahtc_tui.tui.shell.app import AhtcApp
from ahtc_tui.tui.widgets.dismiss_once import DismissOnce
from tests.tui.conftest import OpenDesk


@pytest.mark.sample(3)
@pytest.mark.parametrize("key", ["comma", "C", "S"])
async def test_a_screen_that_closes_knows_which_keys_are_active(wales: Workspace, wide: OpenDesk, key: str) -> None:
    async with wide(wales) as desk:
        await desk.press_keys(".", key)
        screen = desk.screen
        closing = asyncio.ensure_future(screen.remove())
        had_children = bool(screen.children)
        while not closing.done():
            assert screen.active_bindings is not None
            await asyncio.sleep(0)
        assert had_children
        assert not screen.children


async def test_a_card_that_arrives_after_its_screen_was_closed_is_dropped(
    wales: Workspace, wide: OpenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_closed = asyncio.Event()

    async def load_late(_screen: ActionsScreen, _row: object) -> tuple[()]:
        await is_closed.wait()
        return ()

    async with wide(wales) as desk:
        await desk.press_keys("2")
        monkeypatch.setattr(ActionsScreen, "load_sections", load_late)
        screen = desk.screen
        worker = screen.read_card(screen.selected_row)
        await desk.pilot.pause()
        closing = asyncio.ensure_future(screen.query("*").remove())
        screen.display = False
        await closing
        is_closed.set()
        await asyncio.wait([worker._task])
        assert not desk.app.crash_message


@pytest.mark.sample(10)
@pytest.mark.parametrize("keys", ["2n", "2b", "3t", "3p", "4a", "4b", "5m", "6h", "7m"])
async def test_a_screen_that_is_closed_before_it_has_its_widgets_neither_loads_nor_draws(
    wales: Workspace, wide: OpenDesk, keys: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed_screens = []

    def open_and_close(app: AhtcApp, screen: Screen[Any], *args: Any, **options: Any) -> Any:
        closed_screens.append(screen)
        pushed = push_screen(app, screen, *args, **options)
        screen.dismiss(None)
        screen.post_message(events.Resize(app.size, app.size))
        return pushed

    push_screen: Any = AhtcApp.push_screen
    async with wide(wales) as desk:
        await desk.press_keys(*keys[:-1])
        monkeypatch.setattr(AhtcApp, "push_screen", open_and_close)
        await desk.press_keys(keys[-1])
        assert closed_screens
        assert not closed_screens[0].children
        assert not desk.app.crash_message


def test_every_screen_dismisses_only_itself() -> None:
    for module in walk_packages(ahtc_tui.tui.__path__, "ahtc_tui.tui."):
        import_module(module.name)
    screens: list[type[Screen[Any]]] = [Screen]
    others = []
    while screens:
        screen = screens.pop()
        screens.extend(screen.__subclasses__())
        if screen.__module__.startswith("ahtc_tui.") and not issubclass(screen, DismissOnce):
            others.append(screen.__qualname__)
    assert others == []
