"""What a brief for a group is made of beside its card: its last minutes, and the figures of its area. Reads only."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ahtc_tui.domain.dates.date_as_known import read_stored_date
from ahtc_tui.domain.groups.model import LastMinutes
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.evidence.queries import read_figures

if TYPE_CHECKING:
    from ahtc_tui.domain.dates.date_as_known import DateAsKnown
    from ahtc_tui.domain.evidence.model import FigureRow
    from ahtc_tui.store.records.cursor import Cursor

LAST_MEETING = """SELECT m.id, m.ref, m.title, m.day FROM meetings m WHERE m."group" = :key AND NOT m.deleted
 AND m.state <> 'cancelled' AND substr(m.day, 1, 10) <= :today AND (m.kind = 'meeting' OR EXISTS
 (SELECT 1 FROM minute_lines l WHERE l.meeting = m.id AND NOT l.deleted))
 ORDER BY substr(m.day, 1, 10) DESC, m.n DESC LIMIT 1"""

LINES = """SELECT l.kind, l.text, a.ref FROM minute_lines l LEFT JOIN actions a ON a.id = l.action
 LEFT JOIN agenda_items i ON i.id = l.item WHERE l.meeting = ? AND NOT l.deleted ORDER BY i.position, l.position, l.n"""

LOOSE_DECISIONS = """SELECT text FROM decisions WHERE meeting = ? AND line IS NULL AND NOT deleted ORDER BY n"""


def read_last_minutes(cursor: Cursor, group: RowKey, today: date) -> LastMinutes | None:
    """The last meeting of a group with the lines of its minutes; None where it has not met yet."""
    row = cursor.execute(LAST_MEETING, {"key": group, "today": today.isoformat()}).fetchone()
    if row is None:
        return None
    key, ref, title, day = row
    lines = [(kind, text, action) for kind, text, action in cursor.execute(LINES, (key,))]
    lines += [("decision", text, None) for (text,) in cursor.execute(LOOSE_DECISIONS, (key,))]
    return LastMinutes(ref, title, read_stored_date(day), tuple(lines))


def read_area_figures(cursor: Cursor, area: str | None, limit: int) -> list[FigureRow]:
    """The newest figure of each title for Wales and for the area of a group, as each of its sources has it."""
    rows = [
        row for row in read_figures(cursor) if row.area in ("Wales", area) and not row.part_of and not row.superseded
    ]
    newest: dict[tuple[str, str | None, str], DateAsKnown] = {}
    for row in rows:
        newest[row.series_key] = max(row.period, newest.get(row.series_key, row.period))
    return [row for row in rows if row.period == newest[row.series_key]][:limit]
