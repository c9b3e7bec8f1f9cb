"""Undo and redo: each reverses one step by another step, so both work after a restart."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.journal.devices import OWN_STEPS
from ahtc_tui.store.journal.projection import TableWriter
from ahtc_tui.store.records.rows import select_row
from ahtc_tui.store.replication import merge_log
from ahtc_tui.store.replication.compensating_changes import Reversal
from ahtc_tui.store.replication.merge_rules import rename_duplicates

if TYPE_CHECKING:
    from ahtc_tui.store.engine.database import Database
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor


class ReversibleStep(NamedTuple):
    """A step that can be reversed."""

    id: RowKey
    label: str


def undo_step(database: Database) -> str:
    """Reverse the last step of this device and return its label. Raises Refused where there is none."""
    with database.write("undo", kind="undo") as ledger:
        step = _find_last_step(ledger.cursor, ("do", "redo"), "undo")
        _refuse_after_erasure(ledger.cursor, step)
        if step is None:
            raise Refused(_("There is nothing to undo."))
        _reverse_step(ledger, step)
    return step.label


def redo_step(database: Database) -> str:
    """Reverse the last undo and return its label. Raises Refused where a step was written since."""
    with database.write("redo", kind="redo") as ledger:
        step = _find_last_step(ledger.cursor, ("undo",), "redo", barrier="do")
        _refuse_after_erasure(ledger.cursor, step)
        if step is None:
            raise Refused(_("There is nothing to redo."))
        _reverse_step(ledger, step)
    return step.label


def _find_last_step(
    cursor: Cursor, kinds: tuple[str, ...], reversal: str, barrier: str | None = None
) -> ReversibleStep | None:
    """Return this device's newest step of these kinds that is not reversed, unless a `barrier` step is newer."""
    marks = ", ".join("?" * len(kinds))
    return select_row(
        cursor,
        ReversibleStep,
        f"WITH own AS ({OWN_STEPS})"
        f" SELECT id, label FROM own s WHERE kind IN ({marks})"
        " AND NOT EXISTS (SELECT 1 FROM step r WHERE r.reverses = s.id AND r.kind = ?)"
        " AND NOT EXISTS (SELECT 1 FROM own WHERE kind = ? AND seq > s.seq) ORDER BY seq DESC LIMIT 1",
        (*kinds, reversal, barrier),
    )


def _refuse_after_erasure(cursor: Cursor, step: ReversibleStep | None) -> None:
    """Raise Refused for a step before an erasure: its reversal could restore the person."""
    step_key = step.id if step else b""
    erasure = cursor.execute(
        "SELECT 1 FROM step WHERE kind = 'erase' AND seq > coalesce((SELECT seq FROM step WHERE id = ?), -1)",
        (step_key,),
    ).fetchone()
    if erasure:
        raise Refused(_("A person was erased since: that cannot be undone, nor can earlier steps."))


def _reverse_step(ledger: Ledger, step: ReversibleStep) -> None:
    """Restore the values before a step, or before what its merge brought."""
    ledger.begin_reversal(step.id, step.label)
    merged_ids = merge_log.changes_of_merge(ledger.cursor, step.id)
    reversal = Reversal(ledger, step.id, merged_ids, step.label)
    reversal.run()
    tables = TableWriter(ledger.cursor)
    projections = {record: tables.resolve_record(record) for record in reversal.records}
    for record in rename_duplicates(ledger, tables, projections, reversal.created):
        projections[record] = tables.resolve_record(record)
    tables.write_records(projections)
    merge_log.update_conflicting_records(ledger.cursor, projections)
    merge_log.reopen_pairs(ledger.cursor, step.id)
    if merged_ids and tables.move_to_end(reversal.created):
        ledger.schedule_reindex()
    for record in projections:
        ledger.invalidate(*record)
