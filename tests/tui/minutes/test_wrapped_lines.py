"""Long lines of the live minutes, which continue on further lines of the list."""

from __future__ import annotations

import pytest

from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.drafts.minutes import build_agenda_draft
from ahtc_tui.domain.meetings.model import LineRow
from ahtc_tui.services.meetings import service as meetings
from ahtc_tui.services.meetings.agenda import add_item
from ahtc_tui.services.minutes import service as minutes
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.widgets.record_pages import ContinuationLine
from ahtc_tui.tui.widgets.wrapped_list import WrappedList
from tests.journeys.hands import Hands, open_desk

SIZES = [(80, 24), (120, 40), (200, 60)]
LONG_TEXT = " ".join(f"word{number:02}" for number in range(40))


@pytest.fixture
def meeting(wales: Workspace) -> str:
    """The reference of a meeting with a short line, a long one and a short action."""
    draft = build_meeting_draft({"group": "LG", "starts": "2013-12-31 10:00"}, wales.today())
    ref = meetings.add_meeting(wales, draft).ref
    add_item(wales, ref, build_agenda_draft({"title": "Training"}))
    minutes.add_lines(wales, ref, f"first\n{LONG_TEXT}\na: agree dates @jef due end jan", 1)
    return ref


async def open_minutes(desk: Hands, ref: str) -> WrappedList[LineRow]:
    """Open the live minutes and return their lines."""
    desk.app.open_minutes(ref)
    await desk.wait_until_idle()
    lines: WrappedList[LineRow] = desk.screen.lines
    return lines


def read_words(lines: WrappedList[LineRow]) -> list[str]:
    """Return the words of the long text that are in view."""
    rows = (lines.render_line(y).text for y in range(lines.size.height))
    return [word for row in rows for word in row.split() if word.startswith("word")]


def read_selected_text(lines: WrappedList[LineRow]) -> str:
    """Return the whole text of the selected line."""
    assert lines.highlighted is not None
    return lines.highlighted.text


@pytest.mark.sample(3)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_a_long_line_is_shown_whole(wales: Workspace, meeting: str, size: tuple[int, int]) -> None:
    async with open_desk(wales, size) as desk:
        lines = await open_minutes(desk, meeting)
        assert read_words(lines) == LONG_TEXT.split()
        assert "…" not in "".join(lines.render_line(y).text for y in range(lines.size.height))


@pytest.mark.long
async def test_lines_are_wrapped_again_where_the_window_changes(wales: Workspace, meeting: str) -> None:
    async with open_desk(wales, (200, 60)) as desk:
        lines = await open_minutes(desk, meeting)
        wide_count = lines.total
        await desk.pilot.resize_terminal(80, 24)
        await desk.wait_until_idle()
        assert lines.total > wide_count
        assert read_words(lines) == LONG_TEXT.split()


async def test_a_key_moves_by_one_line_of_minutes(wales: Workspace, meeting: str) -> None:
    async with open_desk(wales, (80, 24)) as desk:
        lines = await open_minutes(desk, meeting)
        assert lines.highlighted is not None
        assert lines.highlighted.number == "1.3"
        await desk.press_keys("up")
        assert lines.highlighted.text == LONG_TEXT
        await desk.press_keys("up")
        assert lines.highlighted.text == "first"
        await desk.press_keys("up", "down", "down")
        assert lines.highlighted.number == "1.3"


async def test_a_click_on_a_further_line_selects_its_line_of_minutes(wales: Workspace, meeting: str) -> None:
    async with open_desk(wales, (80, 24)) as desk:
        lines = await open_minutes(desk, meeting)
        index = next(index for index in range(lines.total) if isinstance(lines._pages.line_at(index), ContinuationLine))
        await desk.pilot.click(lines, offset=(12, index + 2))
        await desk.wait_until_idle()
        assert lines.highlighted is not None
        assert lines.highlighted.text == LONG_TEXT


@pytest.mark.long
async def test_the_whole_of_a_new_long_line_is_in_view(wales: Workspace, meeting: str) -> None:
    async with open_desk(wales, (80, 24)) as desk:
        lines = await open_minutes(desk, meeting)
        await desk.type_text(LONG_TEXT)
        await desk.press_keys("enter")
        assert read_words(lines)[-40:] == LONG_TEXT.split()


async def test_the_arrow_keys_scroll_within_a_line_that_is_higher_than_the_list(wales: Workspace, meeting: str) -> None:
    words = [f"word{number:03}" for number in range(300)]
    minutes.add_lines(wales, meeting, f"{' '.join(words)}\nlast", 1)
    async with open_desk(wales, (80, 24)) as desk:
        lines = await open_minutes(desk, meeting)
        seen: list[str] = []
        await desk.press_keys("up")
        while read_selected_text(lines).startswith("word000"):
            seen += read_words(lines)
            await desk.press_keys("down")
        assert list(dict.fromkeys(seen)) == words
        assert read_selected_text(lines) == "last"
        await desk.press_keys("up")
        assert read_words(lines)[0] == "word000"
        await desk.press_keys("up")
        assert read_selected_text(lines) != "last"
