"""Index of the open conflicts: which fields of which records wait for a decision, without their values."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.record_names import format_record_noun
from ahtc_tui.domain.replication.conflicts import name_conflict_field
from ahtc_tui.store.journal.ledger import read_changes
from ahtc_tui.store.journal.record_state import resolve_record
from ahtc_tui.store.journal.replay import DELETED, HELD, Change, find_heads, parse_change
from ahtc_tui.store.records.cursor import RecordKey, Table
from ahtc_tui.store.records.relations import REFERENCED_TABLES, read_owner_ref
from ahtc_tui.store.records.rows import select_rows
from ahtc_tui.store.replication import merge_log

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor


class _JournalLine(NamedTuple):
    """A change with its parents, which show what it replaced."""

    table: Table
    row_id: RowKey
    id: RowKey
    field: str
    value: str | None
    parents: str


def list_disputed_fields(cursor: Cursor) -> dict[str, tuple[str, ...]]:
    """Return the names of the fields with open conflicts by the reference of their record, or of its owner.

    One query reads the journal of all records in question (CROSS JOIN: those records first, not the whole journal);
    further ones name the owners of parts.
    """
    query = """SELECT c."table", c.row_id, c.id, c.field, c.value, c.parents FROM conflicting_record r
        CROSS JOIN change c ON c."table" = r."table" AND c.row_id = r.row_id ORDER BY 1, 2, c.seq, c.wall_ms, c.id"""
    fields_by_ref: dict[str, list[str]] = {}
    for record, lines in groupby(select_rows(cursor, _JournalLine, query), key=lambda line: (line.table, line.row_id)):
        changes = [parse_change(line.id, line.field, line.value, line.parents) for line in lines]
        names = list(_list_record_fields(cursor, record, changes))
        if names:
            fields_by_ref.setdefault(_read_ref(cursor, record), []).extend(names)
    if merge_log.list_duplicate_pairs(cursor):
        from ahtc_tui.store.replication.conflicts import ConflictReader, list_pair_conflicts

        for conflict in list_pair_conflicts(ConflictReader(cursor)):
            for ref in (conflict.shown.ref, conflict.shown.other_ref):
                fields_by_ref.setdefault(ref or "", []).append(conflict.shown.field)
    return {ref: tuple(dict.fromkeys(names)) for ref, names in sorted(fields_by_ref.items())}


def _list_record_fields(cursor: Cursor, record: RecordKey, changes: list[Change]) -> Iterator[str]:
    """Yield the names of the fields of a record that have different values."""
    table, key = record
    state = resolve_record(table, lambda name: changes if name == table else read_changes(cursor, name, key))
    is_held = bool(state.values.get(HELD))
    if state.values[DELETED] and not is_held:
        return
    for field in sorted(state.conflicts):
        if is_held and field != HELD:
            continue
        if field not in (DELETED, HELD):
            values = {json.dumps(value) for _change, value in find_heads(changes, field)}
            if len(values) < 2:
                continue
        yield name_conflict_field(table, field, own_ref=table in REFERENCED_TABLES)


def _read_ref(cursor: Cursor, record: RecordKey) -> str:
    return read_owner_ref(cursor, *record) or format_record_noun(record[0], 1)
