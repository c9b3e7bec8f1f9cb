"""Progress of an import: counts that its thread sets and the screen displays, without locks."""

from __future__ import annotations

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.running_job import RunningJob
from ahtc_tui.services.progress import ProgressHooks

BAR_WIDTH = 40
"""Width of the bar in cells."""


class ImportProgress:
    """Counts the rows of one import and formats the line that shows them."""

    def __init__(self, *, is_writing: bool = False) -> None:
        """`is_writing` is whether the run ends with a write, which cannot be stopped."""
        self.completed, self.total, self.is_writing = 0, 0, is_writing
        self.job = RunningJob()

    def build_hooks(self) -> ProgressHooks:
        """Return the hooks for the import."""
        return ProgressHooks(self._update_counts)

    def _update_counts(self, completed: int, total: int) -> None:
        self.completed, self.total = completed, total

    def format_text(self, file_names: str, seconds: float) -> str:
        """Return the text for the screen."""
        if not self.total:
            heading = _("Reading {files}").format(files=file_names)
            return f"{heading}\n\n{'─' * BAR_WIDTH}  {seconds:.0f} s\n\n{self._format_stop_hint()}"
        if self.is_writing and self.completed >= self.total:
            heading = _("Writing {files}").format(files=file_names)
            return f"{heading}\n\n{'━' * BAR_WIDTH}  {seconds:.0f} s"
        fraction = self.completed / self.total
        bar = "━" * int(fraction * BAR_WIDTH) + "─" * (BAR_WIDTH - int(fraction * BAR_WIDTH))
        heading = _("Comparing {files}").format(files=file_names)
        rows = _("{done:,} of {total:,} rows").format(done=self.completed, total=self.total)
        return f"{heading}\n\n{bar}  {fraction:.0%}\n{rows}\n\n{self._format_stop_hint()}"

    def _format_stop_hint(self) -> str:
        return _("Stopping") if self.job.is_stopped else _("press esc to stop and save nothing")
