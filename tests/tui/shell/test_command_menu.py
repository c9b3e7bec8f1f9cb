"""The menu of a screen: a letter runs a command, and a former key names the new one."""

from __future__ import annotations

import pytest
from textual.widgets import OptionList

from ahtc_tui.services.workspace import Workspace
from tests.builders import make_minuted_meeting
from tests.tui.conftest import OpenDesk


async def test_a_letter_of_the_menu_runs_its_command(wales: Workspace, narrow: OpenDesk) -> None:
    async with narrow(wales) as desk:
        await desk.press_keys("2", ".", "h")
        assert desk.screen.card_page == "history"
        assert desk.screen.is_reading_card


async def test_the_menu_lists_the_commands_of_the_screen_with_their_letters(wales: Workspace, narrow: OpenDesk) -> None:
    async with narrow(wales) as desk:
        await desk.press_keys("6", ".")
        prompts = [str(option.prompt) for option in desk.screen.query_one(OptionList).options]
        assert "a  Appoint a person to the post" in prompts
        assert not any("Go back" in prompt for prompt in prompts)
        await desk.press_keys("escape")
        assert desk.screen.noun == "contacts"


async def test_a_key_with_a_long_name_stays_apart_from_its_text(wales: Workspace, narrow: OpenDesk) -> None:
    ref = make_minuted_meeting(wales)
    async with narrow(wales) as desk:
        desk.app.open_minutes(ref)
        await desk.wait_until_idle()
        await desk.press_keys("f2")
        prompts = [str(option.prompt) for option in desk.screen.query_one(OptionList).options]
        assert "delete  Remove the line" in prompts


async def test_enter_runs_the_selected_command_of_the_menu(wales: Workspace, narrow: OpenDesk) -> None:
    async with narrow(wales) as desk:
        await desk.press_keys("5", "home", ".")
        options = desk.screen.query_one(OptionList)
        options.highlighted = options.get_option_index("group.seats")
        await desk.press_keys("enter")
        assert type(desk.screen).__name__ == "SeatsScreen"


async def test_a_command_that_needs_a_row_says_so_in_the_menu(workspace: Workspace, narrow: OpenDesk) -> None:
    async with narrow(workspace) as desk:
        await desk.press_keys("2", ".", "w")
        assert type(desk.screen).__name__ == "CommandMenu"
        assert desk.toasts[-1] == "The list is empty."


@pytest.mark.parametrize(
    ("keys", "sentence"),
    [
        (("6", "o"), "Press v instead. Show people and posts, organisations, all, or reviews due."),
        (("2", "equals_sign"), "Press + instead. Move the date to the next day."),
    ],
)
async def test_a_former_key_names_the_new_one(
    wales: Workspace, narrow: OpenDesk, keys: tuple[str, ...], sentence: str
) -> None:
    async with narrow(wales) as desk:
        await desk.press_keys(*keys)
        assert desk.toasts[-1] == sentence


async def test_f2_opens_the_menu_while_a_line_of_minutes_is_typed(wales: Workspace, narrow: OpenDesk) -> None:
    ref = make_minuted_meeting(wales)
    async with narrow(wales) as desk:
        desk.app.open_minutes(ref)
        await desk.wait_until_idle()
        await desk.press_keys("f5")
        assert desk.toasts[-1].startswith("Press f2 s instead.")
        await desk.press_keys("f2", "s")
        assert type(desk.screen).__name__ == "LifecycleScreen"
