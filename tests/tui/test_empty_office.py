"""An office in which nothing is yet: every mode says which key begins."""

from __future__ import annotations

from ahtc_tui.services.workspace import Workspace
from tests.tui.conftest import Sitting

BEGIN = {
    "2": "Nothing open. n writes one",
    "3": "No objective yet.",
    "4": "No meeting yet. n calls one",
    "5": "No board or forum yet. n makes one.",
    "6": "Nobody yet. n adds a person, post or body",
    "7": "Nothing yet. n writes a figure",
}


async def test_every_mode_says_which_key_begins(workspace: Workspace, narrow: Sitting) -> None:
    async with narrow(workspace) as desk:
        assert "Write the first action" in desk.text
        for mode, words in BEGIN.items():
            await desk.press(mode)
            assert words in desk.text
        await desk.press("2", "a")
        assert "No closed action. a shows all." in desk.text
        await desk.press("/")
        await desk.type("zzz")
        assert "Nothing matches. esc clears the filter." in desk.text
        await desk.press("escape", "4", "D")
        assert "No decision yet." in desk.text


async def test_from_the_first_page_enter_leads_to_the_first_action(workspace: Workspace, narrow: Sitting) -> None:
    async with narrow(workspace) as desk:
        await desk.press("enter", "n")
        await desk.type("Find the first forum")
        await desk.press("ctrl+s", "1")
        assert "TO BEGIN" not in desk.text
        await desk.press("u")
        assert "TO BEGIN" in desk.text
        await desk.press("end", "enter")
        assert desk.screen.noun == "reports"
