"""The detail pane: beside the list, wide, below or hidden."""

from __future__ import annotations

import pytest

from ahtc_tui.services.settings.screen_state import STATE_FILE
from ahtc_tui.services.workspace import Workspace
from tests.journeys.hands import open_desk
from tests.tui.conftest import OpenDesk


@pytest.mark.parametrize("size", [(120, 40), (160, 50)], ids=["120x40", "160x50"])
async def test_card_moves_with_a_key_and_its_place_is_remembered(busy: Workspace, size: tuple[int, int]) -> None:
    is_medium = size[0] < 160
    async with open_desk(busy, size) as desk:
        await desk.press_keys("2")
        pane, card = desk.screen.list_pane, desk.screen.card_pane
        assert (card.region.y > pane.region.y) == is_medium
        assert (card.region.x == pane.region.x) == is_medium
        beside = 0 if is_medium else card.size.width
        await desk.press_keys(".", "|")
        assert card.region.x > pane.region.x
        assert card.size.width > beside
        if not is_medium:
            await desk.press_keys(".", "|")
            assert card.region.y > pane.region.y
            assert card.region.x == pane.region.x
        await desk.press_keys(".", "|")
        assert not card.display
        assert pane.size.width > 100
        await desk.press_keys("enter")
        assert card.display
        assert desk.card
        await desk.press_keys("escape", "4")
        assert not desk.screen.card_pane.display
    async with open_desk(busy, size) as desk:
        await desk.press_keys("2")
        assert not desk.screen.card_pane.display


@pytest.mark.long
async def test_damaged_memory_of_the_screen_is_passed_over(busy: Workspace, narrow: OpenDesk) -> None:
    for text in ("{", "[]", '{"card": "upside-down", "format": ".exe"}'):
        (busy.root / STATE_FILE).write_text(text)
        async with narrow(busy) as desk:
            assert desk.app.document_ending == ".docx"
            await desk.press_keys("2", ".", "|")
            assert desk.screen.card_pane.display


@pytest.mark.long
async def test_the_card_and_the_overview_are_filled_when_the_window_is_widened(
    wales: Workspace, narrow: OpenDesk
) -> None:
    async with narrow(wales) as desk:
        await desk.pilot.resize_terminal(120, 40)
        await desk.wait_until_idle()
        assert "BY OBJECTIVE" in desk.text
        await desk.pilot.resize_terminal(80, 24)
        await desk.press_keys("2")
        await desk.pilot.resize_terminal(120, 40)
        await desk.wait_until_idle()
        assert "UPDATES" in desk.text
