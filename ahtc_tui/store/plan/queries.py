"""Reads the plan: aims, objectives, counts of their actions, the timeline, and what a back-plan would repeat."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from ahtc_tui.domain.actions.model import Status
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.plan.model import RATING_KEYS, UNRATED_KEY, AimRow, Basis, ObjectiveCard, ObjectiveRow, PlanView
from ahtc_tui.domain.plan.timeline import TimelineRow
from ahtc_tui.store.actions.state_sql import LEFT_BEHIND, NEVER_LATE
from ahtc_tui.store.evidence.queries import build_word_test
from ahtc_tui.store.plan.versions_and_milestones import read_milestones, read_versions
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.fields import read_field
from ahtc_tui.store.records.rows import select_mapping, select_rows, select_value

STATUSES = tuple(status.value for status in Status)

TIMELINE = """SELECT a.ref, a.title, a.title_cy, o.number AS objective,
 coalesce(a.started_on, a.raised_on) AS start, a.due AS "end", a.status, a.brag, a.review_on
 FROM actions a LEFT JOIN objectives o ON o.id = a.objective WHERE a.is_open = 1
 ORDER BY o.number IS NULL, o.number, a.due_day, a.ref_key"""

STATE = f"objective, status, coalesce(brag, '{UNRATED_KEY}') AS letter, count(*) AS number"
COUNTS = f"""SELECT {STATE}, CASE WHEN status IN ({NEVER_LATE}) THEN 0 ELSE coalesce(sum(due < :today), 0) END AS late
 FROM actions WHERE NOT deleted GROUP BY objective, deleted, status, brag"""
"""Columns of `StateCount`, in the order of their index."""
LEFT_BEHIND_COUNTS = f"""SELECT {STATE}, 0 AS late FROM actions a
 WHERE NOT deleted AND {LEFT_BEHIND.format(day=":today")} GROUP BY objective, status, brag"""

Counts = dict[tuple[str, str], list[int]]
"""Number of actions and number of late actions, by status and rating."""


def read_view(cursor: Cursor, today: date, words: str = "") -> PlanView:
    """Return the plan on one page; `words` filter the objectives but not the totals."""
    counts = _count_actions(cursor, today)
    totals: Counts = {}
    for of_objective in counts.values():
        for state, (number, late) in of_objective.items():
            total = totals.setdefault(state, [0, 0])
            total[0] += number
            total[1] += late
    plans = read_versions(cursor)
    return PlanView(
        read_aims(cursor),
        tuple(_read_objectives(cursor, counts, words)),
        *_sum_counts(totals),
        plans[0] if plans else None,
    )


class StateCount(NamedTuple):
    """Number of actions of an objective in a state."""

    objective: RowKey | None
    status: str
    letter: str
    number: int
    late: int


class StoredObjective(NamedTuple):
    """Objective without the counts of its actions."""

    key: RowKey
    ref: str
    number: int
    title: str
    basis: Basis
    source: str | None
    title_cy: str | None


class ObjectiveAction(NamedTuple):
    """An action as the card of its objective lists it."""

    ref: str
    title: str
    status: str
    title_cy: str | None


def read_aims(cursor: Cursor) -> tuple[AimRow, ...]:
    """Return every aim, in order of entry."""
    return tuple(
        select_rows(cursor, AimRow, "SELECT ref, text, source, text_cy FROM aims WHERE NOT deleted ORDER BY n")
    )


def read_aim_links(cursor: Cursor, objective: RowKey) -> dict[RowKey, RowKey]:
    """Return the keys of links by aim, for the aims of an objective."""
    query = "SELECT aim AS key, id AS value FROM objective_aims WHERE objective = ? AND NOT deleted"
    return select_mapping(cursor, query, (objective,))


def is_number_taken(cursor: Cursor, number: int, excluded: RowKey | None) -> bool:
    """Return whether another objective has this number."""
    query = "SELECT 1 FROM objectives WHERE number = ? AND NOT deleted AND id IS NOT ?"
    return cursor.execute(query, (number, excluded)).fetchone() is not None


def find_next_number(cursor: Cursor) -> int:
    """Return the number after the highest objective number."""
    number: int = cursor.execute("SELECT coalesce(max(number), 0) + 1 FROM objectives WHERE NOT deleted").fetchone()[0]
    return number


def _count_actions(cursor: Cursor, today: date) -> dict[RowKey | None, Counts]:
    """Return the counts of the actions of the open plan by objective: all, less those left behind, which are not late.

    Both are counted in indexes alone; a test of each action would read every one of them.
    """
    parameters = {"today": today.isoformat()}
    counts: dict[RowKey | None, Counts] = {}
    for row in select_rows(cursor, StateCount, COUNTS, parameters):
        counts.setdefault(row.objective, {})[row.status, row.letter] = [row.number, row.late]
    for row in select_rows(cursor, StateCount, LEFT_BEHIND_COUNTS, parameters):
        counts[row.objective][row.status, row.letter][0] -= row.number
    return counts


def _sum_counts(counts: Counts) -> tuple[int, tuple[tuple[str, int], ...], tuple[tuple[str, int], ...], int]:
    """Return total, counts by status, counts by rating, and the number of late actions."""
    by_status = dict.fromkeys(STATUSES, 0)
    by_brag = dict.fromkeys(RATING_KEYS, 0)
    for (status, letter), (number, _late) in counts.items():
        by_status[status] += number
        by_brag[letter] += number
    late = sum(late for _number, late in counts.values())
    return sum(by_status.values()), tuple(by_status.items()), tuple(by_brag.items()), late


def _read_objectives(cursor: Cursor, counts: dict[RowKey | None, Counts], words: str = "") -> list[ObjectiveRow]:
    test, parameters = build_word_test("objective", words)
    query = f"""SELECT r.id AS key, r.ref, r.number, r.title, r.basis, r.source, r.title_cy FROM objectives r
 WHERE NOT r.deleted{test} ORDER BY r.number, r.n"""
    objectives = select_rows(cursor, StoredObjective, query, parameters)
    return [_build_objective(objective, counts.get(objective.key, {})) for objective in objectives]


def _build_objective(objective: StoredObjective, counts: Counts) -> ObjectiveRow:
    total, by_status, by_brag, late = _sum_counts(counts)
    return ObjectiveRow(**objective._asdict(), total=total, by_status=by_status, by_brag=by_brag, late=late)


def read_card(cursor: Cursor, key: RowKey, today: date) -> ObjectiveCard:
    """Return everything about one objective."""
    row = next(row for row in _read_objectives(cursor, _count_actions(cursor, today)) if row.key == key)
    query = """SELECT a.ref, a.text, a.source, a.text_cy FROM objective_aims l JOIN aims a ON a.id = l.aim
 WHERE l.objective = ? AND NOT l.deleted AND NOT a.deleted ORDER BY l.n"""
    aims = select_rows(cursor, AimRow, query, (key,))
    actions = select_rows(
        cursor,
        ObjectiveAction,
        "SELECT ref, title, status, title_cy FROM actions a WHERE objective = :key AND NOT deleted"
        f" AND NOT {LEFT_BEHIND.format(day=':today')} ORDER BY ref_key",
        {"key": key, "today": today.isoformat()},
    )
    return ObjectiveCard(
        row=row,
        aims=tuple(aim.text for aim in aims),
        actions=tuple((action.ref, action.title, action.status) for action in actions),
        milestones=read_milestones(cursor, " AND m.objective = ?", key),
        note=read_field(cursor, "objectives", key, "note"),
        aim_refs=tuple(aim.ref for aim in aims),
        welsh={aim.text: aim.text_cy for aim in aims if aim.text_cy}
        | {action.title: action.title_cy for action in actions if action.title_cy},
    )


def read_timeline(cursor: Cursor) -> tuple[TimelineRow, ...]:
    """Return the open milestones and open actions of each objective, milestones first."""
    rows = select_rows(cursor, TimelineRow, TIMELINE)
    milestones = [
        TimelineRow(row.ref, row.title, row.objective, None, row.due, None, None, title_cy=row.title_cy)
        for row in read_milestones(cursor, " AND m.met_on IS NULL")
    ]
    if not milestones:
        return tuple(rows)
    return tuple(sorted((*milestones, *rows), key=lambda row: (row.objective is None, row.objective or 0)))


def read_open_titles(cursor: Cursor) -> dict[str, str]:
    """Return the references of open actions by title."""
    query = "SELECT title AS key, ref AS value FROM actions WHERE is_open = 1 ORDER BY n DESC"
    return select_mapping(cursor, query)


def find_event(cursor: Cursor, group: RowKey, title: str, day: date) -> str | None:
    """Return the reference of the event of a group with this title on this day; None where there is none."""
    query = """SELECT ref FROM meetings WHERE "group" = ? AND title = ? AND substr(day, 1, 10) = ? AND NOT deleted
 AND state <> 'cancelled'"""
    return select_value(cursor, query, (group, title, day.isoformat()))
