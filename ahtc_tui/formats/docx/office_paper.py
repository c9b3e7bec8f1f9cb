"""A short office paper as a Word document, built without a template.

User text is escaped. Equal papers give equal bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.domain.documents.author import format_author
from ahtc_tui.domain.i18n import _, join_translations, use_language
from ahtc_tui.domain.text.terminal import escape_controls
from ahtc_tui.formats.docx import language as docx_language
from ahtc_tui.formats.docx.container import EPOCH, normalize_container
from ahtc_tui.formats.docx.page_layout import REFERENCE_STYLE, add_footer, add_header, add_labelled_line, create_page
from ahtc_tui.formats.docx.tables import add_table, add_unsplit_row

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

    from ahtc_tui.domain.documents.office_paper import NumberedParagraph, OfficePaper, PaperPart
    from ahtc_tui.domain.i18n import Language


def write_office_paper_docx(path: Path, papers: Sequence[tuple[Language, OfficePaper]]) -> None:
    """Write the paper; a second one is the same paper in the other language, on a new page."""
    pages = []
    for language, paper in papers:
        with use_language(language):
            pages.append(_build_page(language, paper))
    for second in pages[1:]:
        docx_language.append_document(pages[0], second)
    language, paper = papers[0]
    properties = pages[0].core_properties
    properties.title = " | ".join(_clean_line(each.title) for _language, each in papers)[:255]
    properties.subject = " | ".join(_clean_line(each.subtitle) for _language, each in papers)[:255]
    languages = [each for each, _paper in papers]
    properties.author = properties.last_modified_by = join_translations(languages, format_author)
    properties.keywords = join_translations(languages, lambda: paper.marking.label)
    properties.language = docx_language.LANGUAGE_TAGS[language]
    properties.revision = 1
    moment = datetime.combine(max(paper.day, EPOCH), time())
    properties.created = properties.modified = moment
    pages[0].save(str(path))
    normalize_container(path, paper.day)


def _build_page(language: Language, paper: OfficePaper) -> Document:
    """Build one paper with its header and footer, in the current language."""
    page = create_page()
    add_header(page, paper.marking.label)
    add_footer(page, paper.marking.label, _clean_line(paper.title), (_("Page"), _("of")))
    page.add_heading(_clean_line(paper.title), level=1)
    page.add_paragraph(_clean_line(paper.subtitle), style="Meeting day")
    for label, value in paper.facts:
        add_labelled_line(page, label, _clean_line(value))
    for part in paper.parts:
        _add_part(page, part)
    docx_language.mark_fixed_text(page, language)
    return page


def _add_part(page: Document, part: PaperPart) -> None:
    page.add_heading(_clean_line(part.heading), level=2).paragraph_format.page_break_before = part.own_page or None
    for line in part.lines:
        page.add_paragraph(_clean_line(line), style="Normal")
    for numbered in part.paragraphs:
        _add_numbered(page, numbered)
    if part.rows:
        table = add_table(page, part.head, part.widths, _clean_line(part.heading))
        for row in part.rows:
            cells = add_unsplit_row(table).cells
            for cell, text in zip(cells, row, strict=True):
                cell.paragraphs[0].text = _clean_line(text)
                cell.paragraphs[0].style = "Cell"
    elif part.is_empty:
        page.add_paragraph(part.none or _("None."), style="No actions")


def _add_numbered(page: Document, numbered: NumberedParagraph) -> None:
    """Add a numbered paragraph and its points as a list."""
    paragraph = page.add_paragraph(f"{numbered.number}\t", style="Minute")
    paragraph.add_run(_clean_line(numbered.title), style="Strong")
    paragraph.add_run(_clean_line(f" {numbered.text}" if numbered.title else numbered.text))
    paragraph.paragraph_format.keep_with_next = bool(numbered.points) or None
    _add_reference(paragraph, numbered.ref)
    for point in numbered.points:
        _add_reference(page.add_paragraph(_clean_line(point.text), style="List Bullet"), point.ref)
    if numbered.note:
        page.add_paragraph(_clean_line(numbered.note), style="Remark")


def _add_reference(paragraph: Paragraph, ref: str) -> None:
    if ref:
        paragraph.add_run(f"  {_clean_line(ref)}", style=REFERENCE_STYLE)


def _clean_line(text: str) -> str:
    return " ".join(escape_controls(text).split())
