"""Queries on the journal: its steps, and the changes of a record with the former values."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.dates.date_as_known import read_stored_date
from ahtc_tui.domain.history import ChangeRow, StepRow
from ahtc_tui.domain.keys import RowKey, parse_key
from ahtc_tui.store.journal.replay import DELETED, HELD, ROW, decode_value
from ahtc_tui.store.records import references
from ahtc_tui.store.records.columns import read_columns
from ahtc_tui.store.records.table_names import Table

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

LABEL_COLUMNS = ("ref", "name", "title", "subject", "text")
"""Columns that name a record, in order of preference."""

PARTY_TABLES = ("parties", "people", "posts", "organisations", "groups")

REFERENCED_TABLES: tuple[Table, ...] = (
    "actions", "meetings", "parties", "seats", "decisions", "practices", "adoptions", "recommendations", "documents",
    "figures", "data_sets", "objectives", "papers", "commissions",
)  # fmt: skip
"""Tables whose records have a reference."""

PART_TABLES: dict[Table, tuple[tuple[Table, str], ...]] = {
    "actions": (
        ("updates", "action"),
        ("slips", "action"),
        ("action_parties", "action"),
        ("dependencies", "action"),
        ("chases", "action"),
        ("dispatches", "action"),
    ),
    "meetings": (
        ("agenda_items", "meeting"),
        ("attendances", "meeting"),
        ("minute_lines", "meeting"),
        ("papers", "meeting"),
        ("amendments", "meeting"),
        ("issues", "meeting"),
    ),
    "decisions": (("decision_actions", "decision"),),
    "commissions": (("commission_questions", "commission"),),
    "parties": (
        ("people", "id"),
        ("posts", "id"),
        ("organisations", "id"),
        ("groups", "id"),
        ("holdings", "post"),
        ("template_items", "group"),
        ("forward_items", "group"),
    ),
}
"""Tables whose rows are parts of a record, with the column that refers to it."""


def list_steps(cursor: Cursor, limit: int) -> list[StepRow]:
    """Return the newest steps, the newest first."""
    rows = cursor.execute(
        'SELECT wall_ms, user, label, kind, (SELECT count(*) FROM change WHERE "transaction" = step.id) FROM step'
        " ORDER BY seq DESC LIMIT ?",
        (limit,),
    )
    return [StepRow(_to_datetime(wall_ms), user, label, kind, count) for wall_ms, user, label, kind, count in rows]


def list_changes(cursor: Cursor, ref: str) -> list[ChangeRow]:
    """Return every change of the record with a reference, removed or not, and of its parts, oldest first."""
    matches = ((table, references.find_by_ref(cursor, table, ref, removed=True)) for table in REFERENCED_TABLES)
    found = next(((table, match[0]) for table, match in matches if match), None)
    if found is None:
        return []
    table, record_key = found
    records = [found]
    for part, column in PART_TABLES.get(table, ()):
        rows = cursor.execute(f'SELECT id FROM {part} WHERE "{column}" = ?', (record_key,))
        records += [(part, key) for (key,) in rows]
    entries = [entry for part, key in records for entry in list_record_changes(cursor, part, key)]
    return [entry for _order, entry in sorted(entries, key=lambda entry: entry[0])]


def list_record_changes(cursor: Cursor, table: Table, key: RowKey) -> list[tuple[tuple[int, RowKey], ChangeRow]]:
    """Return every change of a record, each with its sort key."""
    rows = cursor.execute(
        "SELECT c.id, c.seq, c.wall_ms, c.user, c.device, s.label, c.field, c.value FROM change c JOIN step s ON s.id ="
        ' c."transaction" WHERE c."table" = ? AND c.row_id = ? ORDER BY c.seq, c.wall_ms, c.id',
        (table, key),
    ).fetchall()
    formatter = ValueFormatter(cursor, table)
    current: dict[str, Any] = {}
    entries = []
    for change_id, seq, wall_ms, user, device, label, field, value in rows:
        decoded = decode_value(value)
        if field == ROW:
            current.update(decoded)
            old = None
            new: str | None = formatter.format_record(decoded)
        else:
            old, new = formatter.format_value(field, current.get(field)), formatter.format_value(field, decoded)
            current[field] = decoded
        shown = {
            ROW: "added",
            DELETED: "removed" if decoded else "restored",
            HELD: "held back" if decoded else "let in",
        }.get(field, field)
        row = ChangeRow(_to_datetime(wall_ms), user, device, label, table, shown, old, new)
        entries.append(((seq, change_id), row))
    return entries


class ValueFormatter:
    """Formats values of one table for people: keys as the names of their records, and dates in words."""

    def __init__(self, cursor: Cursor, table: Table) -> None:
        self._cursor = cursor
        self._columns = read_columns(cursor, table)
        parents = cursor.execute('SELECT "from", "table" FROM pragma_foreign_key_list(?)', (table,))
        self.parent_tables: dict[str, Table] = dict(parents.fetchall())

    def format_value(self, field: str, value: Any) -> str | None:
        """Format a value of a field; None for no value and for `_deleted`."""
        if value is None or field in (DELETED, HELD):
            return None
        if field in self._columns.keys:
            return self._format_key(self.parent_tables[field], parse_key(value))
        return str(read_stored_date(value)) if field in self._columns.dates else str(value)

    def format_record(self, values: dict[str, Any]) -> str:
        """Return the name of a new record, else the records that it joins."""
        named = [name for name in ("title", "name", "text", "ref") if name in values]
        joined = [name for name in values if name in self._columns.keys | self._columns.dates]
        return ", ".join(self.format_value(name, values[name]) or "" for name in named[:1] or joined)

    def _format_key(self, parent: Table, key: RowKey) -> str:
        table: Table = "parties" if parent in PARTY_TABLES else parent
        known_columns = read_columns(self._cursor, table).names
        candidates = ("name",) if table in ("parties", "areas") else LABEL_COLUMNS
        column = next((name for name in candidates if name in known_columns), "id")
        name = self._cursor.execute(f"SELECT {column} FROM {table} WHERE id = ?", (key,)).fetchone()[0]
        return name if isinstance(name, str) else key.hex()


def _to_datetime(wall_ms: int) -> datetime:
    return datetime.fromtimestamp(wall_ms / 1000, UTC)
