"""What every test of the screen stands on: nothing blinks, nothing glides, no SQL on the thread that draws."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager
from functools import partial

import pytest
from textual import _wait, constants
from textual.widgets import Input, TextArea

from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine.database import Database
from tests.journeys.hands import Hands, open_desk, refuse_on_event_loop

IDLE_SECONDS = 1 / 200
"""Seconds of rest after which a key counts as dealt with: a fiftieth by Textual itself, twice a key."""

OpenDesk = Callable[[Workspace], AbstractAsyncContextManager[Hands]]


@pytest.fixture(autouse=True)
def still_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    """No animations, no blinking cursors, no rests: what is typed is kept at once, and quiet comes early."""
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    monkeypatch.setattr(constants, "TEXTUAL_ANIMATIONS", "none")
    monkeypatch.setattr("ahtc_tui.tui.minutes.screen.KEEP_SECONDS", 0)
    monkeypatch.setattr(_wait, "SLEEP_GRANULARITY", IDLE_SECONDS)
    monkeypatch.setattr(_wait, "SLEEP_IDLE", IDLE_SECONDS / 20)
    for widget in (Input, TextArea):
        monkeypatch.setattr(widget.cursor_blink, "_default", False)


@pytest.fixture(autouse=True)
def sql_while_drawing(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Fails the test that made a screen read or write the database on the thread that draws."""
    statements: list[str] = []
    for name in ("read", "write"):
        monkeypatch.setattr(Database, name, refuse_on_event_loop(getattr(Database, name), statements))
    yield statements
    assert not statements


@pytest.fixture
def narrow() -> OpenDesk:
    """Opens the desk at 80x24."""
    return partial(open_desk, size=(80, 24))


@pytest.fixture(params=[(80, 24), (120, 40)], ids=["80x24", "120x40"])
def either(request: pytest.FixtureRequest) -> OpenDesk:
    """Opens the desk at both sizes, one after the other."""
    return partial(open_desk, size=request.param)


@pytest.fixture
def wide() -> OpenDesk:
    """Opens the desk at 120x40."""
    return partial(open_desk, size=(120, 40))
