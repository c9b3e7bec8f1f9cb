"""Language tags of runs in a Word document, and documents in two languages."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.i18n import ENGLISH_ONLY, Language

if TYPE_CHECKING:
    from docx.document import Document

LANGUAGE_TAGS = {Language.EN: "en-GB", Language.CY: "cy-GB"}

PAGE_PARTS = (
    "header", "footer", "first_page_header", "first_page_footer", "even_page_header", "even_page_footer"
)  # fmt: skip
RELATIONSHIP = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
"""Namespace of attributes that hold the id of a relationship (ECMA-376 part 1, 22.8.2.1)."""

FIXED_STYLES = ("Heading1", "Heading2", "Heading3", "Cellheading", "Marking", "Foot", "Meetingday", "Noactions")
"""Ids of the styles that have only fixed text."""
LABELLED_STYLE, LABEL_STYLE = "Meetingfacts", "Strong"
"""Ids of the style of a label followed by user text, and of the character style of the label."""


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
    """Tag headings, labels and table headings as Welsh, and text that is marked as English as such.

    Other user text may be in either language.
    """
    from docx.oxml.ns import qn

    if language is not Language.CY:
        return
    section = page.sections[0]
    for part in (page.element.body, section.header._element, section.footer._element):
        for paragraph in part.iter(qn("w:p")):
            style = paragraph.pPr.pStyle.val if paragraph.pPr is not None and paragraph.pPr.pStyle is not None else ""
            for run in paragraph.iter(qn("w:r")):
                if ENGLISH_ONLY in "".join(text.text or "" for text in run.iter(qn("w:t"))):
                    _set_run_language(run, LANGUAGE_TAGS[Language.EN])
                    continue
                if style in FIXED_STYLES or (style == LABELLED_STYLE and run.style == LABEL_STYLE):
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
    """Append a second document on a new page, as a section with its own header and footer.

    Both must come from the same template: the images of header and footer are those of the first document.
    """
    from docx.enum.section import WD_SECTION

    section = page.add_section(WD_SECTION.NEW_PAGE)
    end = page.element.body.sectPr
    for part in second.element.body.iterchildren():
        if part is not second.element.body.sectPr:
            end.addprevious(deepcopy(part))
    for name in PAGE_PARTS:
        source = getattr(second.sections[-1], name)
        if not source.is_linked_to_previous:
            _copy_page_part(getattr(page.sections[0], name), source, getattr(section, name))


def _copy_page_part(first: Any, source: Any, target: Any) -> None:
    """Fill the header or footer of the second section; `first` is that of the first section."""
    target.is_linked_to_previous = False
    for child in list(target._element):
        target._element.remove(child)
    renamed = {
        key: target.part.relate_to(relation._target, relation.reltype, relation.is_external)
        for key, relation in first.part.rels.items()
    }
    for child in source._element:
        copied = deepcopy(child)
        for element in copied.iter():
            for name, value in element.attrib.items():
                if name.startswith(RELATIONSHIP) and value in renamed:
                    element.set(name, renamed[value])
        target._element.append(copied)
