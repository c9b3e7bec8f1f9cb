"""The merge of another laptop's database, as one step or as a dry run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.report import ImportOptions, ImportReport
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.replication.reports import MergeFileReport
from ahtc_tui.domain.running_job import RunningJob, run_as_job
from ahtc_tui.services import backup
from ahtc_tui.services.privacy.erasure import LABEL, erase_in_transaction, settle_erasures
from ahtc_tui.services.progress import ProgressHooks
from ahtc_tui.services.replication import own_changes
from ahtc_tui.services.replication.erasure_items import build_erasure_answer
from ahtc_tui.services.replication.merge_report import MergeReport
from ahtc_tui.services.replication.removal_guard import REMOVALS
from ahtc_tui.services.replication.request import MergeRequest
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.journal.ledger import Ledger
from ahtc_tui.store.privacy.erasure import PersonErasure
from ahtc_tui.store.privacy.erasure_register import list_erased_keys, request_due_compaction
from ahtc_tui.store.privacy.erasure_scope import PersonScope
from ahtc_tui.store.records.cursor import Cursor, RecordKey
from ahtc_tui.store.replication import merge_log, peer_database
from ahtc_tui.store.replication.incoming_erasures import plan_erasures
from ahtc_tui.store.replication.journal_merge import JournalMerge, RecordsRefused


def check_passphrase(workspace: Workspace, path: Path, key: str) -> None:
    """Raise BadFile where the passphrase does not open a file."""
    with workspace.database.read() as local, peer_database.open_peer(path, key, local):
        pass


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
        raise Refused(_("{path} is this database itself. There is nothing to merge.").format(path=path))
    request = MergeRequest(options or ImportOptions(), take, apply, hooks or ProgressHooks())
    with workspace.database.read() as local, peer_database.open_peer(path, key, local) as peer:
        outcome = merge_journal(workspace, PeerJournal(peer, path), f"merge {path.name}", request)
    finish_merge(workspace, [outcome])
    return ImportReport((outcome.report,), outcome.written)


@dataclass(frozen=True, slots=True)
class PeerJournal:
    """The open journal of another laptop; `path` names it in messages."""

    cursor: Cursor
    path: Path


def merge_journal(
    workspace: Workspace,
    peer: PeerJournal,
    label: str,
    request: MergeRequest,
    finish_transaction: Callable[[JournalMerge], None] | None = None,
) -> MergeOutcome:
    """Merge a journal in one transaction, rolled back for a dry run. Call `finish_merge` next.

    `finish_transaction` runs at the end, unless only the question about removals is open.
    """
    back_up_first(workspace, [peer], request)
    with workspace.database.write(label) as ledger:
        outcome = MergeStep(workspace, ledger, request).merge(peer, finish_transaction)
        ledger.is_dry_run = not request.apply
    return outcome


@dataclass(frozen=True)
class MergeStep:
    """The merges of one transaction, which are one step of the history. Each is whole, or changes nothing."""

    workspace: Workspace
    ledger: Ledger
    request: MergeRequest

    def merge(
        self, peer: PeerJournal, finish_transaction: Callable[[JournalMerge], None] | None = None
    ) -> MergeOutcome:
        """Merge a journal. Raises BadFile, Refused."""
        if self.ledger.is_stored and self.has_accepted_erasures(peer):
            # Neither an erasure nor what is older can be undone.
            self.ledger.begin_next_step()
        refused_records: dict[RecordKey, str] = {}
        while True:
            try:
                with self.ledger.attempt() as attempt:
                    merge, report = self._run(peer, refused_records)
                    attempt.is_dropped = any(question.id == REMOVALS for question in report.questions)
                    if finish_transaction and not attempt.is_dropped:
                        finish_transaction(merge)
            except RecordsRefused as refusal:
                refused_records |= refusal.faults
            else:
                is_written = self.request.apply and not attempt.is_dropped
                return MergeOutcome(report, is_written, is_written and report.erased_count > 0)

    def has_accepted_erasures(self, peer: PeerJournal) -> bool:
        """Return whether a merge would erase somebody."""
        plan = plan_erasures(self.ledger.cursor, peer.cursor, build_erasure_answer(self.request.options))
        return any(item.is_accepted for item in plan.all_items)

    def _run(self, peer: PeerJournal, refused_records: dict[RecordKey, str]) -> tuple[JournalMerge, MergeFileReport]:
        """Return the merge and its report. `refused_records` are those that tables refused in earlier attempts."""
        from ahtc_tui.services.privacy.erasure_files import rewrite_stored_file

        ledger, options, hooks = self.ledger, self.request.options, self.request.hooks
        peer_database.refuse_other_office(ledger.cursor, peer.cursor, peer.path)
        merge = JournalMerge(
            *(ledger, peer.cursor, peer.path, _erase_person, rewrite_stored_file, build_erasure_answer(options)),
            takes_own_changes=own_changes.is_taken(options),
            refused_records=refused_records,
        )
        merge_report = MergeReport(self.workspace, merge, peer.path, options, self.request.take)
        merge.run()
        hooks.report_progress()
        if removal_report := merge_report.build_removal_report():
            return merge, removal_report
        merge_log.update_conflicting_records(ledger.cursor, merge.projections)
        merge_log.add_duplicate_pairs(ledger.cursor, merge.pairs)
        report = merge_report.build_report(merge_report.resolve_answers())
        hooks.report_progress()
        return merge, report


def finish_merge(workspace: Workspace, outcomes: Sequence[MergeOutcome]) -> None:
    """Compact the file after an erasure, and back it up. Nobody can stop this: the merge is written."""
    if any(outcome.written for outcome in outcomes):
        with run_as_job(RunningJob()):
            request_due_compaction(workspace.database)
            settle_erasures(workspace)
            if any(outcome.has_erased for outcome in outcomes):
                backup.back_up_after_erasure(workspace)


def back_up_first(workspace: Workspace, peers: Iterable[PeerJournal], request: MergeRequest) -> None:
    """Make a backup where a peer has new changes or erasures."""
    if not request.apply:
        return
    with workspace.database.read() as cursor:
        change_ids, erased, new_ids = peer_database.list_change_ids(cursor), list_erased_keys(cursor), set[RowKey]()
        for peer in peers:
            peer_database.refuse_other_office(cursor, peer.cursor, peer.path)
            new_ids |= peer_database.list_change_ids(peer.cursor) - change_ids
            new_ids |= list_erased_keys(peer.cursor) - erased
    if new_ids:
        backup.back_up_before(workspace, "merge")


def _erase_person(ledger: Ledger, person_scope: PersonScope, day: str) -> PersonErasure:
    """Erase a person in a separate step, which an undo of the merge does not reverse."""
    separate_ledger = ledger.start_separate_step(LABEL, "erase")
    erasure = erase_in_transaction(separate_ledger, person_scope, day, "erased on another laptop")
    separate_ledger.finish()
    return erasure
