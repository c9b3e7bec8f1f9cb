"""The sync with the office hub in the background of the screen: on its own thread and connection."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator, Sequence, Set
from contextvars import copy_context
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum, auto
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
    from ahtc_tui.services.replication.hub_address import HubAddress

FIRST_SYNC_SECONDS = 5.0
"""Seconds between startup and the first sync, to keep the first screen responsive."""
CLOSING_SECONDS = 2.0
"""Longest wait for a sync at the end of the app. An unfinished one is rolled back on both sides."""


class IncomingKind(Enum):
    """What a line of the list is."""

    CHANGE = auto()
    NEW = auto()
    CONFLICT = auto()
    """Waits for a decision in the list of conflicts."""
    ERASURE = auto()
    """A person whom another copy erased; waits until somebody accepts the erasure here."""
    NOTE = auto()
    """A warning, or a line that was refused."""


@dataclass(frozen=True, slots=True)
class IncomingLine:
    """A change, a new record, a question or a warning that a sync brought."""

    number: int
    at: datetime
    """Local time."""
    kind: IncomingKind
    ref: str
    what: str
    text: str
    question_id: str = ""
    """Of an erasure."""

    @property
    def is_question(self) -> bool:
        """Whether it waits for a decision."""
        return self.kind in (IncomingKind.CONFLICT, IncomingKind.ERASURE)

    @property
    def content(self) -> tuple[IncomingKind, str, str, str]:
        """What is equal in two syncs that report the same."""
        return self.kind, self.ref, self.what, self.text


RECORD_KINDS = (IncomingKind.CHANGE, IncomingKind.NEW)
"""Come in once; questions and warnings are reported by each sync until they are settled."""


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
        self.waiting_erasures: set[str] = set()
        """Ids of the questions about erasures that the last sync reported."""
        self._last_lines: list[IncomingLine] = []
        self.accepted_erasures: set[str] = set()
        """Ids of the questions about erasures that a person accepted; kept until a sync was able to carry them out."""
        self.sync_service: Callable[[Workspace, Set[str]], ImportReport] = self._sync_workspace
        """Syncs a workspace and carries out the erasures with these ids."""
        self.passphrase = ""
        """That of a folder, kept in memory until the app ends."""
        self._closing = Event()
        self._job = RunningJob()
        """The last sync."""
        self._thread: Thread | None = None

    @property
    def has_hub(self) -> bool:
        """Whether `ahtc.toml` names a hub."""
        return bool(self._hub.url)

    @property
    def url(self) -> str:
        """The address of the hub, or its folder."""
        return self._hub.url

    @property
    def needs_passphrase(self) -> bool:
        """Whether the hub is a folder whose passphrase nobody has typed since the start."""
        from ahtc_tui.services.paths import is_folder

        return not self.passphrase and is_folder(self._hub.url)

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
            self._app.run_worker(self._sync_if_agreed(), group="sync")

    async def _sync_if_agreed(self) -> None:
        """Sync, unless nobody on this laptop has agreed to this hub yet."""
        try:
            address = await self.read_address()
        except AhtcError as failure:
            self._announce(str(failure))
            return
        if address.is_agreed and self.needs_passphrase:
            self._announce(_("The hub is a folder. Press . S, then . s, to type the passphrase."))
        elif address.is_agreed:
            self.sync_now()
        else:
            sentence = _("This laptop has not synced with {hub} yet. Press . S, then . s, to begin.")
            self._announce(sentence.format(hub=address.name))

    async def read_address(self) -> HubAddress:
        """Return the hub of the settings. Raises BadInput."""
        from ahtc_tui.services.replication.hub_address import read_address

        return await self._desk.run(read_address, self._hub.url)

    async def agree(self, address: HubAddress) -> None:
        """Remember that a person agreed to sync with the hub. Raises StoreError."""
        from ahtc_tui.services.replication.hub_address import agree_to_sync

        await self._desk.run(agree_to_sync, address)

    def _announce(self, error: str) -> None:
        """Show why nothing was synced, once, and list it on the screen of the hub."""
        if error != self.error:
            show_error_toast(self._app, error)
        self.error = error
        self.state_changed.publish(None)

    def accept_erasure(self, question_id: str) -> None:
        """Sync, and erase the person of a question here as well; after a running sync, if there is one.

        Where that sync fails, each later one tries again.
        """
        self.accepted_erasures.add(question_id)
        self.sync_now()

    def sync_now(self) -> None:
        """Start a sync, unless one is running."""
        if self.has_hub and not self.is_running:
            self.is_running = True
            self._app.run_worker(self._sync(), group="sync")

    async def _sync(self) -> None:
        """Run a sync and announce what came in; errors are shown once, not at every interval."""
        error, accepted = "", frozenset(self.accepted_erasures)
        self.state_changed.publish(None)
        try:
            self._job = RunningJob()
            with self._desk.jobs.show(self._job):
                report = await self._run_on_thread(self._job, accepted)
            self.accepted_erasures -= accepted
            error = self._take_report(report, accepted)
        except AhtcError as failure:
            error = str(failure)
        except Exception as failure:  # a fault of a sync that nobody started does not end the app
            error = _("The sync failed ({fault}): nothing was changed. Run `ahtc sync` to see why.").format(
                fault=type(failure).__name__
            )
        finally:
            self.is_running = False
        if error:
            self._announce(error)
        self.error = error
        self.state_changed.publish(None)
        if self.accepted_erasures and not error:  # accepted while this sync was running
            self.sync_now()

    async def _run_on_thread(self, job: RunningJob, accepted: Set[str]) -> ImportReport:
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
                report = context.run(self._sync_on_own_connection, job, accepted)
            except BaseException as error:  # it is raised again where the future is awaited
                failure = error
            if not self._closing.is_set():
                loop.call_soon_threadsafe(set_outcome, report, failure)

        self._thread = Thread(target=run, name="sync", daemon=True)
        self._thread.start()
        return await future

    def _sync_on_own_connection(self, job: RunningJob, accepted: Set[str]) -> ImportReport:
        workspace = self._desk.workspace.open_reader()
        try:
            with run_as_job(job):
                return self.sync_service(workspace, accepted)
        finally:
            workspace.close()

    def _sync_workspace(self, workspace: Workspace, accepted: Set[str]) -> ImportReport:
        from ahtc_tui.domain.imports.report import ImportOptions
        from ahtc_tui.services.replication.folder_sync import sync_with_folder
        from ahtc_tui.services.replication.hub_sync import sync_with_hub

        options = ImportOptions(answers=dict.fromkeys(accepted, "theirs"))
        if self.passphrase:
            return sync_with_folder(workspace, self._hub.url, self.passphrase, options)
        return sync_with_hub(workspace, self._hub.url, options)

    def _take_report(self, report: ImportReport, accepted: Set[str]) -> str:
        """Add what came in and announce it; return a sentence about what waits for a person, if anything does."""
        if not report.applied:
            reasons = [question.reason for file in report.files for question in file.questions]
            sentence = _("Nothing was synced, because the hub asks first: {reason}. Run `ahtc sync` to answer.")
            return sentence.format(reason="; ".join(reasons[:1]))
        lines = list(_list_incoming(report, self._desk.workspace.now()))
        self.waiting_erasures = {line.question_id for line in lines if line.question_id}
        reported = {line.content for line in self._last_lines if line.kind not in RECORD_KINDS}
        self._last_lines = lines
        new = [line for line in lines if line.content not in reported]
        erased = count_erased(report)
        listed = new
        if erased or accepted:  # earlier lines may name the person; what still waits is listed again
            self.incoming, listed = [], lines
        first = self.incoming[0].number + 1 if self.incoming else 0
        numbered = [replace(line, number=first + offset) for offset, line in enumerate(listed)]
        self.incoming = [*reversed(numbered), *self.incoming]
        has_read = any(file.read for file in report.files)
        if new or erased or has_read:
            show_toast(self._app, format_summary(new, erased), undo=False)
        if has_read or erased:
            self._changed.publish(None)
        return ""

    def close(self) -> None:
        """End a running sync at its next step, and wait for it a moment."""
        self._closing.set()
        self._job.is_stopped = True
        if self._thread is not None:
            self._thread.join(CLOSING_SECONDS)


def count_erased(report: ImportReport) -> int:
    """Return the number of accepted erasures."""
    from ahtc_tui.domain.replication.reports import MergeFileReport

    return sum(file.erased_count for file in report.files if isinstance(file, MergeFileReport))


def format_summary(lines: Sequence[IncomingLine], erased: int) -> str:
    """Return what came in on one line: "From the hub: 3 changes, 1 new, 1 conflict to resolve (C)"."""
    counts = Counter(line.kind for line in lines)
    changed, added = counts[IncomingKind.CHANGE], counts[IncomingKind.NEW]
    conflicts, erasures = counts[IncomingKind.CONFLICT], counts[IncomingKind.ERASURE]
    notes = counts[IncomingKind.NOTE]
    parts = (
        ngettext("1 change", "{n} changes", changed) if changed else "",
        _("{n} new").format(n=added) if added else "",
        ngettext("1 person erased", "{n} people erased", erased) if erased else "",
        ngettext("1 conflict to resolve (. C)", "{n} conflicts to resolve (. C)", conflicts) if conflicts else "",
        ngettext("1 erasure to accept (. S)", "{n} erasures to accept (. S)", erasures) if erasures else "",
        ngettext("1 note (. S)", "{n} notes (. S)", notes) if notes else "",
    )
    return _("From the hub: {parts}").format(parts=", ".join(part for part in parts if part) or _("nothing to see"))


def _list_incoming(report: ImportReport, at: datetime) -> Iterator[IncomingLine]:
    """Yield what a sync reports; the lines are not numbered yet."""
    from ahtc_tui.domain.replication.reports import MergeFileReport

    def build_line(kind: IncomingKind, ref: str | None, what: str, text: str, question_id: str = "") -> IncomingLine:
        return IncomingLine(0, at, kind, ref or "", what, text, question_id)

    for file in report.files:
        erasures = {item.id for item in file.erasures} if isinstance(file, MergeFileReport) else set()
        for question in file.questions:
            if question.id in erasures:
                yield build_line(IncomingKind.ERASURE, question.ref, _("erasure"), question.reason, question.id)
                continue
            text = _("conflicting edits: {reason}").format(reason=question.reason)
            yield build_line(IncomingKind.CONFLICT, question.ref, question.field.replace("_", " "), text)
        for change in file.changed:
            text = _("{now}   (before: {was})").format(now=change.now or "–", was=change.was or "–")
            yield build_line(IncomingKind.CHANGE, change.ref, change.field.replace("_", " "), text)
        for record in file.added:
            title = record.values.get("title") or record.values.get("name") or record.values.get("text") or ""
            yield build_line(IncomingKind.NEW, record.ref, _("new {kind}").format(kind=record.row), str(title))
        for warning in file.warnings:
            yield build_line(IncomingKind.NOTE, warning.ref, _("note"), warning.reason)
        for line in file.refused if isinstance(file, MergeFileReport) else ():
            text = _("A change from the laptop {device} was refused. {reason}").format(
                device=line.device, reason=line.reason
            )
            yield build_line(IncomingKind.NOTE, None, _("note"), text)
