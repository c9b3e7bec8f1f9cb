"""Agenda and minutes of a meeting as documents, for the chair, the group or the public; the office's own templates."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.domain.actions import Marking
from ahtc_tui.domain.documents import Cut, DocumentKind, MeetingDocument
from ahtc_tui.domain.errors import BadInput, StoreError
from ahtc_tui.domain.words import _
from ahtc_tui.formats.atomic import refuse_existing, write_whole
from ahtc_tui.services.document_parts import compose

if TYPE_CHECKING:
    from ahtc_tui.services.workspace import Workspace

TEMPLATES = Path("templates")
"""The folder of a workspace in which the office keeps its own templates."""

SHIPPED = Path(__file__).parent.parent / "formats" / "templates"

ENDINGS = (".docx", ".md", ".txt")


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """What was written."""

    file: Path
    kind: DocumentKind
    ref: str
    cut: Cut
    marking: Marking
    items: int
    actions: tuple[str, ...]
    decisions: tuple[str, ...]
    template: Path | None
    """The office's own template, where one was used."""

    @property
    def not_for_publication(self) -> bool:
        """It was asked for the public, and its marking says that it is not."""
        return self.cut is Cut.PUBLISHED and self.marking is not Marking.OFFICIAL


def export_document(
    workspace: Workspace,
    kind: DocumentKind,
    ref: str,
    target: Path,
    cut: Cut = Cut.CIRCULATED,
    marking: Marking = Marking.OFFICIAL,
    force: bool = False,
) -> DocumentReport:
    """Write the agenda or minutes of a meeting; the ending of `target` says how. The highest marking of its parts wins.

    Raises BadInput on another ending, NotFound for no such meeting, Refused where a file stands already or the meeting
    was cancelled, BadFile for a template of the office that cannot be filled.
    """
    ending = target.suffix.lower()
    if ending not in ENDINGS:
        raise BadInput(_('A document is written as .docx, .md or .txt, not "{name}".').format(name=target.name))
    document = compose(workspace, kind, ref, cut, marking)
    own = workspace.root / TEMPLATES / f"{kind}.docx"
    used = own if ending == ".docx" and own.exists() else None
    write_whole(target, lambda path: _write(path, ending, document, used or SHIPPED / own.name), force)
    return DocumentReport(
        target,
        kind,
        document.ref,
        cut,
        document.marking,
        len(document.agenda),
        tuple(action.ref for action in document.actions),
        tuple(decision.ref for decision in document.decisions),
        used,
    )


def _write(path: Path, ending: str, document: MeetingDocument, template: Path) -> None:
    if ending == ".docx":
        from ahtc_tui.formats.docx_meeting import write_docx

        write_docx(path, document, template)
    else:
        from ahtc_tui.formats.md_meeting import as_markdown, as_text

        said = as_markdown(document) if ending == ".md" else as_text(document)
        path.write_bytes(said.encode("utf-8", "replace"))


def copy_templates(workspace: Workspace, force: bool = False) -> list[Path]:
    """Put the shipped templates into the workspace, to be restyled there; none of them where one stands already."""
    folder = workspace.root / TEMPLATES
    targets = [folder / f"{kind}.docx" for kind in DocumentKind]
    for target in targets:
        refuse_existing(target, force)
    _make(folder)
    for target in targets:
        shipped = (SHIPPED / target.name).read_bytes()
        write_whole(target, lambda path, shipped=shipped: _fill(path, shipped), force)  # type: ignore[misc]
    return targets


def _fill(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise StoreError(
            _("{folder} cannot be made: {reason}.").format(folder=folder, reason=error.strerror)
        ) from error
