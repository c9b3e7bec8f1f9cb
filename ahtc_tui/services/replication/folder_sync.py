"""Sync through a shared folder: a merge with the file of each other laptop, then the file of this one."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.report import FileWarning, ImportOptions, ImportReport
from ahtc_tui.domain.replication.reports import MergeFileReport, SyncReport
from ahtc_tui.services.paths import resolve_path
from ahtc_tui.services.progress import ProgressHooks
from ahtc_tui.services.replication.merge import (
    MergeOutcome,
    MergeStep,
    PeerJournal,
    back_up_first,
    finish_merge,
)
from ahtc_tui.services.replication.merge_report import list_waiting_questions
from ahtc_tui.services.replication.request import MergeRequest
from ahtc_tui.store.records.fields import read_device
from ahtc_tui.store.records.references import mark_departure
from ahtc_tui.store.replication import sync_log
from ahtc_tui.store.replication.peer_database import list_change_ids, refuse_other_office
from ahtc_tui.store.replication.sync_log import count_records

if TYPE_CHECKING:
    from ahtc_tui.domain.keys import RowKey
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.hub.folder import FolderHub
    from ahtc_tui.store.hub.laptop_file import LaptopFile
    from ahtc_tui.store.records.cursor import Cursor


def needs_new_passphrase(folder: str) -> bool:
    """Return whether no laptop has a file in a folder yet, so that its passphrase is chosen. Raises StoreError."""
    from ahtc_tui.store.hub.folder import list_files

    return not list_files(resolve_path(folder))


def check_passphrase(workspace: Workspace, folder: str, passphrase: str) -> None:
    """Raise BadFile where a passphrase opens no file of a folder, BadInput for a weak one of a new folder."""
    from ahtc_tui.store.hub.folder import open_folder

    hub = open_folder(resolve_path(folder), passphrase)
    _FolderSync(workspace, hub, MergeRequest(ImportOptions())).refuse_wrong_passphrase()


def sync_with_folder(
    workspace: Workspace,
    folder: str,
    passphrase: str,
    options: ImportOptions | None = None,
    *,
    take: str = "",
    apply: bool = True,
    hooks: ProgressHooks | None = None,
) -> ImportReport:
    """Merge with the files of a folder, and bring that of this laptop up to date; without `apply`, report only.

    `take` as in `merge_file`. Raises StoreError where the folder cannot be read, BadFile for a wrong passphrase,
    BadInput for a weak one of a new folder, Refused for another office, Cancelled.
    """
    from ahtc_tui.store.hub.folder import open_folder

    hub = open_folder(resolve_path(folder), passphrase)
    sync = _FolderSync(workspace, hub, MergeRequest(options or ImportOptions(), take, apply, hooks or ProgressHooks()))
    sync.refuse_wrong_passphrase()
    with ExitStack() as stack:
        for file in sync.others:
            sync.open_file(file, stack)
        sync.merge_files()
    sync.name_missing()
    sync.send()
    return sync.build_report()


def _read_state(file: LaptopFile, cursor: Cursor) -> list[str]:
    return [file.digest, sync_log.read_reversals(cursor)]


@dataclass
class _FolderSync:
    """One sync and what it did."""

    workspace: Workspace
    hub: FolderHub
    request: MergeRequest
    reports: list[MergeFileReport] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    written: bool = False
    known_ids: set[RowKey] = field(default_factory=set)
    """Changes that other laptops have."""
    settled: dict[str, list[str]] = field(default_factory=dict)
    """Names of files by laptop, each with the digest with which it left nothing to do."""
    sent: int = 0
    sent_erasures: int = 0
    held: int = 0

    def __post_init__(self) -> None:
        from ahtc_tui.store.hub.folder import find_own_path

        with self.workspace.database.read() as cursor:
            self._own_path, self._own_device = find_own_path(self.hub, cursor), read_device(cursor)
            self._log = sync_log.read_folder_log(cursor, str(self.hub.path))
        self.others = [file for file in self.hub.files if file.path != self._own_path]
        self._devices: dict[str, Path] = {}
        self._journals: list[tuple[LaptopFile, PeerJournal]] = []

    def refuse_wrong_passphrase(self) -> None:
        """Raise BadFile where the folder has files and none of them opens, so that nothing is written."""
        from ahtc_tui.store.hub.laptop_file import opens_with

        files = [file for file in self.hub.files if file.salt]
        folder = self.workspace.database.path.parent
        if files and not any(opens_with(file, self.hub.find_key(file.salt), folder) for file in files):
            sentence = _("None of the files in {folder} opens: the passphrase is wrong. Nothing was changed.")
            raise BadFile(sentence.format(folder=self.hub.path))

    def open_file(self, file: LaptopFile, stack: ExitStack) -> None:
        """Open the file of another laptop that has something to merge; one that cannot be read is named."""
        from ahtc_tui.store.hub.folder import find_last_position, open_mirror, read_device_of

        if file.is_torn:
            self._name_torn(file.path.name)
        if not file.parts:
            return
        with ExitStack() as opened:
            try:
                peer = opened.enter_context(open_mirror(self.hub, file, self.workspace.database))
                with self.workspace.database.read() as cursor:
                    refuse_other_office(cursor, peer, file.path)
                    device = read_device_of(peer)
                    is_older = find_last_position(peer, device) < find_last_position(cursor, device)
                    state = _read_state(file, cursor)
                self.known_ids |= list_change_ids(peer)
            except BadFile as error:
                self.warnings.append(str(error))
                return
            self._note_laptop(device, file, is_older=is_older)
            if state == self._log.get(file.path.name) and not (self.request.options.answers or self.request.take):
                self.settled[file.path.name] = state
                return
            self._journals.append((file, PeerJournal(peer, file.path)))
            stack.push(opened.pop_all())

    def _note_laptop(self, device: str, file: LaptopFile, *, is_older: bool) -> None:
        """Name a second file of one laptop, and one that is older than what this copy has of its laptop."""
        first = self._devices.setdefault(device, file.path)
        if device == self._own_device or first != file.path:
            sentence = _("{file} is another copy of the file of {laptop}. It was read; you can remove it.")
            self.warnings.append(sentence.format(file=file.path.name, laptop=device))
        elif is_older:
            sentence = _("{file} is older than what this laptop has of {laptop}. It may not be copied yet.")
            self.warnings.append(sentence.format(file=file.path.name, laptop=device))

    def merge_files(self) -> None:
        """Merge the open files in one step of the history; one that cannot be merged is named and left out."""
        if not self._journals:
            return
        back_up_first(self.workspace, [journal for _file, journal in self._journals], self.request)
        outcomes: list[MergeOutcome] = []
        with self.workspace.database.write(f"sync {self.hub.path.name}") as ledger:
            step = MergeStep(self.workspace, ledger, self.request)
            # Erasures first, because nothing that is older than an erasure can be undone.
            self._journals.sort(key=lambda item: not step.has_accepted_erasures(item[1]))
            for file, journal in self._journals:
                try:
                    outcomes.append(self._merge(step, file, journal))
                except BadFile as error:
                    self.warnings.append(str(error))
            ledger.is_dry_run = not self.request.apply
        self.reports = [outcome.report for outcome in outcomes]
        self.written = any(outcome.written for outcome in outcomes)
        finish_merge(self.workspace, outcomes)

    def _merge(self, step: MergeStep, file: LaptopFile, journal: PeerJournal) -> MergeOutcome:
        from ahtc_tui.store.hub.folder import project_erased

        project_erased(step.ledger.cursor, journal.cursor)
        outcome = step.merge(journal)
        report = outcome.report
        if outcome.written and not (report.warnings or report.refused or report.altered or report.erasures):
            self.settled[file.path.name] = _read_state(file, step.ledger.cursor)
        return outcome

    def _name_torn(self, name: str) -> None:
        sentence = _(
            "{file} was cut, or is still being copied. Its whole parts were read, and the next sync reads the rest."
        )
        self.warnings.append(sentence.format(file=name))

    def name_missing(self) -> None:
        """Name each file that an earlier sync read and that is no longer there, and the own one where it is damaged."""
        present = {file.path.name for file in self.hub.files}
        if any(file.path == self._own_path and file.is_torn for file in self.hub.files):
            sentence = _("{file}, the file of this laptop, was damaged. It is saved again as a whole.")
            self.warnings.append(sentence.format(file=self._own_path.name))
        for name in sorted(self._log.keys() - present):
            if (self.hub.path / name).exists():  # cut so short that nothing shows whose it is
                self._name_torn(name)
                continue
            sentence = _("{file} is no longer in the folder. What it brought stays on this laptop, and in your file.")
            self.warnings.append(sentence.format(file=name))

    def send(self) -> None:
        """Bring the file of this laptop up to date, and remember the sync. What cannot be written stays here."""
        from ahtc_tui.store.hub import folder
        from ahtc_tui.store.hub.upload import renumber_records

        request, database = self.request, self.workspace.database
        with database.write("sync") as ledger:
            if request.apply:
                renumber_records(ledger)
            shipment = folder.plan_shipment(self.hub, database, ledger.cursor)
            self.sent = len(shipment.new_ids - self.known_ids)
            self.sent_erasures = shipment.new_erasures
            if request.apply and not shipment.is_empty:
                try:
                    folder.send(self.hub, database, shipment)
                except OSError as error:
                    self._hold(error)
            if request.apply and not self.held:
                at = self.workspace.now().astimezone(UTC).isoformat(timespec="seconds")
                sync_log.record_sync(ledger.cursor, str(self.hub.path), at, sync_log.read_position(ledger.cursor), "")
                sync_log.store_folder_log(ledger.cursor, str(self.hub.path), self.settled)
                mark_departure(ledger.cursor)
            ledger.is_dry_run = not request.apply

    def _hold(self, error: OSError) -> None:
        sentence = _("{folder} cannot be saved: {reason}. Your changes stay on this laptop.")
        self.warnings.append(sentence.format(folder=self.hub.path, reason=error.strerror or error))
        self.held, self.sent, self.sent_erasures = max(self.sent, 1), 0, 0

    def build_report(self) -> ImportReport:
        """Return one report for the whole folder."""
        with self.workspace.database.read() as cursor:
            record_count = count_records(cursor)
            waiting = list_waiting_questions(cursor, self.request.options)
        values: dict[str, Any] = {"file": self.hub.path, "unchanged": record_count}
        for name in ("added", "changed", "questions", "warnings", "dropped", "erasures", "refused", "altered"):
            values[name] = tuple(item for report in self.reports for item in getattr(report, name))
        questions = {question.id: question for question in (*values["questions"], *waiting)}
        values["questions"] = tuple(questions.values())
        values["warnings"] += tuple(FileWarning("", sentence) for sentence in self.warnings)
        values["read"] = sum(report.read for report in self.reports)
        written = self.request.apply and (self.written or not self.reports)
        values |= {name: getattr(self, name) for name in ("sent", "sent_erasures", "held")}
        return ImportReport((SyncReport(**values),), written)
