"""Reads the timeline of the plan."""

from __future__ import annotations

from ahtc_tui.domain.plan.timeline import TimelineRow
from ahtc_tui.store.plan.versions_and_milestones import read_milestones
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.rows import select_rows

TIMELINE = """SELECT a.ref, a.title, o.number AS objective, coalesce(a.started_on, a.raised_on) AS start,
 a.due AS "end", a.status, a.brag, a.review_on
 FROM actions a LEFT JOIN objectives o ON o.id = a.objective WHERE a.is_open = 1
 ORDER BY o.number IS NULL, o.number, a.due_day, a.ref_key"""


def read_timeline(cursor: Cursor) -> tuple[TimelineRow, ...]:
    """Return the open milestones and open actions of each objective, milestones first."""
    rows = select_rows(cursor, TimelineRow, TIMELINE)
    milestones = [
        TimelineRow(milestone.ref, milestone.title, milestone.objective, None, milestone.due, None, None)
        for milestone in read_milestones(cursor, " AND m.met_on IS NULL")
    ]
    if not milestones:
        return tuple(rows)
    return tuple(sorted((*milestones, *rows), key=lambda row: (row.objective is None, row.objective or 0)))
