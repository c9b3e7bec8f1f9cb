"""Office papers in Word: the shipped template, a restyled one, and one without the place of the contents."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.shared import Pt

from ahtc_tui.domain.documents.office_paper import NumberedParagraph, OfficePaper, PaperPart
from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import Language
from ahtc_tui.formats.docx.office_paper import write_office_paper_docx
from ahtc_tui.formats.docx.template_builder import FOLDER

TEMPLATE = FOLDER / "office-paper.docx"
PART = PaperPart("Seats", (), ("Group", "Role"), (("@lead {{ x }}", "Member"),), (8.2, 8.2))
PAPER = OfficePaper("Brief: {{ title }}", "28 January 2014", date(2014, 1, 28), (("Chair", "{% if %}"),), (PART,))


def write_paper(folder: Path, template: Path) -> docx.document.Document:
    write_office_paper_docx(folder / "paper.docx", [(Language.EN, PAPER)], template)
    return docx.Document(str(folder / "paper.docx"))


def test_text_of_people_is_literal_in_head_and_table(tmp_path: Path) -> None:
    page = write_paper(tmp_path, TEMPLATE)
    assert [paragraph.text for paragraph in page.paragraphs[:3]] == [PAPER.title, PAPER.subtitle, "Chair: {% if %}"]
    assert page.tables[0].rows[1].cells[0].text == "@lead {{ x }}"
    assert page.tables[0].style is not None
    assert page.tables[0].style.name == "Office table"


def test_the_note_of_a_paragraph_stays_with_it_and_apart_from_the_next_one(tmp_path: Path) -> None:
    numbered = (NumberedParagraph("1.1", "", "Two fora.", note="Check it."), NumberedParagraph("1.2", "", "One board."))
    paper = replace(PAPER, parts=(PaperPart("Fora", paragraphs=numbered),))
    write_office_paper_docx(tmp_path / "paper.docx", [(Language.EN, paper)], TEMPLATE)
    lines = {row.text: row.paragraph_format for row in docx.Document(str(tmp_path / "paper.docx")).paragraphs}
    assert lines["1.1\tTwo fora."].keep_with_next
    assert (lines["Check it."].space_before, lines["Check it."].space_after) == (Pt(0), Pt(8))
    assert not lines["1.2\tOne board."].keep_with_next


def test_a_restyled_template_keeps_its_styles_and_its_last_paragraph(tmp_path: Path) -> None:
    shutil.copy(TEMPLATE, tmp_path / "brief.docx")
    own = docx.Document(str(tmp_path / "brief.docx"))
    own.styles["Heading 2"].font.size = Pt(30)
    own.add_paragraph("Cathays Park, {{ marking }}")
    own.save(str(tmp_path / "brief.docx"))
    page = write_paper(tmp_path, tmp_path / "brief.docx")
    assert page.styles["Heading 2"].font.size == Pt(30)
    assert page.paragraphs[-1].text == "Cathays Park, OFFICIAL"


def test_styles_that_a_template_lacks_are_added(tmp_path: Path) -> None:
    own = docx.Document()
    own.add_paragraph("{{ contents }}")
    own.save(str(tmp_path / "own.docx"))
    assert write_paper(tmp_path, tmp_path / "own.docx").tables[0].rows[1].cells[1].text == "Member"


def test_a_template_without_the_place_of_the_contents_is_refused(tmp_path: Path) -> None:
    own = docx.Document()
    own.add_paragraph("{{ title }}")
    own.save(str(tmp_path / "own.docx"))
    with pytest.raises(BadFile, match='no placeholder is called "contents"'):
        write_paper(tmp_path, tmp_path / "own.docx")
    assert not (tmp_path / "paper.docx").exists()
