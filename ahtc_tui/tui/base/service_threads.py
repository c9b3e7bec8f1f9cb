"""Threads on which screens run services: one for writes and single reads, one for list pages, one for long jobs.

No SQL runs on the thread that draws. Long jobs show a line about their progress, and a key stops them.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from copy import copy
from functools import partial
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from ahtc_tui.domain.case_data.reporter import CaseDataReporter, report_case_data_to
from ahtc_tui.domain.errors import AhtcError, NotFound, StoreError
from ahtc_tui.domain.i18n import _, translated_names
from ahtc_tui.domain.running_job import RunningJob, refuse_stopped, run_as_job
from ahtc_tui.domain.saved_work import build_saved_error, record_outgoing_files, record_saved_work
from ahtc_tui.services.workspace import Workspace

if TYPE_CHECKING:
    from datetime import date

    from ahtc_tui.domain.replication.overwrites import SeenPosition

Params = ParamSpec("Params")
Result = TypeVar("Result")
Row = TypeVar("Row")
Service = Callable[Concatenate["Workspace", Params], Result]

SHOWN_AFTER_SECONDS = 0.7
"""Time after which a long job is shown."""


def find_row(rows: Iterable[Row], **identity: Any) -> Row:
    """Return the row whose attributes have these values, to edit what is stored now. Raises NotFound."""
    for row in rows:
        if all(getattr(row, name) == value for name, value in identity.items()):
            return row
    raise NotFound(_("It has since been removed."))


def _show(
    workspace: Workspace, service: Service[Params, Result], *args: Params.args, **kwargs: Params.kwargs
) -> Result:
    """Call a service that reads names of records to show them."""
    with translated_names():
        return service(workspace, *args, **kwargs)


class Desk:
    """Runs services on background threads."""

    def __init__(self, workspace: Workspace, case_data_reporter: CaseDataReporter | None = None) -> None:
        self.workspace = workspace
        self.seen: SeenPosition | None = None
        """What the person has seen, on the desk of a form: writes that would replace newer values are refused."""
        self.case_data_reporter = case_data_reporter
        self._early_read: tuple[object, Future[Any]] | None = None
        """A service and its result, for the first `show` of that service."""
        self._early_version: Future[int] | None = None
        """Data version before the early read, for the first `read_data_version`."""
        self._reader: Workspace | None = None
        self._written_files: list[str] = []
        """Files written for other people since `take_written_path` was called; shared with the desks of forms."""
        self.jobs = RunningJobs()
        self._interrupted_reads = 0
        """Number of reads interrupted so far."""
        self._store_thread = ThreadPoolExecutor(1, "store")
        self._read_thread = ThreadPoolExecutor(1, "glance")
        self._long_thread = ThreadPoolExecutor(1, "long")

    @property
    def today(self) -> date:
        """The date of the workspace clock."""
        return self.workspace.today()

    def shorten_path(self, path: Path) -> Path:
        """Return a path relative to the workspace, or unchanged if it lies outside."""
        root = self.workspace.root
        return path.relative_to(root) if path.is_relative_to(root) else path

    async def run(self, service: Service[Params, Result], *args: Params.args, **kwargs: Params.kwargs) -> Result:
        """Run a write or a single read. These run one after another, in order of their calls.

        On the desk of a form a write raises ChangedMeanwhile where it would replace a value that is newer than `seen`.
        """
        call = partial(self._call_and_mark, self.workspace, service, *args, **kwargs)
        return await self._run_on(self._store_thread, partial(self._check_writes, call) if self.seen else call)

    def run_before_start(self, service: Callable[[Workspace], Result]) -> Result:
        """Run a short read and wait for it, while nothing is drawn yet."""
        return self._store_thread.submit(service, self.workspace).result()

    def read_ahead(self, service: Callable[[Workspace], object]) -> None:
        """Start the read that the first `show` of this service returns, while the screen is still being imported.

        The first data version will be that from before the read, so that a write meanwhile is noticed.
        """
        self._early_version = self._store_thread.submit(self.workspace.database.read_data_version)
        self._early_read = service, self._submit(self._store_thread, partial(_show, self.workspace, service))

    def _call_and_mark(
        self, workspace: Workspace, service: Service[Params, Result], *args: Params.args, **kwargs: Params.kwargs
    ) -> Result:
        """Call a service, and record in the database if it wrote files for other people."""
        with record_outgoing_files() as outgoing_files:
            try:
                return service(workspace, *args, **kwargs)
            finally:
                if outgoing_files:
                    workspace.database.mark_departure(outgoing_files)
                    self._written_files += outgoing_files

    def take_written_path(self) -> Path | None:
        """Return the file written since the last call, or the folder of several; None if none was written."""
        files = [Path(file) for file in self._written_files]
        self._written_files.clear()
        if len(files) < 2:
            return files[0] if files else None
        return Path(os.path.commonpath({file.parent for file in files}))

    async def show(self, service: Service[Params, Result], *args: Params.args, **kwargs: Params.kwargs) -> Result:
        """Read what a list or card shows: names of records are in the language of the interface."""
        if self._early_read is not None and self._early_read[0] == service:
            early_result: Future[Result] = self._early_read[1]
            self._early_read = None
            return await asyncio.wrap_future(early_result)
        return await self._run_on(self._store_thread, partial(_show, self.workspace, service, *args, **kwargs))

    async def open_record(
        self, service: Service[Params, Result], *args: Params.args, **kwargs: Params.kwargs
    ) -> tuple[Result, Desk]:
        """Read a record to edit it, with the names of other records in the language of the interface.

        Return it with the desk of its form, whose writes are checked against what was read.
        """
        desk = await self.check_from_now()
        return await self.show(service, *args, **kwargs), desk

    async def check_from_now(self) -> Desk:
        """Return a desk whose writes raise ChangedMeanwhile where they would replace what is written from now on."""
        desk = copy(self)
        desk.seen = await self.run(Workspace.read_position)
        return desk

    def _check_writes(self, call: Callable[[], Result]) -> Result:
        assert self.seen is not None
        with self.workspace.database.check_writes(self.seen):
            return call()

    async def run_read(self, service: Service[Params, Result], *args: Params.args, **kwargs: Params.kwargs) -> Result:
        """Read a list page on a separate connection, which `interrupt_read` can interrupt.

        A task that awaits an interrupted read is cancelled.
        """
        interrupted_before = self._interrupted_reads
        try:
            return await self._run_on(self._read_thread, lambda: _show(self._open_reader(), service, *args, **kwargs))
        except StoreError as error:
            if interrupted_before != self._interrupted_reads:
                raise asyncio.CancelledError from error
            raise

    async def run_long(self, service: Service[Params, Result], *args: Params.args, **kwargs: Params.kwargs) -> Result:
        """Run a long job, such as an export, on its own connection. Other reads and writes continue meanwhile.

        Raises Cancelled where a person stopped it; it has written nothing then.
        """
        return await self.run_job(RunningJob(), service, *args, **kwargs)

    async def run_job(
        self, job: RunningJob, service: Service[Params, Result], *args: Params.args, **kwargs: Params.kwargs
    ) -> Result:
        """Run a long job as `run_long` does; the caller may stop it as well."""

        def on_own_connection() -> Result:
            workspace = self.workspace.open_reader()
            try:
                with run_as_job(job):
                    refuse_stopped()  # while it waited for another job
                    return self._call_and_mark(workspace, service, *args, **kwargs)
            finally:
                workspace.close()

        with self.jobs.show(job):
            return await self._run_on(self._long_thread, on_own_connection)

    async def read_data_version(self) -> int:
        """Return a number that differs once another process, or a long job, has written to the database."""
        version = self._early_version or self._store_thread.submit(self.workspace.database.read_data_version)
        self._early_version = None
        return await asyncio.wrap_future(version)

    def interrupt_read(self) -> None:
        """Interrupt the list read in progress."""
        if self._reader is not None:
            self._interrupted_reads += 1
            self._reader.database.interrupt()

    def _open_reader(self) -> Workspace:
        if self._reader is None:
            self._reader = self.workspace.open_reader()
        return self._reader

    async def _run_on(self, executor: ThreadPoolExecutor, call: Callable[[], Result]) -> Result:
        return await asyncio.wrap_future(self._submit(executor, call))

    def _submit(self, executor: ThreadPoolExecutor, call: Callable[[], Result]) -> Future[Result]:
        def call_with_reporter() -> Result:
            with report_case_data_to(self.case_data_reporter), record_saved_work() as saved:
                try:
                    return call()
                except AhtcError as error:
                    if saved:
                        raise build_saved_error(str(error), saved) from error
                    raise

        return executor.submit(copy_context().run, call_with_reporter)

    def close(self) -> None:
        """Finish writes that were started, and stop the threads. The workspace is left open for its owner to close."""
        self.interrupt_read()
        self._store_thread.shutdown(wait=True)
        for executor in (self._read_thread, self._long_thread):
            executor.shutdown(wait=True, cancel_futures=True)
        if self._reader is not None:
            self._reader.close()
            self._reader = None


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
        if job is None or seconds < SHOWN_AFTER_SECONDS:
            return ""
        parts = [_("In progress")]
        parts += [_("{done:,} of {total:,}").format(done=job.done, total=job.total)] if job.total > 1 else []
        hint = _("Stopping") if job.is_stopped else _("press {key} to stop and save nothing").format(key=key)
        return "   ".join((*parts, f"{seconds:.0f} s", hint))
