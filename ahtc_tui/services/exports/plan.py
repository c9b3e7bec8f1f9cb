"""Export of the Delivery Plan as a workbook."""

from __future__ import annotations

from pathlib import Path

from ahtc_tui.domain.actions.filters import ActionFilter, ActionScope, Sort
from ahtc_tui.domain.actions.model import Marking, find_highest_marking
from ahtc_tui.domain.export_kinds import check_format
from ahtc_tui.domain.i18n import get_current_language
from ahtc_tui.formats.files.atomic_write import write_file_atomically
from ahtc_tui.services.actions.service import list_actions
from ahtc_tui.services.documents.office_papers import load_welsh_names
from ahtc_tui.services.exports.action_log import ExportResult
from ahtc_tui.services.plan.periods import show_burn_down, show_trend
from ahtc_tui.services.plan.service import list_action_helpers, list_milestones, show_plan, show_timeline
from ahtc_tui.services.workspace import Workspace


def export_plan(
    workspace: Workspace, target: Path, *, marking: Marking = Marking.OFFICIAL, force: bool = False
) -> ExportResult:
    """Write the plan with all its actions. The marking is at least that of each action.

    Raises BadInput for another ending than .xlsx, Refused if the file exists.
    """
    check_format("plan", target)
    from ahtc_tui.formats.xlsx.plan import PlanReport, write_plan

    actions = list_actions(workspace, ActionFilter(which=ActionScope.ALL), Sort.REF)
    marking = find_highest_marking(marking, [row.marking for row in actions])
    report = PlanReport(
        show_plan(workspace),
        marking,
        workspace.today(),
        actions,
        list_milestones(workspace),
        show_trend(workspace),
        show_burn_down(workspace),
        show_timeline(workspace),
        list_action_helpers(workspace),
    )
    names = load_welsh_names(workspace, get_current_language())
    write_file_atomically(target, lambda path: write_plan(path, report, names), force)
    return ExportResult(len(actions), marking)
