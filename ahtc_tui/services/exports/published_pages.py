"""The pages that leave the office, by document, and their text for a preview."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.documents.meeting_document import MeetingDocument
from ahtc_tui.domain.documents.office_paper import OfficePaper
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import Language, _, get_current_language, use_language
from ahtc_tui.domain.publication.model import PublishedDocument
from ahtc_tui.services.documents import meeting_pages, transparency
from ahtc_tui.services.exports import commission
from ahtc_tui.services.publication import service as publication
from ahtc_tui.services.publication.service import BuildPage

if TYPE_CHECKING:
    from ahtc_tui.services.workspace import Workspace


def find_page(document: PublishedDocument, ref: str = "") -> BuildPage:
    """Return what composes the page of a document. Raises BadInput for one without release list."""
    match document:
        case PublishedDocument.MINUTES | PublishedDocument.AGENDA | PublishedDocument.NOTE:
            return meeting_pages.find_page(document, ref)
        case PublishedDocument.PAPER:
            return commission.find_page(ref)
        case PublishedDocument.TRANSPARENCY:
            return transparency.find_page()
    raise BadInput(_("This document has no release list."))


def render_preview(workspace: Workspace, build_page: BuildPage) -> list[str]:
    """Return the lines of a page as it would be released, in the current language; headings stand alone."""
    english, welsh = publication.preview(workspace, build_page)
    language = Language.CY if get_current_language() is Language.CY else Language.EN
    with use_language(language):
        return _render_page(welsh if language is Language.CY else english, language)


def _render_page(page: Any, language: Language) -> list[str]:
    from ahtc_tui.formats.blocks.meeting import build_meeting_blocks
    from ahtc_tui.formats.blocks.office_paper import build_paper_blocks
    from ahtc_tui.formats.markdown.rendering import render_text

    if isinstance(page, MeetingDocument):
        return render_text(build_meeting_blocks(page)).splitlines()
    if isinstance(page, OfficePaper):
        return render_text(build_paper_blocks(language, page)).splitlines()
    return ["  ".join((row.on, row.organisation, row.purpose)) for row in page.meetings]
