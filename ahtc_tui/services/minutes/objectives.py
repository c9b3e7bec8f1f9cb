"""Objectives of the actions that a meeting agreed: asked for once, when it closes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ahtc_tui.domain.drafts.actions import ActionDraft
from ahtc_tui.services import record_lookup
from ahtc_tui.services.actions.service import list_actions
from ahtc_tui.services.actions.writer import change_action
from ahtc_tui.store.plan.queries import read_view

if TYPE_CHECKING:
    from ahtc_tui.domain.actions.model import ActionRow
    from ahtc_tui.domain.plan.model import ObjectiveRow
    from ahtc_tui.services.workspace import Workspace


def list_without_objective(workspace: Workspace, ref: str) -> tuple[list[ActionRow], tuple[ObjectiveRow, ...]]:
    """Return the open actions of a meeting without an objective, and the objectives of the plan.

    Both are empty where the plan has no objectives. Raises NotFound.
    """
    from ahtc_tui.domain.actions.filters import ActionFilter

    with workspace.database.read() as cursor:
        meeting = record_lookup.find_meeting_key(cursor, ref)
        objectives = read_view(cursor, workspace.today(), "").objectives
    rows = list_actions(workspace, ActionFilter(meeting=meeting)) if objectives else []
    return [row for row in rows if not row.objective], objectives


def assign_objectives(workspace: Workspace, numbers: Mapping[str, str]) -> None:
    """Give actions their objectives, as number by reference, in one step. Raises NotFound."""
    with workspace.database.write(f"objectives of {', '.join(list(numbers)[:6])}") as ledger:
        for ref, number in numbers.items():
            draft = ActionDraft.model_validate({"objective": number})
            change_action(ledger, record_lookup.find_action(ledger.cursor, ref)[0], draft, workspace.today())
