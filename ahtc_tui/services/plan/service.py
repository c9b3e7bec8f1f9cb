"""Reads of the Delivery Plan: the page of all objectives, one objective, aims, versions, milestones, timeline."""

from __future__ import annotations

from ahtc_tui.domain.errors import NotFound
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.plan.model import AimRow, MilestoneRow, ObjectiveCard, PlanVersion, PlanView
from ahtc_tui.domain.plan.timeline import Timeline
from ahtc_tui.services import record_lookup
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.plan import queries, versions_and_milestones


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
