"""What the screen does between keys: it collects garbage, and notices what other processes write to the database.

Left alone, the garbage collector can block the screen for up to 90 ms.
"""

from __future__ import annotations

import asyncio
import gc
from contextlib import suppress

from textual.app import ScreenStackError

from ahtc_tui.domain.errors import StoreError
from ahtc_tui.tui.base.desk_screen import DeskApp
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


POLL_SECONDS = 1.0
"""Interval of the check; one check reads one page of the file."""


class WriteWatch:
    """Publishes `changed` after a write of another process; checks only while no key is being handled."""

    def __init__(self, app: DeskApp) -> None:
        self._app = app
        self._version: int | None = None
        self._check: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Remember the present state of the database and start to check it."""
        self._check = asyncio.create_task(self._compare_versions())
        self._app.set_interval(POLL_SECONDS, self.check)

    def check(self) -> None:
        """Start a check, unless the last one is unfinished or a key is being handled."""
        with suppress(ScreenStackError):  # no screen yet, or the app is closing
            if (self._check is None or self._check.done()) and not self._app.is_busy:
                self._check = asyncio.create_task(self._compare_versions())

    async def _compare_versions(self) -> None:
        """Compare the data version of the connection, which its own writes do not change."""
        try:
            version = await self._app.desk.read_data_version()
        except (StoreError, RuntimeError):  # locked for a moment, or the threads are closing
            return
        if self._version not in (None, version):
            self._app.changed.publish(None)
        self._version = version
