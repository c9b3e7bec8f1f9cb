"""Check of a write against what the person had seen: the journal holds every change since, whoever wrote it.

Each check records an `Overwrite` for a value that is newer than the position that was seen and that the write would
replace. The transaction is refused at its end, so that all of them are reported together.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.replication.overwrites import ChangedMeanwhile, JournalPosition, Overwrite
from ahtc_tui.store.journal.replay import DELETED, ROW, decode_value, encode_values
from ahtc_tui.store.journal.value_formatter import ValueFormatter
from ahtc_tui.store.records.cursor import Cursor, Table
from ahtc_tui.store.records.fields import read_field, read_fields
from ahtc_tui.store.records.relations import REFERENCED_TABLES
from ahtc_tui.store.records.rows import select_row, select_rows

COUNTERS = {("meetings", "sequence")}
"""Columns that the program counts up from the stored value, so that a write loses nothing."""


class _UnseenChange(NamedTuple):
    """Who wrote a change after the position that was seen, and when."""

    field: str
    user: str
    wall_ms: int


class _Removal(NamedTuple):
    """The change that removed a record."""

    row_id: RowKey
    value: str
    user: str
    wall_ms: int


def read_position(cursor: Cursor) -> JournalPosition:
    """Return the position of the journal; number 0 where it is empty."""
    query = "SELECT rowid AS number, id AS change_id FROM change ORDER BY rowid DESC LIMIT 1"
    return select_row(cursor, JournalPosition, query) or JournalPosition(0, b"")


class OverwriteCheck:
    """Collects the values that a transaction would replace unseen."""

    def __init__(self, cursor: Cursor, seen: JournalPosition) -> None:
        """Compare with the journal up to `seen`; changes of the transaction itself do not count.

        Where the change at that position was deleted, all changes count as unseen.
        """
        self._cursor = cursor
        self._position = read_position(cursor)
        self._latest = self._position.number
        # By rowid, the order of arrival: a merge stores older changes later, and they are unseen too.
        row = cursor.execute("SELECT id FROM change WHERE rowid = ?", (seen.number,)).fetchone()
        self._seen = seen.number if row and row[0] == seen.change_id else 0
        self._overwrites: list[Overwrite] = []

    def check_update(self, table: Table, key: RowKey, new: Mapping[str, Any], old: Mapping[str, Any]) -> None:
        """Record the fields that were written since; `new` are differing values, `old` the stored ones."""
        unseen = self._read_unseen_changes(table, key)
        for name, value in encode_values(new).items():
            change = unseen.get(name) or unseen.get(ROW)
            if change is not None and (table, name) not in COUNTERS:
                formatter = ValueFormatter(self._cursor, table)
                theirs = formatter.format_value(name, encode_values(old)[name])
                self._record(table, key, name, (theirs, formatter.format_value(name, value)), change)

    def check_removal(self, table: Table, key: RowKey) -> None:
        """Record a record that was added or changed since and is to be removed."""
        for change in list(self._read_unseen_changes(table, key).values())[-1:]:
            self._record(table, key, "", (self._format_record(table, key), None), change)

    def check_restore(self, table: Table, key: RowKey) -> None:
        """Record a record that was removed since and is to be restored."""
        if (change := self._read_unseen_changes(table, key).get(DELETED)) is not None:
            self._record(table, key, "", (None, self._format_record(table, key)), change)

    def check_addition(self, table: Table, values: Mapping[str, Any]) -> None:
        """Record a record equal to the new one that was removed since: to add it again reverses that."""
        rows = select_rows(
            self._cursor,
            _Removal,
            'SELECT row_id, value, user, wall_ms FROM change WHERE "table" = ? AND field = ? AND rowid > ?'
            " AND rowid <= ?",
            (table, DELETED, self._seen, self._latest),
        )
        for row in rows:
            key = row.row_id
            if decode_value(row.value) and read_fields(self._cursor, table, key, tuple(values)) == dict(values):
                change = _UnseenChange(DELETED, row.user, row.wall_ms)
                self._record(table, key, "", (None, self._format_record(table, key)), change)

    def refuse_overwrites(self) -> None:
        """Raise ChangedMeanwhile where the transaction would replace something unseen."""
        if self._overwrites:
            raise ChangedMeanwhile(self._overwrites, self._position)

    def _read_unseen_changes(self, table: Table, key: RowKey) -> dict[str, _UnseenChange]:
        """Return the last unseen change of each field of a record, oldest first."""
        rows = select_rows(
            self._cursor,
            _UnseenChange,
            'SELECT field, user, wall_ms FROM change WHERE "table" = ? AND row_id = ? AND rowid > ? AND rowid <= ?'
            " ORDER BY rowid",
            (table, key, self._seen, self._latest),
        )
        return {change.field: change for change in rows}

    def _record(
        self, table: Table, key: RowKey, field: str, values: tuple[str | None, str | None], change: _UnseenChange
    ) -> None:
        ref = str(read_field(self._cursor, table, key, "ref") or "") if table in REFERENCED_TABLES else ""
        written_at = datetime.fromtimestamp(change.wall_ms / 1000, UTC)
        self._overwrites.append(Overwrite(table, ref, field, *values, change.user, written_at))

    def _format_record(self, table: Table, key: RowKey) -> str:
        query = 'SELECT value FROM change WHERE "table" = ? AND row_id = ? AND field = ?'
        row = self._cursor.execute(query, (table, key, ROW)).fetchone()
        return ValueFormatter(self._cursor, table).format_record(decode_value(row[0])) if row else ""
