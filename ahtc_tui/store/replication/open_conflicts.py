"""All that is open: fields in conflict, and pairs of records that may be one thing, written down on two laptops."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.record_names import format_record_noun
from ahtc_tui.domain.replication.conflicts import Conflict, ConflictReason
from ahtc_tui.store.journal.ledger import read_changes
from ahtc_tui.store.journal.queries import ValueFormatter
from ahtc_tui.store.journal.replay import DELETED, HELD
from ahtc_tui.store.replication import merge_log
from ahtc_tui.store.replication.conflicts import ConflictReader, OpenConflict, Side, build_conflict_id

if TYPE_CHECKING:
    from ahtc_tui.store.journal.projection import RecordKey
    from ahtc_tui.store.records.cursor import Cursor
    from ahtc_tui.store.replication.merge_log import Pair


def list_open_conflicts(reading: ConflictReader) -> list[OpenConflict]:
    """Every conflict that is open, these pairs as well, by reference."""
    records, pairs = merge_log.list_conflicting_records(reading.cursor), merge_log.list_duplicate_pairs(reading.cursor)
    conflicts = [conflict for record in records for conflict in reading.list_record_conflicts(record)]
    conflicts += [conflict for pair in pairs for conflict in build_pair_conflict(reading, pair)]
    return sorted(conflicts, key=lambda conflict: (conflict.shown.ref, conflict.field, conflict.shown.id))


def build_pair_conflict(reading: ConflictReader, pair: Pair) -> Iterator[OpenConflict]:
    """Two records that may be one, unless one is gone or somebody said that they are two."""
    table, *keys = pair
    records = [(table, key) for key in keys]
    journals = [read_changes(reading.cursor, *record) for record in records]
    if not all(journals) or any(reading.tables.resolve_record(record).state.values[DELETED] for record in records):
        return
    if _is_resolved_pair(reading.cursor, pair):
        return
    creation_ids = [journal[0].id for journal in journals]
    if (reading.merge_sequence.get(creation_ids[0], 0), 0) > (reading.merge_sequence.get(creation_ids[1], 0), 1):
        records, creation_ids = records[::-1], creation_ids[::-1]
    labels = [reading.read_label(record) for record in records]
    titles = (
        [title for _ref, title in labels]
        if table == "actions"
        else [_format_record(reading, record) for record in records]
    )
    kind = format_record_noun(table, 1)
    shown = Conflict(
        build_conflict_id("pair", table, *(key.hex() for key in keys)),
        labels[0][0],
        kind,
        table,
        "same_record",
        titles[0],
        titles[1],
        None,
        _("both"),
        reading.read_author(creation_ids[0]),
        reading.read_author(creation_ids[1]),
        ConflictReason.TWICE,
        labels[0][1],
        labels[1][0],
    )
    yield OpenConflict(
        records[0], "", Side(records[0][1], creation_ids[0]), Side(records[1][1], creation_ids[1]), shown
    )


def _format_record(reading: ConflictReader, record: RecordKey) -> str:
    formatter = ValueFormatter(reading.cursor, record[0])
    values = reading.tables.resolve_record(record).state.values
    shown = (
        formatter.format_value(name, value)
        for name, value in sorted(values.items())
        if name not in (DELETED, HELD, "ref")
    )
    return ", ".join(value for value in shown if value)


def _is_resolved_pair(cursor: Cursor, pair: Pair) -> bool:
    """Whether a line of one, that stands, names a line of the other among what its writer saw."""
    table, left, right = pair
    change_ids = {key: {change.id for change in read_changes(cursor, table, key)} for key in (left, right)}
    for key, opposite in ((left, right), (right, left)):
        for change in read_changes(cursor, table, key):
            if change.parents & change_ids[opposite] and not _is_reversed(cursor, change.id):
                return True
    return False


def _is_reversed(cursor: Cursor, change_id: RowKey) -> bool:
    (step,) = cursor.execute('SELECT "transaction" FROM change WHERE id = ?', (change_id,)).fetchone()
    return len(merge_log.list_reversals(cursor, step)) % 2 == 1
