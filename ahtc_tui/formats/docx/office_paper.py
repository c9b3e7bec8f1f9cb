"""A short paper of the office as a Word file: headings, sentences, tables with repeated heads. No template.

User text is literal whatever it holds. The same paper gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.text.terminal import safe
from ahtc_tui.domain.welsh.file_language import in_each, said_in
from ahtc_tui.formats.docx import language as docx_language
from ahtc_tui.formats.docx.container import EPOCH, same_bytes
from ahtc_tui.formats.docx.page_layout import blank, field_of, footer_of, header_of, set_style
from ahtc_tui.formats.docx.tables import add_table, tighten, whole_row

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

    from ahtc_tui.domain.documents.meeting_document import Language
    from ahtc_tui.domain.documents.office_paper import Numbered, OfficePaper, Part

POINT = {"size": 11, "before": 0, "after": 2, "hang": 1.6, "tabs": (1.1, 1.6)}
"""The look of a point under a numbered paragraph; the first has the number of one without words before it."""
MANY = 8
"""Above so many columns the cells of a table stand closer."""
REF_SIZE = 8
REF_INK = "5A6372"
"""Small and grey, at 5.9 to 1 on white: a reference is for whoever checks the claim."""


def write_docx(path: Path, papers: Sequence[tuple[Language, OfficePaper]]) -> None:
    """Write the paper; a second one is the same in the other language, from a new page on."""
    pages = []
    for language, paper in papers:
        with said_in(language):
            pages.append(_page(papers, language, paper))
    for other in pages[1:]:
        docx_language.join(pages[0], other)
    language, paper = papers[0]
    properties = pages[0].core_properties
    properties.title, properties.subject = _line(paper.title)[:255], _line(paper.subtitle)[:255]
    properties.keywords = paper.marking.label
    properties.language = docx_language.TAGS[language]
    properties.revision = 1
    moment = datetime.combine(max(paper.day, EPOCH), time())
    properties.created = properties.modified = moment
    pages[0].save(str(path))
    same_bytes(path, paper.day)


def _page(papers: Sequence[tuple[Language, OfficePaper]], language: Language, paper: OfficePaper) -> Document:
    """One paper. What stands on every page, above and below, is in every language that the file has."""
    page = blank()
    set_style(page, "Point", POINT)
    languages = [each for each, _paper in papers]
    marking = in_each(languages, lambda: paper.marking.label)
    header_of(page, marking)
    counted = (in_each(languages, lambda: _("Page")), in_each(languages, lambda: _("of")))
    footer_of(page, marking, " / ".join(_line(each.title) for _language, each in papers), counted)
    page.add_heading(_line(paper.title), level=1)
    page.add_paragraph(_line(paper.subtitle), style="Meeting day")
    for label, value in paper.facts:
        field_of(page, label, _line(value))
    for part in paper.parts:
        _part(page, part)
    docx_language.fixed_words(page, language)
    return page


def _part(page: Document, part: Part) -> None:
    page.add_heading(_line(part.heading), level=2).paragraph_format.page_break_before = part.own_page or None
    for line in part.lines:
        page.add_paragraph(_line(line), style="Normal")
    for numbered in part.paragraphs:
        _numbered(page, numbered)
    if part.rows:
        table = add_table(page, part.head, part.widths)
        if len(part.head) > MANY:
            tighten(table)
        for row in part.rows:
            cells = whole_row(table).cells
            for cell, text in zip(cells, row, strict=True):
                cell.paragraphs[0].text = _line(text)
                cell.paragraphs[0].style = "Cell"
    elif part.empty:
        page.add_paragraph(part.none or _("None."), style="No actions")


def _numbered(page: Document, numbered: Numbered) -> None:
    """The number hangs before the words, or before the first point where there are none."""
    lead = numbered.number
    if numbered.title or numbered.text or not numbered.points:
        said = page.add_paragraph(f"{lead}\t", style="Minute")
        said.add_run(_line(numbered.title)).bold = True
        said.add_run(_line(f" {numbered.text}" if numbered.title else numbered.text))
        said.paragraph_format.keep_with_next = bool(numbered.points) or None
        _reference(said, numbered.ref)
        lead = ""
    for point in numbered.points:
        said = page.add_paragraph(f"{lead}\t–\t{_line(point.text)}", style="Point")
        _reference(said, point.ref)
        lead = ""
    if numbered.note:
        page.add_paragraph(_line(numbered.note), style="Remark")


def _reference(said: Paragraph, ref: str) -> None:
    if ref:
        from docx.shared import Pt, RGBColor

        run = said.add_run(f"  {_line(ref)}")
        run.font.size, run.font.color.rgb = Pt(REF_SIZE), RGBColor.from_string(REF_INK)


def _line(text: str) -> str:
    """User text on one line, without what Word or a terminal would take for a command."""
    return " ".join(safe(text).split())
