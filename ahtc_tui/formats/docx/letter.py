"""Letterheads in Word, and letters: addressee, date, salutation, subject, body and signature."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import _
from ahtc_tui.formats.blocks.office_paper import clean_text
from ahtc_tui.formats.docx.page_layout import add_labelled_line, add_line

if TYPE_CHECKING:
    from docx.document import Document

    from ahtc_tui.domain.documents.office_paper import LetterFrame, Letterhead, OfficePaper, PaperPart

LOGO_HEIGHT = 1.8
"""Height of the logo in centimetres."""
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
    """Insert a letterhead before the first paragraph, with address and email on one line."""
    first, last = page.paragraphs[0]._p, page.paragraphs[-1]._p
    _add_letterhead(page, replace(head, address=(head.contact_line,), email=""))
    for element in list(last.itersiblings(preceding=False)):
        if element.tag == last.tag:
            first.addprevious(element)


def _add_letterhead(page: Document, head: Letterhead) -> None:
    """Append logo, name, address and email of the office."""
    from docx.shared import Cm

    if head.logo:
        paragraph = add_line(page, "", "Letterhead")
        try:
            picture = paragraph.add_run().add_picture(str(head.logo), height=Cm(LOGO_HEIGHT))
        except Exception as error:  # python-docx raises many types for other pictures
            sentence = _('The logo "{path}" is not a PNG or JPEG picture. Correct the setting office.logo.')
            raise BadFile(sentence.format(path=head.logo)) from error
        picture._inline.docPr.set("descr", clean_text(head.name))
    add_line(page, clean_text(head.name), "Office name")
    for line in (*head.address, head.email):
        if line:
            add_line(page, clean_text(line), "Letterhead")


def _keep_end_together(page: Document) -> None:
    """Keep the last paragraph of the body, or the last row of its table, on the page of the signature."""
    from docx.table import Table

    last = list(page.iter_inner_content())[-1]
    paragraphs = [paragraph for cell in last.rows[-1].cells for paragraph in cell.paragraphs] if isinstance(
        last, Table) else [last]  # fmt: skip
    for paragraph in paragraphs:
        paragraph.paragraph_format.keep_with_next = True
