"""The key that repeats the last command on the marked rows, in every list with marks."""

from __future__ import annotations

import pytest

from ahtc_tui.services.workspace import Workspace
from tests.tui.conftest import OpenDesk


@pytest.mark.long
async def test_the_key_says_why_there_is_nothing_to_repeat(wales: Workspace, wide: OpenDesk) -> None:
    async with wide(wales) as desk:
        for mode in "26":
            await desk.press_keys(mode, ".")
            assert desk.toasts[-1] == "There is no command to repeat yet."


@pytest.mark.long
async def test_the_last_command_on_a_contact_is_repeated_on_the_marked_contacts(
    wales: Workspace, wide: OpenDesk
) -> None:
    async with wide(wales) as desk:
        await desk.press_keys("6", ".", "T", "enter", "down", "space", "down", "space")
        refs = desk.screen.list_selected_refs()
        shown = len(desk.toasts)
        await desk.press_keys(".", "enter", "enter")
        assert len(refs) == 2
        assert [": every" in toast for toast in desk.toasts[shown:]] == [True, True]
