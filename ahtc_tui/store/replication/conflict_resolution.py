"""Conflict resolution: a change that replaces every value in conflict; one undo reverses it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlcipher3 import dbapi2

from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.replication.conflicts import ConflictReason
from ahtc_tui.store.journal.ledger import read_changes
from ahtc_tui.store.journal.minutes_lock import format_lock_message
from ahtc_tui.store.journal.projection import TableWriter, add_same_rows
from ahtc_tui.store.journal.record_state import EXCLUSIVE_COLUMNS
from ahtc_tui.store.journal.replay import DELETED, HELD, find_heads
from ahtc_tui.store.records.cursor import RecordKey
from ahtc_tui.store.records.relations import list_same_rows
from ahtc_tui.store.records.rows import select_one, select_rows
from ahtc_tui.store.replication import merge_log
from ahtc_tui.store.replication.compensating_changes import list_head_ids, remove_record
from ahtc_tui.store.replication.conflicts import OpenConflict

if TYPE_CHECKING:
    from ahtc_tui.store.journal.ledger import Ledger

OURS, THEIRS, BOTH = "ours", "theirs", "both"


def write_resolution(
    ledger: Ledger, tables: TableWriter, conflict: OpenConflict, answer: str, value: Any
) -> set[RecordKey]:
    """Write a resolution and return the records to project.

    `answer` is "ours", "theirs", "both", or empty for `value`. Raises Refused for agreed minutes, BadInput for an
    answer that does not fit.
    """
    if conflict.shown.why is ConflictReason.AGREED and answer != OURS:
        raise Refused(format_lock_message(conflict.shown.ref))
    if conflict.shown.why is ConflictReason.TWICE:
        return _resolve_pair(ledger, conflict, answer)
    if answer == BOTH:
        raise BadInput(
            _("{field} has one value, so only one of the two can be kept.").format(field=conflict.shown.field)
        )
    side = {OURS: conflict.ours, THEIRS: conflict.theirs}.get(answer)
    if conflict.field in (DELETED, HELD):
        if side is None:
            raise BadInput(_("It is kept or removed. Answer ours or theirs."))
        return _resolve_removal(ledger, conflict, bool(side.value))
    resolution = side.value if side else value
    _write_value(ledger, conflict.record, conflict.field, resolution)
    _clear_paired_column(ledger, tables, conflict, resolution)
    return {conflict.record, *(_settle_slips(ledger, conflict, resolution) if _is_due_date(conflict) else ())}


def _is_due_date(conflict: OpenConflict) -> bool:
    """Return whether a conflict is about the due date of an action, whose moves are counted as slips."""
    return (conflict.record[0], conflict.field) == ("actions", "due")


class _SlipRow(NamedTuple):
    """A slip of an action."""

    id: RowKey
    from_due: str | None
    to_due: str | None


def _settle_slips(ledger: Ledger, conflict: OpenConflict, due: Any) -> set[RecordKey]:
    """Remove the slips to dates that were not kept, so that one move of a date counts once; return their rows.

    Each laptop recorded a slip from the same date. A new value becomes the date of one of them.
    """
    query = "SELECT id, from_due, to_due FROM slips WHERE action = ? AND NOT deleted ORDER BY n"
    slips = list(select_rows(ledger.cursor, _SlipRow, query, (conflict.record[1],)))
    ends = {side.value for side in conflict.sides}
    starts = Counter(slip.from_due for slip in slips if slip.to_due in ends)
    competing = [slip for slip in slips if slip.to_due in ends and starts[slip.from_due] > 1]
    kept = next((slip for slip in competing if slip.to_due == due), competing[-1] if competing else None)
    touched: set[RecordKey] = set()
    for slip in competing:
        record: RecordKey = ("slips", slip.id)
        if slip is not kept or slip.from_due == due:
            remove_record(ledger, record, read_changes(ledger.cursor, *record))
        elif slip.to_due != due:
            _write_value(ledger, record, "to_due", due)
        else:
            continue
        touched.add(record)
    return touched


def _write_value(ledger: Ledger, record: RecordKey, field: str, value: Any) -> None:
    ledger.log_change(*record, field, value, list_head_ids(find_heads(read_changes(ledger.cursor, *record), field)))


def _clear_paired_column(ledger: Ledger, tables: TableWriter, conflict: OpenConflict, value: Any) -> None:
    """Empty the other of two exclusive columns, where the resolution fills the first."""
    pair = EXCLUSIVE_COLUMNS.get(conflict.record[0], ())
    if conflict.field not in pair or value is None:
        return
    paired = next(name for name in pair if name != conflict.field)
    changes = read_changes(tables.cursor, *conflict.record)
    if any(field_value is not None for _change, field_value in find_heads(changes, paired)):
        _write_value(ledger, conflict.record, paired, None)


def _resolve_removal(ledger: Ledger, conflict: OpenConflict, removed: bool) -> set[RecordKey]:
    """Remove or keep a record (of a contact both rows), and return the rows to project."""
    if conflict.field == HELD:
        _write_value(ledger, conflict.record, HELD, False)
    rows = set(list_same_rows(ledger.cursor, *conflict.record))
    for row in sorted(rows):
        if removed:
            remove_record(ledger, row, read_changes(ledger.cursor, *row))
        else:
            _write_value(ledger, row, DELETED, False)
    return rows


def _resolve_pair(ledger: Ledger, conflict: OpenConflict, answer: str) -> set[RecordKey]:
    """Remove one of two records and keep its text, or declare them to be two; return the records to project."""
    table, first = conflict.record
    second = conflict.theirs.value
    if answer == BOTH:
        field = next(iter(_list_label_fields(ledger, conflict.record)))
        theirs = find_heads(read_changes(ledger.cursor, table, second), field)
        ours = find_heads(read_changes(ledger.cursor, *conflict.record), field)
        ledger.log_change(table, first, field, ours[-1][1], (*list_head_ids(ours), *list_head_ids(theirs)))
        merge_log.resolve_pair(ledger.cursor, (table, *sorted((first, second))), ledger.store_step())
        return {conflict.record}
    if answer not in (OURS, THEIRS):
        raise BadInput(_("Two records may be the same. Answer ours, theirs or both."))
    kept, duplicate = (first, second) if answer == OURS else (second, first)
    touched = {(table, kept), (table, duplicate)}
    if table == "actions":
        touched |= _merge_into(ledger, kept, duplicate)
    remove_record(ledger, (table, duplicate), read_changes(ledger.cursor, table, duplicate))
    return touched


def _list_label_fields(ledger: Ledger, record: RecordKey) -> list[str]:
    changes = read_changes(ledger.cursor, *record)
    names = list((changes[0].value or {}) if changes else {})
    return [name for name in ("title", "state") if name in names] or names


class _ActionText(NamedTuple):
    """The texts of an action that both copies wrote."""

    title: str
    detail: str | None


def _merge_into(ledger: Ledger, kept: RowKey, duplicate: RowKey) -> set[RecordKey]:
    """Append the text of the duplicate action to the kept one, and let the minutes refer to it."""
    cursor = ledger.cursor
    query = "SELECT title, detail FROM actions WHERE id = ?"
    removed, own = (select_one(cursor, _ActionText, query, (key,)) for key in (duplicate, kept))
    touched: set[RecordKey] = set()
    texts = [text for text, own_text in zip(removed, own, strict=True) if text and text != own_text]
    if texts:
        addition = _("Also minuted as: {words}").format(words=" ".join(texts))
        _write_value(ledger, ("actions", kept), "detail", "\n\n".join(part for part in (own.detail, addition) if part))
    for (line_key,) in cursor.execute("SELECT id FROM minute_lines WHERE action = ?", (duplicate,)).fetchall():
        _write_value(ledger, ("minute_lines", line_key), "action", kept.hex())
        touched.add(("minute_lines", line_key))
    return touched


def project_resolution(ledger: Ledger, tables: TableWriter, records: set[RecordKey], answer: str) -> None:
    """Project the resolved records. Raises BadInput where a table refuses the value."""
    try:
        records = add_same_rows(ledger.cursor, records)
        projections = dict(tables.resolve_records(records))
        tables.write_records(projections)
    except dbapi2.IntegrityError as error:
        raise BadInput(_('"{value}" is not allowed in that field.').format(value=answer)) from error
    merge_log.update_conflicting_records(ledger.cursor, projections)
    for record in records:
        ledger.invalidate(*record)
