"""The long jobs of the screen: the line about their progress, and the key that stops them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.running_job import RunningJob

DELAY_SECONDS = 0.7
"""Time after which a job is shown."""


class RunningJobs:
    """Jobs that wait or run on background threads, in order of their starts."""

    def __init__(self) -> None:
        self._starts: dict[RunningJob, float] = {}
        """Time of the start of each job, in seconds of the monotonic clock."""
        self.job_added: Callable[[], object] = lambda: None
        """Called after a job was added, on the thread that draws."""

    def __bool__(self) -> bool:
        return bool(self._starts)

    @contextmanager
    def show(self, job: RunningJob) -> Iterator[None]:
        """Show a job until the block ends."""
        self._starts[job] = monotonic()
        self.job_added()
        try:
            yield
        finally:
            del self._starts[job]

    def stop(self) -> bool:
        """Stop every job at its next part; return whether there is one."""
        for job in self._starts:
            job.is_stopped = True
        return bool(self._starts)

    def format_text(self, key: str) -> str:
        """Return the line about the first job, with the key that stops it; empty where none has run for a moment."""
        job, started = next(iter(self._starts.items()), (None, 0.0))
        seconds = monotonic() - started
        if job is None or seconds < DELAY_SECONDS:
            return ""
        parts = [_("In progress")]
        parts += [_("{done:,} of {total:,}").format(done=job.done, total=job.total)] if job.total > 1 else []
        hint = _("Stopping") if job.is_stopped else _("{key} stops it, nothing is written").format(key=key)
        return "   ".join((*parts, f"{seconds:.0f} s", hint))
