"""Composes the document of a meeting in its languages, and returns the writers of its formats."""

from __future__ import annotations

from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.domain.documents.meeting_document import DocumentKind, Edition, MeetingDocument
from ahtc_tui.services.documents.composition import compose_document
from ahtc_tui.services.documents.file_formats import PLAIN, WORD, DocumentWriters
from ahtc_tui.services.workspace import Workspace

if TYPE_CHECKING:
    from ahtc_tui.formats.blocks.model import BlockDocument

TEMPLATES = Path("templates")
"""Folder of a workspace with its own templates."""

SHIPPED = Path(str(resources.files("ahtc_tui.formats") / "templates"))

PAPER_TEMPLATE = "office-paper"
"""Name of the shipped template of office papers of every kind."""

STORED = (WORD, ".md", PLAIN)
"""Formats of an issued copy that are kept."""


def compose_documents(
    workspace: Workspace, kind: DocumentKind, ref: str, edition: Edition
) -> tuple[MeetingDocument, ...]:
    """Return the document in each of its languages, Welsh first."""
    return tuple(
        compose_document(workspace, kind, ref, replace(edition, language=language))
        for language in edition.language.languages
    )


def find_template(workspace: Workspace, kind: str, shipped: str = "", ending: str = WORD) -> Path:
    """Return the template of the workspace for a kind of document, else the shipped one, which may be of many kinds."""
    own = workspace.root / TEMPLATES / f"{kind}{ending}"
    return own if own.exists() else SHIPPED / f"{shipped or kind}{ending}"


def build_writers(documents: tuple[MeetingDocument, ...], template: Path) -> DocumentWriters:
    """Return how a document in one or two languages is written."""

    def write_word(path: Path) -> None:
        from ahtc_tui.formats.docx.meeting import write_meeting_docx

        write_meeting_docx(path, documents[0], template, *documents[1:])

    def build_blocks() -> list[BlockDocument]:
        from ahtc_tui.formats.blocks.meeting import build_meeting_blocks

        return [build_meeting_blocks(document) for document in documents]

    return DocumentWriters(write_word, build_blocks)
