"""A short office paper as a Word document, from a template that the secretariat may have restyled.

User text is escaped. Equal papers give equal bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import Language, _, get_current_language, use_language
from ahtc_tui.formats.blocks.office_paper import clean_text
from ahtc_tui.formats.docx import language as docx_language
from ahtc_tui.formats.docx.filled_template import (
    escape_value,
    fill_document,
    save_document,
)
from ahtc_tui.formats.docx.page_layout import (
    REFERENCE_STYLE,
    add_labelled_line,
    add_line,
    add_missing_styles,
    add_run,
    set_style,
)
from ahtc_tui.formats.docx.tables import add_table, add_unsplit_row, apply_style, set_least_height
from ahtc_tui.formats.files.office_container import LANGUAGE_TAGS, DocumentProperties, build_template_error

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

    from ahtc_tui.domain.documents.office_paper import (
        LetterFrame,
        Letterhead,
        NumberedParagraph,
        OfficePaper,
        PaperPart,
    )


FOOTNOTE_TEXT, FOOTNOTE_REFERENCE = "footnote text", "footnote reference"
"""Built-in names of the styles, which Word knows in every language."""
FIRST_NUMBER = 2
"""Ids of footnotes begin here: 0 and 1 are the lines between text and footnotes."""
SEPARATORS = (("separator", 0), ("continuationSeparator", 1))


def add_styles(page: Document) -> None:
    """Add the styles of footnotes that a page has not."""
    from docx.enum.style import WD_STYLE_TYPE

    existing = {style.name for style in page.styles}
    if FOOTNOTE_TEXT not in existing:
        set_style(page, FOOTNOTE_TEXT, {"size": 9, "after": 2})
    if FOOTNOTE_REFERENCE not in existing:
        style: Any = page.styles.add_style(FOOTNOTE_REFERENCE, WD_STYLE_TYPE.CHARACTER)
        style.font.superscript = True


class Footnotes:
    """The footnotes of a file, numbered through all its languages."""

    def __init__(self) -> None:
        self._notes: list[tuple[str, Language]] = []

    def add(self, paragraph: Paragraph, text: str, language: Language) -> None:
        """Append the reference of a new footnote to a paragraph."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        reference = OxmlElement("w:footnoteReference")
        reference.set(qn("w:id"), str(FIRST_NUMBER + len(self._notes)))
        add_run(paragraph, "", FOOTNOTE_REFERENCE).append(reference)
        self._notes.append((text, language))

    def attach(self, page: Document) -> None:
        """Add the part with the texts of the footnotes; nothing where there are none."""
        from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part
        from docx.oxml import parse_xml
        from docx.oxml.ns import nsdecls
        from lxml import etree

        if not self._notes:
            return
        lines = [
            f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
            for kind, number in SEPARATORS
        ]
        style_ids = [page.styles[name].style_id for name in (FOOTNOTE_TEXT, FOOTNOTE_REFERENCE)]
        lines += [
            _format_note(number, text, language, *style_ids)
            for number, (text, language) in enumerate(self._notes, FIRST_NUMBER)
        ]
        tree = parse_xml(f"<w:footnotes {nsdecls('w')}>{''.join(lines)}</w:footnotes>")
        blob = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
        part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, blob, page.part.package)
        page.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _format_note(number: int, text: str, language: Language, text_style: str, reference_style: str) -> str:
    return (
        f'<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="{text_style}"/></w:pPr>'
        f'<w:r><w:rPr><w:rStyle w:val="{reference_style}"/></w:rPr><w:footnoteRef/></w:r>'
        f'<w:r><w:rPr><w:lang w:val="{LANGUAGE_TAGS[language]}"/></w:rPr>'
        f'<w:t xml:space="preserve"> {escape(text, quote=False)}</w:t></w:r></w:p></w:footnote>'
    )


LOGO_HEIGHT, SMALL_LOGO_HEIGHT = 1.8, 1.0
"""Height of the logo in centimetres: of a letter, and of a paper."""
SUBJECT_SIZE = 14
SIGNATURE_SPACE = 42
"""Points between the closing line and the name, for a signature."""


def add_letter(page: Document, paper: OfficePaper, frame: LetterFrame, add_part: Callable[[PaperPart], None]) -> None:
    """Append a letter; the facts of the paper follow its first part, and the signature is never alone on a page."""
    from docx.shared import Pt

    is_titled = clean_text(paper.title) in (paragraph.text.strip() for paragraph in page.paragraphs)
    _add_letterhead(page, frame.head)
    for number, line in enumerate(frame.addressee):
        paragraph = add_line(page, clean_text(line), "Addressee")
        paragraph.paragraph_format.space_before = Pt(18 if not number else 0)
    add_line(page, clean_text(paper.subtitle), "Addressee").paragraph_format.space_before = Pt(14)
    add_line(page, clean_text(frame.salutation), "Addressee").paragraph_format.space_before = Pt(14)
    if not is_titled:
        subject = page.add_paragraph(clean_text(paper.title), style="Heading 1")
        subject.runs[0].font.size = Pt(SUBJECT_SIZE)
        subject.paragraph_format.space_before = Pt(10)
    for number, part in enumerate(paper.parts):
        add_part(part)
        for label, value in paper.facts if not number else ():
            add_labelled_line(page, clean_text(label), clean_text(value))
    _keep_end_together(page)
    add_line(page, clean_text(frame.closing), "Signature").paragraph_format.space_before = Pt(10)
    for number, line in enumerate(frame.signature):
        paragraph = add_line(page, clean_text(line), "Signature")
        paragraph.paragraph_format.space_before = Pt(SIGNATURE_SPACE if not number else 0)
        paragraph.paragraph_format.keep_with_next = number < len(frame.signature) - 1


def add_letterhead_first(page: Document, head: Letterhead) -> None:
    """Insert a letterhead of two lines before the first paragraph: logo and name, then address and email."""
    from docx.shared import Pt

    first = page.paragraphs[0]._p
    name = add_line(page, "", "Office name")
    if head.logo:
        _add_logo(name, head, SMALL_LOGO_HEIGHT)
        name.add_run("  ")
    add_run(name, clean_text(head.name))
    contact = add_line(page, clean_text(head.contact_line), "Letterhead") if head.contact_line else name
    contact.paragraph_format.space_after = Pt(10)
    for paragraph in dict.fromkeys((name, contact)):
        first.addprevious(paragraph._p)


def _add_letterhead(page: Document, head: Letterhead) -> None:
    """Append logo, name, address and email of the office."""
    if head.logo:
        _add_logo(add_line(page, "", "Letterhead"), head, LOGO_HEIGHT)
    add_line(page, clean_text(head.name), "Office name")
    for line in (*head.address, head.email):
        if line:
            add_line(page, clean_text(line), "Letterhead")


def _add_logo(paragraph: Paragraph, head: Letterhead, height: float) -> None:
    """Append the logo to a paragraph; its height is in centimetres. Raises BadFile for another kind of picture."""
    from docx.shared import Cm

    try:
        picture = paragraph.add_run().add_picture(str(head.logo), height=Cm(height))
    except Exception as error:  # python-docx raises many types for other pictures
        sentence = _('The logo "{path}" is not a PNG or JPEG picture. Correct the setting office.logo.')
        raise BadFile(sentence.format(path=head.logo)) from error
    picture._inline.docPr.set("descr", clean_text(head.name))


def _keep_end_together(page: Document) -> None:
    """Keep the last paragraph of the body, or the last row of its table, on the page of the signature."""
    from docx.table import Table

    last = list(page.iter_inner_content())[-1]
    paragraphs = [paragraph for cell in last.rows[-1].cells for paragraph in cell.paragraphs] if isinstance(
        last, Table) else [last]  # fmt: skip
    for paragraph in paragraphs:
        paragraph.paragraph_format.keep_with_next = True


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
        raise build_template_error(template, _('no placeholder is called "{name}"').format(name="contents"))
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
                apply_style(cell.paragraphs[0], "Cell")
                add_run(cell.paragraphs[0], clean_text(text))
    elif part.is_empty:
        add_line(page, part.none or _("No entries."), "No actions")


def _add_numbered(page: Document, numbered: NumberedParagraph, footnotes: Footnotes) -> None:
    """Add a numbered paragraph with its footnotes, its points as a list, and its note."""
    from docx.shared import Pt

    paragraph = page.add_paragraph(f"{numbered.number}\t")
    apply_style(paragraph, "Minute")
    add_run(paragraph, clean_text(numbered.run_in_title), "Strong")
    is_apart = bool(numbered.title)
    for text, note in numbered.split_at_sources():
        add_run(paragraph, f"{' ' if is_apart or text[:1].isspace() else ''}{clean_text(text)}")
        is_apart = False
        if note:
            footnotes.add(paragraph, clean_text(note), get_current_language())
    paragraph.paragraph_format.keep_with_next = bool(numbered.points or numbered.note) or None
    _add_reference(paragraph, numbered.ref)
    for point in numbered.points:
        _add_reference(add_line(page, clean_text(point.text), "List Bullet"), point.ref)
    if numbered.note:
        note = add_line(page, clean_text(numbered.note), "Remark").paragraph_format
        note.space_before, note.space_after = Pt(0), Pt(8)


def _add_reference(paragraph: Paragraph, ref: str) -> None:
    if ref:
        add_run(paragraph, f"  {clean_text(ref)}", REFERENCE_STYLE)
