"""What stands in a Word document of a meeting, and what a restyled template may do."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from ahtc_tui.domain.documents.meeting_document import DocumentKind
from ahtc_tui.domain.errors import BadFile
from ahtc_tui.formats.docx.meeting import write_docx
from ahtc_tui.formats.docx.template_builder import FOLDER
from tests.formats.meeting_documents import HOSTILE, minutes

TEMPLATE = FOLDER / "minutes.docx"


def opened(path: Path, **changes: Any) -> Any:
    write_docx(path, minutes(**changes), TEMPLATE)
    return docx.Document(str(path))


def words(page: Any) -> str:
    """All text of the body, cells included."""
    return "\n".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in page.element.body.iter(qn("w:p")))


def test_what_people_typed_arrives_as_they_typed_it(tmp_path: Path) -> None:
    said = words(opened(tmp_path / "minutes.docx"))
    assert said.count(HOSTILE) == 7


def test_the_marking_is_on_top_and_at_the_bottom_and_the_page_is_counted(tmp_path: Path) -> None:
    section = opened(tmp_path / "minutes.docx").sections[0]
    assert section.header.paragraphs[0].text == "OFFICIAL"
    assert section.footer.paragraphs[0].text == "OFFICIAL"
    codes = [code.text.strip() for code in section.footer._element.iter(qn("w:instrText"))]
    assert codes == ["PAGE", "NUMPAGES"]


def test_headings_are_headings_and_every_table_repeats_its_first_row(tmp_path: Path) -> None:
    page = opened(tmp_path / "minutes.docx")
    headings = [p.text for p in page.paragraphs if p.style.name.startswith("Heading")]
    assert headings[:2] == ["Minutes", "Attendance"]
    assert headings[2] == f"1.\t{HOSTILE}"
    assert headings[-1] == "Date of next meeting"
    assert all(table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None for table in page.tables)


def test_the_file_says_what_it_is(tmp_path: Path) -> None:
    properties = opened(tmp_path / "minutes.docx").core_properties
    assert properties.title == "Leadership Group: minutes"
    assert properties.subject == "LG-2013-01, Tuesday 10 December 2013"
    assert (properties.keywords, properties.language) == ("OFFICIAL", "en-GB")
    assert properties.created.replace(tzinfo=None) == datetime(2013, 12, 10)  # noqa: DTZ001


def test_the_same_minutes_are_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one.docx", "two.docx"):
        write_docx(tmp_path / name, minutes(), TEMPLATE)
    assert (tmp_path / "one.docx").read_bytes() == (tmp_path / "two.docx").read_bytes()


def test_minutes_with_nothing_in_them_still_make_a_document(tmp_path: Path) -> None:
    empty: dict[str, Any] = dict.fromkeys(("attendance", "agenda", "actions", "decisions", "papers"), ())
    said = words(opened(tmp_path / "minutes.docx", day=None, next_meeting="", **empty))
    for sentence in ("Attendance was not recorded.", "No decisions were recorded.", "No actions were agreed."):
        assert sentence in said
    write_docx(tmp_path / "agenda.docx", minutes(kind=DocumentKind.AGENDA, **empty), FOLDER / "agenda.docx")


def test_what_a_restyled_template_adds_between_placeholders_arrives_as_well(tmp_path: Path) -> None:
    page = docx.Document(str(TEMPLATE))
    page.add_paragraph("{{ 'Paper <A> or <B>: ' ~ ref }}")
    page.save(str(tmp_path / "own.docx"))
    write_docx(tmp_path / "minutes.docx", minutes(), tmp_path / "own.docx")
    assert f"Paper <A> or <B>: {minutes().ref}" in words(docx.Document(str(tmp_path / "minutes.docx")))


@pytest.mark.parametrize(
    ("placeholder", "said"),
    [
        ("{{ chairr }}", 'no placeholder "chairr"'),
        ("{{ say.chairr }}", 'no placeholder "chairr"'),
        ("{% if title %}", "not whole"),
        ("{{ ''.__class__.__mro__ }}", "__class__"),
    ],
)
def test_a_broken_template_is_named_with_its_placeholder(placeholder: str, said: str, tmp_path: Path) -> None:
    page = docx.Document(str(TEMPLATE))
    page.add_paragraph(placeholder)
    page.save(str(tmp_path / "own.docx"))
    with pytest.raises(BadFile, match=said) as caught:
        write_docx(tmp_path / "minutes.docx", minutes(), tmp_path / "own.docx")
    assert "own.docx" in str(caught.value)


def test_a_template_that_is_no_word_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "own.docx").write_bytes(b"not a document")
    with pytest.raises(BadFile, match="cannot be used"):
        write_docx(tmp_path / "minutes.docx", minutes(), tmp_path / "own.docx")
