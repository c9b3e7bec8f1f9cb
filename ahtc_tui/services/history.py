"""The journal as people read it: steps, the changes of one record, undo and redo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ahtc_tui.domain.errors import NotFound
from ahtc_tui.domain.history import ChangeRow, ReversibleStep, StepRow
from ahtc_tui.domain.i18n import _
from ahtc_tui.store.journal import queries
from ahtc_tui.store.replication import undo as reversal

if TYPE_CHECKING:
    from ahtc_tui.domain.keys import RowKey
    from ahtc_tui.services.progress import ProgressHooks
    from ahtc_tui.services.workspace import Workspace


def list_steps(workspace: Workspace, limit: int = 50) -> list[StepRow]:
    """Return the latest steps, newest first."""
    with workspace.database.read() as cursor:
        return queries.list_steps(cursor, limit)


def list_changes(workspace: Workspace, ref: str, *, iso_dates: bool = False) -> list[ChangeRow]:
    """Return every change of a record and its parts, newest first. Raises NotFound for an unknown reference."""
    with workspace.database.read() as cursor:
        changes = queries.list_changes(cursor, ref, iso_dates=iso_dates)
    if not changes:
        raise NotFound(_('There is no record "{ref}".').format(ref=ref))
    return changes


def find_step_to_undo(workspace: Workspace) -> ReversibleStep:
    """Return the step that an undo would reverse. Raises Refused where there is none."""
    return reversal.find_step_to_undo(workspace.database)


def find_step_to_redo(workspace: Workspace) -> ReversibleStep:
    """Return the undo that a redo would reverse. Raises Refused where there is none."""
    return reversal.find_step_to_redo(workspace.database)


def undo_step(workspace: Workspace, expected: RowKey | None = None, hooks: ProgressHooks | None = None) -> str:
    """Undo the last step and return its label.

    Raises Refused where there is none, or another than expected, and Cancelled; nothing is changed then.
    """
    return reversal.undo_step(workspace.database, expected, _build_report(hooks))


def redo_step(workspace: Workspace, expected: RowKey | None = None, hooks: ProgressHooks | None = None) -> str:
    """Redo the last undone step and return its label. Raises as `undo_step` does."""
    return reversal.redo_step(workspace.database, expected, _build_report(hooks))


def _build_report(hooks: ProgressHooks | None) -> reversal.ProgressReport:
    """Return the function that passes the number of reversed records to the hooks, which may cancel."""
    if hooks is None:
        return reversal.ignore_progress

    def report(completed: int, total: int) -> None:
        hooks.rows_done, hooks.total = completed, total
        hooks.report_progress()

    return report
