"""Memory is tidied in a pause, not in a word."""

from __future__ import annotations

import gc
from types import SimpleNamespace
from typing import Any, cast

import pytest

from ahtc_tui.tui.shell.gc_scheduler import LONG, MOST_KEYS, THOROUGH, GcScheduler


@pytest.fixture
def collected(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the collector was asked to do; it does nothing."""
    asked: list[str] = []
    for name in ("collect", "freeze", "unfreeze"):
        monkeypatch.setattr(gc, name, lambda name=name: asked.append(name))
    return asked


def looks(*turns: int) -> None:
    """Look each time when so many keys had come."""
    app: Any = SimpleNamespace(turn=0)
    tidy = GcScheduler(cast("Any", app))
    for app.turn in turns:
        tidy.look()


def test_nothing_is_collected_while_keys_come_and_once_when_they_stop(collected: list[str]) -> None:
    looks(0, 0, 3, 7)
    assert collected == []
    looks(0, 0, 3, 7, 7, 7, 9, 9)
    assert collected == ["collect", "freeze"] * 2


def test_whoever_never_pauses_is_tidied_behind_too(collected: list[str]) -> None:
    looks(100, MOST_KEYS - 1)
    assert collected == []
    looks(100, MOST_KEYS, MOST_KEYS + 20)
    assert collected == ["collect", "freeze"]


def test_what_was_set_apart_is_looked_at_when_nobody_has_touched_the_desk_for_long(collected: list[str]) -> None:
    pauses = [turn for pause in range(1, THOROUGH + 1) for turn in (pause, pause)]
    looks(*pauses, *[THOROUGH] * (LONG - 2))
    assert collected == ["collect", "freeze"] * THOROUGH
    collected.clear()
    looks(*pauses, *[THOROUGH] * (2 * LONG))
    assert collected[-3:] == ["unfreeze", "collect", "freeze"]
    assert collected.count("unfreeze") == 1
