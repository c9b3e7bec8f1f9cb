"""Reads what happened to actions between two days, from the dates of records and from the journal."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from ahtc_tui.domain.actions.model import CLOSED_STATUSES, ActionRow, Marking, find_highest_marking
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
from ahtc_tui.store.actions.queries import select_actions
from ahtc_tui.store.actions.state_sql import NEVER_LATE
from ahtc_tui.store.groups.queries import ACTIONS_OF_GROUPS
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.rows import select_column, select_one, select_row, select_rows
from ahtc_tui.store.sql_fragments import MEETING_TITLE_CY, SHOWN_TITLE

CLOSED_SQL = ", ".join(f"'{status}'" for status in CLOSED_STATUSES)

IN_SCOPE = (
    f"NOT a.deleted AND (:group IS NULL OR a.id IN (SELECT d.id FROM ({ACTIONS_OF_GROUPS}) d WHERE d.of = :group))"
)
IN_PERIOD = "substr({0}, 1, 10) BETWEEN :first AND :last"
OPEN_THEN = f"""{IN_SCOPE} AND (a.raised_on IS NULL OR substr(a.raised_on, 1, 10) <= :last)
 AND (a.status NOT IN ({CLOSED_SQL}) OR substr(a.closed_on, 1, 10) > :last)"""
"""Open at the end of the period; an action that was closed on an unknown day is not."""

SLIPS = f"""FROM slips s JOIN actions a ON a.id = s.action WHERE NOT s.deleted AND {IN_PERIOD.format("s.slipped_on")}
 AND {IN_SCOPE} ORDER BY s.slipped_on, s.n"""

UPDATES = f"""FROM updates u JOIN actions a ON a.id = u.action
 LEFT JOIN named_parties p ON p.id = u.said_by WHERE NOT u.deleted AND {IN_PERIOD.format("u.said_on")} AND {IN_SCOPE}
 ORDER BY a.ref_key, u.said_on, u.n"""

SILENT = f"""SELECT p.name AS lead, p.ref AS lead_ref, group_concat(a.ref, char(10) ORDER BY a.ref_key) AS actions
 FROM actions a LEFT JOIN named_parties p ON p.id = a.lead WHERE {OPEN_THEN}
 AND NOT EXISTS (SELECT 1 FROM updates u WHERE u.action = a.id AND NOT u.deleted AND {IN_PERIOD.format("u.said_on")})
 GROUP BY p.name, p.ref ORDER BY p.name IS NULL, sort_key(p.name), p.ref"""

COUNTS = f"""SELECT count(*) FILTER (WHERE {OPEN_THEN}) AS open,
 count(*) FILTER (WHERE {OPEN_THEN} AND a.due_day < :last AND a.status NOT IN ({NEVER_LATE})) AS late,
 count(*) FILTER (WHERE a.raised_on IS NULL) AS raised_on_no_day,
 count(*) FILTER (WHERE a.status IN ({CLOSED_SQL}) AND a.closed_on IS NULL) AS closed_on_no_day
 FROM actions a WHERE {IN_SCOPE}"""

LAST_HELD = f"""SELECT day, ref AS meeting, title, {MEETING_TITLE_CY.format("m")} AS title_cy FROM meetings m
 WHERE "group" = :group AND NOT deleted
 AND kind = 'meeting' AND recurrence IS NULL AND day IS NOT NULL
 AND ((state = 'held' AND substr(day, 1, 10) <= :last) OR (state <> 'cancelled' AND substr(day, 1, 10) < :last))
 ORDER BY substr(day, 1, 10) DESC, n DESC LIMIT 1"""


class WrittenValue(NamedTuple):
    """Value of a field in the journal, with the other changes of its transaction."""

    key: RowKey
    value: str | None
    seq: int
    wall_ms: int
    updates: int
    """Number of updates added in the transaction."""
    closed_on: str | None
    """Closing day written in the transaction, as JSON."""
    transaction: RowKey


WRITTEN_VALUES = """SELECT c.row_id AS key, c.value, c.seq, c.wall_ms, (SELECT count(*) FROM change o WHERE
 o."transaction" = c."transaction" AND o."table" = 'updates' AND o.field = '_row') AS updates,
 (SELECT k.value FROM change k WHERE k."transaction" = c."transaction" AND k."table" = 'actions'
  AND k.row_id = c.row_id AND k.field = 'closed_on') AS closed_on, c."transaction"
 FROM change c WHERE c."table" = 'actions' AND c.field = :field ORDER BY c.seq, c.wall_ms, c.id"""
UPDATES_OF_TRANSACTION = """SELECT u.said_on, u.brag, u.deleted FROM change o JOIN updates u ON u.id = o.row_id
 WHERE o."transaction" = ? AND o."table" = 'updates' AND o.field = '_row' AND u.action = ?"""


class TransactionUpdate(NamedTuple):
    """Update of an action in a transaction."""

    said_on: date
    brag: str | None
    deleted: bool


class RatedUpdate(NamedTuple):
    """Update with a rating, and its place in the journal."""

    action: RowKey
    said_on: date
    brag: str
    n: int
    seq: int


RATED_IN_UPDATES = """SELECT u.action, u.said_on, u.brag, u.n, coalesce((SELECT max(c.seq) FROM change c
 WHERE c."table" = 'updates' AND c.row_id = u.id AND c.field = '_row'), 0) AS seq
 FROM updates u WHERE u.brag IS NOT NULL AND NOT u.deleted"""
INITIAL_VALUES = """SELECT value FROM change WHERE "table" = 'actions' AND row_id = ? AND field = '_row' LIMIT 1"""
ACTION = f"SELECT a.ref, a.title, a.title_cy, a.marking FROM actions a WHERE a.id = :key AND {IN_SCOPE}"

ReadingPlace = tuple[date, int, int]
"""Day of a reading; transaction sequence and change number order the readings of a day."""


class MarkedAction(NamedTuple):
    """Reference, title in both languages and marking of an action."""

    ref: str
    title: str
    title_cy: str | None
    marking: Marking


def find_last_held(cursor: Cursor, group: RowKey, last: date) -> PeriodStart | None:
    """Return the last meeting of a group that was held by a day, or is dated before it; None where there was none."""
    return select_row(cursor, PeriodStart, LAST_HELD, {"group": group, "last": last.isoformat()})


def read_changes_since(
    cursor: Cursor, began: PeriodStart, last: date, today: date, group: tuple[RowKey, str] | None
) -> PlanChanges:
    """Return everything that happened between two days, to the actions of one group or of all."""
    group_key, group_name = group or (None, None)
    days = {"first": began.day.isoformat(), "last": last.isoformat(), "today": last.isoformat()}
    values: dict[str, Any] = {**days, "group": group_key}
    added, closed = _read_actions(cursor, "a.raised_on", values), _read_actions(cursor, "a.closed_on", values)
    slip_columns = 'a.ref, a.title, a.title_cy, s.slipped_on AS "on", s.from_due, s.to_due, s.reason'
    update_columns = f'a.ref, {SHOWN_TITLE.format("a")} AS title, u.said_on AS "on", u.text, p.name AS "by"'
    brag, confidence = (_read_moves(cursor, field, values, began.day, last, today) for field in ("brag", "confidence"))
    markings = [row.marking for row in (*added, *closed)] + [marking for _move, marking in (*brag, *confidence)]
    for rows in (SLIPS, UPDATES):
        markings += map(Marking, select_column(cursor, f"SELECT a.marking {rows}", values))
    return select_one(
        cursor,
        PlanChanges,
        COUNTS,
        values,
        first=began.day,
        last=last,
        meeting=began.meeting,
        meeting_title=began.title,
        meeting_title_cy=began.title_cy,
        group=group_name,
        added=added,
        closed=closed,
        slipped=tuple(select_rows(cursor, SlippedDate, f"SELECT {slip_columns} {SLIPS}", values)),
        brag=tuple(move for move, _marking in brag),
        confidence=tuple(move for move, _marking in confidence),
        updates=tuple(select_rows(cursor, ProgressEntry, f"SELECT {update_columns} {UPDATES}", values)),
        no_update=tuple(select_rows(cursor, SilentLead, SILENT, values)),
        marking=find_highest_marking(Marking.OFFICIAL, markings),
    )


def _read_actions(cursor: Cursor, column: str, parameters: dict[str, Any]) -> tuple[ActionRow, ...]:
    closed_test = f" AND a.status IN ({CLOSED_SQL})" if column == "a.closed_on" else ""
    condition = f"{IN_PERIOD.format(column)}{closed_test} AND {IN_SCOPE} ORDER BY a.ref_key"
    return tuple(select_actions(cursor, condition, parameters))


def _read_moves(
    cursor: Cursor, field: str, parameters: dict[str, Any], first: date, last: date, today: date
) -> list[tuple[RatingMove, Marking]]:
    """Return the actions with a changed rating or confidence, by reference."""
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
        action = select_row(cursor, MarkedAction, ACTION, {**parameters, "key": key}) if steps else None
        if action:
            move = RatingMove(action.ref, action.title, action.title_cy, before, steps)
            moved.append((move, action.marking))
    return sorted(moved, key=lambda pair: pair[0].ref)


def _read_readings(cursor: Cursor, field: str, today: date) -> dict[RowKey, dict[ReadingPlace, str | None]]:
    """Return every dated reading of a field: with an update, or by itself."""
    readings: dict[RowKey, dict[ReadingPlace, str | None]] = defaultdict(dict)
    if field == "brag":
        for update in select_rows(cursor, RatedUpdate, RATED_IN_UPDATES):
            readings[update.action][update.said_on, update.seq, update.n] = update.brag
    for number, written in enumerate(select_rows(cursor, WrittenValue, WRITTEN_VALUES, {"field": field})):
        day = _find_day(cursor, written, field, today)
        if day is not None:
            readings[written.key][day, written.seq, number] = json.loads(written.value) if written.value else None
    return readings


def _find_day(cursor: Cursor, written: WrittenValue, field: str, today: date) -> date | None:
    """Return the day of the update that was added with a value, else the day of writing; None for an undated value."""
    if written.updates:
        keys = (written.transaction, written.key)
        updates = select_rows(cursor, TransactionUpdate, UPDATES_OF_TRANSACTION, keys)
        if updates:
            return _find_update_day(updates, field)
    return _find_written_day(written.wall_ms, written.closed_on, today)


def _find_update_day(updates: Iterable[TransactionUpdate], field: str) -> date | None:
    """Return the day of the update in whose transaction a value was written; None where the update has the value.

    Also None where all those updates were removed.
    """
    current = [update for update in updates if not update.deleted]
    if not current or (field == "brag" and any(update.brag for update in current)):
        return None
    return max(update.said_on for update in current)


def _find_written_day(wall_ms: int, closed_on: str | None, today: date) -> date:
    """Return the closing day written in the same transaction, else the day of writing, but never a future day."""
    closed = json.loads(closed_on) if closed_on else None
    if closed:
        return min(date.fromisoformat(closed[:10]), today)
    return min(datetime.fromtimestamp(wall_ms / 1000).astimezone().date(), today)
