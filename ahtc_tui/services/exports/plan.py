"""Export of the Delivery Plan as a workbook."""

from __future__ import annotations

from pathlib import Path

from ahtc_tui.domain.actions.filters import ActionFilter, ActionScope, Sort
from ahtc_tui.domain.actions.model import Marking, find_highest_marking
from ahtc_tui.domain.evidence.model import EvidenceExport, group_histories
from ahtc_tui.domain.evidence.small_counts import find_hidden
from ahtc_tui.domain.export_kinds import check_format
from ahtc_tui.domain.i18n import get_current_language
from ahtc_tui.formats.files.atomic_write import write_file_atomically
from ahtc_tui.services.actions.service import list_actions
from ahtc_tui.services.documents.office_papers import load_welsh_names
from ahtc_tui.services.evidence.practice import show_matrix
from ahtc_tui.services.evidence.service import list_data_sets, list_published_figures
from ahtc_tui.services.exports.action_log import ExportResult
from ahtc_tui.services.plan.service import (
    list_action_helpers,
    list_milestones,
    show_burn_down,
    show_plan,
    show_timeline,
    show_trend,
)
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


def export_matrix(
    workspace: Workspace, target: Path, *, marking: Marking = Marking.OFFICIAL, words: str = "", force: bool = False
) -> int:
    """Write the cascade as a workbook; return the number of cells with a status. Raises BadInput for another ending."""
    from ahtc_tui.formats.xlsx.practice_matrix import MatrixReport, write_matrix

    check_format("matrix", target)
    practice_matrix = show_matrix(workspace, words)
    report = MatrixReport(marking, workspace.today(), practice_matrix)
    names = load_welsh_names(workspace, get_current_language())
    write_file_atomically(target, lambda path: write_matrix(path, report, names), force)
    return practice_matrix.answered_cells


def export_evidence(
    workspace: Workspace, target: Path, *, marking: Marking = Marking.OFFICIAL, words: str = "", force: bool = False
) -> EvidenceExport:
    """Write figures, data sets and charts as a workbook. Raises BadInput for another ending.

    The result names the figures whose values are hidden, because they are small counts or would reveal one.
    """
    from ahtc_tui.formats.xlsx.evidence import EvidenceReport, write_evidence

    check_format("evidence", target)
    figures = list_published_figures(workspace, words)
    data_sets = list_data_sets(workspace)
    report = EvidenceReport(marking, workspace.today(), figures, data_sets, group_histories(figures))
    names = load_welsh_names(workspace, get_current_language())
    names |= {row.title: row.title_cy for row in (*figures, *data_sets) if row.title_cy}
    write_file_atomically(target, lambda path: write_evidence(path, report, names), force)
    return EvidenceExport(target, len(figures), workspace.small_counts, find_hidden(figures))
