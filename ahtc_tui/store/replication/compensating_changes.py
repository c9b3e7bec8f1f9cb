"""Compensating changes: they restore former values, to undo a step of this copy.

Each change replaces the heads that it has seen; a former conflict is restored as a conflict.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.journal.ledger import JournalBatch, Ledger, read_records
from ahtc_tui.store.journal.record_state import RISING_NUMBERS
from ahtc_tui.store.journal.replay import DELETED, HELD, ROW, Change, find_head_ids, find_heads, replay_changes
from ahtc_tui.store.privacy.erasure_register import list_erased_keys
from ahtc_tui.store.records.cursor import KEYS, RecordKey, Table, encode_keys
from ahtc_tui.store.records.references import RELEASED, has_departed, release_refs
from ahtc_tui.store.records.rows import select_column, select_rows
from ahtc_tui.store.replication import merge_log

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

MARKER_FIELDS = (DELETED, HELD)

BATCH_SIZE = 500
"""Records that a reversal holds in memory together."""

HeadValues = list[tuple[RowKey | None, Any]]
"""Values, with the id of the change that each repeats."""


def write_values(
    ledger: Ledger | JournalBatch, record: RecordKey, field: str, heads: HeadValues, parents: Iterable[RowKey]
) -> None:
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


def is_removed(changes: list[Change]) -> bool:
    """Return whether a record with these changes is removed."""
    return bool(replay_changes(changes, (DELETED,)).values[DELETED])


def remove_record(ledger: Ledger | JournalBatch, record: RecordKey, changes: list[Change]) -> None:
    """Remove a record by a change that replaces every head."""
    ledger.log_change(*record, DELETED, True, tuple(sorted(find_head_ids(changes))))


class _StepChange(NamedTuple):
    """What a reversal needs of each change of the step."""

    id: RowKey
    table: Table
    row_id: RowKey
    field: str


class Reversal:
    """Reverses a step: each record gets its former values, or is removed where the step added it."""

    def __init__(self, ledger: Ledger, step: RowKey, label: str) -> None:
        self._ledger, self._label = ledger, label
        cursor = ledger.cursor
        (self._seq,) = cursor.execute("SELECT seq FROM step WHERE id = ?", (step,)).fetchone()
        query = 'SELECT id, "table", row_id, field FROM change WHERE "transaction" = ?'
        erased = list_erased_keys(cursor)
        rows = [row for row in select_rows(cursor, _StepChange, query, (step,)) if row.row_id not in erased]
        self._step_changes = {row.id for row in rows}
        self._later_changes = {
            change_id
            for merge in merge_log.list_merges(cursor)
            if merge.seq > self._seq
            for change_id in merge.change_ids
        }
        self.records = sorted({(row.table, row.row_id) for row in rows})
        self._added = {(row.table, row.row_id) for row in rows if row.field == ROW}
        self._renamed = {(row.table, row.row_id) for row in rows if row.field == "ref"} - self._added
        self.created: set[RecordKey] = set()
        """The records that the step added."""
        self._may_release = not has_departed(cursor, self._seq)
        self._released: dict[RecordKey, str] = {}
        """New references of removed records, whose former ones may be issued again."""

    def run(self) -> Iterator[dict[RecordKey, list[Change]]]:
        """Write the changes; yield the journals of each batch once they are written, at first an empty batch.

        Raises Refused where a field was changed after the step.
        """
        yield {}
        if self._may_release:
            self._released = release_refs(self._ledger.cursor, self._added | self._find_redone())
        for journals in self._read_batches(self.records):
            later = self._later_changes | read_later_changes(self._ledger.cursor, journals, self._seq)
            batch = JournalBatch(self._ledger, journals)
            for record, changes in journals.items():
                self._reverse_record(batch, record, [change for change in changes if change.id not in later])
            batch.store()
            yield journals

    def _read_batches(self, records: Sequence[RecordKey]) -> Iterator[dict[RecordKey, list[Change]]]:
        """Yield the journals of the records, batch by batch."""
        for start in range(0, len(records), BATCH_SIZE):
            yield read_records(self._ledger.cursor, records[start : start + BATCH_SIZE])

    def _find_redone(self) -> set[RecordKey]:
        """Return the records that got their released reference again, because the step redid their addition."""
        return {
            record
            for journals in self._read_batches(sorted(self._renamed))
            for record, changes in journals.items()
            if _was_released(find_heads((change for change in changes if change.id not in self._step_changes), "ref"))
        }

    def _reverse_record(self, batch: JournalBatch, record: RecordKey, until_step: list[Change]) -> None:
        changes = batch.journals[record]
        before = [change for change in until_step if change.id not in self._step_changes]
        if not before:
            self.created.add(record)
            if not is_removed(changes):
                if record in self._released:
                    ref, ref_heads = self._released[record], list_head_ids(find_heads(changes, "ref"))
                    batch.log_change(*record, "ref", ref, ref_heads)
                remove_record(batch, record, changes)
            return
        written = {change.field for change in until_step if change.id in self._step_changes}
        removed = {change.field for change in until_step} & {DELETED}
        for field in sorted(written | removed, key=lambda name: name in MARKER_FIELDS):
            self._reverse_field(batch, record, field, until_step, before)

    def _reverse_field(
        self, batch: JournalBatch, record: RecordKey, field: str, until_step: list[Change], before: list[Change]
    ) -> None:
        changes = batch.journals[record]
        current_heads, step_heads, previous_heads = (
            find_heads(changes, field),
            find_heads(until_step, field),
            find_heads(before, field),
        )
        if set(list_head_ids(step_heads)) == set(list_head_ids(previous_heads)) and field != DELETED:
            return
        was_removed = field == DELETED and is_removed(before)
        if field == DELETED and (is_removed(until_step), set(list_head_ids(step_heads))) == (
            was_removed,
            set(list_head_ids(previous_heads)),
        ):
            return
        if field == "ref" and not self._may_release and _was_released(previous_heads):
            return
        if list_head_ids(current_heads) != list_head_ids(step_heads) and list_values(current_heads) != list_values(
            step_heads
        ):
            sentence = _('"{label}" cannot be reversed, because {field} was changed since.')
            raise Refused(sentence.format(label=self._label, field=field))
        if field == DELETED and was_removed:
            remove_record(batch, record, changes)
            return
        values = distinct_values(previous_heads) or [(None, None)]
        if RISING_NUMBERS.get(record[0]) == field:
            from ahtc_tui.store.meetings.series import choose_sequence_after_undo

            previous_number = max(value or 0 for _change_id, value in values)
            values = [(None, choose_sequence_after_undo(self._ledger.cursor, record[1], previous_number))]
        write_values(batch, record, field, values, list_head_ids(current_heads))


def _was_released(heads: list[tuple[Change, Any]]) -> bool:
    return any(str(value).startswith(RELEASED) for _change, value in heads)


def read_later_changes(cursor: Cursor, records: Iterable[RecordKey], seq: int) -> set[RowKey]:
    """Return the ids of the changes of some records that are newer than a sequence number."""
    keys: dict[Table, list[RowKey]] = {}
    for table, key in records:
        keys.setdefault(table, []).append(key)
    query = f'SELECT id FROM change WHERE "table" = ? AND row_id IN {KEYS.format("?")} AND seq > ?'
    return {
        change_id
        for table, table_keys in keys.items()
        for change_id in select_column(cursor, query, (table, encode_keys(table_keys), seq))
    }
