"""The screen of the settings."""

from __future__ import annotations

from textual.widgets import Input, Select

from ahtc_tui.services.workspace import Workspace, read_settings
from tests.tui.conftest import OpenDesk


async def test_settings_are_one_form_and_theme_and_office_change_at_once(wales: Workspace, wide: OpenDesk) -> None:
    async with wide(wales) as desk:
        await desk.press_keys(".", ",")
        assert "screen colours" in desk.text
        await desk.type_text("Office of the co-ordinator")
        desk.screen.query_one("#form-row-theme Select", Select).value = "ahtc-contrast"
        await desk.press_keys("ctrl+s")
        assert desk.app.theme == "ahtc-contrast"
        settings = read_settings(wales.root)
        assert (settings.theme, settings.office.name) == ("ahtc-contrast", "Office of the co-ordinator")
        assert desk.screen.noun == "today"
        assert "Settings are saved in ahtc.toml." in desk.toasts[-1]


async def test_a_wrong_value_is_marked_at_its_field_and_nothing_is_saved(wales: Workspace, wide: OpenDesk) -> None:
    async with wide(wales) as desk:
        await desk.press_keys(".", "comma")
        await desk.type_text("Office of the co-ordinator")
        await desk.press_keys("f2", "m")
        desk.screen.query_one("#form-row-lock_minutes Input", Input).value = "soon"
        await desk.press_keys("ctrl+s")
        assert "lock_minutes must be a number." in desk.text
        assert desk.app.focused is desk.screen.query_one("#form-row-lock_minutes Input")
        assert not (wales.root / "ahtc.toml").exists()


async def test_a_setting_of_the_file_is_shown_with_the_usual_ones(wales: Workspace, wide: OpenDesk) -> None:
    (wales.root / "ahtc.toml").write_text('[retention]\npapers = "7 years"\n[keymap]\n"action.done" = "f9"\n')
    async with wide(wales) as desk:
        await desk.press_keys(".", "comma")
        rows = [row.id for row in desk.screen.query(".form-row").results() if row.display]
        assert rows[-2:] == ["form-row-retention-papers", "form-row-keymap-action-done"]
        assert "Keep papers" in desk.text


async def test_a_theme_that_was_selected_is_remembered(wales: Workspace, wide: OpenDesk) -> None:
    async with wide(wales) as desk:
        desk.app.theme = "ahtc-colour-safe"
        await desk.wait_until_idle()
    assert read_settings(wales.root).theme == "ahtc-colour-safe"
