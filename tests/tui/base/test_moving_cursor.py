"""Keys that move the cursor: the card waits until it rests, and the lines that change are drawn as by Textual."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from typing import Any

import pytest
from textual._compositor import Compositor
from textual.geometry import Region
from textual.strip import Strip

from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.actions.screen import ActionsScreen
from ahtc_tui.tui.base.desk_screen import LineCompositor
from tests.tui.conftest import OpenDesk


async def test_only_the_card_of_the_row_on_which_the_cursor_rests_is_read(
    wales: Workspace, wide: OpenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with wide(wales) as desk:
        await desk.press_keys("2")
        monkeypatch.setattr("ahtc_tui.tui.base.record_screen.REST_SECONDS", 0.3)
        read_refs: list[str] = []
        load_sections = ActionsScreen.load_sections

        async def note_and_load(screen: ActionsScreen, row: Any) -> Iterable[Any]:
            read_refs.append(screen.ref_of(row))
            return await load_sections(screen, row)

        monkeypatch.setattr(ActionsScreen, "load_sections", note_and_load)
        await desk.pilot.press("j", "j", "j", "j")
        assert desk.screen.list_pane.cursor == 4
        assert read_refs == []
        await desk.wait_until_idle()
        assert read_refs == [desk.refs[4]]
        assert desk.refs[4] in desk.card


@pytest.mark.sample(3)
@pytest.mark.parametrize("keys", [("1",), ("2", "j", "j"), ("2", "G", "k"), ("4", "enter"), ("3", "/", "c")])
async def test_a_part_of_the_screen_has_the_lines_that_textual_draws(
    keys: tuple[str, ...], wales: Workspace, either: OpenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with either(wales) as desk:
        await desk.press_keys(*keys)
        compositor = desk.screen._compositor
        assert isinstance(compositor, LineCompositor)
        width, height = desk.app.size
        for top, lines in product(range(0, height, 3), (1, 2, 7, height)):
            crop = Region(0, top, width, min(lines, height - top))
            own_lines = draw_lines(compositor, crop)
            with monkeypatch.context() as patch:
                patch.setattr(LineCompositor, "_get_renders", Compositor._get_renders)
                assert own_lines == draw_lines(compositor, crop)


def draw_lines(compositor: Compositor, crop: Region) -> list[dict[int, Strip]]:
    """Return the strips of the lines of a part of the screen, by their first column."""
    chops = compositor._render_chops(crop, lambda y: crop.y <= y < crop.bottom)
    return [dict(line) for line in chops[crop.y : crop.bottom]]
