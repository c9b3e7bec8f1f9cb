"""Messages in the line of hints, the list of past ones, and the file that one names."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.widgets import messages
from ahtc_tui.tui.widgets.confirm import show_error_toast, show_toast
from tests.tui.conftest import OpenDesk


@pytest.fixture
def opened_files(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files that the program of the system was to open."""
    files: list[Path] = []
    monkeypatch.setattr("ahtc_tui.tui.base.message_app.open_with_system", files.append)
    return files


async def test_a_message_covers_no_row(wales: Workspace, narrow: OpenDesk) -> None:
    async with narrow(wales) as desk:
        await desk.press_keys("2")
        rows_before = desk.rows
        show_toast(desk.app, "DP-45 added")
        await desk.wait_until_idle()
        assert desk.text.splitlines()[-1].startswith(" DP-45 added   press u to undo")
        assert "? help" in desk.text.splitlines()[-1]
        assert desk.rows == rows_before


async def test_a_long_message_leaves_the_selected_row_in_view(wales: Workspace, narrow: OpenDesk) -> None:
    async with narrow(wales) as desk:
        await desk.press_keys("2", "end")
        selected = desk.screen.ref_of(desk.screen.selected_row)
        show_toast(desk.app, "word " * 40)
        await desk.wait_until_idle()
        assert any(selected in row for row in desk.rows)
        assert "/ filter" in desk.text.splitlines()[-1]
        desk.app.clear_notifications()
        await desk.wait_until_idle()
        assert desk.screen.query_one("#hints").size.height == 1


async def test_messages_do_not_pile_up(wales: Workspace, narrow: OpenDesk) -> None:
    async with narrow(wales) as desk:
        show_error_toast(desk.app, "The disk [/x] is full.")
        for number in range(5):
            show_toast(desk.app, f"message {number}", undo=False)
        await desk.wait_until_idle()
        assert [number for number in range(5) if f"message {number}" in desk.text] == [4]
        show_error_toast(desk.app, "The disk [/x] is full.")
        show_toast(desk.app, "the newest", undo=False)
        await desk.wait_until_idle()
        assert "The disk [/x] is full." in desk.text
        assert "the newest" in desk.text


async def test_a_message_is_over_after_its_time(
    wales: Workspace, narrow: OpenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "SECONDS_SHOWN", 0.05)
    async with narrow(wales) as desk:
        show_toast(desk.app, "DP-45 added")
        await desk.wait_until_idle()
        async with asyncio.timeout(30):
            while "DP-45 added" in desk.text:
                await desk.pilot.pause(0.01)


async def test_a_message_leaves_with_its_mode(wales: Workspace, narrow: OpenDesk) -> None:
    async with narrow(wales) as desk:
        show_error_toast(desk.app, "The disk is full.")
        await desk.wait_until_idle()
        assert "The disk is full." in desk.text
        await desk.press_keys("2")
        assert "The disk is full." not in desk.text
        show_toast(desk.app, "DP-45 added")
        await desk.wait_until_idle()
        assert "The disk is full." not in desk.text


async def test_past_messages_are_listed_and_open_their_file(
    wales: Workspace, narrow: OpenDesk, opened_files: list[Path]
) -> None:
    async with narrow(wales) as desk:
        await desk.press_keys("2", "x")
        assert "press . O to open it" in desk.text
        await desk.press_keys(".", "O")
        show_toast(desk.app, "something else", undo=False)
        await desk.press_keys(".", "@")
        assert "Messages, newest first" in desk.text
        assert "something else" in desk.text
        await desk.press_keys("down", "enter")
    assert len(opened_files) == 2
    assert opened_files[0] == opened_files[1]
    assert opened_files[0].suffix == ".xlsx"


@pytest.mark.long
async def test_a_folder_of_several_files_is_opened(wales: Workspace, wide: OpenDesk, opened_files: list[Path]) -> None:
    async with wide(wales) as desk:
        await desk.press_keys("4", "p", ".", "O")
    assert [path.is_dir() for path in opened_files] == [True]


async def test_opening_without_a_written_file_gives_a_sentence(wales: Workspace, narrow: OpenDesk) -> None:
    async with narrow(wales) as desk:
        await desk.press_keys(".", "O")
        assert desk.toasts == ["The record has no link, and no file was saved in this session."]
