"""Markup and terminal control characters in user text are shown literally or removed."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from asyncio import sleep
from contextlib import closing
from time import monotonic, process_time

import pytest
from textual import pilot

from ahtc_tui.services.workspace import Workspace
from tests.builders import make_action, make_update
from tests.journeys.hands import Hands
from tests.tui.conftest import OpenDesk

POLL_SECONDS = 0.003
MARKUP = ("[/x]", "[@click=app.quit]x[/]", "[b]bold", "[red]", "$accent \\[/]")
CONTROLS = (
    "\x1b]0;pwned\x07",
    "\x1b[31mred",
    "\x9b2Jgone",
    "\x85next",
    "a\u202edesrever",
    "\u200fright",
    "null\x00byte",
)
LONG = (
    "x" * 40_000,
    "two\nlines\tand a tab",
    "漢字" * 40,
    "e\u0301\u0300\u0302" * 30,
    "\U0001f469\u200d\U0001f680 flag",
)
TITLES = MARKUP + CONTROLS + LONG
TITLES_BY_KIND = {"markup": " ".join(MARKUP), "controls": " ".join(CONTROLS)} | {
    ascii(title[:12]): title for title in LONG
}
"""Titles of one action by kind; short ones are combined, since the first that takes effect shows."""
HARMFUL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@pytest.fixture(autouse=True)
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Poll for idle more often than Textual's pilot, which waits three times 20 ms per key."""
    monkeypatch.setattr(pilot, "wait_for_idle", wait_until_idle)


async def wait_until_idle(_at_least: float = 0.0, at_most: float = 1.0) -> None:
    """Wait until the process spends less than half of the time working."""
    deadline = monotonic() + at_most
    while monotonic() < deadline:
        before = process_time()
        await sleep(POLL_SECONDS)
        if process_time() - before < POLL_SECONDS / 2:
            return


def write_hostile_titles(office: Workspace) -> list[str]:
    """Write each title to an action, a party, a meeting and an objective by plain SQL."""
    refs = [make_action(office, f"Hostile {n}", due="2013-12-01").ref for n in range(len(TITLES))]
    with closing(sqlite3.connect(office.database.path, isolation_level=None)) as file:
        for ref, title in zip(refs, TITLES, strict=True):
            file.execute(
                "UPDATE actions SET title = ?, detail = ?, evidence = ? WHERE ref = ?", (title, title, title, ref)
            )
        for table, column in (
            ("meetings", "title"),
            ("parties", "name"),
            ("parties", "short"),
            ("objectives", "title"),
        ):
            keys = [key for (key,) in file.execute(f"SELECT id FROM {table} WHERE {column} IS NOT NULL ORDER BY n")]
            for key, title in zip(keys, TITLES, strict=False):
                file.execute(f"UPDATE {table} SET {column} = ? WHERE id = ?", (title, key))
    return refs


def check_harmless(desk: Hands) -> None:
    """Assert that the screen has no control characters and that no line wraps."""
    for line in desk.screen._compositor.render_strips():
        for segment in line:
            assert not HARMFUL.search(segment.text), repr(segment.text)
            assert "\n" not in segment.text
    assert desk.app.is_running
    assert not desk.app.crash_message


@pytest.mark.long
async def test_every_mode_and_card_shows_titles_literally(wales: Workspace, wide: OpenDesk) -> None:
    write_hostile_titles(wales)
    async with wide(wales) as desk:
        check_harmless(desk)
        for mode in "2345678":
            await desk.press_keys(mode)
            check_harmless(desk)
            for _row in range(8 if mode == "2" else 4):
                await desk.press_keys("down")
                check_harmless(desk)
            await desk.press_keys("enter")
            check_harmless(desk)
            await desk.press_keys("question_mark")
            check_harmless(desk)
            await desk.press_keys("escape", "escape")


@pytest.mark.long
@pytest.mark.parametrize("kind", TITLES_BY_KIND)
async def test_action_with_hostile_title_can_be_edited_and_closed(
    workspace: Workspace, narrow: OpenDesk, kind: str
) -> None:
    ref = make_action(workspace, "Hostile").ref
    make_update(workspace, ref)
    title = TITLES_BY_KIND[kind]
    with closing(sqlite3.connect(workspace.database.path, isolation_level=None)) as file:
        file.execute("UPDATE actions SET title = ?, detail = ?", (title, title))
        file.execute("UPDATE updates SET text = ?", (title,))
    async with narrow(workspace) as desk:
        await desk.press_keys("2")
        check_harmless(desk)
        assert len(desk.rows) == 1
        if kind == "markup":
            assert title[:23] in desk.rows[0]
        await desk.press_keys("enter")
        check_harmless(desk)
        if kind == "markup":
            assert desk.card.count(title) == 3
        await desk.press_keys("escape", "e")
        check_harmless(desk)
        await desk.press_keys("escape", "U")
        check_harmless(desk)
        await desk.press_keys("escape", ".", "h")
        check_harmless(desk)
        await desk.press_keys("escape", "y", "d")
        check_harmless(desk)
        await desk.press_keys("u")
        check_harmless(desk)


async def test_toast_shows_markup_literally(workspace: Workspace, wide: OpenDesk) -> None:
    title = " ".join(MARKUP)
    make_action(workspace, title)
    async with wide(workspace) as desk:
        await desk.press_keys("u")
        assert f"Undone: add {title}" in desk.toasts[-1]
        assert all(words in desk.text for words in title.split())
        check_harmless(desk)


async def test_palette_shows_markup_literally(workspace: Workspace, wide: OpenDesk) -> None:
    make_action(workspace, "Zebra [/x] [b]crossing")
    async with wide(workspace) as desk:
        await desk.press_keys("ctrl+p")
        await desk.type_text("zebra")
        async with asyncio.timeout(30):
            while "crossing" not in desk.text:
                await desk.pilot.pause(0.01)
        assert "Zebra [/x] [b]crossing" in desk.text
        check_harmless(desk)


async def test_text_pasted_into_filter_is_sanitized(wales: Workspace, wide: OpenDesk) -> None:
    from textual.events import Paste

    async with wide(wales) as desk:
        await desk.press_keys("2", "/")
        for title in (*MARKUP, *CONTROLS):
            desk.screen.filter_bar.input.post_message(Paste(title))
            await desk.wait_until_idle()
            check_harmless(desk)
        await desk.press_keys("enter")
        check_harmless(desk)
        assert desk.toasts == []
