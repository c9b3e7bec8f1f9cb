"""Fixtures of all screen tests: no animation, short waits, and a check for SQL on the drawing thread."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager
from functools import partial
from typing import Any

import pytest
from textual import _wait, constants
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input, TextArea

from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine.database import Database
from tests.journeys.hands import Hands, open_desk, refuse_on_event_loop
from tests.sampling import NARROW_AND_WIDE

IDLE_SECONDS = 1 / 200
"""Time after which a key counts as handled. Textual's own value is 20 ms, applied twice per key."""

OpenDesk = Callable[[Workspace], AbstractAsyncContextManager[Hands]]


draw, pause = Screen._compositor_refresh, Pilot.pause


def refresh_later(screen: Screen[Any]) -> None:
    """Leave the drawing of the screen on top to the next pause: nobody sees the pictures before."""
    if screen is screen.app.screen:
        screen._dirty_widgets.clear()
        screen.app._update_mouse_over(screen)
    else:
        draw(screen)


async def pause_and_draw(pilot: Pilot[Any], delay: float | None = None) -> None:
    """Wait until the screen is idle, and draw it once."""
    await pause(pilot, delay)
    draw(pilot.app.screen)


@pytest.fixture(autouse=True)
def still_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Switch off animations, blinking cursors and other programs, and shorten all waits."""
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    monkeypatch.setattr(constants, "TEXTUAL_ANIMATIONS", "none")
    monkeypatch.setattr("ahtc_tui.tui.minutes.screen.KEEP_SECONDS", 0)
    monkeypatch.setattr("ahtc_tui.tui.base.record_screen.REST_SECONDS", 0)
    monkeypatch.setattr(_wait, "SLEEP_GRANULARITY", IDLE_SECONDS)
    monkeypatch.setattr(_wait, "SLEEP_IDLE", IDLE_SECONDS / 20)
    monkeypatch.setattr("ahtc_tui.tui.base.message_app.open_with_system", lambda _target: None)
    monkeypatch.setattr("ahtc_tui.services.exports.post_meeting_pack.can_convert", lambda: False)
    monkeypatch.setattr(Screen, "_compositor_refresh", refresh_later)
    monkeypatch.setattr(Pilot, "pause", pause_and_draw)
    for widget in (Input, TextArea):
        monkeypatch.setattr(widget.cursor_blink, "_default", False)


@pytest.fixture(autouse=True)
def sql_while_drawing(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Fail the test if a screen reads or writes the database on the drawing thread."""
    statements: list[str] = []
    for name in ("read", "write"):
        monkeypatch.setattr(Database, name, refuse_on_event_loop(getattr(Database, name), statements))
    yield statements
    assert not statements


@pytest.fixture
def narrow() -> OpenDesk:
    """Opens the app at 80x24."""
    return partial(open_desk, size=(80, 24))


@pytest.fixture(params=NARROW_AND_WIDE, ids=["80x24", "120x40"])
def either(request: pytest.FixtureRequest) -> OpenDesk:
    """Opens the app at 80x24 or 120x40."""
    return partial(open_desk, size=request.param)


@pytest.fixture
def wide() -> OpenDesk:
    """Opens the app at 120x40."""
    return partial(open_desk, size=(120, 40))
