"""Bringing the work of two laptops together: a plan that is the merge itself taken back, or the merge, as one step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.report import FileReport, ImportReport, Wishes
from ahtc_tui.services import backup
from ahtc_tui.services.privacy.erasure import LABEL, erase_in, settle
from ahtc_tui.services.replication.merge_report import FEW, MOST, REMOVALS, MergeReport
from ahtc_tui.store.replication import merge_log, peer_database
from ahtc_tui.store.replication.conflicts import in_question
from ahtc_tui.store.replication.journal_merge import JournalMerge

if TYPE_CHECKING:
    from ahtc_tui.services.progress import Hooks
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.privacy.erasure_scope import Scope
    from ahtc_tui.store.records.cursor import Cursor

ENDING = ".ahtc"
"""How the file of a laptop is called."""


class _TakenBack(Exception):
    """Nothing of the transaction is to be stored; it holds what would have been."""

    def __init__(self, report: FileReport) -> None:
        super().__init__()
        self.report = report


def open_once(_workspace: Workspace, path: Path, key: str) -> None:
    """Raise BadFile where this passphrase does not open a file."""
    with peer_database.opened(path, key):
        pass


def merge_file(
    workspace: Workspace,
    path: Path,
    wishes: Wishes | None = None,
    *,
    key: str | None = None,
    take: str = "",
    apply: bool = True,
    hooks: Hooks | None = None,
) -> ImportReport:
    """Merge the database of another laptop; without `apply` say exactly what that would do, and write nothing.

    `take` is "ours" or "theirs" for every question without an answer. Raises BadFile for a file that is none, Refused
    for another office or this very database, Cancelled where a person stopped it.
    """
    asked = wishes or Wishes()
    peer_database.refuse_unreadable_file(path)
    if path.exists() and path.samefile(workspace.database.path):
        raise Refused(_("{path} is this database itself: there is nothing to merge.").format(path=path))
    with peer_database.opened(path, key) as there:
        brought = bring_in(workspace, there, path, f"merge {path.name}", asked, take=take, apply=apply, hooks=hooks)
    finish(workspace, brought)
    return ImportReport((brought.report,), brought.written)


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of one other journal."""

    report: FileReport
    written: bool
    erased: bool
    """Whether somebody was erased here because they were erased there."""


def bring_in(
    workspace: Workspace,
    there: Cursor,
    path: Path,
    label: str,
    asked: Wishes,
    *,
    take: str = "",
    apply: bool = True,
    hooks: Hooks | None = None,
    then: Callable[[Ledger], None] | None = None,
) -> Brought:
    """Merge an opened journal in one transaction; without `apply` say what that would do. `path` is what it is called.

    `then` is done at the end of the same transaction, unless all that is asked is whether so much may go. Whoever calls
    this calls `finish` next.
    """
    if apply:
        _prepare(workspace, there, path)
    erased = False
    try:
        with workspace.database.write(label) as ledger:
            report, erased = _merged(workspace, ledger, there, path, asked, take, hooks)
            guarded = _is_guarded(report)
            if then and not guarded:
                then(ledger)
            if not apply or guarded:
                raise _TakenBack(report)
    except _TakenBack as taken_back:
        return Brought(taken_back.report, False, False)
    return Brought(report, True, erased)


def finish(workspace: Workspace, brought: Brought) -> None:
    """What follows once a merge is stored: no byte is left of whoever was erased, and a backup without them is made."""
    if brought.written:
        settle(workspace)
        if brought.erased:
            backup.after_erasure(workspace)


def _prepare(workspace: Workspace, there: Cursor, path: Path) -> None:
    """A backup from before, where anything is to come in from this office."""
    with workspace.database.read() as cursor:
        peer_database.refuse_other_office(cursor, there, path)
        news = peer_database.change_ids(there) - peer_database.change_ids(cursor)
    if news:
        backup.before(workspace, "merge")


def _merged(
    workspace: Workspace, ledger: Ledger, there: Cursor, path: Path, asked: Wishes, take: str, hooks: Hooks | None
) -> tuple[FileReport, bool]:
    """The report, and whether somebody was erased."""
    from ahtc_tui.formats.docx.text_replacement import rewritten

    peer_database.refuse_other_office(ledger.cursor, there, path)
    union = JournalMerge(ledger, there, path, _erase, rewritten)
    union.run()
    if hooks:
        hooks.look()
    told = MergeReport(workspace, union, path, asked, take)
    gone, stood = told.removals()
    if gone > max(FEW, stood * MOST) and asked.answers.get(REMOVALS) != "theirs":
        return told.question_of_removals(gone, stood), False
    merge_log.wait(ledger.cursor, in_question(union.states), union.pairs)
    report = told.file(told.decided())
    if hooks:
        hooks.look()
    return report, union.erased > 0


def _is_guarded(report: FileReport) -> bool:
    return any(question.id == REMOVALS for question in report.questions)


def _erase(ledger: Ledger, whole: Scope, day: str) -> None:
    """Erase a person as a step of its own in the same transaction: it is no part of what an undo takes back."""
    beside = ledger.beside(LABEL, "erase")
    erase_in(beside, whole, day, "erased on another laptop")
    beside.finish()
