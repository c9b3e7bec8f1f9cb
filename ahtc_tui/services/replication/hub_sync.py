"""Sync with the office hub: a merge, and the upload of what the hub lacks.

The local transaction is committed first, then that of the hub; after a failure in between the next sync uploads the
rest.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.report import FileWarning, ImportOptions, ImportReport, Question
from ahtc_tui.domain.replication.reports import MergeFileReport, SyncReport
from ahtc_tui.services.progress import ProgressHooks
from ahtc_tui.services.replication.request import MergeRequest
from ahtc_tui.store.records.references import mark_departure
from ahtc_tui.store.replication import merge_log, sync_log
from ahtc_tui.store.replication.sync_log import count_records

if TYPE_CHECKING:
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.hub.connection import Hub
    from ahtc_tui.store.records.cursor import Cursor
    from ahtc_tui.store.replication.journal_merge import JournalMerge


def sync_with_hub(
    workspace: Workspace,
    url: str,
    options: ImportOptions | None = None,
    *,
    take: str = "",
    apply: bool = True,
    hooks: ProgressHooks | None = None,
) -> ImportReport:
    """Merge with a hub in both directions; without `apply`, report only.

    `take` as in `merge_file`. Raises BadInput for an invalid address, StoreError where the hub cannot be used, Refused
    for another office, Cancelled. Lines that the login may not send are counted, with the reason as a warning.
    """
    from ahtc_tui.store.hub.access import refuse_first_sync
    from ahtc_tui.store.hub.connection import compute_fingerprint, open_hub

    request = MergeRequest(options or ImportOptions(), take, apply, hooks or ProgressHooks())
    with open_hub(url, read_only=not apply) as peer_hub:
        refuse_first_sync(peer_hub)
        fingerprint = compute_fingerprint(peer_hub)
        if not (request.options.answers or take) and _is_up_to_date(workspace, str(peer_hub.path), fingerprint):
            return _confirm_sync(workspace, peer_hub, request, fingerprint)
        return _sync_in_full(workspace, peer_hub, request, fingerprint)


def _sync_in_full(workspace: Workspace, peer_hub: Hub, request: MergeRequest, fingerprint: str) -> ImportReport:
    """Merge and upload; `fingerprint` is that of the hub before."""
    from ahtc_tui.services.replication.merge import PeerJournal, finish_merge, merge_journal
    from ahtc_tui.store.hub.download import mirror_hub

    with mirror_hub(peer_hub, workspace.database) as peer:
        upload = _Upload(peer_hub, peer, request.apply)
        journal = PeerJournal(peer, peer_hub.path)
        outcome = merge_journal(workspace, journal, f"sync {peer_hub.path}", request, upload.run)
    try:
        if outcome.written:
            peer_hub.commit()
            if not upload.held:
                is_complete = not upload.sent and _is_settled(outcome.report, upload.obstacles)
                known = fingerprint if is_complete else ""
                _record_sync(workspace, str(peer_hub.path), upload.position, known)
    finally:
        finish_merge(workspace, [outcome])
    if outcome.written:
        peer_hub.vacuum()
    values = {field.name: getattr(outcome.report, field.name) for field in fields(outcome.report)}
    values["warnings"] += tuple(FileWarning("", sentence) for sentence in upload.obstacles)
    for name in ("sent", "sent_erasures", "held", "held_erasures"):
        values[name] = getattr(upload, name)
    return ImportReport((SyncReport(**values),), outcome.written)


def _is_up_to_date(workspace: Workspace, hub: str, fingerprint: str) -> bool:
    """Return whether neither the hub nor the journal has changed since a sync that left nothing to do."""
    with workspace.database.read() as cursor:
        last = sync_log.read_last_sync(cursor)
        if last is None or not fingerprint or (last.hub, last.fingerprint) != (hub, fingerprint):
            return False
        return last.journal_state == sync_log.read_journal_state(cursor)


def _is_settled(report: MergeFileReport, obstacles: list[str]) -> bool:
    """Return whether a sync took everything that the hub has. Open conflicts of this copy are read without the hub."""
    from ahtc_tui.services.replication import own_changes

    is_offered = any(question.id == own_changes.OWN_CHANGES for question in report.questions)
    return not (report.warnings or report.refused or report.altered or report.erasures or obstacles or is_offered)


def _confirm_sync(workspace: Workspace, hub: Hub, request: MergeRequest, fingerprint: str) -> ImportReport:
    """Return the report of a sync with nothing new, which has the open conflicts, and store its time."""
    with workspace.database.read() as cursor:
        record_count, position = count_records(cursor), sync_log.read_position(cursor)
        questions = _list_waiting_questions(cursor, request.options)
    if request.apply:
        hub.commit()
        _record_sync(workspace, str(hub.path), position, fingerprint)
        hub.vacuum()
    return ImportReport((SyncReport(hub.path, 0, (), (), record_count, questions, ()),), request.apply)


def _list_waiting_questions(cursor: Cursor, options: ImportOptions) -> tuple[Question, ...]:
    """Return the open conflicts of this copy; without any, nothing of a merge is imported."""
    if not merge_log.has_open_questions(cursor):
        return ()
    from ahtc_tui.services.replication.merge_report import list_waiting_questions

    return list_waiting_questions(cursor, options)


def _record_sync(workspace: Workspace, hub: str, position: int, fingerprint: str) -> None:
    at = workspace.now().astimezone(UTC).isoformat(timespec="seconds")
    with workspace.database.write("sync") as ledger:
        sync_log.record_sync(ledger.cursor, hub, at, position, fingerprint)


@dataclass(frozen=True, slots=True)
class SyncState:
    """The last sync of this copy, and what waits to be sent."""

    hub: str
    """Host and database of the last sync; empty before the first."""
    at: datetime | None
    outgoing: int
    """Number of changes of the journal that were written since."""


def read_sync_state(workspace: Workspace) -> SyncState:
    """Return the state of this copy without asking the hub."""
    with workspace.database.read() as cursor:
        last = sync_log.read_last_sync(cursor)
        outgoing = sync_log.count_changes_after(cursor, last.position if last else 0)
    return SyncState(last.hub if last else "", datetime.fromisoformat(last.at) if last else None, outgoing)


@dataclass
class _Upload:
    """The upload at the end of a sync, and what it sent or kept on the laptop."""

    hub: Hub
    peer: Cursor
    apply: bool
    sent: int = 0
    sent_erasures: int = 0
    held: int = 0
    held_erasures: int = 0
    obstacles: list[str] = field(default_factory=list)
    position: int = 0
    """The last change of the journal that the hub has afterwards."""

    def run(self, merge: JournalMerge) -> None:
        """Send what the hub lacks, unless the login may not; a dry run only counts it."""
        from ahtc_tui.store.hub.access import explain_erasures, explain_obstacle, read_access
        from ahtc_tui.store.hub.upload import (
            UploadLimits,
            count_new_erasures,
            find_missing,
            renumber_records,
            upload_changes,
        )

        ledger, diverging = merge.ledger, merge.chains.diverging
        cursor, access = ledger.cursor, read_access(self.hub)
        erasures = UploadLimits(merge.erasures, access, diverging)
        missing = find_missing(cursor, self.peer, erasures)
        erasure_count = count_new_erasures(cursor, self.peer)
        obstacle = explain_obstacle(self.hub, cursor, access, missing)
        erasure_obstacle = explain_erasures(self.hub, access, erasure_count)
        if erasure_count and access.may_erase and erasures.has_pending:
            erasure_obstacle = _("Your erasures are sent after you decide on those from the hub.")
        self.obstacles = [sentence for sentence in (obstacle, erasure_obstacle) if sentence]
        self.sent, self.held = (0, len(missing)) if obstacle else (len(missing), 0)
        self.sent_erasures = 0 if obstacle or not erasures.may_send else erasure_count
        self.held_erasures = 0 if access.may_erase else erasure_count
        if self.apply:
            renumber_records(ledger)
        if self.apply and access.may_write and not obstacle:
            upload_changes(self.hub, cursor, self.peer, erasures)
            mark_departure(cursor)
        self.position = sync_log.read_position(cursor)
