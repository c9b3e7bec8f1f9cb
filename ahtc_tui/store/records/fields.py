"""Reads that work for every record table: fields of a record, the records that refer to it, and stored settings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.records.cursor import Cursor, Table
from ahtc_tui.store.records.rows import select_value


def read_field(cursor: Cursor, table: Table, key: RowKey | None, name: str) -> Any:
    """Return one field of a record as stored; None where it is empty or the record does not exist."""
    row = cursor.execute(f'SELECT "{name}" FROM "{table}" WHERE id = ?', (key,)).fetchone()
    return row[0] if row else None


def read_fields(cursor: Cursor, table: Table, key: RowKey, names: Sequence[str]) -> dict[str, Any]:
    """Return some fields of a record as stored."""
    row = cursor.execute(f'SELECT {_join_columns(names)} FROM "{table}" WHERE id = ?', (key,)).fetchone()
    return dict(zip(names, row, strict=True))


def list_referrers(cursor: Cursor, table: Table, column: str, key: RowKey, *, removed: bool = False) -> list[RowKey]:
    """Return the keys of the (`removed`) records that refer to another in a column, oldest first."""
    condition = "deleted" if removed else "NOT deleted"
    rows = cursor.execute(f'SELECT id FROM "{table}" WHERE "{column}" = ? AND {condition} ORDER BY n', (key,))
    return [row[0] for row in rows]


def read_parts(cursor: Cursor, table: Table, column: str, key: RowKey, names: Sequence[str]) -> list[dict[str, Any]]:
    """Return some fields of each record that refers to another in a column, oldest first."""
    rows = cursor.execute(
        f'SELECT {_join_columns(names)} FROM "{table}" WHERE "{column}" = ? AND NOT deleted ORDER BY n', (key,)
    )
    return [dict(zip(names, row, strict=True)) for row in rows]


def list_keys(cursor: Cursor, table: Table) -> list[RowKey]:
    """Return the keys of all records of a table, oldest first."""
    return [row[0] for row in cursor.execute(f'SELECT id FROM "{table}" WHERE NOT deleted ORDER BY n')]


def find_ancestors(cursor: Cursor, table: Table, column: str, key: RowKey) -> set[RowKey]:
    """Return the record and all its ancestors in a self-referencing column."""
    rows = cursor.execute(
        f'WITH RECURSIVE up (id) AS (SELECT ? UNION SELECT r."{column}" FROM "{table}" r JOIN up ON r.id = up.id'
        f' WHERE r."{column}" IS NOT NULL) SELECT id FROM up',
        (key,),
    )
    return {row[0] for row in rows}


def is_removed(cursor: Cursor, table: Table, key: RowKey) -> bool | None:
    """Return whether a record is removed; None where it never existed."""
    row = cursor.execute(f'SELECT deleted FROM "{table}" WHERE id = ?', (key,)).fetchone()
    return bool(row[0]) if row else None


def _join_columns(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


DEVICE = "device"
"""The setting with the device id of this copy."""


def read_setting(cursor: Cursor, name: str) -> str | None:
    """Return a setting; None where it is not set."""
    value: str | None = select_value(cursor, "SELECT value FROM setting WHERE name = ?", (name,))
    return value


def store_setting(cursor: Cursor, name: str, value: str) -> None:
    """Set a setting."""
    cursor.execute("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", (name, value))


def remove_setting(cursor: Cursor, name: str) -> None:
    """Remove a setting; the bytes of its value are overwritten."""
    cursor.execute("DELETE FROM setting WHERE name = ?", (name,))


def read_device(cursor: Cursor) -> str:
    """Return the device id of this copy, under which it writes changes."""
    return str(read_setting(cursor, DEVICE))
