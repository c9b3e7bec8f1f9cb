"""Forms that show the fields that are always needed, and all others on request; fields for long titles."""

from __future__ import annotations

import pytest
from textual.events import Paste

from ahtc_tui.domain.actions.model import Priority
from ahtc_tui.services.actions.service import show_action
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.widgets.form import FormScreen, MoreLine
from ahtc_tui.tui.widgets.prose_field import ProseField, TitleField
from tests.builders import make_action
from tests.journeys.hands import Hands
from tests.tui.conftest import OpenDesk


def list_shown(desk: Hands) -> list[str]:
    """Return the names of the rows in view."""
    return [str(row.id).removeprefix("form-row-") for row in desk.screen.query(".form-row").results() if row.display]


@pytest.mark.sample(3)
@pytest.mark.parametrize("keys", ["2n", "3n", "3.N", "4n", "5n", "6n", "7n"])
async def test_a_new_record_is_asked_for_six_things_at_most(wales: Workspace, wide: OpenDesk, keys: str) -> None:
    async with wide(wales) as desk:
        await desk.press_keys(*keys)
        assert isinstance(desk.screen, FormScreen)
        assert len(list_shown(desk)) <= 6


async def test_other_fields_are_shown_by_key_or_at_the_line_that_names_them(wales: Workspace, wide: OpenDesk) -> None:
    async with wide(wales) as desk:
        await desk.press_keys("2", "n")
        assert list_shown(desk) == ["title", "lead", "due", "objective", "group", "status"]
        assert "▸ BRAG, Priority and" in desk.text
        await desk.press_keys("f2", "m")
        assert desk.app.focused is desk.screen.query_one("#form-row-brag Select")
        assert "▸ BRAG" not in desk.text
        await desk.press_keys("escape", "n", *["tab"] * 6)
        assert isinstance(desk.app.focused, MoreLine)
        await desk.press_keys("enter")
        assert "priority" in list_shown(desk)


async def test_fields_with_a_value_are_shown_when_a_record_is_edited(wales: Workspace, wide: OpenDesk) -> None:
    row = make_action(wales, title="Brief the forces", priority=Priority.HIGH)
    async with wide(wales) as desk:
        await desk.press_keys("2")
        desk.screen.select_record(row.ref)
        await desk.wait_until_idle()
        await desk.press_keys("e")
        assert "priority" in list_shown(desk)
        assert "confidence" not in list_shown(desk)


async def test_a_field_out_of_view_is_shown_with_its_error(wales: Workspace, wide: OpenDesk) -> None:
    async with wide(wales) as desk:
        await desk.press_keys("2", "n")
        await desk.type_text("Brief the forces")
        desk.screen.show_error("It is not a date.", "review_on")
        await desk.wait_until_idle()
        assert "It is not a date." in desk.text
        assert "review_on" in list_shown(desk)


async def test_a_long_title_wraps_and_stays_one_line(wales: Workspace, narrow: OpenDesk) -> None:
    async with narrow(wales) as desk:
        await desk.press_keys("2", "n")
        field = desk.app.focused
        assert isinstance(field, TitleField)
        field.post_message(Paste("Agree the terms of reference of the forum\nwith the regional co-ordinators\n"))
        await desk.wait_until_idle()
        assert field.value == "Agree the terms of reference of the forum with the regional co-ordinators"
        assert field.size.height == 2
        await desk.press_keys("down")
        assert desk.app.focused is not field
        await desk.press_keys("up", "up")
        assert desk.app.focused is field, "the cursor moves within the title first"
        await desk.press_keys("end", "enter")
        assert desk.app.focused is desk.screen.query_one("#form-row-lead Input")
        await desk.press_keys("ctrl+s")
        await desk.wait_until_idle()
        ref = desk.screen.ref_of(desk.screen.selected_row)
    assert show_action(wales, ref).row.title.startswith("Agree the terms of reference of the forum with")


async def test_arrows_leave_a_text_of_several_lines_at_its_ends(wales: Workspace, wide: OpenDesk) -> None:
    async with wide(wales) as desk:
        await desk.press_keys("2", "n", "f2", "m")
        prose = desk.screen.query(ProseField).first()
        prose.focus()
        await desk.type_text("One")
        await desk.press_keys("enter")
        await desk.type_text("Two")
        await desk.press_keys("up")
        assert desk.app.focused is prose
        await desk.press_keys("up")
        assert desk.app.focused is not prose
