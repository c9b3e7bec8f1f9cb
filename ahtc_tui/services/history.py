"""The journal as people read it: steps, the changes of one record, undo and redo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ahtc_tui.domain.errors import NotFound
from ahtc_tui.domain.history import ChangeRow, StepRow
from ahtc_tui.domain.i18n import _
from ahtc_tui.store.journal import queries
from ahtc_tui.store.replication import undo as reversal

if TYPE_CHECKING:
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


def undo_step(workspace: Workspace) -> str:
    """Undo the last step and return its label. Raises Refused where there is none."""
    return reversal.undo_step(workspace.database)


def redo_step(workspace: Workspace) -> str:
    """Redo the last undone step and return its label. Raises Refused where there is none."""
    return reversal.redo_step(workspace.database)
