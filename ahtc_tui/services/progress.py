"""Progress and cancellation of long imports and merges, independent of the screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ahtc_tui.domain.errors import Cancelled
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.running_job import refuse_stopped

REPORT_EVERY = 500
"""Number of rows between two progress reports."""


@dataclass
class ProgressHooks:
    """Callbacks of a long operation and the rows it has processed."""

    progress: Callable[[int, int], None] | None = None
    """Receives the number of processed rows and the total."""
    is_cancelled: Callable[[], bool] | None = None
    total: int = 0
    rows_done: int = 0

    def count_row(self) -> None:
        """Count a row and report now and then. Raises Cancelled where a person stopped the operation."""
        self.rows_done += 1
        if self.rows_done % REPORT_EVERY == 0 or self.rows_done == self.total:
            self.report_progress()

    def report_progress(self) -> None:
        """Report the progress. Raises Cancelled where a person stopped the operation."""
        refuse_stopped()
        if self.is_cancelled and self.is_cancelled():
            raise Cancelled(_("Cancelled: nothing was written."))
        if self.progress:
            self.progress(self.rows_done, self.total)
