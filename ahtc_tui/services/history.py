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
    """What was done, newest first."""
    with workspace.database.read() as cursor:
        return queries.list_steps(cursor, limit)


def list_changes(workspace: Workspace, ref: str) -> list[ChangeRow]:
    """Every change of the record with this reference, and of its parts, oldest first. Raises NotFound."""
    with workspace.database.read() as cursor:
        changes = queries.list_changes(cursor, ref)
    if not changes:
        raise NotFound(_('No record answers to "{ref}".').format(ref=ref))
    return changes


def undo_step(workspace: Workspace) -> str:
    """Take back the last step; returns what it was. Raises Refused if there is none."""
    return reversal.undo(workspace.database)


def redo_step(workspace: Workspace) -> str:
    """Bring back what the last undo took away. Raises Refused if there is none."""
    return reversal.redo(workspace.database)
