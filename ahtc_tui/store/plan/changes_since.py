"""Reads what happened to actions between two days, from the dates of records and from the journal."""

from __future__ import annotations

from datetime import date
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
from ahtc_tui.store.actions.rating_history import read_initial_value, read_readings
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


ACTION = f"SELECT a.ref, a.title, a.title_cy, a.marking FROM actions a WHERE a.id = :key AND {IN_SCOPE}"


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
    for key, placed_readings in read_readings(cursor, field, today).items():
        if not any(first <= day <= last for day, _seq, _n in placed_readings):
            continue
        readings = [
            RatingReading(date.min, read_initial_value(cursor, key, field)),
            *(RatingReading(place[0], value) for place, value in sorted(placed_readings.items())),
        ]
        before, steps = find_moves(readings, first, last)
        action = select_row(cursor, MarkedAction, ACTION, {**parameters, "key": key}) if steps else None
        if action:
            move = RatingMove(action.ref, action.title, action.title_cy, before, steps)
            moved.append((move, action.marking))
    return sorted(moved, key=lambda pair: pair[0].ref)
