"""How the plan stood on a day, out of the days that were written down. Counted by SQL; it never asks what day it is."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ahtc_tui.domain.actions.model import CLOSED_STATUSES, NEVER_LATE_STATUSES
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.plan.model import UNRATED_KEY
from ahtc_tui.domain.plan.periods import (
    NOT_SAID,
    ActionCounts,
    BurnMonth,
    PlanCountsRow,
    PlanGrouping,
    PlanOnDay,
    UndatedFacts,
)
from ahtc_tui.store.plan.queries import LETTERS, STATUSES

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

CLOSED_SQL = ", ".join(f"'{status}'" for status in CLOSED_STATUSES)
NEVER_LATE_SQL = ", ".join(f"'{status}'" for status in NEVER_LATE_STATUSES)

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
"""Closed by its day; else the last status written down by then, if another came later; else what it is."""

BRAG_THEN = f"""CASE WHEN NOT {_CLOSED_THEN} AND ({_CLOSED_LATER} OR EXISTS {_LATER_VALUE.format("brag", ">=")})
 THEN {_LAST_VALUE.format("brag", "<")} ELSE a.brag END"""
"""The same for the rating."""

DUE_THEN = """CASE WHEN :slips THEN coalesce((SELECT s.from_due FROM slips s WHERE s.action = a.id
 AND s.slipped_on >= :upto AND NOT s.deleted ORDER BY s.slipped_on, s.n LIMIT 1), a.due) ELSE a.due END"""
"""The due date before the first slip that came later."""

PLAN_STATE = f"""WITH stood AS MATERIALIZED (SELECT {{who}} AS who, {STATUS_THEN} AS status, {BRAG_THEN} AS brag,
 {DUE_THEN} AS due FROM actions a WHERE NOT a.deleted AND (a.raised_on IS NULL OR a.raised_on < :upto))
 SELECT who, status, coalesce(brag, '{UNRATED_KEY}'), count(*), sum(due < :day AND status NOT IN ({NEVER_LATE_SQL}))
 FROM stood GROUP BY 1, 2, 3"""
"""Materialized, or SQLite asks twice for each status."""

GROUP_COLUMNS = {PlanGrouping.OBJECTIVE: "a.objective", PlanGrouping.LEAD: "a.lead", PlanGrouping.GROUP: 'a."group"'}
NAMES = {
    PlanGrouping.OBJECTIVE: "SELECT id, ref, number || '. ' || title FROM objectives WHERE NOT deleted"
    " ORDER BY number, n",
    PlanGrouping.LEAD: "SELECT id, ref, name FROM parties ORDER BY name, ref",
    PlanGrouping.GROUP: "SELECT id, ref, name FROM parties WHERE kind = 'group' ORDER BY name, ref",
}

StateCounts = dict[tuple[str, str], tuple[int, int]]
"""Status and letter to how many actions, and how many of them were late."""


def read_plan_state(cursor: Cursor, day: date, by: PlanGrouping | None = None) -> PlanOnDay:
    """The plan at the end of a day, whole and by objective, lead or group."""
    rows = cursor.execute(
        PLAN_STATE.format(who=GROUP_COLUMNS[by] if by else "NULL"), _build_parameters(cursor, day)
    ).fetchall()
    counts: dict[RowKey | None, StateCounts] = {}
    totals: StateCounts = {}
    for group_key, status, letter, number, late in rows:
        counts.setdefault(group_key, {})[status, letter] = number, late or 0
        total = totals.get((status, letter), (0, 0))
        totals[status, letter] = total[0] + number, total[1] + (late or 0)
    return PlanOnDay(day, _build_counts(totals), tuple(_build_rows(cursor, by, counts)) if by else ())


def _build_parameters(cursor: Cursor, day: date) -> dict[str, object]:
    """The day; and whether there are statuses and slips at all, so that a plan without them pays for none."""
    statuses, slips = cursor.execute(
        "SELECT EXISTS (SELECT 1 FROM updates WHERE status IS NOT NULL), EXISTS (SELECT 1 FROM slips)"
    ).fetchone()
    return {"day": day.isoformat(), "upto": f"{day.isoformat()}!", "statuses": statuses, "slips": slips}


def _build_rows(cursor: Cursor, by: PlanGrouping, counts: dict[RowKey | None, StateCounts]) -> list[PlanCountsRow]:
    names = cursor.execute(NAMES[by]).fetchall()
    rows = [PlanCountsRow(ref, name, _build_counts(counts[key])) for key, ref, name in names if key in counts]
    if by is PlanGrouping.OBJECTIVE:
        rows = [PlanCountsRow(ref, name, _build_counts(counts.get(key, {}))) for key, ref, name in names]
    return [*rows, *([PlanCountsRow(None, by.empty_label, _build_counts(counts[None]))] if None in counts else [])]


def _build_counts(counts: StateCounts) -> ActionCounts:
    by_status = dict.fromkeys((*STATUSES, NOT_SAID), 0)
    by_brag = dict.fromkeys(LETTERS, 0)
    for (status, letter), (number, _late) in counts.items():
        by_status[status] += number
        by_brag[letter] += number
    total = sum(by_status.values())
    still_open = total - sum(by_status[status] for status in CLOSED_STATUSES)
    late = sum(late for _number, late in counts.values())
    return ActionCounts(total, still_open, late, tuple(by_status.items()), tuple(by_brag.items()))


def count_undated(cursor: Cursor) -> UndatedFacts:
    """How many facts have no day."""
    return UndatedFacts(
        *cursor.execute(
            f"SELECT count(*) FILTER (WHERE raised_on IS NULL), count(*) FILTER (WHERE status IN ({CLOSED_SQL})"
            f" AND closed_on IS NULL), count(*) FILTER (WHERE brag IS NOT NULL AND status NOT IN ({CLOSED_SQL})"
            " AND NOT EXISTS (SELECT 1 FROM updates u WHERE u.action = a.id AND u.brag IS NOT NULL AND NOT u.deleted))"
            " FROM actions a WHERE NOT deleted"
        ).fetchone()
    )


def find_last_fact_day(cursor: Cursor) -> date | None:
    """The latest day on which something was raised, closed, said or moved; None where nothing was."""
    day = cursor.execute(
        "SELECT max(day) FROM (SELECT max(raised_on) AS day FROM actions WHERE NOT deleted UNION ALL"
        " SELECT max(closed_on) FROM actions WHERE NOT deleted AND closed_on < '9999' UNION ALL"
        " SELECT max(said_on) FROM updates WHERE NOT deleted UNION ALL"
        " SELECT max(slipped_on) FROM slips WHERE NOT deleted)"
    ).fetchone()[0]
    return date.fromisoformat(day[:10]) if day else None


def read_burn_down(cursor: Cursor, months: int) -> list[BurnMonth]:
    """Raised, closed and still open by month, without a gap from the first to the last that has a fact."""
    raised = dict(cursor.execute(_BY_MONTH.format("raised_on", "NOT deleted")).fetchall())
    closed = dict(cursor.execute(_BY_MONTH.format("closed_on", f"NOT deleted AND status IN ({CLOSED_SQL})")).fetchall())
    still_open = (raised.pop(None, 0)) - (closed.pop(None, 0))
    burn_months: list[BurnMonth] = []
    for month in _list_months(sorted({*raised, *closed})):
        still_open += raised.get(month, 0) - closed.get(month, 0)
        burn_months.append(BurnMonth(month, raised.get(month, 0), closed.get(month, 0), still_open))
    return burn_months[-months:]


_BY_MONTH = "SELECT substr({0}, 1, 7), count(*) FROM actions WHERE {1} GROUP BY 1"


def _list_months(known_months: list[str]) -> list[str]:
    if not known_months:
        return []
    year, month = int(known_months[0][:4]), int(known_months[0][5:])
    months = []
    while (name := f"{year:04}-{month:02}") <= known_months[-1]:
        months.append(name)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return months
