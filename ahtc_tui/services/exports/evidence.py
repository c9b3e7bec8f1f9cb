"""What leaves of good practice and evidence as workbooks. Each is written whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.evidence.model import EvidenceExport, find_small_counts, group_histories
from ahtc_tui.domain.i18n import _
from ahtc_tui.formats.files.atomic_write import write_file_atomically
from ahtc_tui.services.evidence.practice import show_matrix
from ahtc_tui.services.evidence.service import list_data_sets, list_figures
from ahtc_tui.services.output_folders import find_dated_path

if TYPE_CHECKING:
    from ahtc_tui.services.workspace import Workspace


def export_matrix(
    workspace: Workspace, target: Path, *, marking: Marking = Marking.OFFICIAL, words: str = "", force: bool = False
) -> int:
    """Write the cascade as a workbook; returns how many cells say something. Raises BadInput on another ending."""
    from ahtc_tui.formats.xlsx.practice_matrix import MatrixReport, write_matrix

    _check_xlsx_ending(target)
    practice_matrix = show_matrix(workspace, words)
    title = _("Good practice by place: the cascade")
    report = MatrixReport(title, marking, workspace.today(), practice_matrix, _format_secretariat())
    write_file_atomically(target, lambda path: write_matrix(path, report), force)
    return practice_matrix.answered_cells


def export_matrix_to_folder(workspace: Workspace) -> Path:
    """The cascade among the exports, under a name that is free; returns the file."""
    target = find_dated_path(workspace, "cascade", ".xlsx")
    export_matrix(workspace, target)
    return target


def export_evidence(
    workspace: Workspace, target: Path, *, marking: Marking = Marking.OFFICIAL, words: str = "", force: bool = False
) -> EvidenceExport:
    """Write figures, data sets and charts as a workbook. Raises BadInput on another ending.

    The report names the counts of people under the workspace's limit: somebody has to look before they leave.
    """
    from ahtc_tui.formats.xlsx.evidence import EvidenceReport, write_evidence

    _check_xlsx_ending(target)
    limit = workspace.small_counts
    figures = list_figures(workspace, words)
    report = EvidenceReport(
        _("Evidence: figures with their sources"),
        marking,
        workspace.today(),
        figures,
        list_data_sets(workspace),
        group_histories(figures),
        limit,
        _format_secretariat(),
    )
    write_file_atomically(target, lambda path: write_evidence(path, report), force)
    return EvidenceExport(target, len(figures), limit, find_small_counts(figures, limit))


def export_evidence_to_folder(workspace: Workspace) -> EvidenceExport:
    """The figures among the exports, under a name that is free."""
    return export_evidence(workspace, find_dated_path(workspace, "evidence", ".xlsx"))


def _check_xlsx_ending(target: Path) -> None:
    if target.suffix.lower() != ".xlsx":
        raise BadInput(_('This is written as .xlsx, not "{name}".').format(name=target.name))


def _format_secretariat() -> str:
    return _("Secretariat, Wales Anti Human Trafficking Leadership Group")
