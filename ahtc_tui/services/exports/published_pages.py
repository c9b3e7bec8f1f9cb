"""The pages that leave the office, by document, and their text for a preview."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.documents.dashboard import Dashboard
from ahtc_tui.domain.documents.meeting_document import MeetingDocument
from ahtc_tui.domain.documents.office_paper import OfficePaper
from ahtc_tui.domain.i18n import Language, get_current_language, use_language
from ahtc_tui.domain.publication.model import PublishedDocument
from ahtc_tui.services.documents import meeting_pages, transparency
from ahtc_tui.services.exports import commission, dashboard, highlight
from ahtc_tui.services.exports.highlight import HighlightContent
from ahtc_tui.services.publication import service as publication
from ahtc_tui.services.publication.service import BuildPage

if TYPE_CHECKING:
    from ahtc_tui.services.workspace import Workspace


def find_page(document: PublishedDocument, ref: str = "") -> BuildPage:
    """Return what composes the page of a document."""
    match document:
        case PublishedDocument.MINUTES | PublishedDocument.AGENDA | PublishedDocument.NOTE:
            return meeting_pages.find_page(document, ref)
        case PublishedDocument.PAPER:
            return commission.find_page(ref)
        case PublishedDocument.DASHBOARD:
            return dashboard.build_dashboard_page
        case PublishedDocument.HIGHLIGHT:
            return highlight.find_page()
        case PublishedDocument.TRANSPARENCY:
            return transparency.find_page()


def render_preview(workspace: Workspace, build_page: BuildPage) -> list[str]:
    """Return the lines of a page as it would be released, in the current language; headings stand alone."""
    english, welsh = publication.preview(workspace, build_page)
    language = Language.CY if get_current_language() is Language.CY else Language.EN
    with use_language(language):
        lines = render_page(welsh if language is Language.CY else english, language)
    return [line for line in lines if not line or line.strip("=-")]


def render_page(page: Any, language: Language) -> list[str]:
    """Return the lines of a page, in the current language."""
    from ahtc_tui.formats.blocks.meeting import build_meeting_blocks
    from ahtc_tui.formats.blocks.office_paper import build_paper_blocks
    from ahtc_tui.formats.files.text_extraction import read_body_text
    from ahtc_tui.formats.html.dashboard import render_dashboard
    from ahtc_tui.formats.markdown.rendering import render_text

    match page:
        case MeetingDocument():
            return render_text(build_meeting_blocks(page)).splitlines()
        case OfficePaper():
            return render_text(build_paper_blocks(language, page)).splitlines()
        case HighlightContent():
            paper = highlight.build_paper(page, Marking.OFFICIAL, whole_titles=True)
            return render_text(build_paper_blocks(language, paper)).splitlines()
        case Dashboard():
            html = render_dashboard(page, language, {}).encode("utf-8", "replace")
            lines = read_body_text(Path("dashboard.html"), html).splitlines()
            return [line.strip() for line in lines if line.strip()]
    return ["  ".join((row.on, row.organisation, row.purpose)) for row in page.meetings]
