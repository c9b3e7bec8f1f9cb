"""The command of the palette that switches the running screen between English and Welsh."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from ahtc_tui.domain.i18n import Language, _, use_language
from ahtc_tui.services.workspace import SETTINGS, Workspace
from tests.journeys.hands import Hands, open_desk

MODE_KEYS = "12345678"
SIZE = (120, 40)


@asynccontextmanager
async def open_screen(workspace: Workspace, language: Language = Language.EN) -> AsyncIterator[Hands]:
    """Run the app in a language of its own, as the command line does."""
    with use_language(language):
        async with open_desk(workspace, SIZE) as desk:
            yield desk


async def switch_language(desk: Hands, name: str) -> None:
    """Choose the command of the palette."""
    await desk.press_keys("ctrl+p")
    await desk.type_text(name)
    await desk.press_keys("enter")


async def read_modes(desk: Hands) -> list[str]:
    """Return the text of every mode as drawn, from its first row."""
    texts = []
    for key in MODE_KEYS:
        await desk.press_keys(key, "home")
        texts.append(desk.text)
    return texts


async def test_switch_keeps_mode_cursor_filter_marks_and_focus(wales: Workspace) -> None:
    async with open_screen(wales) as desk:
        await desk.press_keys("2", "/")
        await desk.type_text("training")
        await desk.press_keys("enter", "space", "down", "down")
        pane = desk.screen.list_pane
        before = (desk.refs, desk.screen.ref_of(desk.screen.selected_row), pane.marked, desk.screen.filter_bar.text)
        assert "Actions" in desk.text
        await switch_language(desk, "cymraeg")
        assert (
            desk.refs,
            desk.screen.ref_of(desk.screen.selected_row),
            pane.marked,
            desk.screen.filter_bar.text,
        ) == before
        assert desk.app.focused is pane
        assert "Camau gweithredu" in desk.text
        assert "Actions" not in desk.text


@pytest.mark.long
async def test_switch_changes_modes_that_were_open_before(wales: Workspace) -> None:
    async with open_screen(wales, Language.CY) as desk:
        in_welsh = await read_modes(desk)
    async with open_screen(wales) as desk:
        assert await read_modes(desk) != in_welsh
        await switch_language(desk, "cymraeg")
        desk.app.clear_notifications()
        assert await read_modes(desk) == in_welsh


async def test_services_on_other_threads_follow_the_switch(wales: Workspace) -> None:
    def name_action(_workspace: Workspace) -> str:
        return _("Actions")

    async with open_screen(wales) as desk:
        await switch_language(desk, "cymraeg")
        for run in (desk.app.desk.run, desk.app.desk.run_read, desk.app.desk.run_long):
            assert await run(name_action) == "Camau gweithredu"


async def test_switch_writes_the_setting_and_keeps_the_rest_of_the_file(wales: Workspace) -> None:
    path = wales.root / SETTINGS
    path.write_text('# ours\ntheme = "ahtc"  # dark\n[hub]\nevery = 5\n', encoding="utf-8")
    async with open_screen(wales) as desk:
        await switch_language(desk, "cymraeg")
        assert path.read_text(encoding="utf-8") == 'language = "cy"\n# ours\ntheme = "ahtc"  # dark\n[hub]\nevery = 5\n'
        await switch_language(desk, "english")
        assert path.read_text(encoding="utf-8") == 'language = "en"\n# ours\ntheme = "ahtc"  # dark\n[hub]\nevery = 5\n'


@pytest.mark.long
async def test_switch_is_refused_while_a_page_with_input_is_open(wales: Workspace) -> None:
    async with open_screen(wales) as desk:
        await desk.press_keys("4")
        await desk.press_keys("m")
        page = desk.screen
        await switch_language(desk, "cymraeg")
        assert desk.screen is page
        assert "Close the open form or page first" in desk.toasts[-1]
        assert not (wales.root / SETTINGS).exists()


@pytest.mark.long
async def test_settings_that_cannot_be_written_leave_the_screen_switched(wales: Workspace) -> None:
    (wales.root / SETTINGS).write_text("theme = ", encoding="utf-8")
    async with open_screen(wales) as desk:
        await desk.press_keys("2")
        await switch_language(desk, "cymraeg")
        assert "Camau gweithredu" in desk.text
        assert "ni newidiwyd y ffeil" in desk.toasts[-1]
        assert (wales.root / SETTINGS).read_text(encoding="utf-8") == "theme = "
