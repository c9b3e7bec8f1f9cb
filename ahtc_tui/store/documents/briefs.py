"""Reads the last minutes of a group and the figures of its area, for briefs."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from ahtc_tui.domain.actions.model import ActionRow, Marking
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.evidence.model import FigureRow
from ahtc_tui.domain.groups.model import LastMinutes
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.actions.queries import select_actions
from ahtc_tui.store.contacts.post_holders import HELPED
from ahtc_tui.store.evidence.queries import read_figures
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.rows import select_column, select_row, select_rows
from ahtc_tui.store.sql_fragments import HAS_MINUTES, MEETING_TITLE_CY, VOTE_COUNTS


class LastMeeting(NamedTuple):
    """The latest meeting of a group that was held."""

    key: RowKey
    ref: str
    title: str
    title_cy: str | None
    day: DateAsKnown | None
    marking: Marking


LAST_MEETING = f"""SELECT m.id AS key, m.ref, m.title, {MEETING_TITLE_CY.format("m")} AS title_cy, m.day, m.marking
 FROM meetings m WHERE m."group" = :key AND NOT m.deleted
 AND m.state <> 'cancelled' AND substr(m.day, 1, 10) <= :today AND (m.kind = 'meeting' OR {HAS_MINUTES.format("m")})
 ORDER BY substr(m.day, 1, 10) DESC, m.n DESC LIMIT 1"""


class MinuteColumns(NamedTuple):
    """Line of minutes, with the reference of its action."""

    kind: str
    text: str
    action: str | None
    text_cy: str | None


LINES = f"""SELECT l.kind, trim(l.text || coalesce(' (' || {VOTE_COUNTS.format("l")} || ')', '')) AS text,
 a.ref AS action,
 trim(l.text_cy || coalesce(' (' || {VOTE_COUNTS.format("l")} || ')', '')) AS text_cy
 FROM minute_lines l LEFT JOIN actions a ON a.id = l.action LEFT JOIN agenda_items i ON i.id = l.item
 WHERE l.meeting = ? AND NOT l.deleted ORDER BY i.position, l.position, l.n"""

LOOSE_DECISIONS = """SELECT 'decision' AS kind, text, NULL AS action, text_cy FROM decisions
 WHERE meeting = ? AND line IS NULL AND NOT deleted ORDER BY n"""


def read_last_minutes(cursor: Cursor, group: RowKey, today: date) -> LastMinutes | None:
    """Return the last meeting of a group with the lines of its minutes; None where it has not met yet."""
    meeting = select_row(cursor, LastMeeting, LAST_MEETING, {"key": group, "today": today.isoformat()})
    if meeting is None:
        return None
    lines = select_rows(cursor, MinuteColumns, LINES, (meeting.key,))
    lines += select_rows(cursor, MinuteColumns, LOOSE_DECISIONS, (meeting.key,))
    return LastMinutes(meeting.ref, meeting.title, meeting.title_cy, meeting.day, tuple(lines), meeting.marking)


def read_area_figures(cursor: Cursor, area: str | None, limit: int) -> list[FigureRow]:
    """Return the newest figure of each series for Wales and for an area, from each of its sources."""
    rows = [
        row
        for row in read_figures(cursor)
        if row.area in ("Wales", area) and row.is_published and not (row.part_of or row.superseded)
    ]
    newest: dict[tuple[str, str | None, str], DateAsKnown] = {}
    for row in rows:
        newest[row.series_key] = max(row.period, newest.get(row.series_key, row.period))
    return [row for row in rows if row.period == newest[row.series_key]][:limit]


def read_led_actions(cursor: Cursor, party: RowKey, today: date) -> list[ActionRow]:
    """Return every action that a party leads or led, by reference."""
    return _read_actions(cursor, "a.lead = :key AND NOT a.deleted", party, today)


def read_helped_actions(cursor: Cursor, party: RowKey, today: date) -> list[ActionRow]:
    """Return the open actions of others that a party supports, by reference."""
    return _read_actions(cursor, f"a.is_open = 1 AND a.lead IS NOT :key AND a.id IN ({HELPED})", party, today)


def read_group_actions(cursor: Cursor, group: RowKey, today: date) -> list[ActionRow]:
    """Return the open actions for a group, led by it or agreed in its meetings, by reference."""
    from ahtc_tui.store.groups.queries import ACTIONS_OF_GROUPS

    condition = f"a.is_open = 1 AND a.id IN (SELECT d.id FROM ({ACTIONS_OF_GROUPS}) d WHERE d.of = :key)"
    return _read_actions(cursor, condition, group, today)


def _read_actions(cursor: Cursor, condition: str, key: RowKey, today: date) -> list[ActionRow]:
    return select_actions(cursor, f"{condition} ORDER BY a.ref_key", {"key": key, "today": today.isoformat()})


def read_invited_meetings(cursor: Cursor, party: RowKey) -> set[str]:
    """Return the references of the meetings that a party is invited to."""
    return set(
        select_column(
            cursor,
            "SELECT m.ref FROM invitations i JOIN meetings m ON m.id = i.meeting WHERE i.party = ? AND NOT i.deleted",
            (party,),
        )
    )
