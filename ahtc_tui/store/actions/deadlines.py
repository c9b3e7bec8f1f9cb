"""Reads from the journal when each action last changed, for calendar files (DTSTAMP and SEQUENCE)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.rows import select_mapping, select_rows

CALENDAR_FIELDS = "'title', 'due', 'status', 'closed_on', 'priority', 'lead', 'marking'"
"""Fields of an action that a calendar entry shows: a change of one of them raises its SEQUENCE."""


class ActionChanges(NamedTuple):
    """Last change of an action, in milliseconds since 1970, and number of transactions that changed its entry."""

    action: RowKey
    wall_ms: int
    steps: int


def read_calendar_changes(cursor: Cursor) -> dict[RowKey, tuple[datetime, int]]:
    """Return, by key of action, the time (UTC) of its last change, updates included, and its number of visible changes.

    Both only grow, because the journal is append-only: an undo adds a change. Actions without changes are absent.
    """
    query = f"""SELECT row_id AS action, max(wall_ms) AS wall_ms, count(DISTINCT CASE WHEN field IN ({CALENDAR_FIELDS})
 THEN "transaction" END) AS steps FROM change WHERE "table" = 'actions' GROUP BY row_id"""
    changes = select_rows(cursor, ActionChanges, query)
    steps = {change.action: change.steps for change in changes}
    updates = select_mapping(
        cursor,
        "SELECT u.action AS key, max(c.wall_ms) AS value FROM change c CROSS JOIN updates u ON u.id = c.row_id"
        " WHERE c.\"table\" = 'updates' GROUP BY u.action",
    )
    last_changes = {change.action: max(change.wall_ms, updates.pop(change.action, 0)) for change in changes} | updates
    return {
        key: (datetime.fromtimestamp(wall_ms / 1000, UTC), steps.get(key, 0)) for key, wall_ms in last_changes.items()
    }
