"""What a long import or merge tells of its progress, and how a person stops it. Never a widget."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.report import Cancelled

EVERY = 500
"""Rows between two reports of progress."""


@dataclass
class Hooks:
    """What a long import tells, and asks."""

    progress: Callable[[int, int], None] | None = None
    """Rows done and rows in all."""
    cancelled: Callable[[], bool] | None = None
    total: int = 0
    done: int = 0

    def step(self) -> None:
        """Another row is done. Raises Cancelled if a person stopped it."""
        self.done += 1
        if self.done % EVERY == 0 or self.done == self.total:
            self.look()

    def look(self) -> None:
        """Tell how far it is. Raises Cancelled if a person stopped it."""
        if self.cancelled and self.cancelled():
            raise Cancelled(_("Stopped: nothing was written."))
        if self.progress:
            self.progress(self.done, self.total)
