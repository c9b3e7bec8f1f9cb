"""The garbage collector runs in pauses between keys."""

from __future__ import annotations

import gc
from types import SimpleNamespace
from typing import Any, cast

import pytest

from ahtc_tui.tui.shell.idle_tasks import IDLE_CHECKS_UNTIL_FULL_GC, MAX_KEYS, PAUSES_UNTIL_FULL_GC, GcScheduler


@pytest.fixture
def collected(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The recorded calls of the collector, which is replaced."""
    calls: list[str] = []
    for name in ("collect", "freeze", "unfreeze"):
        monkeypatch.setattr(gc, name, lambda name=name: calls.append(name))
    return calls


def check_at(*turns: int) -> None:
    """Run a check after each of these numbers of keys."""
    app: Any = SimpleNamespace(dispatched_key_count=0)
    tidy = GcScheduler(cast("Any", app))
    for app.dispatched_key_count in turns:
        tidy.collect_if_idle()


def test_collects_once_per_pause_in_typing(collected: list[str]) -> None:
    check_at(0, 0, 3, 7)
    assert collected == []
    check_at(0, 0, 3, 7, 7, 7, 9, 9)
    assert collected == ["collect", "freeze"] * 2


def test_collects_after_many_keys_without_pause(collected: list[str]) -> None:
    check_at(100, MAX_KEYS - 1)
    assert collected == []
    check_at(100, MAX_KEYS, MAX_KEYS + 20)
    assert collected == ["collect", "freeze"]


def test_full_collection_after_long_idle_time(collected: list[str]) -> None:
    pauses = [turn for pause in range(1, PAUSES_UNTIL_FULL_GC + 1) for turn in (pause, pause)]
    check_at(*pauses, *[PAUSES_UNTIL_FULL_GC] * (IDLE_CHECKS_UNTIL_FULL_GC - 2))
    assert collected == ["collect", "freeze"] * PAUSES_UNTIL_FULL_GC
    collected.clear()
    check_at(*pauses, *[PAUSES_UNTIL_FULL_GC] * (2 * IDLE_CHECKS_UNTIL_FULL_GC))
    assert collected[-3:] == ["unfreeze", "collect", "freeze"]
    assert collected.count("unfreeze") == 1
