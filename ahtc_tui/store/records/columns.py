"""What the schema itself says of the tables: which hold records, which columns hold keys or dates, and defaults."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ahtc_tui.store.records.computed_columns import DERIVED

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

LOCAL = ("n", "id", "deleted")
"""Columns that every record has and the journal does not name."""


class Columns(NamedTuple):
    """The columns of one table that the journal speaks of."""

    names: tuple[str, ...]
    keys: frozenset[str]
    dates: frozenset[str]
    """Columns with dates as known."""
    defaults: dict[str, Any]
    """What the schema writes where a record is made without saying."""


def columns(cursor: Cursor, table: str) -> Columns:
    """The columns of a table; generated ones are left out."""
    found = cursor.execute("SELECT name, type, dflt_value FROM pragma_table_info(?)", (table,)).fetchall()
    journalled = [line for line in found if line[0] not in (*LOCAL, *DERIVED.get(table, ()))]
    return Columns(
        tuple(name for name, _kind, _default in journalled),
        frozenset(name for name, kind, _default in journalled if kind == "BLOB"),
        frozenset(name for name, kind, _default in journalled if kind == "TEXT"),
        {name: _literal(kind, default) for name, kind, default in journalled if default is not None},
    )


def record_tables(cursor: Cursor) -> list[str]:
    """The tables that hold records: all whose rows can be removed and brought back."""
    found = cursor.execute(
        "SELECT name FROM sqlite_master m WHERE type = 'table' AND EXISTS"
        " (SELECT 1 FROM pragma_table_info(m.name) WHERE name = 'deleted') ORDER BY name"
    )
    return [name for (name,) in found]


def _literal(kind: str, default: str) -> Any:
    """A default as the schema writes it, in quotes, is a value of the column's own kind."""
    bare = default.strip("'")
    return int(bare) if kind in ("BOOLEAN", "INTEGER") else bare
