"""Reading the Delivery Plan: the page with all objectives, and one objective. It changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ahtc_tui.domain.errors import NotFound
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.plan.timeline import Timeline
from ahtc_tui.services import record_lookup
from ahtc_tui.store.plan import queries as stored
from ahtc_tui.store.plan import versions_and_milestones

if TYPE_CHECKING:
    from ahtc_tui.domain.plan.model import AimRow, MilestoneRow, ObjectiveCard, PlanVersion, PlanView
    from ahtc_tui.services.workspace import Workspace


def plan_view(workspace: Workspace, words: str = "") -> PlanView:
    """Aims, and objectives with counts of their actions; `words` narrow the objectives, never the totals."""
    with workspace.database.read() as cursor:
        return stored.view(cursor, workspace.today(), words)


def objective_card(workspace: Workspace, number: str) -> ObjectiveCard:
    """Everything about one objective, by its number or reference. Raises NotFound."""
    with workspace.database.read() as cursor:
        key = record_lookup.objective(cursor, number)
        if key is None:
            raise NotFound(_('There is no objective "{words}".').format(words=number))
        return stored.card(cursor, key, workspace.today())


def plan_aims(workspace: Workspace) -> tuple[AimRow, ...]:
    """What the plan is for."""
    with workspace.database.read() as cursor:
        return stored.aims(cursor)


def plan_versions(workspace: Workspace) -> list[PlanVersion]:
    """Every version of the plan, the one in force first."""
    with workspace.database.read() as cursor:
        return versions_and_milestones.versions(cursor)


def plan_milestones(workspace: Workspace) -> tuple[MilestoneRow, ...]:
    """The milestones of all objectives."""
    with workspace.database.read() as cursor:
        return versions_and_milestones.milestones(cursor)


def plan_helpers(workspace: Workspace) -> dict[bytes, list[str]]:
    """Who else has a part in each action, by its key."""
    with workspace.database.read() as cursor:
        return versions_and_milestones.helpers(cursor)


def plan_timeline(workspace: Workspace) -> Timeline:
    """What is open, with its dates as far as they are known."""
    with workspace.database.read() as cursor:
        return Timeline(
            versions_and_milestones.timeline(cursor),
            workspace.today(),
            versions_and_milestones.objective_titles(cursor),
        )
