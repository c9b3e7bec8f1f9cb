"""The undo of the last merge while later work stays, with a decision about each record that this work is on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ahtc_tui.domain.replication.merge_undo import MergeUndo
from ahtc_tui.store.replication import selective_undo

if TYPE_CHECKING:
    from ahtc_tui.services.workspace import Workspace


def find_merge_undo(workspace: Workspace, kept: Iterable[str] = ()) -> MergeUndo:
    """Return the last merge in force, and the records that later work is on. Raises Refused where there is none.

    What would leave this copy is counted without the kept records.
    """
    return selective_undo.find_merge_undo(workspace.database, kept)


def undo_last_merge(workspace: Workspace, merge: MergeUndo, kept: Iterable[str]) -> None:
    """Undo a merge, except for the records with these ids and the records that they refer to.

    The other records get their former values, and later work on them is taken back. Only this copy changes. Raises
    Refused where another step is the last merge now, or where the rest cannot be undone.
    """
    selective_undo.undo_last_merge(workspace.database, merge.step.key, kept)
