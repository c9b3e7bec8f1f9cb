"""The terminal's cursor is on what is selected."""

from __future__ import annotations

import pytest
from textual.geometry import Offset
from textual.widgets import Input

from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.evidence.matrix_table import MatrixTable
from ahtc_tui.tui.widgets.prose_field import TitleField
from ahtc_tui.tui.widgets.record_list import RecordList
from tests.builders import make_action
from tests.journeys.hands import Hands
from tests.journeys.monkey import KEYS_TO_SCREEN
from tests.journeys.test_terminal import open_terminal
from tests.tui.conftest import OpenDesk

LIST_SCREENS = {name: keys for name, keys in KEYS_TO_SCREEN.items() if name not in ("minutes", "life of minutes")}
LISTS = {**{f"mode {key}": (key,) for key in "12345678"}, **LIST_SCREENS}
DOWN = "\x1b[B"


def line_at_cursor(desk: Hands) -> str:
    """Return the line of the screen with the terminal's cursor, from its cell on."""
    place = desk.app.cursor_position
    return desk.text.splitlines()[place.y][place.x :]


def has_rows(desk: Hands) -> bool:
    """Whether a list or the table of practices, with rows, has the focus."""
    focused = desk.app.focused
    return isinstance(focused, MatrixTable) or (isinstance(focused, RecordList) and focused.total > 0)


@pytest.mark.sample(16)
@pytest.mark.parametrize("keys", LISTS.values(), ids=LISTS)
async def test_the_cursor_is_on_the_selected_row_of_every_list(
    busy: Workspace, narrow: OpenDesk, keys: tuple[str, ...]
) -> None:
    async with narrow(busy) as desk:
        await desk.press_keys(*keys)
        for key in ("down", "down", "up"):
            line = line_at_cursor(desk)
            assert line.startswith("▌") if has_rows(desk) else line.strip(), desk.text
            await desk.press_keys(key)


@pytest.mark.long
async def test_the_cursor_is_in_the_field_of_a_form(wales: Workspace, narrow: OpenDesk) -> None:
    async with narrow(wales) as desk:
        await desk.press_keys("2", "n")
        for _field in range(4):
            focused = desk.app.focused
            assert focused is not None
            assert focused.region.contains_point(desk.app.cursor_position)
            if isinstance(focused, Input):
                assert desk.app.cursor_position == focused.content_region.offset
            await desk.press_keys("tab")


@pytest.mark.sample(3)
@pytest.mark.parametrize("keys", [("3", ".", "E"), ("7", *"vvvv", "e"), ("7", *"vvvv", "e", "tab", "shift+tab")])
async def test_a_form_opens_at_the_end_of_a_long_text(
    wales: Workspace, narrow: OpenDesk, keys: tuple[str, ...]
) -> None:
    async with narrow(wales) as desk:
        await desk.press_keys(*keys)
        field = desk.app.focused
        assert isinstance(field, TitleField)
        assert len(field.value) > field.content_region.width, "the text is wrapped"
        region = field.content_region
        lines = [line[region.x : region.right].rstrip() for line in desk.text.splitlines()[region.y : region.bottom]]
        assert " ".join(lines).split() == field.value.split(), "the whole text is shown"
        assert desk.app.cursor_position == Offset(region.x + len(lines[-1]), region.bottom - 1)


@pytest.mark.long
async def test_the_cursor_is_after_the_text_of_a_field(wales: Workspace, narrow: OpenDesk) -> None:
    async with narrow(wales) as desk:
        await desk.press_keys("2", "n")
        await desk.type_text("Ring")
        field = desk.app.focused
        assert field is not None
        assert desk.app.cursor_position == field.content_region.offset + Offset(4, 0)


async def test_the_cursor_is_on_the_text_of_the_cover(wales: Workspace, narrow: OpenDesk) -> None:
    async with narrow(wales) as desk:
        await desk.press_keys(".", "number_sign")
        assert line_at_cursor(desk).startswith("ahtc is locked")


async def test_the_cursor_is_on_the_option_of_a_choice(wales: Workspace, narrow: OpenDesk) -> None:
    async with narrow(wales) as desk:
        await desk.press_keys("6")
        desk.screen.select_record("strategic-lead-south-wales")
        await desk.wait_until_idle()
        await desk.press_keys(".", "T")
        first = line_at_cursor(desk)
        await desk.press_keys("down")
        assert first != line_at_cursor(desk)
        assert line_at_cursor(desk).strip()


@pytest.mark.terminal
def test_a_step_down_repaints_two_rows_and_leaves_the_cursor_on_the_new_row(wales: Workspace) -> None:
    make_action(wales, "Arrange the interpreters")
    with open_terminal(wales) as desk:
        desk.press_keys("2")
        desk.wait_for("by due")
        while desk.read_output(0.5):
            pass
        before = desk.screen.cursor.y
        for step in (1, 2, 3):
            old_lines = list(desk.screen.display)
            desk.press_keys(DOWN)
            while desk.read_output(0.5):
                pass
            changed = [y for y, line in enumerate(desk.screen.display) if line != old_lines[y]]
            assert desk.screen.cursor.y == before + 2 * step
            assert desk.screen.display[desk.screen.cursor.y].startswith("▌")
            assert changed == list(range(before + 2 * step - 2, before + 2 * step + 2))
