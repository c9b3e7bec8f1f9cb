"""Reads of the Delivery Plan: the page of all objectives, one objective, aims, versions, milestones, timeline."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ahtc_tui.domain.dates.quarters import list_quarter_ends
from ahtc_tui.domain.errors import BadInput, NotFound
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.plan.model import AimRow, MilestoneRow, ObjectiveCard, PlanVersion, PlanView
from ahtc_tui.domain.plan.periods import BurnDown, PlanComparison, PlanGrouping, PlanOnDay, PlanTrend, compare_days
from ahtc_tui.domain.plan.timeline import Timeline
from ahtc_tui.services import record_lookup
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.plan import periods as stored
from ahtc_tui.store.plan import queries, versions_and_milestones
from ahtc_tui.store.records.cursor import Cursor


def show_plan(workspace: Workspace, words: str = "") -> PlanView:
    """Return aims and objectives with counts of actions; `words` filters the objectives but not the totals."""
    with workspace.database.read() as cursor:
        return queries.read_view(cursor, workspace.today(), words)


def show_objective(workspace: Workspace, number: str) -> ObjectiveCard:
    """Return all details of one objective, by number or reference. Raises NotFound."""
    with workspace.database.read() as cursor:
        key = record_lookup.find_objective_key(cursor, number)
        if key is None:
            raise NotFound(_('There is no objective "{words}".').format(words=number))
        return queries.read_card(cursor, key, workspace.today())


def list_aims(workspace: Workspace) -> tuple[AimRow, ...]:
    """Return the aims of the plan."""
    with workspace.database.read() as cursor:
        return queries.read_aims(cursor)


def list_versions(workspace: Workspace) -> list[PlanVersion]:
    """Return all versions of the plan, the one in force first."""
    with workspace.database.read() as cursor:
        return versions_and_milestones.read_versions(cursor)


def list_milestones(workspace: Workspace) -> tuple[MilestoneRow, ...]:
    """Return the milestones of all objectives."""
    with workspace.database.read() as cursor:
        return versions_and_milestones.read_milestones(cursor)


def list_action_helpers(workspace: Workspace) -> dict[RowKey, list[str]]:
    """Return the supporting parties of each action by key."""
    with workspace.database.read() as cursor:
        return versions_and_milestones.read_helper_names(cursor)


def show_timeline(workspace: Workspace) -> Timeline:
    """Return open actions and milestones with the known part of their dates."""
    with workspace.database.read() as cursor:
        return Timeline(
            queries.read_timeline(cursor),
            workspace.today(),
            versions_and_milestones.read_objective_titles(cursor),
        )


QUARTERS = 5
"""Quarters shown by default: one year and the quarter to compare with."""
MONTHS = 18


def show_plan_on(workspace: Workspace, day: date, grouping: PlanGrouping = PlanGrouping.OBJECTIVE) -> PlanOnDay:
    """Return the plan at the end of a day, or as it is today where the day is yet to come."""
    with workspace.database.read() as cursor:
        return _read_state(workspace, cursor, day, grouping)


def _read_state(workspace: Workspace, cursor: Cursor, day: date, grouping: PlanGrouping | None = None) -> PlanOnDay:
    """Return the counts of a day; for a future day or an unfinished quarter, the counts of today."""
    return replace(stored.read_plan_state(cursor, min(day, workspace.today()), grouping), day=day)


def compare_plan(
    workspace: Workspace, first: date, last: date, grouping: PlanGrouping = PlanGrouping.OBJECTIVE
) -> PlanComparison:
    """Return the plan on two days. Raises BadInput if the second is before the first."""
    if last < first:
        raise BadInput(_("{last} comes before {first}. Give the earlier date first.").format(first=first, last=last))
    with workspace.database.read() as cursor:
        before, after = (_read_state(workspace, cursor, day, grouping) for day in (first, last))
        return compare_days(grouping, before, after, stored.count_undated(cursor))


def show_trend(workspace: Workspace, until: date | None = None, quarters: int = QUARTERS) -> PlanTrend:
    """Return the plan at the end of each quarter, up to the quarter of `until` or of today."""
    with workspace.database.read() as cursor:
        ends = list_quarter_ends(until or workspace.today(), quarters)
        states = tuple(_read_state(workspace, cursor, day) for day in ends)
        return PlanTrend(states, stored.count_undated(cursor))


def show_burn_down(workspace: Workspace, months: int = MONTHS) -> BurnDown:
    """Return the open actions at the end of each month, from the first with a new or closed action to this one."""
    with workspace.database.read() as cursor:
        burn_months = stored.read_burn_down(cursor, workspace.today(), months)
        return BurnDown(tuple(burn_months), stored.count_undated(cursor))
