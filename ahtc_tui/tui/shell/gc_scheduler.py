"""When memory is tidied: while nobody types. Python's collector, left alone, takes up to 90 ms in mid-word."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ahtc_tui.tui.base.type_ahead import TypeAheadApp

YOUNG = (10_000, 10, 1_000)
"""How much is made before the collector looks at what is young, a millisecond's work; at all of it hardly ever."""
PAUSE_SECONDS = 2.0
MOST_KEYS = 1_000
"""After so many keys without a pause it is tidied all the same, which takes as long as some keys do."""
THOROUGH = 16
"""After so many pauses, what was set apart is looked at as well: a tenth of a second's work ..."""
LONG = 15
"""... and therefore done after so many looks at a desk that nobody touches."""


class GcScheduler:
    """Collects in the first pause after some typing, or where none comes, and sets apart what stays."""

    def __init__(self, app: TypeAheadApp) -> None:
        self._app = app
        self._seen = self._tidied = app.turn
        self._pauses = 0
        self._quiet = 0
        """For how many looks no key has come."""

    def start(self) -> None:
        """What was made by now stays, and is not looked at again; the collector may be off until here."""
        gc.freeze()
        gc.enable()
        gc.set_threshold(*YOUNG)
        self._app.set_interval(PAUSE_SECONDS, self.look)

    def look(self) -> None:
        """Collect where keys came since the last time and none of late, or where very many came."""
        turn = self._app.turn
        self._quiet = self._quiet + 1 if turn == self._seen else 0
        self._seen = turn
        if (self._quiet and turn != self._tidied) or turn - self._tidied >= MOST_KEYS:
            self._pauses += 1
            self._tidy(turn)
        elif self._quiet >= LONG and self._pauses >= THOROUGH:
            self._pauses = 0
            gc.unfreeze()
            self._tidy(turn)

    def _tidy(self, turn: int) -> None:
        gc.collect()
        gc.freeze()
        self._tidied = turn
