"""The language of a Word document, run by run, and two languages in one file. Never what it says."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.documents.translation import ENGLISH_ONLY
from ahtc_tui.domain.i18n import Language

if TYPE_CHECKING:
    from docx.document import Document

LANGUAGE_TAGS = {Language.EN: "en-GB", Language.CY: "cy-GB"}

FIXED_STYLES = ("Heading1", "Heading2", "Cellheading", "Marking", "Foot", "Meetingday", "Noactions")
"""Styles of words that the desk says by itself, as a file names them."""
LABELLED_STYLE = "Meetingfacts"
"""A line with a label, in bold, before what people typed."""


def mark_welsh(page: Document) -> None:
    """Say of every run that it is Welsh, so that Word spells and reads it as such; English that stands in stays so."""
    from docx.oxml.ns import qn

    section = page.sections[0]
    for part in (page.element.body, section.header._element, section.footer._element):
        for paragraph in part.iter(qn("w:p")):
            paragraph_text = "".join(text.text or "" for text in paragraph.iter(qn("w:t")))
            language = Language.EN if ENGLISH_ONLY in paragraph_text else Language.CY
            for run in paragraph.iter(qn("w:r")):
                _set_run_language(run, LANGUAGE_TAGS[language])


def mark_fixed_text(page: Document, language: Language) -> None:
    """Say of headings, labels and heads of tables alone that they are of a language: people type in their own."""
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
    """Put the body of a second paper behind the first, from a new page on; both come from one template."""
    body = page.element.body
    end = body.sectPr
    for number, part in enumerate(second.element.body.iterchildren()):
        if part is not second.element.body.sectPr:
            copied = deepcopy(part)
            end.addprevious(copied)
            if number == 0:
                copied.get_or_add_pPr().get_or_add_pageBreakBefore()
