"""Filter and selected record of each list are remembered, in the database and only there."""

from __future__ import annotations

import pytest

from ahtc_tui.services.privacy.erasure import erase_person
from ahtc_tui.services.settings.screen_state import STATE_FILE, read_list_places
from ahtc_tui.services.workspace import Workspace
from tests.builders import make_party
from tests.tui.conftest import OpenDesk


async def leave_with_filter(open_desk: OpenDesk, workspace: Workspace, mode: str, text: str) -> str:
    """Filter the list of a mode, go to the second row, and return its reference."""
    async with open_desk(workspace) as desk:
        await desk.press_keys(mode, "/")
        await desk.type_text(text)
        await desk.press_keys("enter", "down")
        return str(desk.screen.ref_of(desk.screen.selected_row))


@pytest.mark.long
async def test_each_list_opens_with_the_filter_and_the_row_that_it_was_left_with(
    busy: Workspace, wide: OpenDesk
) -> None:
    for mode, text in (("2", "train"), ("4", "leadership"), ("5", "group"), ("6", "police")):
        ref = await leave_with_filter(wide, busy, mode, text)
        async with wide(busy) as desk:
            await desk.press_keys(mode)
            assert desk.screen.filter_bar.text == text
            assert desk.screen.ref_of(desk.screen.selected_row) == ref
            await desk.press_keys("escape")
            assert desk.screen.filter_bar.text == ""
    assert b"police" not in (busy.root / STATE_FILE).read_bytes()


@pytest.mark.long
async def test_quitting_does_not_ask_about_a_filter(busy: Workspace, wide: OpenDesk) -> None:
    async with wide(busy) as desk:
        await desk.press_keys("2", "/")
        await desk.type_text("train")
        assert desk.app.list_unsaved_work() == []


async def test_an_erasure_forgets_the_filters(busy: Workspace, wide: OpenDesk) -> None:
    make_party(busy, "Post Holder Alpha", "alpha", kind="person")
    await leave_with_filter(wide, busy, "6", "Alpha")
    assert read_list_places(busy).by_list
    erase_person(busy, "Post Holder Alpha")
    assert not read_list_places(busy).by_list


@pytest.mark.long
async def test_a_window_that_was_open_during_an_erasure_does_not_bring_its_filters_back(
    busy: Workspace, wide: OpenDesk
) -> None:
    make_party(busy, "Post Holder Alpha", "alpha", kind="person")
    async with wide(busy) as desk:
        await desk.press_keys("6", "/")
        await desk.type_text("Alpha")
        await desk.app.desk.run(erase_person, "Post Holder Alpha")
    assert not read_list_places(busy).by_list
