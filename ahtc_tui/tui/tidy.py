"""When memory is tidied: while nobody types. Python's collector, left alone, takes up to 90 ms in mid-word."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ahtc_tui.tui.type_ahead import OneKeyAtATime

YOUNG = (10_000, 10, 1_000)
"""How much is made before the collector looks at what is young, a millisecond's work; at all of it hardly ever."""
PAUSE_SECONDS = 2.0


class Tidy:
    """Collects in the first pause after some typing."""

    def __init__(self, app: OneKeyAtATime) -> None:
        self._app = app
        self._seen = self._tidied = app.turn

    def start(self) -> None:
        """What was made by now stays, and is not looked at again; the collector may be off until here."""
        gc.freeze()
        gc.enable()
        gc.set_threshold(*YOUNG)
        self._app.set_interval(PAUSE_SECONDS, self.look)

    def look(self) -> None:
        """Collect where keys came since the last time, but none of late."""
        turn = self._app.turn
        if turn == self._seen != self._tidied:
            gc.collect()
            self._tidied = turn
        self._seen = turn
