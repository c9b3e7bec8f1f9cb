"""A long undo shows how far it is; escape stops it, and nothing is changed."""

from __future__ import annotations

import time
from typing import Any

import pytest

from ahtc_tui.services import history
from ahtc_tui.services.progress import ProgressHooks
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.shell import reversal_progress
from tests.builders import make_action
from tests.tui.conftest import OpenDesk


async def test_escape_stops_a_long_undo(narrow: OpenDesk, wales: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    make_action(wales, "Brief the clerks")

    def undo_slowly(_workspace: Workspace, _step: Any, hooks: ProgressHooks) -> str:
        hooks.total, hooks.rows_done = 100_000, 12_000
        for _turn in range(1_000):
            hooks.report_progress()
            time.sleep(0.01)
        return "undone"

    monkeypatch.setattr(history, "undo_step", undo_slowly)
    monkeypatch.setattr(reversal_progress, "DELAY_SECONDS", 0.01)
    monkeypatch.setattr(reversal_progress, "REFRESH_SECONDS", 0.02)
    async with narrow(wales) as desk:
        desk.app.action_undo()
        for _turn in range(200):
            await desk.pilot.pause(0.02)
            if "12,000 of 100,000" in desk.text:
                break
        assert isinstance(desk.screen, reversal_progress.ReversalProgress)
        await desk.pilot.press("escape")
        for _turn in range(200):
            await desk.pilot.pause(0.02)
            if not isinstance(desk.screen, reversal_progress.ReversalProgress):
                break
        await desk.pilot.pause()
        assert "Cancelled. Nothing was saved." in desk.text
