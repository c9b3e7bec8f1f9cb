"""Exports agenda and minutes for the chair, the group or the public; manages the templates of the workspace."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.documents.meeting_document import Cut, DocumentKind, MeetingDocument
from ahtc_tui.domain.errors import BadInput, StoreError
from ahtc_tui.domain.i18n import Language, _, get_current_language
from ahtc_tui.formats.files.atomic_write import refuse_existing, write_file_atomically
from ahtc_tui.services.documents.composition import compose_document

if TYPE_CHECKING:
    from ahtc_tui.services.workspace import Workspace

TEMPLATES = Path("templates")
"""Folder of a workspace with its own templates."""

SHIPPED = Path(str(resources.files("ahtc_tui.formats") / "templates"))

BACK_PLAN = "back-plan.txt"
"""File with the tasks from which a back-plan is created."""

ENDINGS = (".docx", ".md", ".txt")


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """Result of an export."""

    file: Path
    kind: DocumentKind
    ref: str
    cut: Cut
    marking: Marking
    items: int
    actions: tuple[str, ...]
    decisions: tuple[str, ...]
    template: Path | None
    """Template of the workspace, where one was used."""
    language: Language = Language.EN
    missing_welsh: tuple[str, ...] = ()
    """Places of a Welsh document with English text, which is marked."""
    names_left: tuple[str, ...] = ()
    """Texts of a published document that may contain a part of a withheld name."""

    @property
    def not_for_publication(self) -> bool:
        """Whether a published copy has a marking above OFFICIAL."""
        return self.cut is Cut.PUBLISHED and self.marking is not Marking.OFFICIAL


def export_document(
    workspace: Workspace,
    kind: DocumentKind,
    ref: str,
    target: Path,
    cut: Cut = Cut.CIRCULATED,
    marking: Marking = Marking.OFFICIAL,
    force: bool = False,
    language: Language | None = None,
) -> DocumentReport:
    """Write the agenda or minutes of a meeting; the suffix of `target` selects the format.

    The document has the highest marking of its parts and, by default, the language of files. Raises BadInput for
    another suffix, NotFound, Refused where the file exists or the meeting was cancelled, BadFile for a template that
    cannot be filled.
    """
    ending = target.suffix.lower()
    if ending not in ENDINGS:
        raise BadInput(_('A document is written as .docx, .md or .txt, not "{name}".').format(name=target.name))
    language = language or get_current_language()
    documents = compose_documents(workspace, kind, ref, cut, marking, language)
    document, template = documents[0], find_template(workspace, kind)
    used = template if ending == ".docx" and template.parent != SHIPPED else None
    write_file_atomically(target, lambda path: write_document(path, ending, documents, template), force)
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
        language,
        document.missing_welsh,
        document.names_left,
    )


def compose_documents(
    workspace: Workspace,
    kind: DocumentKind,
    ref: str,
    cut: Cut,
    marking: Marking,
    language: Language,
    issue: tuple[int, date] | None = None,
) -> tuple[MeetingDocument, ...]:
    """Return the document in each of its languages, Welsh first."""
    return tuple(compose_document(workspace, kind, ref, cut, marking, each, issue) for each in language.languages)


def list_minutes_warnings(workspace: Workspace, ref: str, cut: Cut, language: Language) -> list[str]:
    """Return warnings to read before minutes are issued: missing Welsh, parts of names. Raises NotFound."""
    documents = compose_documents(workspace, DocumentKind.MINUTES, ref, cut, Marking.OFFICIAL, language)
    return list(dict.fromkeys(sentence for document in documents for sentence in format_warnings(document)))


def format_warnings(paper: MeetingDocument | DocumentReport) -> list[str]:
    """Return the warnings of a document as sentences."""
    english, left = _("No Welsh text, so English is used: {words}"), _("Part of a name that is withheld: {words}")
    return [
        *(english.format(words=words) for words in paper.missing_welsh),
        *(left.format(words=words) for words in paper.names_left),
    ]


def find_template(workspace: Workspace, kind: DocumentKind) -> Path:
    """Return the template of the workspace, else the shipped one."""
    own = workspace.root / TEMPLATES / f"{kind}.docx"
    return own if own.exists() else SHIPPED / own.name


def write_document(path: Path, ending: str, documents: tuple[MeetingDocument, ...], template: Path) -> None:
    """Write a document in one or two languages to a file."""
    if ending == ".docx":
        from ahtc_tui.formats.docx.meeting import write_meeting_docx

        write_meeting_docx(path, documents[0], template, *documents[1:])
    else:
        from ahtc_tui.formats.markdown.meeting import render_meeting_markdown, render_meeting_text

        text = (render_meeting_markdown if ending == ".md" else render_meeting_text)(*documents)
        path.write_bytes(text.encode("utf-8", "replace"))


def copy_templates(workspace: Workspace, force: bool = False) -> list[Path]:
    """Copy the shipped templates into the workspace. Raises Refused where one of them exists, unless `force`."""
    folder = workspace.root / TEMPLATES
    targets = [*(folder / f"{kind}.docx" for kind in DocumentKind), folder / BACK_PLAN]
    for target in targets:
        refuse_existing(target, force)
    _make_folder(folder)
    for target in targets:
        shipped = (SHIPPED / target.name).read_bytes()
        write_file_atomically(target, lambda path, shipped=shipped: _write_bytes(path, shipped), force)  # type: ignore[misc]
    return targets


def _write_bytes(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise StoreError(
            _("{folder} cannot be made: {reason}.").format(folder=folder, reason=error.strerror)
        ) from error
