"""Runs the garbage collector in pauses between keys. Left alone, it can block the screen for up to 90 ms."""

from __future__ import annotations

import gc

from ahtc_tui.tui.base.type_ahead import TypeAheadApp

GC_THRESHOLDS = (10_000, 10, 1_000)
"""Young objects are collected after 10,000 allocations, which takes about 1 ms; older generations almost never."""
PAUSE_SECONDS = 2.0
MAX_KEYS = 1_000
"""Number of keys without a pause after which a collection runs regardless."""
PAUSES_UNTIL_FULL_GC = 16
"""Number of collections after which frozen objects are collected too, which takes about 100 ms."""
IDLE_CHECKS_UNTIL_FULL_GC = 15
"""Number of checks without a key before such a full collection."""


class GcScheduler:
    """Collects in the first pause after typing, then freezes the surviving objects."""

    def __init__(self, app: TypeAheadApp) -> None:
        self._app = app
        self._last_key_count = self._collected_key_count = app.dispatched_key_count
        self._pauses = 0
        self._idle_checks = 0
        """Number of successive checks without a new key."""

    def start(self) -> None:
        """Freeze the objects created at startup, enable the collector and start the checks."""
        gc.freeze()
        gc.enable()
        gc.set_threshold(*GC_THRESHOLDS)
        self._app.set_interval(PAUSE_SECONDS, self.collect_if_idle)

    def collect_if_idle(self) -> None:
        """Collect if keys came since the last collection and none since the last check, or after `MAX_KEYS` keys."""
        key_count = self._app.dispatched_key_count
        self._idle_checks = self._idle_checks + 1 if key_count == self._last_key_count else 0
        self._last_key_count = key_count
        if (
            self._idle_checks and key_count != self._collected_key_count
        ) or key_count - self._collected_key_count >= MAX_KEYS:
            self._pauses += 1
            self._collect(key_count)
        elif self._idle_checks >= IDLE_CHECKS_UNTIL_FULL_GC and self._pauses >= PAUSES_UNTIL_FULL_GC:
            self._pauses = 0
            gc.unfreeze()
            self._collect(key_count)

    def _collect(self, key_count: int) -> None:
        gc.collect()
        gc.freeze()
        self._collected_key_count = key_count
