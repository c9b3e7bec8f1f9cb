"""Progress of long imports, merges and reversals, independent of the screen; the running job may stop them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ahtc_tui.domain.running_job import refuse_stopped

REPORT_EVERY = 500
"""Number of rows between two progress reports."""


@dataclass
class ProgressHooks:
    """The callback of a long operation and the rows it has processed."""

    progress: Callable[[int, int], None] | None = None
    """Receives the number of processed rows and the total."""
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
        if self.progress:
            self.progress(self.rows_done, self.total)
