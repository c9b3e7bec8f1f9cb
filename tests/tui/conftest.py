"""What every test of the screen stands on: nothing blinks, nothing glides."""

from __future__ import annotations

import pytest
from textual import constants
from textual.widgets import Input, TextArea


@pytest.fixture(autouse=True)
def still_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    """No animations and no blinking cursors."""
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    monkeypatch.setattr(constants, "TEXTUAL_ANIMATIONS", "none")
    for widget in (Input, TextArea):
        monkeypatch.setattr(widget.cursor_blink, "_default", False)
