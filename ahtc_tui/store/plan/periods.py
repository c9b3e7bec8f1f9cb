"""Counts the state of the plan on a past day from the dates of records."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from ahtc_tui.domain.actions.model import CLOSED_STATUSES
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.plan.model import RATING_KEYS, UNRATED_KEY
from ahtc_tui.domain.plan.periods import (
    NOT_SAID,
    ActionCounts,
    BurnMonth,
    PlanCountsRow,
    PlanGrouping,
    PlanOnDay,
    UndatedFacts,
)
from ahtc_tui.store.actions.state_sql import LEFT_BEHIND, NEVER_LATE
from ahtc_tui.store.plan.queries import STATUSES
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.rows import select_mapping, select_one, select_rows
from ahtc_tui.store.sql_fragments import SHOWN_TITLE

CLOSED_SQL = ", ".join(f"'{status}'" for status in CLOSED_STATUSES)

_LAST_VALUE = (
    "(SELECT u.{0} FROM updates u WHERE u.action = a.id AND u.said_on {1} :upto AND u.{0} IS NOT NULL AND NOT u.deleted"
    " ORDER BY u.said_on DESC, u.n DESC LIMIT 1)"
)
_LATER_VALUE = _LAST_VALUE.replace(" ORDER BY u.said_on DESC, u.n DESC LIMIT 1", "")
_CLOSED_THEN = f"(a.status IN ({CLOSED_SQL}) AND (a.closed_on IS NULL OR a.closed_on < :upto))"
_CLOSED_LATER = f"(a.status IN ({CLOSED_SQL}) AND a.closed_on >= :upto)"

STATUS_THEN = f"""CASE WHEN {_CLOSED_THEN} THEN a.status
 WHEN {_CLOSED_LATER} OR (:statuses AND EXISTS {_LATER_VALUE.format("status", ">=")})
 THEN CASE WHEN :statuses THEN coalesce({_LAST_VALUE.format("status", "<")}, '{NOT_SAID}') ELSE '{NOT_SAID}' END
 ELSE a.status END"""
"""Status on the day: closed by then, else the last status set by an update by then, else the current one."""

BRAG_THEN = f"""CASE WHEN NOT {_CLOSED_THEN} AND ({_CLOSED_LATER} OR EXISTS {_LATER_VALUE.format("brag", ">=")})
 THEN {_LAST_VALUE.format("brag", "<")} ELSE a.brag END"""
"""Rating on the day, by the same rule."""

DUE_THEN = """CASE WHEN :slips THEN coalesce((SELECT s.from_due FROM slips s WHERE s.action = a.id
 AND s.slipped_on >= :upto AND NOT s.deleted ORDER BY s.slipped_on, s.n LIMIT 1), a.due) ELSE a.due END"""
"""Due date before the first later slip."""

_BY_MONTH = "SELECT substr({0}, 1, 7) AS key, count(*) AS value FROM actions WHERE {1} GROUP BY 1"


class StateCount(NamedTuple):
    """Number of actions of an objective, lead or group in a state."""

    group_key: RowKey | None
    status: str
    letter: str
    number: int
    late: int


PLAN_STATE = f"""WITH past AS MATERIALIZED (SELECT {{group_key}} AS group_key, {STATUS_THEN} AS status,
 {BRAG_THEN} AS brag,
 {DUE_THEN} AS due FROM actions a WHERE NOT a.deleted AND (a.raised_on IS NULL OR a.raised_on < :upto)
 AND NOT {LEFT_BEHIND.format(day=":day")})
 SELECT group_key, status, coalesce(brag, '{UNRATED_KEY}') AS letter, count(*) AS number,
 coalesce(sum(due < :day AND status NOT IN ({NEVER_LATE})), 0) AS late
 FROM past GROUP BY 1, 2, 3"""
"""Materialized, because SQLite would otherwise evaluate each status twice."""

GROUP_COLUMNS = {PlanGrouping.OBJECTIVE: "a.objective", PlanGrouping.LEAD: "a.lead", PlanGrouping.GROUP: 'a."group"'}


class NamedGroup(NamedTuple):
    """Objective, lead or group of actions."""

    key: RowKey
    ref: str
    name: str


NAMES = {
    PlanGrouping.OBJECTIVE: f"SELECT id AS key, ref, number || '. ' || {SHOWN_TITLE.format('objectives')} AS name"
    " FROM objectives WHERE NOT deleted ORDER BY number, n",
    PlanGrouping.LEAD: "SELECT id AS key, ref, name FROM named_parties ORDER BY sort_key(name), ref",
    PlanGrouping.GROUP: "SELECT id AS key, ref, name FROM named_parties WHERE kind = 'group'"
    " ORDER BY sort_key(name), ref",
}

StateCounts = dict[tuple[str, str], tuple[int, int]]
"""Number of actions and number of late actions, by status and rating."""


class KnownFacts(NamedTuple):
    """Whether any update has a status, and whether there are slips."""

    statuses: bool
    slips: bool


def read_plan_state(cursor: Cursor, day: date, by: PlanGrouping | None = None) -> PlanOnDay:
    """Return the plan at the end of a day, in total and by objective, lead or group."""
    query = PLAN_STATE.format(group_key=GROUP_COLUMNS[by] if by else "NULL")
    counts: dict[RowKey | None, StateCounts] = {}
    totals: StateCounts = {}
    for row in select_rows(cursor, StateCount, query, _build_parameters(cursor, day)):
        counts.setdefault(row.group_key, {})[row.status, row.letter] = row.number, row.late
        number, late = totals.get((row.status, row.letter), (0, 0))
        totals[row.status, row.letter] = number + row.number, late + row.late
    return PlanOnDay(day, _build_counts(totals), tuple(_build_rows(cursor, by, counts)) if by else ())


def _build_parameters(cursor: Cursor, day: date) -> dict[str, object]:
    """Return the parameters: the day, and whether statuses and slips exist, to skip their subqueries otherwise."""
    query = """SELECT EXISTS (SELECT 1 FROM updates WHERE status IS NOT NULL) AS statuses, EXISTS (SELECT 1
 FROM slips) AS slips"""
    facts = select_one(cursor, KnownFacts, query)
    return {"day": day.isoformat(), "upto": f"{day.isoformat()}!", **facts._asdict()}


def _build_rows(cursor: Cursor, by: PlanGrouping, counts: dict[RowKey | None, StateCounts]) -> list[PlanCountsRow]:
    rows = [
        PlanCountsRow(by, group.ref, group.name, _build_counts(counts.get(group.key, {})))
        for group in select_rows(cursor, NamedGroup, NAMES[by])
        if group.key in counts or by is PlanGrouping.OBJECTIVE
    ]
    if None in counts:
        rows.append(PlanCountsRow(by, None, by.empty_label, _build_counts(counts[None])))
    return rows


def _build_counts(counts: StateCounts) -> ActionCounts:
    by_status = dict.fromkeys((*STATUSES, NOT_SAID), 0)
    by_brag = dict.fromkeys(RATING_KEYS, 0)
    for (status, letter), (number, _late) in counts.items():
        by_status[status] += number
        by_brag[letter] += number
    total = sum(by_status.values())
    still_open = total - sum(by_status[status] for status in CLOSED_STATUSES)
    late = sum(late for _number, late in counts.values())
    return ActionCounts(total, still_open, late, tuple(by_status.items()), tuple(by_brag.items()))


def count_undated(cursor: Cursor) -> UndatedFacts:
    """Return the number of facts without a day."""
    query = f"""SELECT count(*) FILTER (WHERE raised_on IS NULL) AS raised, count(*) FILTER
 (WHERE status IN ({CLOSED_SQL}) AND closed_on IS NULL) AS closed, count(*) FILTER (WHERE brag IS NOT NULL
 AND status NOT IN ({CLOSED_SQL}) AND NOT EXISTS (SELECT 1 FROM updates u WHERE u.action = a.id
 AND u.brag IS NOT NULL AND NOT u.deleted)) AS rated FROM actions a WHERE NOT deleted"""
    return select_one(cursor, UndatedFacts, query)


def read_burn_down(cursor: Cursor, today: date, months: int) -> list[BurnMonth]:
    """Return raised, closed and open actions by month, without gaps from the first one to the month of today."""
    raised = select_mapping(cursor, _BY_MONTH.format("raised_on", "NOT deleted"))
    closed = select_mapping(cursor, _BY_MONTH.format("closed_on", f"NOT deleted AND status IN ({CLOSED_SQL})"))
    still_open = raised.pop(None, 0) - closed.pop(None, 0)
    burn_months: list[BurnMonth] = []
    for month in _list_months(min({*raised, *closed}, default=""), today.isoformat()[:7]):
        still_open += raised.get(month, 0) - closed.get(month, 0)
        burn_months.append(BurnMonth(month, raised.get(month, 0), closed.get(month, 0), still_open))
    return burn_months[-months:]


def _list_months(first: str, last: str) -> list[str]:
    """Return the months between two, such as "2013-03"; none where there is no first one."""
    if not first:
        return []
    year, month = int(first[:4]), int(first[5:])
    months = []
    while (name := f"{year:04}-{month:02}") <= last:
        months.append(name)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return months
