"""Memory is tidied in a pause, not in a word."""

from __future__ import annotations

import gc
from types import SimpleNamespace
from typing import Any, cast

import pytest

from ahtc_tui.tui.tidy import Tidy


def test_nothing_is_collected_while_keys_come_and_once_when_they_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    collected: list[int] = []
    app: Any = SimpleNamespace(turn=0)
    monkeypatch.setattr(gc, "collect", lambda: collected.append(app.turn))
    tidy = Tidy(cast("Any", app))
    for app.turn in (0, 0, 3, 7, 7, 7, 9, 9):
        tidy.look()
    assert collected == [7, 9]
