"""What leaves of good practice and evidence as workbooks. Each is written whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.domain.actions import Marking
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.words import _
from ahtc_tui.formats.atomic import write_whole
from ahtc_tui.services.practice import matrix

if TYPE_CHECKING:
    from ahtc_tui.services.workspace import Workspace


def export_matrix(
    workspace: Workspace, target: Path, *, marking: Marking = Marking.OFFICIAL, words: str = "", force: bool = False
) -> int:
    """Write the cascade as a workbook; returns how many cells say something. Raises BadInput on another ending."""
    from ahtc_tui.formats.xlsx_matrix import MatrixReport, write_matrix

    _only_xlsx(target)
    found = matrix(workspace, words)
    title = _("Good practice by place: the cascade")
    report = MatrixReport(title, marking, workspace.today(), found, _secretariat())
    write_whole(target, lambda path: write_matrix(path, report), force)
    return found.said


def _only_xlsx(target: Path) -> None:
    if target.suffix.lower() != ".xlsx":
        raise BadInput(_('This is written as .xlsx, not "{name}".').format(name=target.name))


def _secretariat() -> str:
    return _("Secretariat, Wales Anti Human Trafficking Leadership Group")
