"""The sync with the office hub in the background of the screen: on a thread of its own, with its own connection."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextvars import copy_context
from dataclasses import dataclass
from datetime import datetime
from threading import Event, Thread
from typing import TYPE_CHECKING

from textual.signal import Signal

from ahtc_tui.domain.errors import AhtcError
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.running_job import RunningJob, run_as_job
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.base.service_threads import Desk
from ahtc_tui.tui.base.type_ahead import TypeAheadApp
from ahtc_tui.tui.widgets.confirm import show_error_toast, show_toast

if TYPE_CHECKING:
    from ahtc_tui.domain.imports.report import ImportReport

FIRST_SYNC_SECONDS = 5.0
"""Seconds between startup and the first sync, to keep the first screen responsive."""
CLOSING_SECONDS = 2.0
"""Longest wait for a sync at the end of the app. An unfinished one is rolled back on both sides."""


@dataclass(frozen=True, slots=True)
class IncomingLine:
    """A change, a new record, a conflict or a warning that a sync brought."""

    number: int
    at: datetime
    """Local time."""
    ref: str
    what: str
    text: str
    is_question: bool = False


class BackgroundSync:
    """Syncs at an interval and on request, and remembers what came in since the app was started."""

    def __init__(self, app: TypeAheadApp, desk: Desk, changed: Signal[None]) -> None:
        """`changed` is published after a sync that brought something."""
        self._app, self._desk, self._changed = app, desk, changed
        self._hub = desk.workspace.hub
        self.state_changed: Signal[None] = Signal(app, "state_changed")
        """Published when a sync begins and ends."""
        self.is_running = False
        self.error = ""
        """Why the last sync failed or waits for a person; empty after a success."""
        self.incoming: list[IncomingLine] = []
        """What came in, the newest first."""
        self.sync_service: Callable[[Workspace], ImportReport] = self._sync_workspace
        self._closing = Event()
        self._thread: Thread | None = None

    @property
    def has_hub(self) -> bool:
        """Whether `ahtc.toml` names a hub."""
        return bool(self._hub.url)

    @property
    def every(self) -> int:
        """Minutes between two syncs; 0 for none without a key."""
        return self._hub.every

    def start(self) -> None:
        """Sync soon and then at the interval, where a hub is set."""
        if self.has_hub and self.every:
            self._app.set_timer(FIRST_SYNC_SECONDS, self._sync_when_idle)
            self._app.set_interval(self.every * 60, self._sync_when_idle)

    def _sync_when_idle(self) -> None:
        """Sync, or try again in a moment where a key is being handled."""
        if self._app.is_busy:
            self._app.set_timer(FIRST_SYNC_SECONDS, self._sync_when_idle)
        else:
            self.sync_now()

    def sync_now(self) -> None:
        """Start a sync, unless one is running."""
        if self.has_hub and not self.is_running:
            self.is_running = True
            self._app.run_worker(self._sync(), group="sync")

    async def _sync(self) -> None:
        """Run a sync and announce what came in; errors are shown once, not at every interval."""
        error = ""
        self.state_changed.publish(None)
        try:
            with self._desk.jobs.add() as job:
                report = await self._run_on_thread(job)
            error = self._take_report(report)
        except AhtcError as failure:
            error = str(failure)
        except Exception as failure:  # a fault of a sync that nobody started does not end the app
            error = _("The sync failed ({fault}): nothing was changed. Run `ahtc sync` to see why.").format(
                fault=type(failure).__name__
            )
        finally:
            self.is_running = False
        if error and error != self.error:
            show_error_toast(self._app, error)
        self.error = error
        self.state_changed.publish(None)

    async def _run_on_thread(self, job: RunningJob) -> ImportReport:
        """Run the service on a thread that does not keep the process alive."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[ImportReport] = loop.create_future()
        context = copy_context()

        def set_outcome(report: ImportReport | None, error: BaseException | None) -> None:
            if future.done():  # the app is closing
                return
            if error is None and report is not None:
                future.set_result(report)
            elif error is not None:
                future.set_exception(error)

        def run() -> None:
            report, failure = None, None
            try:
                report = context.run(self._sync_on_own_connection, job)
            except BaseException as error:  # it is raised again where the future is awaited
                failure = error
            if not self._closing.is_set():
                loop.call_soon_threadsafe(set_outcome, report, failure)

        self._thread = Thread(target=run, name="sync", daemon=True)
        self._thread.start()
        return await future

    def _sync_on_own_connection(self, job: RunningJob) -> ImportReport:
        workspace = self._desk.workspace.open_reader()
        try:
            with run_as_job(job):
                return self.sync_service(workspace)
        finally:
            workspace.close()

    def _sync_workspace(self, workspace: Workspace) -> ImportReport:
        from ahtc_tui.services.progress import ProgressHooks
        from ahtc_tui.services.replication.hub_sync import sync_with_hub

        return sync_with_hub(workspace, self._hub.url, hooks=ProgressHooks(is_cancelled=self._closing.is_set))

    def _take_report(self, report: ImportReport) -> str:
        """Add what came in and announce it; return a sentence about what waits for a person, if anything does."""
        lines = list(_list_incoming(report))
        if not report.applied:
            reasons = [question.reason for file in report.files for question in file.questions]
            sentence = _("Nothing was synced, because the hub asks first: {reason}. Run `ahtc sync` to answer.")
            return sentence.format(reason="; ".join(reasons[:1]))
        if lines:
            first = len(self.incoming)
            now = self._desk.workspace.now()
            numbered = [
                IncomingLine(first + offset, now, ref, what, text, is_question)
                for offset, (ref, what, text, is_question) in enumerate(lines)
            ]
            self.incoming = [*reversed(numbered), *self.incoming]
        if any(file.read for file in report.files):
            show_toast(self._app, format_summary(report), undo=False)
            self._changed.publish(None)
        return ""

    def close(self) -> None:
        """End a running sync at its next step, and wait for it a moment."""
        self._closing.set()
        if self._thread is not None:
            self._thread.join(CLOSING_SECONDS)


def format_summary(report: ImportReport) -> str:
    """Return what came in on one line: "From the hub: 3 changed, 1 new, 1 conflict to decide (C)"."""
    changed = sum(len(file.changed) for file in report.files)
    added = sum(len(file.added) for file in report.files)
    conflicts = report.open_question_count
    parts = (
        ngettext("1 change", "{n} changes", changed) if changed else "",
        _("{n} new").format(n=added) if added else "",
        ngettext("1 conflict to decide (C)", "{n} conflicts to decide (C)", conflicts) if conflicts else "",
    )
    return _("From the hub: {parts}").format(parts=", ".join(part for part in parts if part) or _("nothing to see"))


def _list_incoming(report: ImportReport) -> Iterator[tuple[str, str, str, bool]]:
    """Yield reference, kind or field, text, and whether it waits for a decision."""
    for file in report.files:
        for question in file.questions:
            text = _("conflicting edits: {reason}").format(reason=question.reason)
            yield question.ref or "", question.field.replace("_", " "), text, True
        for change in file.changed:
            text = _("{now}   (before: {was})").format(now=change.now or "–", was=change.was or "–")
            yield change.ref, change.field.replace("_", " "), text, False
        for record in file.added:
            title = record.values.get("title") or record.values.get("name") or record.values.get("text") or ""
            yield record.ref or "", _("new {kind}").format(kind=record.row), str(title), False
        for warning in file.warnings:
            yield warning.ref or "", _("note"), warning.reason, False
