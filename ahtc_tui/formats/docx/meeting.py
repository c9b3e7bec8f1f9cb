"""Agenda and minutes as Word documents, from a template that the secretariat may have restyled.

User text is escaped. Equal documents give equal bytes.
"""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.documents.meeting_document import MeetingDocument
from ahtc_tui.domain.i18n import use_language
from ahtc_tui.formats.blocks.meeting import build_labels, format_file_title, format_subject
from ahtc_tui.formats.docx import language
from ahtc_tui.formats.docx.filled_template import escape_value, fill_document, save_document
from ahtc_tui.formats.docx.tables import remove_empty_columns
from ahtc_tui.formats.files.office_container import EPOCH, DocumentProperties

if TYPE_CHECKING:
    from docx.document import Document


def write_meeting_docx(
    path: Path, document: MeetingDocument, template: Path, second: MeetingDocument | None = None
) -> None:
    """Fill a template and write it; `second` is the same document in the other language, on a new page.

    Raises BadFile with one sentence if the template cannot be filled.
    """
    filled = _fill_template(template, document)
    language.mark_languages(filled, document.language)
    if second is not None:
        language.append_document(filled, _fill_template(template, second))
    documents = [document, *([second] if second else [])]
    properties = DocumentProperties(
        [document.language for document in documents],
        [_format_title(document) for document in documents],
        [format_subject(document) for document in documents],
        document.marking,
        document.day or EPOCH,
    )
    save_document(path, filled, properties)


def _fill_template(template: Path, document: MeetingDocument) -> Document:
    """Return the filled template without our columns that are empty; columns added by the secretariat stay."""
    page = fill_document(template, build_context(document))
    with use_language(document.language):
        remove_empty_columns(page.element.body, build_labels().values())
    _keep_last_part_with_text_before(page)
    return page


def _keep_last_part_with_text_before(page: Document) -> None:
    """Keep the last heading on the page of what is before it, so that the last part does not stand on a page alone."""
    from docx.table import Table

    blocks = list(page.iter_inner_content())
    headings = [
        place for place, block in enumerate(blocks) if block.style and block.style.name in ("Heading 2", "Heading 3")
    ]
    if headings and headings[-1] > 0:
        before = blocks[headings[-1] - 1]
        cells = before.rows[-1].cells if isinstance(before, Table) else ()
        for paragraph in [*(one for cell in cells for one in cell.paragraphs), *((before,) if not cells else ())]:
            paragraph.paragraph_format.keep_with_next = True


def _format_title(document: MeetingDocument) -> str:
    with use_language(document.language):
        return format_file_title(document)


def build_context(document: MeetingDocument) -> dict[str, Any]:
    """Return the template variables: the fields of the document, and `say` for labels."""
    with use_language(document.language):
        labels, kind, marking = build_labels(), document.kind.label, document.marking.label
    variables = {field.name: escape_value(getattr(document, field.name)) for field in fields(document)}
    variables["marking"] = escape_value(marking)
    variables["kind"] = escape_value(kind)
    variables["language"] = document.language.value
    variables["status_line"] = escape_value(document.format_status(" · "))
    variables["status"] = escape_value(document.format_status())
    variables["cut"] = document.cut.value
    variables["say"] = escape_value(labels)
    return variables
