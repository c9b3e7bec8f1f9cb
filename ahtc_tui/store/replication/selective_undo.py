"""Undo of the last merge while later work of this copy stays: a person decides about each record that this work is on.

A record that is kept stays as it is, with what the merge brought for it and for the records that it refers to. Of all
others the lines of the merge are parked, with those that this copy wrote on top of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.history import ReversibleStep
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.record_names import format_record_noun
from ahtc_tui.domain.replication.merge_undo import LaterWork, MergeUndo
from ahtc_tui.domain.text.step_labels import format_step_label
from ahtc_tui.store.journal.devices import OWN_STEPS
from ahtc_tui.store.journal.projection import RecordKey
from ahtc_tui.store.journal.replay import ROW
from ahtc_tui.store.records.relations import PARENT_OF, REFERENCED_TABLES
from ahtc_tui.store.records.rows import select_mapping, select_rows
from ahtc_tui.store.replication.conflicts import ConflictReader
from ahtc_tui.store.replication.merge_reversal import (
    KEY_TEXT,
    LIVE_STEPS,
    AppliedMerge,
    JournalLine,
    MergeLines,
    describe_merge,
    read_merge,
    undo_merge,
)
from ahtc_tui.store.replication.undo import ReversalRow, refuse_after_erasure

if TYPE_CHECKING:
    from ahtc_tui.store.engine.database import Database
    from ahtc_tui.store.records.cursor import Cursor

CANDIDATES = (
    f"WITH own AS ({OWN_STEPS}) SELECT id, label, user, wall_ms FROM own s WHERE kind IN ('do', 'redo')"
    " AND NOT EXISTS (SELECT 1 FROM step r WHERE r.reverses = s.id)"
    " AND (kind = 'redo' OR EXISTS (SELECT 1 FROM merged_change m WHERE m.step = s.id)) ORDER BY seq DESC"
)
LIVE_LABELS = f"SELECT id AS key, label AS value FROM step WHERE id IN ({LIVE_STEPS})"


class _LastMerge(NamedTuple):
    step: ReversalRow
    lines: MergeLines
    owners: dict[RowKey, RecordKey]
    """By record of these lines, the record with a reference that it is a part of, or itself."""

    @property
    def created(self) -> set[RowKey]:
        """The records that the merge added."""
        return {line.row_id for line in self.lines.merged.lines.values() if line.field == ROW}


def find_merge_undo(database: Database, kept: Iterable[str] = ()) -> MergeUndo:
    """Return the last merge in force, and the records that later work is on. Raises Refused where there is none.

    What would leave this copy is counted without the kept records.
    """
    with database.read() as cursor:
        return _describe(cursor, database, _read_last_merge(cursor), _read_keys(kept))


def undo_last_merge(database: Database, expected: RowKey, kept: Iterable[str]) -> None:
    """Undo the merge of a step, except for the records with these ids and the records that they refer to.

    Raises Refused where another step is the last merge, where nothing would be undone, or where something depends on
    the merge that cannot be undone.
    """
    with database.write("undo", kind="undo") as ledger:
        last = _read_last_merge(ledger.cursor)
        if last.step.id != expected:
            label = last.step.label
            raise Refused(_("Another step was written in the meantime: {label}. Try again.").format(label=label))
        parked = _select_lines(last, _read_keys(kept))
        if not parked.lines.keys() - parked.own:
            raise Refused(_("Everything that this merge brought would be kept: there is nothing to undo."))
        undo_merge(ledger, parked, last.step.id, last.step.label)


def _read_keys(records: Iterable[str]) -> set[RowKey]:
    return {RowKey(bytes.fromhex(record)) for record in records}


def _read_last_merge(cursor: Cursor) -> _LastMerge:
    for row in list(select_rows(cursor, ReversalRow, CANDIDATES)):
        if lines := read_merge(cursor, row.id):
            refuse_after_erasure(cursor, row.id)
            records = {(line.table, line.row_id) for line in (*lines.merged.lines.values(), *lines.later)}
            return _LastMerge(row, lines, {record[1]: _find_owner(cursor, record) for record in records})
    raise Refused(_("There is no merge to undo."))


def _find_owner(cursor: Cursor, record: RecordKey) -> RecordKey:
    table, key = record
    while table not in REFERENCED_TABLES and table in PARENT_OF:
        parent, column = PARENT_OF[table]
        row = cursor.execute(f'SELECT "{column}" FROM "{table}" WHERE id = ?', (key,)).fetchone()
        if row is None or row[0] is None:
            break
        table, key = parent, row[0]
    return table, key


def _describe(cursor: Cursor, database: Database, last: _LastMerge, kept: set[RowKey]) -> MergeUndo:
    row, reading = last.step, ConflictReader(cursor)
    steps = select_mapping(cursor, LIVE_LABELS)
    labels: dict[RecordKey, dict[str, None]] = {}
    for line, owners in _find_later_work(last):
        if line.transaction in steps:
            for owner in owners:
                labels.setdefault(owner, {})[format_step_label(steps[line.transaction])] = None
    records = tuple(
        LaterWork(owner[1].hex(), *reading.read_label(owner), format_record_noun(owner[0], 1), tuple(labels[owner]))
        for owner in labels
    )
    at = datetime.fromtimestamp(row.wall_ms / 1000, UTC)
    work = describe_merge(cursor, _select_lines(last, kept))
    return MergeUndo(ReversibleStep(row.id, row.label, row.user, at, row.id in database.own_steps, work), records)


def _find_later_work(last: _LastMerge) -> Iterator[tuple[JournalLine, set[RecordKey]]]:
    """Yield each later line that depends on the merge, with the records of the merge that it is on."""
    merged, later = last.lines
    bases = {key.hex(): {last.owners[key]} for key in last.created}
    by_line = {key.hex(): {last.owners[line.row_id]} for key, line in merged.lines.items()}
    for line in later:
        row = line.row_id.hex()
        texts = {row, *KEY_TEXT.findall(line.value or "")}
        owners = {owner for text in texts for owner in bases.get(text, ())}
        owners |= {owner for text in KEY_TEXT.findall(line.parents) for owner in by_line.get(text, ())}
        if owners:
            by_line[line.id.hex()] = owners
            if line.field == ROW:
                bases[row] = owners
            yield line, owners


def _select_lines(last: _LastMerge, kept: set[RowKey]) -> AppliedMerge:
    """Return what is parked where these records are kept: lines of the merge, and later ones that depend on them."""
    merged, later = last.lines
    kept = _add_referenced(last, kept)
    lines = {key: line for key, line in merged.lines.items() if last.owners[line.row_id][1] not in kept}
    ids = {key.hex() for key in lines}
    created = {line.row_id.hex() for line in lines.values() if line.field == ROW}
    own = merged.own & lines.keys()
    for line in later:
        texts = {line.row_id.hex(), *KEY_TEXT.findall(line.value or "")}
        if created.isdisjoint(texts) and ids.isdisjoint(KEY_TEXT.findall(line.parents)):
            continue
        lines[line.id] = line
        own.add(line.id)
        ids.add(line.id.hex())
        if line.field == ROW:
            created.add(line.row_id.hex())
    return AppliedMerge(lines, own)


def _add_referenced(last: _LastMerge, kept: set[RowKey]) -> set[RowKey]:
    """Return kept records with the records of the merge that they and their parts refer to."""
    created = {key.hex(): last.owners[key][1] for key in last.created}
    lines = [*last.lines.merged.lines.values(), *last.lines.later]
    while True:
        mentioned = {
            created[text]
            for line in lines
            if last.owners[line.row_id][1] in kept
            for text in KEY_TEXT.findall(line.value or "")
            if text in created
        }
        if mentioned <= kept:
            return kept
        kept = kept | mentioned
