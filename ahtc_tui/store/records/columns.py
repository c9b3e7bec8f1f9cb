"""What the schema itself says of the tables: which hold records, which columns hold keys or dates, and defaults."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ahtc_tui.store.records.computed_columns import COMPUTED_COLUMNS
from ahtc_tui.store.records.table_names import Table

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

UNJOURNALLED_COLUMNS = ("n", "id", "deleted")
"""Columns that every record has and the journal does not name."""


class Columns(NamedTuple):
    """The columns of one table that the journal speaks of."""

    names: tuple[str, ...]
    keys: frozenset[str]
    dates: frozenset[str]
    """Columns with dates as known."""
    defaults: dict[str, Any]
    """What the schema writes where a record is made without saying."""


def read_columns(cursor: Cursor, table: Table) -> Columns:
    """The columns of a table; generated ones are left out."""
    rows = cursor.execute("SELECT name, type, dflt_value FROM pragma_table_info(?)", (table,)).fetchall()
    journalled_rows = [row for row in rows if row[0] not in (*UNJOURNALLED_COLUMNS, *COMPUTED_COLUMNS.get(table, ()))]
    return Columns(
        tuple(name for name, _kind, _default in journalled_rows),
        frozenset(name for name, kind, _default in journalled_rows if kind == "BLOB"),
        frozenset(name for name, kind, _default in journalled_rows if kind == "TEXT"),
        {name: _parse_default(kind, default) for name, kind, default in journalled_rows if default is not None},
    )


def list_record_tables(cursor: Cursor) -> list[Table]:
    """The tables that hold records: all whose rows can be removed and brought back."""
    rows = cursor.execute(
        "SELECT name FROM sqlite_master m WHERE type = 'table' AND EXISTS"
        " (SELECT 1 FROM pragma_table_info(m.name) WHERE name = 'deleted') ORDER BY name"
    )
    return [name for (name,) in rows]


def _parse_default(kind: str, default: str) -> Any:
    """A default as the schema writes it, in quotes, is a value of the column's own kind."""
    bare = default.strip("'")
    return int(bare) if kind in ("BOOLEAN", "INTEGER") else bare
