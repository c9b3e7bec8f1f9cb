"""A short office paper as a Word document, from a template that the secretariat may have restyled.

User text is escaped. Equal papers give equal bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.i18n import Language, _, get_current_language, use_language
from ahtc_tui.formats.blocks.office_paper import clean_text
from ahtc_tui.formats.docx import language as docx_language
from ahtc_tui.formats.docx.filled_template import (
    escape_value,
    fill_document,
    save_document,
)
from ahtc_tui.formats.docx.footnotes import Footnotes, add_styles
from ahtc_tui.formats.docx.letter import add_letter, add_letterhead_first
from ahtc_tui.formats.docx.page_layout import REFERENCE_STYLE, add_line, add_missing_styles, add_run
from ahtc_tui.formats.docx.tables import add_table, add_unsplit_row, set_least_height
from ahtc_tui.formats.files.office_container import DocumentProperties, build_template_error

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

    from ahtc_tui.domain.documents.office_paper import NumberedParagraph, OfficePaper, PaperPart

CONTENTS = "\ue000contents\ue000"
"""Text of the placeholder `contents`, whose paragraph the parts of the paper replace; in no text of people."""


def write_office_paper_docx(path: Path, papers: Sequence[tuple[Language, OfficePaper]], template: Path) -> None:
    """Write the paper; a second one is the same paper in the other language, on a new page.

    A paper in both languages has labels in both.

    Raises BadFile with one sentence if the template cannot be filled.
    """
    pages, footnotes = [], Footnotes()
    for language, paper in papers:
        with use_language(language):
            pages.append(_build_page(language, paper, template, footnotes))
    for second in pages[1:]:
        docx_language.append_document(pages[0], second)
    footnotes.attach(pages[0])
    properties = DocumentProperties(
        [printed_language for language, _paper in papers for printed_language in language.languages],
        [clean_text(paper.title) for _language, paper in papers],
        [clean_text(paper.subtitle) for _language, paper in papers],
        papers[0][1].marking,
        papers[0][1].day,
    )
    save_document(path, pages[0], properties)


def _build_page(language: Language, paper: OfficePaper, template: Path, footnotes: Footnotes) -> Document:
    """Fill the template with one paper, in the current language."""
    page = fill_document(template, _build_context(paper))
    add_missing_styles(page)
    add_styles(page)
    placeholder = next((paragraph for paragraph in page.paragraphs if paragraph.text.strip() == CONTENTS), None)
    if placeholder is None:
        raise build_template_error(template, _('there is no placeholder "{name}"').format(name="contents"))
    if paper.head:
        add_letterhead_first(page, paper.head)
    following = list(placeholder._p.itersiblings())
    placeholder._p.getparent().remove(placeholder._p)
    if paper.letter:
        add_letter(page, paper, paper.letter, lambda part: _add_part(page, part.without_empty_columns(), footnotes))
    else:
        for part in paper.parts:
            _add_part(page, part.without_empty_columns(), footnotes)
    page.element.body.extend(following)
    docx_language.mark_languages(page, language)
    return page


def _build_context(paper: OfficePaper) -> dict[str, Any]:
    shown_facts = () if paper.letter else paper.facts
    facts = tuple({"label": label, "value": clean_text(value)} for label, value in shown_facts)
    return {
        "title": escape_value(clean_text(paper.title)),
        "subtitle": escape_value(clean_text(paper.subtitle)),
        "marking": escape_value(paper.marking.label),
        "facts": escape_value(facts),
        "contents": CONTENTS,
        "say": escape_value({"page": _("Page"), "of": _("of")}),
    }


def _add_part(page: Document, part: PaperPart, footnotes: Footnotes) -> None:
    from docx.shared import Pt

    if part.heading:
        page.add_heading(clean_text(part.heading), level=2).paragraph_format.page_break_before = part.own_page or None
    for number, line in enumerate(part.sentences):
        paragraph = page.add_paragraph(clean_text(line), style="Normal")
        if not (part.heading or number):
            paragraph.paragraph_format.space_before = Pt(10)
    for point in part.points:
        add_line(page, clean_text(point), "List Bullet")
    for numbered in part.paragraphs:
        _add_numbered(page, numbered, footnotes)
    if part.rows:
        table = add_table(page, part.head, part.widths, clean_text(part.heading))
        for row in part.rows:
            table_row = add_unsplit_row(table)
            set_least_height(table_row, part.row_height)
            for cell, text in zip(table_row.cells, row, strict=True):
                cell.paragraphs[0]._p.style = page.styles["Cell"].style_id
                add_run(cell.paragraphs[0], clean_text(text))
    elif part.is_empty:
        add_line(page, part.none or _("None."), "No actions")


def _add_numbered(page: Document, numbered: NumberedParagraph, footnotes: Footnotes) -> None:
    """Add a numbered paragraph with its footnotes, and its points as a list."""
    paragraph = page.add_paragraph(f"{numbered.number}\t", style="Minute")
    add_run(paragraph, clean_text(numbered.run_in_title), "Strong")
    is_apart = bool(numbered.title)
    for text, note in numbered.split_at_sources():
        add_run(paragraph, f"{' ' if is_apart or text[:1].isspace() else ''}{clean_text(text)}")
        is_apart = False
        if note:
            footnotes.add(paragraph, clean_text(note), get_current_language())
    paragraph.paragraph_format.keep_with_next = bool(numbered.points) or None
    _add_reference(paragraph, numbered.ref)
    for point in numbered.points:
        _add_reference(add_line(page, clean_text(point.text), "List Bullet"), point.ref)
    if numbered.note:
        add_line(page, clean_text(numbered.note), "Remark")


def _add_reference(paragraph: Paragraph, ref: str) -> None:
    if ref:
        add_run(paragraph, f"  {clean_text(ref)}", REFERENCE_STYLE)
