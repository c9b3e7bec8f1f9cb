"""Name plates as a Word document: on each page a tent card, A4 folded along its length, read from both sides.

The left half of a page reads downwards and the right half upwards, so that both are upright after the fold.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.i18n import Language, _, use_language
from ahtc_tui.domain.text.cleaning import shorten_text
from ahtc_tui.formats.docx.filled_template import save_document
from ahtc_tui.formats.docx.language import mark_languages
from ahtc_tui.formats.docx.page_layout import create_page
from ahtc_tui.formats.docx.tables import mark_header_row
from ahtc_tui.formats.files.office_container import DocumentProperties

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell

PLATE_LENGTH, PLATE_HEIGHT = 27.0, 9.6
"""Size of one side in centimetres, without the margins of the page."""
LARGEST_NAME, LARGEST_BODY, SMALLEST = 80, 32, 10
"""Sizes of type in points."""
MOST_CHARACTERS = 300
"""A longer text is shortened, since a plate with more cannot be read."""
POINTS_PER_CENTIMETRE = 28.35
LINE_HEIGHT = 1.2
NAME_SHARE = 0.64
"""Share of the height of a plate that the name may take; the organisation has the rest."""
SUBSTITUTE = 1.2
"""Width of the widest font that programs use instead of Arial, as a multiple of it."""
NARROW, WIDE = frozenset("fijlrtI.,:;'’|()- /"), frozenset("mwMWŵŴ@")


@dataclass(frozen=True, slots=True)
class NamePlate:
    """The name in large type, of a body in each language of the file, and the lines below it."""

    names: tuple[str, ...]
    bodies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NamePlatePage:
    """The small print of each page, and the properties of the file."""

    meeting: str
    ref: str
    language: Language
    marking: Marking
    day: date


def write_name_plates(path: Path, plates: Sequence[NamePlate], info: NamePlatePage) -> None:
    """Write a page for each plate; without plates one page says so."""
    with use_language(info.language):
        page = _create_plate_page(info.marking.label)
        if not plates:
            page.add_paragraph(_("No one is expected at the meeting yet."), style="Normal")
        for number, plate in enumerate(plates):
            _add_plate(page, plate, first=number == 0)
        title = _("Name plates")
    mark_languages(page, info.language)
    languages = info.language.languages
    properties = DocumentProperties(languages, [f"{title}: {info.meeting}"], [info.ref], info.marking, info.day)
    save_document(path, page, properties)


def _create_plate_page(marking: str) -> Document:
    """Return an A4 page with narrow margins and the marking at its head."""
    from docx.shared import Cm

    page = create_page()
    section = page.sections[0]
    section.left_margin = section.right_margin = Cm(0.9)
    section.top_margin = section.bottom_margin = Cm(1.3)
    section.header_distance = Cm(0.6)
    header = section.header
    header.is_linked_to_previous = False
    header.paragraphs[0].text = marking
    header.paragraphs[0].style = "Status"
    return page


def _add_plate(page: Document, plate: NamePlate, *, first: bool) -> None:
    """Add a table of two cells that fills the page, with the text turned towards the fold."""
    from docx.enum.table import WD_ROW_HEIGHT_RULE
    from docx.shared import Cm, Pt

    if not first:
        page.add_page_break().paragraph_format.space_after = Pt(0)  # type: ignore[no-untyped-call]
    table = page.add_table(rows=1, cols=2)
    table.autofit = False
    row = table.rows[0]
    mark_header_row(row)
    row.height, row.height_rule = Cm(PLATE_LENGTH - 1.5), WD_ROW_HEIGHT_RULE.EXACTLY
    for cell, direction in zip(row.cells, ("tbRl", "btLr"), strict=True):
        cell.width = Cm(PLATE_HEIGHT)
        _turn_cell(cell, direction)
        _fill_plate(cell, plate)


def _turn_cell(cell: _Cell, direction: str) -> None:
    """Turn the text of a cell and centre it. The schema has the direction before the alignment."""
    from docx.enum.table import WD_ALIGN_VERTICAL
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement("w:textDirection")
    element.set(qn("w:val"), direction)
    cell._tc.get_or_add_tcPr().append(element)
    cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER


def _fill_plate(cell: _Cell, plate: NamePlate) -> None:
    height = PLATE_HEIGHT * POINTS_PER_CENTIMETRE
    names, bodies = ([shorten_text(text, MOST_CHARACTERS) for text in texts] for texts in (plate.names, plate.bodies))
    name_size = fit_size(names, LARGEST_NAME, height * (NAME_SHARE if bodies else 1.0))
    body_size = min(fit_size(bodies, LARGEST_BODY, height * (1 - NAME_SHARE)), max(SMALLEST, name_size * 3 // 4))
    lines = [(name, name_size, True) for name in names] + [(body, body_size, False) for body in bodies]
    for number, (text, size, bold) in enumerate(lines):
        _add_line(cell.add_paragraph() if number else cell.paragraphs[0], text, size, bold=bold)


def _add_line(paragraph: Any, text: str, size: int, *, bold: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.line_spacing = 1.0
    run = paragraph.add_run(text)
    run.font.size, run.font.bold = Pt(size), bold


def fit_size(texts: Sequence[str], largest: int, height: float) -> int:
    """Return the largest size of type in points at which the lines fit the length and a height of a plate."""
    for size in range(largest, SMALLEST, -2):
        lines = sum(_count_lines(text, size) for text in texts)
        if lines * size * LINE_HEIGHT <= height and all(_fits_word(text, size) for text in texts):
            return size
    return SMALLEST


def _count_lines(text: str, size: int) -> int:
    """Return the number of lines after word wrap, by the widths of bold Arial, rounded up."""
    lines, width = 1, 0.0
    for word in text.split():
        word_width = _measure(word, size)
        if width and width + _measure(" ", size) + word_width > _plate_length():
            lines, width = lines + 1, word_width
        else:
            width += word_width + (_measure(" ", size) if width else 0)
        lines += int(word_width // _plate_length())
    return lines


def _fits_word(text: str, size: int) -> bool:
    return all(_measure(word, size) <= _plate_length() for word in text.split())


def _plate_length() -> float:
    return (PLATE_LENGTH - 2.5) * POINTS_PER_CENTIMETRE


def _measure(text: str, size: int) -> float:
    return sum(map(_measure_letter, text)) * size * SUBSTITUTE


def _measure_letter(letter: str) -> float:
    """Return the estimated width of a letter, as a part of the size of the type."""
    if letter in NARROW:
        return 0.36
    if letter in WIDE:
        return 0.94
    return 0.74 if letter.isupper() else 0.6
