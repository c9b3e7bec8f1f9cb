"""The long job of this context, such as an export: how many of its parts are done, and whether a person stopped it."""

from __future__ import annotations

from contextlib import AbstractContextManager
from contextvars import ContextVar
from dataclasses import dataclass

from ahtc_tui.domain.context_value import hold_value
from ahtc_tui.domain.errors import Cancelled
from ahtc_tui.domain.i18n import _


@dataclass(eq=False)
class RunningJob:
    """The state of a job. Its thread counts the parts; another thread shows them and may stop it."""

    done: int = 0
    total: int = 0
    """Number of parts, such as files or tables, that are known so far."""
    is_stopped: bool = False


_running_job: ContextVar[RunningJob | None] = ContextVar("running_job", default=None)


def run_as_job(job: RunningJob) -> AbstractContextManager[None]:
    """Let the functions below report to a job."""
    return hold_value(_running_job, job)


def refuse_stopped() -> None:
    """Raise Cancelled where a person stopped the job of this context. Nothing may be half written then."""
    job = _running_job.get()
    if job is not None and job.is_stopped:
        raise Cancelled(_("Cancelled. Nothing was saved."))


def expect_parts(count: int) -> None:
    """Add parts to those that the job has to do."""
    if (job := _running_job.get()) is not None:
        job.total += count


def count_part() -> None:
    """Count a part of the job as done. Raises Cancelled."""
    refuse_stopped()
    if (job := _running_job.get()) is not None:
        job.done += 1
