"""Undo and redo: each reverses one step by another step, so both work after a restart; merges in `merge_reversal`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.history import ReversibleStep
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import NO_KEY, RowKey
from ahtc_tui.store.journal.devices import OWN_STEPS
from ahtc_tui.store.journal.projection import Projection, TableWriter, add_same_rows
from ahtc_tui.store.records.cursor import build_placeholders
from ahtc_tui.store.records.rows import select_row
from ahtc_tui.store.records.table_names import RecordKey
from ahtc_tui.store.replication import merge_log
from ahtc_tui.store.replication.compensating_changes import Reversal
from ahtc_tui.store.replication.merge_reversal import describe_merge, find_applied_merge, redo_merge, undo_merge
from ahtc_tui.store.replication.merge_rules import rename_duplicates

if TYPE_CHECKING:
    from ahtc_tui.store.engine.database import Database
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor


ProgressReport = Callable[[int, int], None]
"""Receives the number of records that are done, and of all."""


def ignore_progress(_completed: int, _total: int) -> None:
    """Report nothing."""


class _StepColumns(NamedTuple):
    """Columns of a step."""

    id: RowKey
    label: str
    user: str
    wall_ms: int


class Direction(NamedTuple):
    """Which steps an undo or a redo reverses."""

    name: str
    kinds: tuple[str, ...]
    barrier: str | None
    """The kind of a newer step that prevents it."""


UNDO = Direction("undo", ("do", "redo"), None)
REDO = Direction("redo", ("undo",), "do")


def find_step_to_undo(database: Database) -> ReversibleStep:
    """Return the last step of this device. Raises Refused where there is none."""
    with database.read() as cursor:
        return _find_step(cursor, database, UNDO)


def find_step_to_redo(database: Database) -> ReversibleStep:
    """Return the undo that a redo reverses. Raises Refused where there is none, or a step was written since."""
    with database.read() as cursor:
        return _find_step(cursor, database, REDO)


def undo_step(database: Database, expected: RowKey | None = None, report: ProgressReport = ignore_progress) -> str:
    """Reverse the last step of this device and return its label.

    `report` gets the number of reversed records and of all; what it raises leaves everything as it was. Raises Refused
    where there is no step, or where it is another than the expected one.
    """
    return _reverse_last_step(database, UNDO, expected, report)


def redo_step(database: Database, expected: RowKey | None = None, report: ProgressReport = ignore_progress) -> str:
    """Reverse the last undo and return its label, with the progress of `undo_step`.

    Raises Refused where a step was written since, or where it is another than the expected one.
    """
    return _reverse_last_step(database, REDO, expected, report)


def _reverse_last_step(
    database: Database, direction: Direction, expected: RowKey | None, report: ProgressReport
) -> str:
    with database.write(direction.name, kind=direction.name) as ledger:
        step = _find_step(ledger.cursor, database, direction)
        if expected not in (None, step.key):
            raise Refused(_("Another step was saved in the meantime: {label}. Try again.").format(label=step.label))
        _reverse_step(ledger, step, report)
    return step.label


def _find_step(cursor: Cursor, database: Database, direction: Direction) -> ReversibleStep:
    """Return this device's newest step of these kinds that is not reversed, unless a step of the barrier is newer.

    Raises Refused.
    """
    row = select_row(
        cursor,
        _StepColumns,
        f"WITH own AS ({OWN_STEPS})"
        f" SELECT id, label, user, wall_ms FROM own s WHERE kind IN ({build_placeholders(direction.kinds)})"
        " AND NOT EXISTS (SELECT 1 FROM own r WHERE r.reverses = s.id AND r.kind = ?)"
        " AND NOT EXISTS (SELECT 1 FROM own WHERE kind = ? AND seq > s.seq) ORDER BY seq DESC LIMIT 1",
        (*direction.kinds, direction.name, direction.barrier),
    )
    _refuse_after_erasure(cursor, row.id if row else NO_KEY)
    if row is None:
        raise Refused(_("There is nothing to undo.") if direction is UNDO else _("There is nothing to redo."))
    at = datetime.fromtimestamp(row.wall_ms / 1000, UTC)
    merge = find_applied_merge(cursor, row.id) if direction is UNDO else None
    merged_work = describe_merge(cursor, merge) if merge else None
    return ReversibleStep(row.id, row.label, row.user, at, row.id in database.own_steps, merged_work)


def _refuse_after_erasure(cursor: Cursor, step: RowKey) -> None:
    """Raise Refused for a step before an erasure: its reversal could restore the person."""
    erasure = cursor.execute(
        "SELECT 1 FROM step WHERE kind = 'erase' AND seq > coalesce((SELECT seq FROM step WHERE id = ?), -1)",
        (step,),
    ).fetchone()
    if erasure:
        raise Refused(_("A person was erased later. The erasure and earlier steps cannot be undone."))


def _reverse_step(ledger: Ledger, step: ReversibleStep, report: ProgressReport) -> None:
    """Restore the values before a step, batch by batch; park what a merge brought, or put it back."""
    if merge := find_applied_merge(ledger.cursor, step.key):
        undo_merge(ledger, merge, step.key, step.label)
        return
    if redo_merge(ledger, step.key, step.label):
        return
    ledger.begin_reversal(step.key, step.label)
    reversal = Reversal(ledger, step.key, step.label)
    tables = TableWriter(ledger.cursor)
    unique_values: dict[RecordKey, Projection] = {}
    completed = 0
    for batch in reversal.run():
        projections = dict(tables.resolve_records(add_same_rows(ledger.cursor, batch), batch))
        set_aside = tables.write_other_values(projections)
        merge_log.update_conflicting_records(ledger.cursor, projections)
        unique_values |= {record: tables.select_unique_values(record, projections[record]) for record in set_aside}
        for record in projections:
            ledger.invalidate(*record)
        completed += len(batch)
        report(completed, len(reversal.records))
    renamed = rename_duplicates(ledger, tables, unique_values, reversal.created)
    projections = dict(tables.resolve_records(renamed))
    tables.write_records(projections)
    merge_log.update_conflicting_records(ledger.cursor, projections)
    tables.write_unique_values(unique_values, (record for record in unique_values if record not in projections))
    merge_log.reopen_pairs(ledger.cursor, step.key)
    for record in projections:
        ledger.invalidate(*record)
