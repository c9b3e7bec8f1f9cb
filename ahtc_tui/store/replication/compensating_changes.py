"""Compensating changes: they restore former values, to undo a step of this copy.

Each change replaces the heads that it has seen; a former conflict is restored as a conflict.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.journal.ledger import Ledger, read_changes, read_records
from ahtc_tui.store.journal.record_state import RISING_NUMBERS
from ahtc_tui.store.journal.replay import DELETED, HELD, Change, find_all_heads, find_heads, replay_changes
from ahtc_tui.store.meetings.ics_sequences import choose_sequence_after_undo
from ahtc_tui.store.privacy.erasure_register import list_erased_keys
from ahtc_tui.store.records.key_lists import KEYS, encode_keys
from ahtc_tui.store.records.references import RELEASED, has_departed, release_refs
from ahtc_tui.store.records.rows import select_mapping, select_rows
from ahtc_tui.store.replication import merge_log

if TYPE_CHECKING:
    from ahtc_tui.store.journal.projection import RecordKey
    from ahtc_tui.store.records.cursor import Cursor
    from ahtc_tui.store.records.table_names import Table

MARKER_FIELDS = (DELETED, HELD)

BATCH_SIZE = 500
"""Records that a reversal holds in memory together."""

HeadValues = list[tuple[RowKey | None, Any]]
"""Values, with the id of the change that each repeats."""


def write_values(ledger: Ledger, record: RecordKey, field: str, heads: HeadValues, parents: Iterable[RowKey]) -> None:
    """Write values as concurrent changes that replace `parents`; the last one is shown.

    Each has the change that it repeats as a parent, so that its author can be found.
    """
    parent_ids = set(parents)
    for change_id, value in heads:
        ledger.log_change(*record, field, value, tuple(sorted(parent_ids | ({change_id} if change_id else set()))))
        parent_ids = set()


def distinct_values(heads: list[tuple[Change, Any]]) -> HeadValues:
    """Return each value of the heads once, with its change; the shown value is the last."""
    by_value = {json.dumps(value): (change.id, value) for change, value in reversed(heads)}
    return list(by_value.values())[::-1]


def list_values(heads: list[tuple[Change, Any]]) -> list[Any]:
    """Return each value of the heads once; the shown value is the last."""
    return [value for _change_id, value in distinct_values(heads)]


def list_head_ids(heads: list[tuple[Change, Any]]) -> tuple[RowKey, ...]:
    """Return the ids of heads, as the parents of a change that replaces them."""
    return tuple(change.id for change, _value in heads)


def remove_record(ledger: Ledger, record: RecordKey, changes: list[Change]) -> None:
    """Remove a record by a change that replaces every head."""
    head_ids = {head.id for heads in find_all_heads(changes).values() for head, _value in heads}
    ledger.log_change(*record, DELETED, True, tuple(sorted(head_ids)))


class Reversal:
    """Reverses a step: each record gets its former values, or is removed where the step added it."""

    def __init__(self, ledger: Ledger, step: RowKey, label: str) -> None:
        self._ledger, self._label = ledger, label
        cursor = ledger.cursor
        (self._seq,) = cursor.execute("SELECT seq FROM step WHERE id = ?", (step,)).fetchone()
        rows = cursor.execute('SELECT id FROM change WHERE "transaction" = ?', (step,)).fetchall()
        self._step_changes = {row[0] for row in rows}
        self._later_changes = {
            change_id
            for merge in merge_log.list_merges(cursor)
            if merge.seq > self._seq
            for change_id in merge.change_ids
        }
        self.records = sorted(find_records(cursor, self._step_changes))
        self.created: set[RecordKey] = set()
        """The records that the step added."""
        self._may_release = not has_departed(cursor, self._seq)
        self._released: dict[RecordKey, str] = {}
        """New references of removed records, whose former ones may be issued again."""

    def run(self) -> Iterator[list[RecordKey]]:
        """Write the changes; yield the records of each batch once they are written, at first an empty batch.

        Raises Refused where a field was changed after the step.
        """
        yield []
        if self._may_release:
            removed = {record for batch in self._read_batches() for record in batch if self._gave_ref(batch[record])}
            self._released = release_refs(self._ledger.cursor, removed)
        for batch in self._read_batches():
            sequence = read_sequence(self._ledger.cursor, batch)
            for record, changes in batch.items():
                self._reverse_record(record, changes, sequence)
            yield list(batch)

    def _read_batches(self) -> Iterator[dict[RecordKey, list[Change]]]:
        """Yield the changes of the records, batch by batch."""
        for start in range(0, len(self.records), BATCH_SIZE):
            yield read_records(self._ledger.cursor, self.records[start : start + BATCH_SIZE])

    def _gave_ref(self, changes: list[Change]) -> bool:
        """Whether the step added the record with these changes, or redid its addition and gave it its released
        reference again.
        """
        if changes[0].id in self._step_changes:
            return True
        before = [change for change in changes if change.id not in self._step_changes]
        is_renamed = any(change.field == "ref" for change in changes if change.id in self._step_changes)
        return is_renamed and _was_released(find_heads(before, "ref"))

    def _reverse_record(self, record: RecordKey, changes: list[Change], sequence: dict[RowKey, int]) -> None:
        until_step = [
            change for change in changes if sequence[change.id] <= self._seq and change.id not in self._later_changes
        ]
        before = [change for change in until_step if change.id not in self._step_changes]
        if not before:
            self.created.add(record)
            if not replay_changes(changes).values[DELETED]:
                if record in self._released:
                    ref, ref_heads = self._released[record], list_head_ids(find_heads(changes, "ref"))
                    change_id = self._ledger.log_change(*record, "ref", ref, ref_heads)
                    changes.append(Change(change_id, "ref", ref, frozenset(ref_heads)))
                remove_record(self._ledger, record, changes)
            return
        written = {change.field for change in until_step if change.id in self._step_changes}
        removed = {change.field for change in until_step} & {DELETED}
        for field in sorted(written | removed, key=lambda name: name in MARKER_FIELDS):
            self._reverse_field(record, field, changes, until_step, before)

    def _reverse_field(
        self, record: RecordKey, field: str, changes: list[Change], until_step: list[Change], before: list[Change]
    ) -> None:
        current_heads, step_heads, previous_heads = (
            find_heads(changes, field),
            find_heads(until_step, field),
            find_heads(before, field),
        )
        if set(list_head_ids(step_heads)) == set(list_head_ids(previous_heads)) and field != DELETED:
            return
        was_removed = field == DELETED and replay_changes(before).values[DELETED]
        if field == DELETED and (replay_changes(until_step).values[DELETED], set(list_head_ids(step_heads))) == (
            was_removed,
            set(list_head_ids(previous_heads)),
        ):
            return
        if field == "ref" and not self._may_release and _was_released(previous_heads):
            return
        if list_head_ids(current_heads) != list_head_ids(step_heads) and list_values(current_heads) != list_values(
            step_heads
        ):
            sentence = _('"{label}" cannot be reversed: {field} was changed since.')
            raise Refused(sentence.format(label=self._label, field=field))
        if field == DELETED and was_removed:
            remove_record(self._ledger, record, read_changes(self._ledger.cursor, *record))
            return
        values = distinct_values(previous_heads) or [(None, None)]
        if RISING_NUMBERS.get(record[0]) == field:
            previous_number = max(value or 0 for _change_id, value in values)
            values = [(None, choose_sequence_after_undo(self._ledger.cursor, record[1], previous_number))]
        write_values(self._ledger, record, field, values, list_head_ids(current_heads))


def _was_released(heads: list[tuple[Change, Any]]) -> bool:
    return any(str(value).startswith(RELEASED) for _change, value in heads)


def find_records(cursor: Cursor, change_ids: Iterable[RowKey]) -> set[RecordKey]:
    """Return the records of changes, without the erased ones."""
    query = f'SELECT DISTINCT "table", row_id FROM change WHERE id IN {KEYS.format("?")}'
    rows = select_rows(cursor, merge_log.RecordRow, query, (encode_keys(change_ids),))
    erased = list_erased_keys(cursor)
    return {(row.table, row.row_id) for row in rows if row.row_id not in erased}


def read_sequence(cursor: Cursor, records: Iterable[RecordKey]) -> dict[RowKey, int]:
    """Return the sequence number of every change of some records."""
    keys: dict[Table, list[RowKey]] = {}
    for table, key in records:
        keys.setdefault(table, []).append(key)
    query = f'SELECT id AS key, seq AS value FROM change WHERE "table" = ? AND row_id IN {KEYS.format("?")}'
    sequence: dict[RowKey, int] = {}
    for table, table_keys in keys.items():
        sequence |= select_mapping(cursor, query, (table, encode_keys(table_keys)))
    return sequence
