"""Screens while they close: the widgets of a screen are removed before the screen itself."""

from __future__ import annotations

import asyncio

import pytest

from ahtc_tui.services.workspace import Workspace
from tests.tui.conftest import OpenDesk


@pytest.mark.parametrize("key", ["comma", "C", "S"])
async def test_a_screen_that_closes_knows_which_keys_are_active(wales: Workspace, wide: OpenDesk, key: str) -> None:
    async with wide(wales) as desk:
        await desk.press_keys(key)
        screen = desk.screen
        closing = asyncio.ensure_future(screen.remove())
        had_children = bool(screen.children)
        while not closing.done():
            assert screen.active_bindings is not None
            await asyncio.sleep(0)
        assert had_children
        assert not screen.children
