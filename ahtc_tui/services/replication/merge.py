"""The merge of another laptop's database, as one step or as a dry run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.report import ImportOptions, ImportReport
from ahtc_tui.domain.replication.reports import MergeFileReport
from ahtc_tui.domain.running_job import RunningJob, run_as_job
from ahtc_tui.services import backup
from ahtc_tui.services.privacy.erasure import LABEL, erase_in_transaction, settle_erasures
from ahtc_tui.services.progress import ProgressHooks
from ahtc_tui.services.replication import own_changes
from ahtc_tui.services.replication.erasure_items import build_erasure_answer
from ahtc_tui.services.replication.merge_report import MergeReport
from ahtc_tui.services.replication.removal_guard import REMOVALS
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.journal.ledger import Ledger
from ahtc_tui.store.privacy.erasure import PersonErasure
from ahtc_tui.store.privacy.erasure_register import list_erased_keys, request_due_compaction
from ahtc_tui.store.privacy.erasure_scope import PersonScope
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.table_names import RecordKey
from ahtc_tui.store.replication import merge_log, peer_database
from ahtc_tui.store.replication.journal_merge import JournalMerge, RecordsRefused


def check_passphrase(workspace: Workspace, path: Path, key: str) -> None:
    """Raise BadFile where the passphrase does not open a file."""
    with workspace.database.read() as local, peer_database.open_peer(path, key, local):
        pass


@dataclass(frozen=True, slots=True)
class MergeRequest:
    """What to merge, and how: `take` ("ours" or "theirs") resolves conflicts without an answer."""

    options: ImportOptions
    take: str = ""
    apply: bool = True
    hooks: ProgressHooks = field(default_factory=ProgressHooks)
    refused_records: dict[RecordKey, str] = field(default_factory=dict)
    """Records of the peer that tables refused in earlier attempts, with the reason."""


@dataclass(frozen=True, slots=True)
class MergeOutcome:
    """The result of a merge."""

    report: MergeFileReport
    written: bool
    has_erased: bool
    """Whether a person was erased because the peer had erased them."""


def merge_file(
    workspace: Workspace,
    path: Path,
    options: ImportOptions | None = None,
    *,
    key: str | None = None,
    take: str = "",
    apply: bool = True,
    hooks: ProgressHooks | None = None,
) -> ImportReport:
    """Merge the database of another laptop; without `apply`, report only.

    `take` ("ours" or "theirs") resolves conflicts without an answer. Raises BadFile for an invalid file, Refused for
    another office or this database, Cancelled.
    """
    peer_database.refuse_unreadable_file(path)
    if path.exists() and path.samefile(workspace.database.path):
        raise Refused(_("{path} is this database itself: there is nothing to merge.").format(path=path))
    request = MergeRequest(options or ImportOptions(), take, apply, hooks or ProgressHooks())
    with workspace.database.read() as local, peer_database.open_peer(path, key, local) as peer:
        outcome = merge_journal(workspace, peer, path, f"merge {path.name}", request)
    finish_merge(workspace, outcome)
    return ImportReport((outcome.report,), outcome.written)


def merge_journal(
    workspace: Workspace,
    peer: Cursor,
    path: Path,
    label: str,
    request: MergeRequest,
    finish_transaction: Callable[[JournalMerge], None] | None = None,
) -> MergeOutcome:
    """Merge an open journal in one transaction, rolled back for a dry run. `path` names it in messages.

    `finish_transaction` runs at the end, unless only the question about removals is open. Call `finish_merge` next.
    """
    if request.apply:
        _back_up_first(workspace, peer, path)
    while True:
        try:
            return _merge_once(workspace, peer, path, label, request, finish_transaction)
        except RecordsRefused as refusal:
            request.refused_records.update(refusal.faults)


def _merge_once(
    workspace: Workspace,
    peer: Cursor,
    path: Path,
    label: str,
    request: MergeRequest,
    finish_transaction: Callable[[JournalMerge], None] | None,
) -> MergeOutcome:
    """Run one attempt. Raises RecordsRefused, with nothing written, where tables refuse further records."""
    with workspace.database.write(label) as ledger:
        merge, report = _run_merge(workspace, ledger, peer, path, request)
        is_guarded = any(question.id == REMOVALS for question in report.questions)
        if finish_transaction and not is_guarded:
            finish_transaction(merge)
        ledger.is_dry_run = is_guarded or not request.apply
    written = not ledger.is_dry_run
    return MergeOutcome(report, written, written and report.erased_count > 0)


def finish_merge(workspace: Workspace, outcome: MergeOutcome) -> None:
    """Compact the file after an erasure, and back it up. Nobody can stop this: the merge is written."""
    if outcome.written:
        with run_as_job(RunningJob()):
            request_due_compaction(workspace.database)
            settle_erasures(workspace)
            if outcome.has_erased:
                backup.back_up_after_erasure(workspace)


def _back_up_first(workspace: Workspace, peer: Cursor, path: Path) -> None:
    """Make a backup where the peer has new changes or erasures."""
    with workspace.database.read() as cursor:
        peer_database.refuse_other_office(cursor, peer, path)
        new_ids = peer_database.list_change_ids(peer) - peer_database.list_change_ids(cursor)
        new_ids |= list_erased_keys(peer) - list_erased_keys(cursor)
    if new_ids:
        backup.back_up_before(workspace, "merge")


def _run_merge(
    workspace: Workspace, ledger: Ledger, peer: Cursor, path: Path, request: MergeRequest
) -> tuple[JournalMerge, MergeFileReport]:
    """Return the merge and its report."""
    from ahtc_tui.services.privacy.erasure_files import rewrite_stored_file

    peer_database.refuse_other_office(ledger.cursor, peer, path)
    accepts_erasure = build_erasure_answer(request.options)
    merge = JournalMerge(
        *(ledger, peer, path, _erase_person, rewrite_stored_file, accepts_erasure),
        takes_own_changes=own_changes.is_taken(request.options),
        refused_records=request.refused_records,
    )
    merge_report = MergeReport(workspace, merge, path, request.options, request.take)
    merge.run()
    request.hooks.report_progress()
    if removal_report := merge_report.build_removal_report():
        return merge, removal_report
    merge_log.update_conflicting_records(ledger.cursor, merge.projections)
    merge_log.add_duplicate_pairs(ledger.cursor, merge.pairs)
    report = merge_report.build_report(merge_report.resolve_answers())
    request.hooks.report_progress()
    return merge, report


def _erase_person(ledger: Ledger, person_scope: PersonScope, day: str) -> PersonErasure:
    """Erase a person in a separate step, which an undo of the merge does not reverse."""
    separate_ledger = ledger.start_separate_step(LABEL, "erase")
    erasure = erase_in_transaction(separate_ledger, person_scope, day, "erased on another laptop")
    separate_ledger.finish()
    return erasure
