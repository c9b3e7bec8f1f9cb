"""When memory is tidied: while nobody types. Python's collector, left alone, takes up to 90 ms in mid-word."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ahtc_tui.tui.base.type_ahead import TypeAheadApp

GC_THRESHOLDS = (10_000, 10, 1_000)
"""How much is made before the collector looks at what is young, a millisecond's work; at all of it hardly ever."""
PAUSE_SECONDS = 2.0
MAX_KEYS = 1_000
"""After so many keys without a pause it is tidied all the same, which takes as long as some keys do."""
PAUSES_UNTIL_FULL_GC = 16
"""After so many pauses, what was set apart is looked at as well: a tenth of a second's work ..."""
IDLE_CHECKS_UNTIL_FULL_GC = 15
"""... and therefore done after so many looks at a desk that nobody touches."""


class GcScheduler:
    """Collects in the first pause after some typing, or where none comes, and sets apart what stays."""

    def __init__(self, app: TypeAheadApp) -> None:
        self._app = app
        self._last_key_count = self._collected_key_count = app.dispatched_key_count
        self._pauses = 0
        self._idle_checks = 0
        """For how many looks no key has come."""

    def start(self) -> None:
        """What was made by now stays, and is not looked at again; the collector may be off until here."""
        gc.freeze()
        gc.enable()
        gc.set_threshold(*GC_THRESHOLDS)
        self._app.set_interval(PAUSE_SECONDS, self.collect_if_idle)

    def collect_if_idle(self) -> None:
        """Collect where keys came since the last time and none of late, or where very many came."""
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
