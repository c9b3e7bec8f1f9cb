"""Language tags of runs in a Word document, and documents in two languages."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.documents.translation import ENGLISH_ONLY
from ahtc_tui.domain.i18n import Language

if TYPE_CHECKING:
    from docx.document import Document

LANGUAGE_TAGS = {Language.EN: "en-GB", Language.CY: "cy-GB"}

FIXED_STYLES = ("Heading1", "Heading2", "Cellheading", "Marking", "Foot", "Meetingday", "Noactions")
"""Ids of the styles that have only fixed text."""
LABELLED_STYLE = "Meetingfacts"
"""Id of the style of a bold label followed by user text."""


def mark_welsh(page: Document) -> None:
    """Tag every run as Welsh for spelling and screen readers, except paragraphs that are marked as English."""
    from docx.oxml.ns import qn

    section = page.sections[0]
    for part in (page.element.body, section.header._element, section.footer._element):
        for paragraph in part.iter(qn("w:p")):
            paragraph_text = "".join(text.text or "" for text in paragraph.iter(qn("w:t")))
            language = Language.EN if ENGLISH_ONLY in paragraph_text else Language.CY
            for run in paragraph.iter(qn("w:r")):
                _set_run_language(run, LANGUAGE_TAGS[language])


def mark_fixed_text(page: Document, language: Language) -> None:
    """Tag headings, labels and table headings as Welsh; user text may be in either language."""
    from docx.oxml.ns import qn

    if language is not Language.CY:
        return
    section = page.sections[0]
    for part in (page.element.body, section.header._element, section.footer._element):
        for paragraph in part.iter(qn("w:p")):
            style = paragraph.pPr.pStyle.val if paragraph.pPr is not None and paragraph.pPr.pStyle is not None else ""
            for run in paragraph.iter(qn("w:r")):
                bold = run.rPr is not None and run.rPr.find(qn("w:b")) is not None
                if style in FIXED_STYLES or (bold and style == LABELLED_STYLE):
                    _set_run_language(run, LANGUAGE_TAGS[language])


def _set_run_language(run: Any, language: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    properties = run.get_or_add_rPr()
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    tag = OxmlElement("w:lang")
    tag.set(qn("w:val"), language)
    properties.append(tag)


def append_document(page: Document, second: Document) -> None:
    """Append the body of a second document on a new page; both must come from the same template."""
    body = page.element.body
    end = body.sectPr
    for number, part in enumerate(second.element.body.iterchildren()):
        if part is not second.element.body.sectPr:
            copied = deepcopy(part)
            end.addprevious(copied)
            if number == 0:
                copied.get_or_add_pPr().get_or_add_pageBreakBefore()
