"""What a calendar must know of an action beside its row: when it last changed, and how often that was news."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ahtc_tui.domain.keys import RowKey

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

CALENDAR_FIELDS = "'title', 'due', 'status', 'closed_on', 'priority', 'lead', 'marking'"
"""The fields of an action whose change is news to whoever has it in a calendar."""


def read_calendar_changes(cursor: Cursor) -> dict[RowKey, tuple[datetime, int]]:
    """Key of an action to the instant of its last change (UTC), updates included, and the steps that were news.

    The journal is never shortened, so neither falls: an undo is a step more. An action that it does not know is absent.
    """
    rows = cursor.execute(
        f'SELECT row_id, max(wall_ms), count(DISTINCT CASE WHEN field IN ({CALENDAR_FIELDS}) THEN "transaction" END)'
        " FROM change WHERE \"table\" = 'actions' GROUP BY row_id"
    )
    changes_by_action = {key: (wall_ms, steps) for key, wall_ms, steps in rows}
    updates = cursor.execute(
        "SELECT u.action, max(c.wall_ms) FROM change c CROSS JOIN updates u ON u.id = c.row_id"
        " WHERE c.\"table\" = 'updates' GROUP BY u.action"
    )
    for key, wall_ms in updates:
        last, steps = changes_by_action.get(key, (0, 0))
        changes_by_action[key] = (max(last, wall_ms), steps)
    return {
        key: (datetime.fromtimestamp(wall_ms / 1000, UTC), steps) for key, (wall_ms, steps) in changes_by_action.items()
    }
