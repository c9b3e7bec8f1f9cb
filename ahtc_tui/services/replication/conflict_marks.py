"""Marks of records with open conflicts, for lists, cards and files."""

from __future__ import annotations

from ahtc_tui.domain.replication.conflict_marks import ConflictMarks
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.replication import merge_log


def read_marks(workspace: Workspace) -> ConflictMarks:
    """Return the records with open conflicts; one query where there are none."""
    with workspace.database.read() as cursor:
        if not merge_log.has_open_questions(cursor):
            return ConflictMarks()
        from ahtc_tui.store.replication.conflict_index import list_disputed_fields

        return ConflictMarks(list_disputed_fields(cursor))
