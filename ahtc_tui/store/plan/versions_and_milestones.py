"""Reads versions of the plan with their actions, milestones, and the names of objectives and helpers."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.plan.brag_meanings import Meaning, build_meanings
from ahtc_tui.domain.plan.model import MilestoneRow, PlanEndAction, PlanVersion
from ahtc_tui.store.actions.state_sql import LEFT_BEHIND
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.rows import select_groups, select_mapping, select_rows, select_value
from ahtc_tui.store.sql_fragments import SHOWN_TITLE


class StoredVersion(NamedTuple):
    """Version of the plan as stored."""

    key: RowKey
    ref: str
    title: str
    version: str | None
    agreed_on: DateAsKnown | None
    owner: str | None
    brag_definitions: str | None
    note: str | None
    title_cy: str | None
    from_on: DateAsKnown | None
    to_on: DateAsKnown | None
    closed_on: DateAsKnown | None


VERSIONS = """SELECT p.id AS key, p.ref, p.title, p.version, p.agreed_on, o.name AS owner, p.brag_definitions, p.note,
 p.title_cy, p.from_on, p.to_on, p.closed_on FROM plans p
 LEFT JOIN named_parties o ON o.id = p.owner WHERE NOT p.deleted ORDER BY p.n DESC"""
"""The version entered last comes first; it is in force until it closes."""

END_COLUMNS = "a.id AS key, a.ref, a.title, a.title_cy, o.number AS objective, p.name AS lead"
END_SOURCES = """LEFT JOIN objectives o ON o.id = {0}.objective LEFT JOIN named_parties p ON p.id = a.lead"""
CURRENT_ACTIONS = f"""SELECT {END_COLUMNS}, a.due, a.status, a.brag, a.is_open AS carried FROM actions a
 {END_SOURCES.format("a")} WHERE NOT a.deleted AND NOT {LEFT_BEHIND.format(day=":today")} ORDER BY a.ref_key"""
CLOSED_ACTIONS = f"""SELECT {END_COLUMNS}, x.due, x.status, x.brag, x.carried FROM plan_actions x
 JOIN actions a ON a.id = x.action {END_SOURCES.format("x")} WHERE x.plan = :plan AND NOT x.deleted AND NOT a.deleted
 ORDER BY a.ref_key"""

# A milestone without a date comes last: no stored date sorts after '9999-12-31x'.
MILESTONES = """SELECT m.id AS key, m.ref, m.title, m.due, m.met_on, o.number AS objective, m.note, m.title_cy
 FROM milestones m JOIN objectives o ON o.id = m.objective WHERE NOT m.deleted AND NOT o.deleted{where}
 ORDER BY o.number, coalesce(m.due, '9999-12-31x'), m.n"""

# Names in words have no position of their own: 9e18 puts them after every registered party.
HELPERS = """SELECT action AS key, name AS value FROM (SELECT l.action, p.name, l.n FROM action_parties l
 JOIN named_parties p ON p.id = l.party WHERE NOT l.deleted AND l.role IN ('support', 'partner')
 UNION ALL SELECT id, partner_text, 9e18 FROM actions WHERE partner_text IS NOT NULL AND NOT deleted) ORDER BY n"""


def read_versions(cursor: Cursor) -> list[PlanVersion]:
    """Return every version, the one in force first."""
    return [
        PlanVersion(
            key=plan.key,
            ref=plan.ref,
            title=plan.title,
            version=plan.version,
            agreed_on=plan.agreed_on,
            owner=plan.owner,
            brag=build_meanings(plan.brag_definitions),
            note=plan.note,
            in_force=number == 0 and plan.closed_on is None,
            title_cy=plan.title_cy,
            from_on=plan.from_on,
            to_on=plan.to_on,
            closed_on=plan.closed_on,
        )
        for number, plan in enumerate(select_rows(cursor, StoredVersion, VERSIONS))
    ]


def read_current_actions(cursor: Cursor, today: date) -> list[PlanEndAction]:
    """Return the actions of the version in force; the open ones go on to the next one by default."""
    return select_rows(cursor, PlanEndAction, CURRENT_ACTIONS, {"today": today.isoformat()})


def read_closed_actions(cursor: Cursor, plan: RowKey) -> list[PlanEndAction]:
    """Return the actions of a version as they were when it closed."""
    return select_rows(cursor, PlanEndAction, CLOSED_ACTIONS, {"plan": plan})


def read_brag_meanings(cursor: Cursor) -> tuple[Meaning, ...]:
    """Return the BRAG definitions of the plan in force, or the defaults."""
    plans = read_versions(cursor)
    return plans[0].brag if plans else build_meanings(None)


def find_objective(cursor: Cursor, typed: str) -> RowKey | None:
    """Return the key of the objective with this number or reference; None where there is none."""
    return select_value(
        cursor, "SELECT id FROM objectives WHERE (CAST(number AS TEXT) = ? OR ref = ?) AND NOT deleted", (typed, typed)
    )


def read_objective_titles(cursor: Cursor) -> dict[int, str]:
    """Return the title of each objective by number, in the language of the interface."""
    title = SHOWN_TITLE.format("objectives")
    query = f"SELECT number AS key, {title} AS value FROM objectives WHERE NOT deleted ORDER BY number"
    return select_mapping(cursor, query)


def read_milestone(cursor: Cursor, key: RowKey) -> MilestoneRow:
    """Return the milestone with this key."""
    return read_milestones(cursor, " AND m.id = ?", key)[0]


def read_milestones(cursor: Cursor, condition: str = "", *parameters: Any) -> tuple[MilestoneRow, ...]:
    """Return milestones by objective and date."""
    return tuple(select_rows(cursor, MilestoneRow, MILESTONES.format(where=condition), parameters))


def read_helper_names(cursor: Cursor) -> dict[RowKey, list[str]]:
    """Return the names of supporters and partners by action: registered parties, then names in words."""
    return select_groups(cursor, HELPERS)
