"""What happened to actions between two days, out of the days that were written down and the journal. Reads only."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.actions.model import CLOSED_STATUSES, NEVER_LATE_STATUSES, ActionRow, Marking
from ahtc_tui.domain.dates.date_as_known import read_stored_date
from ahtc_tui.domain.documents.office_paper import raise_marking
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.plan.changes_since import (
    PeriodStart,
    PlanChanges,
    ProgressEntry,
    RatingMove,
    RatingReading,
    SilentLead,
    SlippedDate,
    find_moves,
)
from ahtc_tui.store.actions.queries import COLUMNS, JOINS
from ahtc_tui.store.actions.queries import build_row as action_row
from ahtc_tui.store.groups.queries import ACTIONS_OF_GROUPS

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

CLOSED_SQL = ", ".join(f"'{status}'" for status in CLOSED_STATUSES)
NEVER_LATE_SQL = ", ".join(f"'{status}'" for status in NEVER_LATE_STATUSES)

IN_SCOPE = (
    f"NOT a.deleted AND (:group IS NULL OR a.id IN (SELECT d.id FROM ({ACTIONS_OF_GROUPS}) d WHERE d.of = :group))"
)
IN_PERIOD = "substr({0}, 1, 10) BETWEEN :first AND :last"
OPEN_THEN = f"""{IN_SCOPE} AND (a.raised_on IS NULL OR substr(a.raised_on, 1, 10) <= :last)
 AND (a.status NOT IN ({CLOSED_SQL}) OR substr(a.closed_on, 1, 10) > :last)"""
"""Not closed by the end of the period; what was closed on no known day was."""

SLIPPED = f"""SELECT a.ref, a.title, s.slipped_on, s.from_due, s.to_due, s.reason, a.marking FROM slips s
 JOIN actions a ON a.id = s.action WHERE NOT s.deleted AND {IN_PERIOD.format("s.slipped_on")} AND {IN_SCOPE}
 ORDER BY s.slipped_on, s.n"""
UPDATES = f"""SELECT a.ref, a.title, u.said_on, u.text, p.name, a.marking FROM updates u JOIN actions a ON a.id =
 u.action
 LEFT JOIN parties p ON p.id = u.said_by WHERE NOT u.deleted AND {IN_PERIOD.format("u.said_on")} AND {IN_SCOPE}
 ORDER BY a.ref_key, u.said_on, u.n"""
SILENT = f"""SELECT p.name, p.ref, a.ref FROM actions a LEFT JOIN parties p ON p.id = a.lead WHERE {OPEN_THEN}
 AND NOT EXISTS (SELECT 1 FROM updates u WHERE u.action = a.id AND NOT u.deleted AND {IN_PERIOD.format("u.said_on")})
 ORDER BY p.name IS NULL, p.name, p.ref, a.ref_key"""
COUNTS = f"""SELECT count(*), coalesce(sum(a.due_day < :last AND a.status NOT IN ({NEVER_LATE_SQL})), 0)
 FROM actions a WHERE {OPEN_THEN}"""
UNDATED = f"""SELECT count(*) FILTER (WHERE a.raised_on IS NULL),
 count(*) FILTER (WHERE a.status IN ({CLOSED_SQL}) AND a.closed_on IS NULL) FROM actions a WHERE {IN_SCOPE}"""

LAST_HELD = """SELECT ref, title, day FROM meetings WHERE "group" = :group AND NOT deleted AND kind = 'meeting'
 AND recurrence IS NULL AND day IS NOT NULL
 AND ((state = 'held' AND substr(day, 1, 10) <= :last) OR (state <> 'cancelled' AND substr(day, 1, 10) < :last))
 ORDER BY substr(day, 1, 10) DESC, n DESC LIMIT 1"""

WRITTEN_VALUES = """SELECT c.row_id, c.value, c.seq, c.wall_ms, (SELECT count(*) FROM change o WHERE
 o."transaction" = c."transaction" AND o."table" = 'updates' AND o.field = '_row'),
 (SELECT k.value FROM change k WHERE k."transaction" = c."transaction" AND k."table" = 'actions'
  AND k.row_id = c.row_id AND k.field = 'closed_on'), c."transaction"
 FROM change c WHERE c."table" = 'actions' AND c.field = :field ORDER BY c.seq, c.wall_ms, c.id"""
UPDATES_OF_TRANSACTION = """SELECT u.said_on, u.brag, u.deleted FROM change o JOIN updates u ON u.id = o.row_id
 WHERE o."transaction" = ? AND o."table" = 'updates' AND o.field = '_row' AND u.action = ?"""
RATED_IN_UPDATES = """SELECT u.action, u.said_on, u.brag, u.n, coalesce((SELECT max(c.seq) FROM change c
 WHERE c."table" = 'updates' AND c.row_id = u.id AND c.field = '_row'), 0)
 FROM updates u WHERE u.brag IS NOT NULL AND NOT u.deleted"""
INITIAL_VALUES = """SELECT value FROM change WHERE "table" = 'actions' AND row_id = ? AND field = '_row' LIMIT 1"""
ACTION = f"SELECT a.ref, a.title, a.marking FROM actions a WHERE a.id = :key AND {IN_SCOPE}"

ReadingPlace = tuple[date, int, int]
"""The day of a reading; within the day, which step of the journal, and which line of it."""


def find_last_held(cursor: Cursor, group: RowKey, last: date) -> PeriodStart | None:
    """The last meeting of a group: held by a day, or simply before it; None where there was none."""
    row = cursor.execute(LAST_HELD, {"group": group, "last": last.isoformat()}).fetchone()
    return PeriodStart(_parse_day(row[2]), row[0], row[1]) if row else None


def read_changes_since(
    cursor: Cursor, began: PeriodStart, last: date, today: date, group: tuple[RowKey, str] | None
) -> PlanChanges:
    """Everything that happened from one day to another; to the actions of one group where it is given."""
    parameters = {
        "first": began.day.isoformat(),
        "last": last.isoformat(),
        "today": last.isoformat(),
        "group": group[0] if group else None,
    }
    added, closed = _read_actions(cursor, "a.raised_on", parameters), _read_actions(cursor, "a.closed_on", parameters)
    slipped, updates = cursor.execute(SLIPPED, parameters).fetchall(), cursor.execute(UPDATES, parameters).fetchall()
    brag, confidence = (
        _read_moves(cursor, field, parameters, began.day, last, today) for field in ("brag", "confidence")
    )
    markings = [row.marking for row in (*added, *closed)]
    markings += [Marking(columns[-1]) for columns in (*slipped, *updates)]
    markings += [marking for _move, marking in (*brag, *confidence)]
    still_open, late = cursor.execute(COUNTS, parameters).fetchone()
    raised_on_no_day, closed_on_no_day = cursor.execute(UNDATED, parameters).fetchone()
    return PlanChanges(
        began.day,
        last,
        began.meeting,
        began.title,
        group[1] if group else None,
        added,
        closed,
        tuple(
            SlippedDate(ref, title, _parse_day(day), read_stored_date(was), read_stored_date(now), reason)
            for ref, title, day, was, now, reason, _marking in slipped
        ),
        tuple(move for move, _marking in brag),
        tuple(move for move, _marking in confidence),
        tuple(
            ProgressEntry(ref, title, _parse_day(day), text, author)
            for ref, title, day, text, author, _marking in updates
        ),
        _read_silent_leads(cursor, parameters),
        still_open,
        late,
        raise_marking(Marking.OFFICIAL, markings),
        raised_on_no_day,
        closed_on_no_day,
    )


def _read_actions(cursor: Cursor, column: str, parameters: dict[str, Any]) -> tuple[ActionRow, ...]:
    closed_test = f" AND a.status IN ({CLOSED_SQL})" if column == "a.closed_on" else ""
    rows = cursor.execute(
        f"SELECT {COLUMNS} FROM actions a {JOINS} WHERE {IN_PERIOD.format(column)}{closed_test} AND {IN_SCOPE}"
        " ORDER BY a.ref_key",
        parameters,
    )
    return tuple(action_row(row) for row in rows)


def _read_silent_leads(cursor: Cursor, parameters: dict[str, Any]) -> tuple[SilentLead, ...]:
    by_lead: dict[tuple[str | None, str | None], list[str]] = {}
    for lead, lead_ref, ref in cursor.execute(SILENT, parameters):
        by_lead.setdefault((lead, lead_ref), []).append(ref)
    return tuple(SilentLead(*lead, tuple(refs)) for lead, refs in by_lead.items())


def _read_moves(
    cursor: Cursor, field: str, parameters: dict[str, Any], first: date, last: date, today: date
) -> list[tuple[RatingMove, Marking]]:
    """The actions whose rating or confidence moved, by reference."""
    moved = []
    for key, placed_readings in _read_readings(cursor, field, today).items():
        if not any(first <= day <= last for day, _seq, _n in placed_readings):
            continue
        initial_row = cursor.execute(INITIAL_VALUES, (key,)).fetchone()
        initial = json.loads(initial_row[0]).get(field) if initial_row else None
        readings = [
            RatingReading(date.min, initial),
            *(RatingReading(place[0], value) for place, value in sorted(placed_readings.items())),
        ]
        before, steps = find_moves(readings, first, last)
        action_values = cursor.execute(ACTION, {**parameters, "key": key}).fetchone() if steps else None
        if action_values:
            ref, title, marking = action_values
            moved.append((RatingMove(ref, title, before, steps), Marking(marking)))
    return sorted(moved, key=lambda pair: pair[0].ref)


def _read_readings(cursor: Cursor, field: str, today: date) -> dict[RowKey, dict[ReadingPlace, str | None]]:
    """Every reading of a field that has a day: said with an update, or written alone."""
    readings: dict[RowKey, dict[ReadingPlace, str | None]] = defaultdict(dict)
    if field == "brag":
        for key, said_on, brag, n, seq in cursor.execute(RATED_IN_UPDATES).fetchall():
            readings[key][_parse_day(said_on), seq, n] = brag
    for number, row in enumerate(cursor.execute(WRITTEN_VALUES, {"field": field}).fetchall()):
        key, value, seq, wall_ms, updates, closed_on, step = row
        dated_updates = cursor.execute(UPDATES_OF_TRANSACTION, (step, key)).fetchall() if updates else []
        day = _find_update_day(dated_updates, field) if dated_updates else _find_written_day(wall_ms, closed_on, today)
        if day is not None:
            readings[key][day, seq, number] = json.loads(value) if value else None
    return readings


def _find_update_day(updates: Iterable[tuple[str, str | None, int]], field: str) -> date | None:
    """The day of the update that a value was written with; none where the update says it itself, or was taken back."""
    current = [(said_on, brag) for said_on, brag, deleted in updates if not deleted]
    if not current or (field == "brag" and any(brag for _on, brag in current)):
        return None
    return _parse_day(max(said_on for said_on, _brag in current))


def _find_written_day(wall_ms: int, closed_on: str | None, today: date) -> date:
    """The day of closing where that was written with it, else that of writing: today, where the clock is set back."""
    closed = json.loads(closed_on) if closed_on else None
    day = _parse_day(closed) if closed else datetime.fromtimestamp(wall_ms / 1000).astimezone().date()
    return min(day, today)


def _parse_day(stored: str) -> date:
    return date.fromisoformat(stored[:10])
