"""The page of keys over a screen."""

from __future__ import annotations

from textual.containers import VerticalScroll

from ahtc_tui.services.workspace import Workspace
from tests.tui.conftest import Sitting


async def test_the_keys_of_a_mode_are_told_in_whole_words(wales: Workspace, narrow: Sitting) -> None:
    async with narrow(wales) as desk:
        await desk.press("question_mark")
        assert "the action, and a note of whom was asked" in " ".join(desk.text.replace("▌", " ").split())
        await desk.press("escape", "2", "question_mark")
        assert "Edit the action, or all marked ones at once" in desk.text
        page = desk.screen.query_one(VerticalScroll)
        assert page.max_scroll_x == 0
        await desk.press("end")
        assert "!amber !green" in " ".join(desk.text.replace("▌", " ").split())
