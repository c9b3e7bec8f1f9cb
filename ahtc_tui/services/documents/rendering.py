"""Composes the document of a meeting in its languages and writes it as Word, Markdown or plain text."""

from __future__ import annotations

from datetime import date
from importlib import resources
from pathlib import Path

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.documents.meeting_document import Cut, DocumentKind, MeetingDocument
from ahtc_tui.domain.i18n import Language
from ahtc_tui.services.documents.composition import compose_document
from ahtc_tui.services.workspace import Workspace

TEMPLATES = Path("templates")
"""Folder of a workspace with its own templates."""

SHIPPED = Path(str(resources.files("ahtc_tui.formats") / "templates"))

PAPER_TEMPLATE = "office-paper"
"""Name of the shipped template of office papers of every kind."""

ENDINGS = (".docx", ".md", ".txt")


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


def find_template(workspace: Workspace, kind: str, shipped: str = "") -> Path:
    """Return the template of the workspace for a kind of document, else the shipped one, which may be of many kinds."""
    own = workspace.root / TEMPLATES / f"{kind}.docx"
    return own if own.exists() else SHIPPED / f"{shipped or kind}.docx"


def write_document(path: Path, ending: str, documents: tuple[MeetingDocument, ...], template: Path) -> None:
    """Write a document in one or two languages to a file; a published one without internal references."""
    if documents[0].cut is Cut.PUBLISHED:
        documents = tuple(document.without_references() for document in documents)
    if ending == ".docx":
        from ahtc_tui.formats.docx.meeting import write_meeting_docx

        write_meeting_docx(path, documents[0], template, *documents[1:])
    else:
        from ahtc_tui.formats.markdown.meeting import render_meeting_markdown, render_meeting_text

        text = (render_meeting_markdown if ending == ".md" else render_meeting_text)(*documents)
        path.write_bytes(text.encode("utf-8", "replace"))
