"""The board of actions: moving a card changes the field of its columns."""

from __future__ import annotations

import pytest

from ahtc_tui.services.actions.service import show_action
from ahtc_tui.services.workspace import Workspace
from tests.builders import make_action
from tests.journeys.hands import Hands
from tests.tui.conftest import OpenDesk


async def open_board(desk: Hands, ref: str, by: int) -> None:
    """Open the board with the cursor on an action, by the field that `v` reaches after some presses."""
    await desk.press_keys("2", "end")
    while desk.screen.ref_of(desk.screen.selected_row) != ref:
        await desk.press_keys("up")
    await desk.press_keys(".", "b", *"v" * by)


@pytest.mark.sample(3)
@pytest.mark.parametrize(("by", "field"), [(1, "lead"), (0, "status"), (2, "objective")])
async def test_moving_a_card_changes_its_field_and_undo_brings_it_back(
    wales: Workspace, either: OpenDesk, by: int, field: str
) -> None:
    row = make_action(wales, title="Ŵyn " + "w" * 290, lead="AHTC", objective="1")
    async with either(wales) as desk:
        await open_board(desk, row.ref, by)
        assert desk.screen.row.ref == row.ref
        before = getattr(row, field)
        await desk.press_keys("shift+right")
        moved = await desk.app.desk.run(show_action, row.ref)
        assert getattr(moved.row, field) != before
        assert desk.screen.row.ref == row.ref
        await desk.press_keys("u")
        after = await desk.app.desk.run(show_action, row.ref)
        assert getattr(after.row, field) == before


@pytest.mark.long
async def test_an_empty_office_has_an_empty_board(workspace: Workspace, narrow: OpenDesk) -> None:
    async with narrow(workspace) as desk:
        await desk.press_keys("2", ".", "b", "v", "v", "v", "right", "shift+right", "enter", "escape")
        assert desk.screen.noun == "actions"


async def test_a_card_opens_over_the_board(wales: Workspace, wide: OpenDesk) -> None:
    async with wide(wales) as desk:
        await desk.press_keys("2", ".", "b", "enter")
        assert desk.screen.is_overlay
        await desk.press_keys("escape")
        assert desk.screen.row is not None
