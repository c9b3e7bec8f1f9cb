"""Stored column mappings: which field a heading of an imported file means."""

from __future__ import annotations

from typing import NamedTuple

from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.rows import select_mapping, select_row


class ColumnMapping(NamedTuple):
    """The mapping of one heading."""

    key: RowKey
    removed: bool


def list_mappings(cursor: Cursor) -> dict[str, str]:
    """Return the field of every heading."""
    return select_mapping(cursor, "SELECT heading AS key, field AS value FROM learnt_columns WHERE NOT deleted")


def find_mapping(cursor: Cursor, heading: str) -> ColumnMapping | None:
    """Return the mapping of a heading, removed or not; None where there never was one."""
    query = "SELECT id AS key, deleted AS removed FROM learnt_columns WHERE heading = ?"
    return select_row(cursor, ColumnMapping, query, (heading,))
