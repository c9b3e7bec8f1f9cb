"""A form whose record takes long to write."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import pytest

from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.workspace import Workspace
from tests.tui.conftest import OpenDesk


async def test_a_form_that_is_saved_for_long_says_so(
    wales: Workspace, narrow: OpenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_continue = threading.Event()
    add_action = actions.add_action

    def add_slowly(*args: Any) -> Any:
        may_continue.wait(10)
        return add_action(*args)

    monkeypatch.setattr(actions, "add_action", add_slowly)
    monkeypatch.setattr("ahtc_tui.tui.widgets.form.LONG_SAVE_SECONDS", 0.01)
    async with narrow(wales) as desk:
        await desk.press_keys("2", "n")
        await desk.type_text("Brief the new points of contact")
        assert "Saving" not in desk.text
        desk.screen.action_save()
        async with asyncio.timeout(30):
            while "Saving" not in desk.text:
                await desk.pilot.pause(0.01)
        may_continue.set()
        await desk.wait_until_idle()
        assert desk.screen.noun == "actions"
        assert "Saving" not in desk.text
