"""Reads what exists already before a back-plan is created."""

from __future__ import annotations

from datetime import date

from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.rows import select_mapping, select_value


def read_open_titles(cursor: Cursor) -> dict[str, str]:
    """Return the references of open actions by title."""
    query = "SELECT title AS key, ref AS value FROM actions WHERE is_open = 1 ORDER BY n DESC"
    return select_mapping(cursor, query)


def find_event(cursor: Cursor, group: RowKey, title: str, day: date) -> str | None:
    """Return the reference of the event of a group with this title on this day; None where there is none."""
    query = """SELECT ref FROM meetings WHERE "group" = ? AND title = ? AND substr(day, 1, 10) = ? AND NOT deleted
 AND state <> 'cancelled'"""
    return select_value(cursor, query, (group, title, day.isoformat()))
