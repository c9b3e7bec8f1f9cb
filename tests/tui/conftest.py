"""What every test of the screen stands on: nothing blinks, nothing glides, no SQL on the thread that draws."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager
from functools import partial

import pytest
from textual import constants
from textual.widgets import Input, TextArea

from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.database import Database
from tests.journeys.hands import Hands, at_desk, refuse_on_the_drawing_thread

Sitting = Callable[[Workspace], AbstractAsyncContextManager[Hands]]


@pytest.fixture(autouse=True)
def still_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    """No animations and no blinking cursors."""
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    monkeypatch.setattr(constants, "TEXTUAL_ANIMATIONS", "none")
    for widget in (Input, TextArea):
        monkeypatch.setattr(widget.cursor_blink, "_default", False)


@pytest.fixture(autouse=True)
def sql_while_drawing(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Fails the test that made a screen read or write the database on the thread that draws."""
    seen: list[str] = []
    for name in ("read", "write"):
        monkeypatch.setattr(Database, name, refuse_on_the_drawing_thread(getattr(Database, name), seen))
    yield seen
    assert not seen


@pytest.fixture
def narrow() -> Sitting:
    """Opens the desk at 80x24."""
    return partial(at_desk, size=(80, 24))


@pytest.fixture
def wide() -> Sitting:
    """Opens the desk at 120x40."""
    return partial(at_desk, size=(120, 40))
