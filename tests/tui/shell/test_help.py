"""The help page."""

from __future__ import annotations

import pytest
from textual.widgets import OptionList

from ahtc_tui.domain.i18n import Language, _, use_language
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.keys import KEYS
from tests.tui.conftest import OpenDesk

MODE_GROUPS = ("today", "action", "delivery", "meeting", "group", "contact", "evidence", "report")
WORK_KEYS = {key.id for key in KEYS if key.id.split(".")[0] in MODE_GROUPS}


@pytest.mark.long
async def test_help_shows_full_descriptions(wales: Workspace, narrow: OpenDesk) -> None:
    async with narrow(wales) as desk:
        await desk.press_keys("question_mark")
        assert "Save a draft email to the lead of the action" in " ".join(desk.text.replace("▌", " ").split())
        await desk.press_keys("escape", "2", "question_mark")
        assert "Edit the action, or all marked ones with a preview" in desk.text
        assert desk.screen.query_one(OptionList).max_scroll_x == 0
        pages = []
        for page in ("end", *["pageup"] * 5):
            await desk.press_keys(page)
            pages.append(" ".join(desk.text.replace("▌", " ").split()))
        assert any("is:open, is:closed, is:late" in page for page in pages)


@pytest.mark.sample(4)
@pytest.mark.parametrize(("mode_key", "title"), [("1", "Today"), ("5", "Groups"), ("6", "Contacts"), ("8", "Reports")])
async def test_the_help_page_begins_with_the_keys_of_the_screen(
    wales: Workspace, narrow: OpenDesk, mode_key: str, title: str
) -> None:
    async with narrow(wales) as desk:
        await desk.press_keys(mode_key, "question_mark")
        assert str(desk.screen.query_one(OptionList).get_option_at_index(0).prompt) == title


async def test_the_help_page_searches_and_runs_the_selected_command(wales: Workspace, narrow: OpenDesk) -> None:
    async with narrow(wales) as desk:
        await desk.press_keys("2", "question_mark", *"progre")
        assert "Add a dated progress update" in desk.text
        assert "Close the action as done" not in desk.text
        await desk.press_keys("enter")
        assert type(desk.screen).__name__ == "UpdateForm"


@pytest.mark.long
async def test_the_help_page_finds_a_command_by_its_welsh_name(wales: Workspace, narrow: OpenDesk) -> None:
    with use_language(Language.CY):
        words = _("Add a dated progress update")
    async with narrow(wales) as desk:
        await desk.press_keys("2", "question_mark")
        await desk.type_text(words.lower())
        assert "Add a dated progress update" in desk.text


@pytest.mark.long
async def test_the_help_page_names_each_key_of_a_pair(wales: Workspace, wide: OpenDesk) -> None:
    async with wide(wales) as desk:
        await desk.press_keys("4", "a", "question_mark")
        rows = [" ".join(row.replace("▌", " ").split()) for row in desk.text.splitlines()]
        assert any(row.startswith("shift+↑ alt+↑ Move the item up") for row in rows)
        assert any(row.startswith("shift+↓ alt+↓ Move the item down") for row in rows)


async def test_the_help_page_says_why_a_command_cannot_be_used(workspace: Workspace, narrow: OpenDesk) -> None:
    async with narrow(workspace) as desk:
        await desk.press_keys("2", "question_mark")
        assert "Close the action as done (The list is empty)" in desk.text
        await desk.type_text("as done")
        await desk.press_keys("enter")
        assert desk.toasts[-1] == "The list is empty."
        assert type(desk.screen).__name__ == "KeysScreen"


@pytest.mark.long
@pytest.mark.parametrize("mode", "12345678")
async def test_no_key_of_a_mode_is_silent_in_an_empty_office(workspace: Workspace, narrow: OpenDesk, mode: str) -> None:
    async with narrow(workspace) as desk:
        await desk.press_keys(mode)
        silent = []
        keys = [key for key, active in desk.screen.active_bindings.items() if active.binding.id in WORK_KEYS]
        for key in keys:
            before, toasts = desk.text, len(desk.toasts)
            await desk.press_keys(key)
            if desk.text == before and len(desk.toasts) == toasts:
                silent.append(key)
            for _step in range(4):
                if len(desk.app.screen_stack) > 1:
                    await desk.press_keys("escape")
            desk.app.clear_notifications()  # those of many keys in a moment hide the line of counts
            await desk.press_keys("escape", mode)
        assert silent == []


@pytest.mark.long
async def test_the_help_page_explains_the_signs_of_the_list(wales: Workspace, wide: OpenDesk) -> None:
    async with wide(wales) as desk:
        await desk.press_keys("2", "?", "end")
        assert "Symbols in the list" in desk.text
        assert "another action waits for this one" in desk.text
