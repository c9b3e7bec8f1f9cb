"""Bringing the work of two laptops together: a plan that is the merge itself taken back, or the merge, as one step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.report import FileReport, ImportOptions, ImportReport
from ahtc_tui.services import backup
from ahtc_tui.services.privacy.erasure import LABEL, erase_in_transaction, settle_erasures
from ahtc_tui.services.replication.merge_report import FREE_REMOVALS, REMOVAL_SHARE, REMOVALS, MergeReport
from ahtc_tui.store.replication import merge_log, peer_database
from ahtc_tui.store.replication.journal_merge import JournalMerge

if TYPE_CHECKING:
    from ahtc_tui.services.progress import ProgressHooks
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.privacy.erasure_scope import PersonScope
    from ahtc_tui.store.records.cursor import Cursor

FILE_SUFFIX = ".ahtc"
"""How the file of a laptop is called."""


def check_passphrase(_workspace: Workspace, path: Path, key: str) -> None:
    """Raise BadFile where this passphrase does not open a file."""
    with peer_database.open_peer(path, key):
        pass


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
    """Merge the database of another laptop; without `apply` say exactly what that would do, and write nothing.

    `take` is "ours" or "theirs" for every question without an answer. Raises BadFile for a file that is none, Refused
    for another office or this very database, Cancelled where a person stopped it.
    """
    options = options or ImportOptions()
    peer_database.refuse_unreadable_file(path)
    if path.exists() and path.samefile(workspace.database.path):
        raise Refused(_("{path} is this database itself: there is nothing to merge.").format(path=path))
    with peer_database.open_peer(path, key) as peer:
        outcome = merge_journal(
            workspace, peer, path, f"merge {path.name}", options, take=take, apply=apply, hooks=hooks
        )
    finish_merge(workspace, outcome)
    return ImportReport((outcome.report,), outcome.written)


@dataclass(frozen=True, slots=True)
class MergeOutcome:
    """What became of one other journal."""

    report: FileReport
    written: bool
    has_erased: bool
    """Whether somebody was erased here because they were erased there."""


def merge_journal(
    workspace: Workspace,
    peer: Cursor,
    path: Path,
    label: str,
    options: ImportOptions,
    *,
    take: str = "",
    apply: bool = True,
    hooks: ProgressHooks | None = None,
    finish_transaction: Callable[[Ledger], None] | None = None,
) -> MergeOutcome:
    """Merge an opened journal in one transaction; without `apply` say what that would do. `path` is what it is called.

    `then` is done at the end of the same transaction, unless all that is asked is whether so much may go. Whoever calls
    this calls `finish` next.
    """
    if apply:
        _back_up_first(workspace, peer, path)
    with workspace.database.write(label) as ledger:
        report, has_erased = _run_merge(workspace, ledger, peer, path, options, take, hooks)
        is_guarded = _asks_about_removals(report)
        if finish_transaction and not is_guarded:
            finish_transaction(ledger)
        ledger.is_dry_run = is_guarded or not apply
    written = not ledger.is_dry_run
    return MergeOutcome(report, written, written and has_erased)


def finish_merge(workspace: Workspace, outcome: MergeOutcome) -> None:
    """What follows once a merge is stored: no byte is left of whoever was erased, and a backup without them is made."""
    if outcome.written:
        settle_erasures(workspace)
        if outcome.has_erased:
            backup.back_up_after_erasure(workspace)


def _back_up_first(workspace: Workspace, peer: Cursor, path: Path) -> None:
    """A backup from before, where anything is to come in from this office."""
    with workspace.database.read() as cursor:
        peer_database.refuse_other_office(cursor, peer, path)
        new_ids = peer_database.list_change_ids(peer) - peer_database.list_change_ids(cursor)
    if new_ids:
        backup.back_up_before(workspace, "merge")


def _run_merge(
    workspace: Workspace,
    ledger: Ledger,
    peer: Cursor,
    path: Path,
    options: ImportOptions,
    take: str,
    hooks: ProgressHooks | None,
) -> tuple[FileReport, bool]:
    """The report, and whether somebody was erased."""
    from ahtc_tui.formats.docx.text_replacement import replace_text

    peer_database.refuse_other_office(ledger.cursor, peer, path)
    merge = JournalMerge(ledger, peer, path, _erase_person, replace_text)
    merge.run()
    if hooks:
        hooks.report_progress()
    merge_report = MergeReport(workspace, merge, path, options, take)
    removed, total = merge_report.count_removals()
    if removed > max(FREE_REMOVALS, total * REMOVAL_SHARE) and options.answers.get(REMOVALS) != "theirs":
        return merge_report.build_removal_question(removed, total), False
    merge_log.update_conflicting_records(ledger.cursor, merge.projections)
    merge_log.add_duplicate_pairs(ledger.cursor, merge.pairs)
    report = merge_report.build_report(merge_report.resolve_answers())
    if hooks:
        hooks.report_progress()
    return report, merge.erased_count > 0


def _asks_about_removals(report: FileReport) -> bool:
    return any(question.id == REMOVALS for question in report.questions)


def _erase_person(ledger: Ledger, person_scope: PersonScope, day: str) -> None:
    """Erase a person as a step of its own in the same transaction: it is no part of what an undo takes back."""
    separate_ledger = ledger.start_separate_step(LABEL, "erase")
    erase_in_transaction(separate_ledger, person_scope, day, "erased on another laptop")
    separate_ledger.finish()
