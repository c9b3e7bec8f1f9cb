"""Letterheads in Word, and letters: addressee, date, salutation, subject, body and signature."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import _
from ahtc_tui.formats.blocks.office_paper import clean_text
from ahtc_tui.formats.docx.page_layout import add_labelled_line, add_line, add_run

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

    from ahtc_tui.domain.documents.office_paper import LetterFrame, Letterhead, OfficePaper, PaperPart

LOGO_HEIGHT, SMALL_LOGO_HEIGHT = 1.8, 1.0
"""Height of the logo in centimetres: of a letter, and of a paper."""
SUBJECT_SIZE = 12
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
