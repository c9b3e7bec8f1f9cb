"""The screen of the settings."""

from __future__ import annotations

import pytest
from textual.widgets import Select

from ahtc_tui.services.workspace import Workspace, read_settings
from tests.tui.conftest import OpenDesk


async def test_a_setting_is_changed_and_the_theme_follows_at_once(wales: Workspace, wide: OpenDesk) -> None:
    async with wide(wales) as desk:
        await desk.press_keys(".", ",")
        assert "screen colours" in desk.text
        await desk.press_keys("slash")
        await desk.type_text("theme")
        await desk.press_keys("enter", "e")
        desk.screen.query_one(Select).value = "ahtc-contrast"
        await desk.press_keys("ctrl+s")
        assert desk.app.theme == "ahtc-contrast"
        assert read_settings(wales.root).theme == "ahtc-contrast"
        await desk.press_keys("escape", "escape")
        assert desk.screen.noun == "today"


@pytest.mark.long
async def test_a_wrong_value_stays_in_the_form_with_its_reason(wales: Workspace, wide: OpenDesk) -> None:
    async with wide(wales) as desk:
        await desk.press_keys(".", "comma", "slash")
        await desk.type_text("lock_minutes")
        await desk.press_keys("enter", "e", "end", "ctrl+u")
        await desk.type_text("soon")
        await desk.press_keys("enter")
        assert "lock_minutes must be a number." in desk.text
        assert not (wales.root / "ahtc.toml").exists()


async def test_a_theme_that_was_selected_is_remembered(wales: Workspace, wide: OpenDesk) -> None:
    async with wide(wales) as desk:
        desk.app.theme = "ahtc-colour-safe"
        await desk.wait_until_idle()
    assert read_settings(wales.root).theme == "ahtc-colour-safe"
