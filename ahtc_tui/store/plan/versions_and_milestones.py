"""Versions of the plan, its milestones and its timeline, out of the database. Reads only."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.actions.model import Brag, Status
from ahtc_tui.domain.dates.date_as_known import read_stored_date
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.plan.brag_meanings import Meaning, build_meanings
from ahtc_tui.domain.plan.model import MilestoneRow, PlanVersion
from ahtc_tui.domain.plan.timeline import TimelineRow

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

STATUSES = {status.value: status for status in Status}
RATINGS = {brag.value: brag for brag in Brag}
"""Looked up and not called: a timeline has thousands of lines."""

VERSIONS = """SELECT p.id, p.ref, p.title, p.version, p.agreed_on, o.name, p.brag_definitions, p.note FROM plans p
 LEFT JOIN parties o ON o.id = p.owner WHERE NOT p.deleted ORDER BY p.n DESC"""
"""The version in force first: the one that was entered last."""

MILESTONES = """SELECT m.id, m.ref, m.title, m.due, m.met_on, o.number, m.note FROM milestones m
 JOIN objectives o ON o.id = m.objective WHERE NOT m.deleted AND NOT o.deleted{where}
 ORDER BY o.number, coalesce(m.due, '9999-12-31x'), m.n"""

HELPERS = """SELECT action, name FROM (SELECT l.action, p.name, l.n FROM action_parties l
 JOIN parties p ON p.id = l.party WHERE NOT l.deleted AND l.role IN ('support', 'partner')
 UNION ALL SELECT id, partner_text, 9e18 FROM actions WHERE partner_text IS NOT NULL AND NOT deleted) ORDER BY n"""

TIMELINE = """SELECT a.ref, a.title, o.number, coalesce(a.started_on, a.raised_on), a.due, a.status, a.brag, a.review_on
 FROM actions a LEFT JOIN objectives o ON o.id = a.objective WHERE a.is_open = 1
 ORDER BY o.number IS NULL, o.number, a.due_day, a.ref_key"""


def read_versions(cursor: Cursor) -> list[PlanVersion]:
    """Every version, the one in force first."""
    rows = cursor.execute(VERSIONS).fetchall()
    return [
        PlanVersion(key, ref, title, version, read_stored_date(agreed), owner, build_meanings(words), note, number == 0)
        for number, (key, ref, title, version, agreed, owner, words, note) in enumerate(rows)
    ]


def read_brag_meanings(cursor: Cursor) -> tuple[Meaning, ...]:
    """What the letters mean in the plan in force, or before there is one."""
    plans = read_versions(cursor)
    return plans[0].brag if plans else build_meanings(None)


def read_action_pattern(cursor: Cursor) -> str:
    """The pattern of references of the plan in force, or of a first plan."""
    row = cursor.execute("SELECT action_pattern FROM plans WHERE NOT deleted ORDER BY n DESC LIMIT 1").fetchone()
    return str(row[0]) if row else "DP-{n:02}"


def find_objective(cursor: Cursor, typed: str) -> RowKey | None:
    """The key of the objective with this number or reference; None where there is none."""
    row = cursor.execute(
        "SELECT id FROM objectives WHERE (CAST(number AS TEXT) = ? OR ref = ?) AND NOT deleted", (typed, typed)
    ).fetchone()
    return row[0] if row else None


def read_objective_titles(cursor: Cursor) -> dict[int, str]:
    """The title of each objective by its number."""
    return dict(cursor.execute("SELECT number, title FROM objectives WHERE NOT deleted ORDER BY number").fetchall())


def read_milestone(cursor: Cursor, key: RowKey) -> MilestoneRow:
    """One milestone."""
    return read_milestones(cursor, " AND m.id = ?", key)[0]


def read_milestones(cursor: Cursor, condition: str = "", *parameters: Any) -> tuple[MilestoneRow, ...]:
    """Milestones by objective and date."""
    return tuple(
        MilestoneRow(key, ref, title, read_stored_date(due), read_stored_date(met), number, note)
        for key, ref, title, due, met, number, note in cursor.execute(
            MILESTONES.format(where=condition), parameters
        ).fetchall()
    )


def read_helper_names(cursor: Cursor) -> dict[RowKey, list[str]]:
    """Who else has a part in each action: those in the register, then those in words."""
    names_by_action: dict[RowKey, list[str]] = {}
    for action, name in cursor.execute(HELPERS):
        names_by_action.setdefault(action, []).append(name)
    return names_by_action


def read_timeline(cursor: Cursor) -> tuple[TimelineRow, ...]:
    """The milestones of an objective that are not yet met, and its open actions behind them."""
    rows = [_build_action_row(line) for line in cursor.execute(TIMELINE)]
    milestone_rows = [
        TimelineRow(milestone.ref, milestone.title, milestone.objective, None, milestone.due, None, None)
        for milestone in read_milestones(cursor, " AND m.met_on IS NULL")
    ]
    if not milestone_rows:
        return tuple(rows)
    return tuple(sorted((*milestone_rows, *rows), key=lambda row: (row.objective is None, row.objective or 0)))


def _build_action_row(row: Any) -> TimelineRow:
    ref, title, number, start, due, status, brag, review = row
    return TimelineRow(
        ref,
        title,
        number,
        date.fromisoformat(start[:10]) if start else None,
        read_stored_date(due),
        STATUSES[status],
        RATINGS[brag] if brag else None,
        read_stored_date(review),
    )
