"""Checks that no acknowledged write of several laptops is lost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ahtc_tui.domain.keys import RowKey
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.journal.ledger import read_changes
from ahtc_tui.store.journal.record_state import resolve_state
from ahtc_tui.store.journal.replay import DELETED, ROW, decode_value, find_heads
from ahtc_tui.store.records.cursor import RecordKey
from tests.builders import query_rows

SeenByChange = Mapping[RowKey, frozenset[RowKey]]
"""By acknowledged change, the changes that its laptop had when it was written."""


def check_writes(office: Workspace, seen_by_change: SeenByChange, *, is_erased: bool = False) -> None:
    """Every acknowledged write is shown, in conflict, or was seen by the write that replaced it.

    With `is_erased` a write may be missing, because somebody was erased.
    """
    erased = {key for (key,) in query_rows(office, "SELECT row_id FROM erasure")}
    stored = {line[0]: line[1:] for line in query_rows(office, 'SELECT id, "table", row_id, field, value FROM change')}
    for change_id in seen_by_change:
        if change_id not in stored:
            assert is_erased, "a write is not there"
            continue
        table, key, field, value = stored[change_id]
        if key not in erased and field not in (ROW, DELETED):
            _check_write(office, (table, key), change_id, field, decode_value(value), seen_by_change)


def _check_write(
    office: Workspace, record: RecordKey, change_id: RowKey, field: str, value: Any, seen_by_change: SeenByChange
) -> None:
    with office.database.read() as cursor:
        changes = read_changes(cursor, *record)
        now = cursor.execute(f'SELECT "{field}", deleted FROM "{record[0]}" WHERE id = ?', (record[1],)).fetchone()
    state = resolve_state(record[0], changes)
    replacing = [change for change in changes if change_id in change.parents and change.field == field]
    for change in replacing:
        assert change_id in seen_by_change.get(change.id, {change_id}), "a write replaced what it had not seen"
    if not replacing:
        assert change_id in [change.id for change, _value in find_heads(changes, field)]
        assert now[0] == value or value in state.conflicts.get(field, ())
    if now[1]:
        removals = [change for change in changes if change.field == DELETED and change.value]
        assert any(change_id in seen_by_change.get(change.id, {change_id}) for change in removals), (
            "a removal hid what it had not seen"
        )
