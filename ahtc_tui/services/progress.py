"""What a long import or merge tells of its progress, and how a person stops it. Never a widget."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.report import Cancelled

REPORT_EVERY = 500
"""Rows between two reports of progress."""


@dataclass
class ProgressHooks:
    """What a long import tells, and asks."""

    progress: Callable[[int, int], None] | None = None
    """Rows done and rows in all."""
    is_cancelled: Callable[[], bool] | None = None
    total: int = 0
    rows_done: int = 0

    def count_row(self) -> None:
        """Another row is done. Raises Cancelled if a person stopped it."""
        self.rows_done += 1
        if self.rows_done % REPORT_EVERY == 0 or self.rows_done == self.total:
            self.report_progress()

    def report_progress(self) -> None:
        """Tell how far it is. Raises Cancelled if a person stopped it."""
        if self.is_cancelled and self.is_cancelled():
            raise Cancelled(_("Stopped: nothing was written."))
        if self.progress:
            self.progress(self.rows_done, self.total)
