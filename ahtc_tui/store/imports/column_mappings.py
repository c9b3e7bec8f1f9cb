"""Stored column mappings: which field a heading of an imported file means."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ahtc_tui.domain.keys import RowKey

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor


class ColumnMapping(NamedTuple):
    """The mapping of one heading."""

    key: RowKey
    removed: bool


def list_mappings(cursor: Cursor) -> dict[str, str]:
    """Return the field of every heading."""
    return dict(cursor.execute("SELECT heading, field FROM learnt_columns WHERE NOT deleted").fetchall())


def find_mapping(cursor: Cursor, heading: str) -> ColumnMapping | None:
    """Return the mapping of a heading, removed or not; None where there never was one."""
    row = cursor.execute("SELECT id, deleted FROM learnt_columns WHERE heading = ?", (heading,)).fetchone()
    return ColumnMapping(row[0], bool(row[1])) if row else None
