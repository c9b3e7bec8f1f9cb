"""What somebody once said that a heading of other people's files means. Reads only."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ahtc_tui.domain.keys import RowKey

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor


class ColumnMapping(NamedTuple):
    """The record of one heading."""

    key: RowKey
    removed: bool


def learnt(cursor: Cursor) -> dict[str, str]:
    """Every heading with the field that it means."""
    return dict(cursor.execute("SELECT heading, field FROM learnt_columns WHERE NOT deleted").fetchall())


def find_mapping(cursor: Cursor, heading: str) -> ColumnMapping | None:
    """The record of a heading, also where it was taken back; None where there never was one."""
    row = cursor.execute("SELECT id, deleted FROM learnt_columns WHERE heading = ?", (heading,)).fetchone()
    return ColumnMapping(row[0], bool(row[1])) if row else None
