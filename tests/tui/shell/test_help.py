"""The help page."""

from __future__ import annotations

from textual.containers import VerticalScroll

from ahtc_tui.services.workspace import Workspace
from tests.tui.conftest import OpenDesk


async def test_help_shows_full_descriptions(wales: Workspace, narrow: OpenDesk) -> None:
    async with narrow(wales) as desk:
        await desk.press_keys("question_mark")
        assert "Write a draft email to the lead of the action" in " ".join(desk.text.replace("▌", " ").split())
        await desk.press_keys("escape", "2", "question_mark")
        assert "Edit the action, or all marked ones with a preview" in desk.text
        page = desk.screen.query_one(VerticalScroll)
        assert page.max_scroll_x == 0
        await desk.press_keys("end")
        assert "is:open, is:closed, is:late" in " ".join(desk.text.replace("▌", " ").split())
