"""What a back-plan asks the database before it makes anything: what is there already. Reads only."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ahtc_tui.domain.keys import RowKey

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor


def read_open_titles(cursor: Cursor) -> dict[str, str]:
    """Title to reference of every open action."""
    rows = cursor.execute("SELECT title, ref FROM actions WHERE is_open = 1 ORDER BY n DESC")
    return dict(rows.fetchall())


def find_event(cursor: Cursor, group: RowKey, title: str, day: date) -> str | None:
    """The reference of the event of a group with this title on this day."""
    row = cursor.execute(
        'SELECT ref FROM meetings WHERE "group" = ? AND title = ? AND substr(day, 1, 10) = ? AND NOT deleted'
        " AND state <> 'cancelled'",
        (group, title, day.isoformat()),
    ).fetchone()
    return row[0] if row else None
