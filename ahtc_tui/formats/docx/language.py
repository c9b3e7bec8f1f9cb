"""Language tags of runs in a Word document, and documents in two languages."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.i18n import ENGLISH_ONLY, Language
from ahtc_tui.formats.files.office_container import LANGUAGE_TAGS

if TYPE_CHECKING:
    from docx.document import Document

PAGE_PARTS = (
    "header", "footer", "first_page_header", "first_page_footer", "even_page_header", "even_page_footer"
)  # fmt: skip
RELATIONSHIP = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
"""Namespace of attributes that hold the id of a relationship (ECMA-376 part 1, 22.8.2.1)."""


def mark_languages(page: Document, language: Language) -> None:
    """Tag every run of a Welsh page for spelling and screen readers: as English what is marked so, the rest as Welsh.

    Welsh is then the language of the document as well, which a PDF takes over.
    A run that holds both is split at the mark.
    """
    from docx.oxml.ns import qn

    if language is not Language.CY:
        return
    for default in page.styles.element.iter(qn("w:lang")):
        default.set(qn("w:val"), LANGUAGE_TAGS[language])
    for part in _list_parts(page):
        for run in list(part.iter(qn("w:r"))):
            text = "".join(text.text or "" for text in run.iter(qn("w:t")))
            english = run if ENGLISH_ONLY in text else None
            if english is not None and not text.startswith(ENGLISH_ONLY):
                english = _split_run(run)
            if english is not run:
                _set_run_language(run, LANGUAGE_TAGS[Language.CY])
            if english is not None:
                _set_run_language(english, LANGUAGE_TAGS[Language.EN])


def _list_parts(page: Document) -> tuple[Any, ...]:
    section = page.sections[-1]
    return page.element.body, section.header._element, section.footer._element


def _split_run(run: Any) -> Any:
    """Move the text from the mark on to a run of its own after this one; return that run."""
    from docx.oxml.ns import qn

    marked = next(text for text in run.iter(qn("w:t")) if ENGLISH_ONLY in (text.text or ""))
    second = deepcopy(run)
    position = list(run).index(marked)
    before, mark, after = marked.text.partition(ENGLISH_ONLY)
    for child in list(run)[position + 1 :]:
        run.remove(child)
    for child in list(second)[:position]:
        if child.tag != qn("w:rPr"):
            second.remove(child)
    for part, words in ((marked, before), (second.find(qn("w:t")), f"{mark}{after}")):
        part.text = words
        part.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.addnext(second)
    return second


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

    Both must come from the same template: the images of header and footer come from the first document.
    """
    from docx.enum.section import WD_SECTION
    from docx.oxml.ns import qn

    for part in _list_parts(second):
        for run in part.iter(qn("w:r")):
            if run.find(f".//{qn('w:lang')}") is None:
                _set_run_language(run, LANGUAGE_TAGS[Language.EN])
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
    """Fill the header or footer of the second section; `first` belongs to the first section."""
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
