"""Content of Word documents of a meeting, and what a changed template may do."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from ahtc_tui.domain.documents.meeting_document import DocumentKind, ItemEntry
from ahtc_tui.domain.errors import BadFile
from ahtc_tui.formats.docx import filled_template
from ahtc_tui.formats.docx.meeting import write_meeting_docx
from ahtc_tui.formats.docx.template_builder import FOLDER
from tests.formats.meeting_documents import HOSTILE, build_minutes

TEMPLATE = FOLDER / "minutes.docx"


def write_and_open(path: Path, **changes: Any) -> Any:
    write_meeting_docx(path, build_minutes(**changes), TEMPLATE)
    return docx.Document(str(path))


def extract_text(page: Any) -> str:
    """Return all text of the body, including table cells."""
    return "\n".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in page.element.body.iter(qn("w:p")))


def test_typed_text_is_literal(tmp_path: Path) -> None:
    text = extract_text(write_and_open(tmp_path / "minutes.docx"))
    assert text.count(HOSTILE) == 7


def test_header_and_footer_have_marking_and_page_fields(tmp_path: Path) -> None:
    section = write_and_open(tmp_path / "minutes.docx").sections[0]
    assert section.header.paragraphs[0].text == "OFFICIAL"
    assert section.footer.paragraphs[0].text == "OFFICIAL"
    codes = [code.text.strip() for code in section.footer._element.iter(qn("w:instrText"))]
    assert codes == ["PAGE", "NUMPAGES"]


def test_headings_have_styles_and_tables_repeat_header_rows(tmp_path: Path) -> None:
    page = write_and_open(tmp_path / "minutes.docx")
    headings = [p.text for p in page.paragraphs if p.style.name.startswith("Heading")]
    assert headings[:2] == ["Minutes", "Attendance"]
    assert headings[2:4] == ["Present", f"1.\t{HOSTILE}"]
    assert headings[-1] == "Date of next meeting"
    assert all(table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None for table in page.tables)


def test_the_last_part_keeps_with_what_is_before_it(tmp_path: Path) -> None:
    blocks = list(write_and_open(tmp_path / "minutes.docx").iter_inner_content())
    (place,) = [n for n, block in enumerate(blocks) if getattr(block, "text", "") == "Date of next meeting"]
    before = blocks[place - 1]
    texts = [cell.paragraphs[-1] for cell in before.rows[-1].cells] if hasattr(before, "rows") else [before]
    assert all(paragraph.paragraph_format.keep_with_next for paragraph in texts)


def test_a_long_title_of_an_item_continues_below_its_first_word(tmp_path: Path) -> None:
    (heading,) = [p for p in write_and_open(tmp_path / "minutes.docx").paragraphs if p.text.startswith("1.\t")]
    indents = heading.paragraph_format.left_indent, heading.paragraph_format.first_line_indent
    assert [round(indent.cm, 1) for indent in indents] == [1.1, -1.1]


def test_document_properties_are_set(tmp_path: Path) -> None:
    properties = write_and_open(tmp_path / "minutes.docx").core_properties
    assert properties.title == "Minutes 10 December 2013: Leadership Group"
    assert properties.subject == "LG-2013-01, Tuesday 10 December 2013"
    assert (properties.keywords, properties.language) == ("OFFICIAL", "en-GB")
    assert properties.created.replace(tzinfo=None) == datetime(2013, 12, 10)  # noqa: DTZ001


def test_minutes_are_reproducible(tmp_path: Path) -> None:
    for name in ("one.docx", "two.docx"):
        write_meeting_docx(tmp_path / name, build_minutes(), TEMPLATE)
    assert (tmp_path / "one.docx").read_bytes() == (tmp_path / "two.docx").read_bytes()


def test_empty_minutes_make_a_document(tmp_path: Path) -> None:
    empty: dict[str, Any] = dict.fromkeys(("attendance", "agenda", "actions", "decisions", "papers"), ())
    text = extract_text(write_and_open(tmp_path / "minutes.docx", day=None, next_meeting="", **empty))
    for sentence in ("Attendance was not recorded.", "No actions were agreed."):
        assert sentence in text
    write_meeting_docx(
        tmp_path / "agenda.docx", build_minutes(kind=DocumentKind.AGENDA, **empty), FOLDER / "agenda.docx"
    )


def test_text_added_to_a_template_is_kept(tmp_path: Path) -> None:
    page = docx.Document(str(TEMPLATE))
    page.add_paragraph("{{ 'Paper <A> or <B>: ' ~ ref }}")
    page.save(str(tmp_path / "own.docx"))
    write_meeting_docx(tmp_path / "minutes.docx", build_minutes(), tmp_path / "own.docx")
    assert f"Paper <A> or <B>: {build_minutes().ref}" in extract_text(docx.Document(str(tmp_path / "minutes.docx")))


@pytest.mark.sample(2)
@pytest.mark.parametrize(
    ("placeholder", "reason"),
    [
        ("{{ chairr }}", 'no placeholder is called "chairr"'),
        ("{{ say.chairr }}", 'no placeholder is called "chairr"'),
        ("{% if title %}", "incomplete"),
        ("{{ ''.__class__.__mro__ }}", "__class__"),
    ],
)
def test_a_broken_template_is_refused_with_its_placeholder(placeholder: str, reason: str, tmp_path: Path) -> None:
    page = docx.Document(str(TEMPLATE))
    page.add_paragraph(placeholder)
    page.save(str(tmp_path / "own.docx"))
    with pytest.raises(BadFile, match=reason) as caught:
        write_meeting_docx(tmp_path / "minutes.docx", build_minutes(), tmp_path / "own.docx")
    assert "own.docx" in str(caught.value)


@pytest.mark.sample(5)
@pytest.mark.parametrize(
    "placeholder",
    [
        "{{ 'x' * 10**10 }}",
        "{{ 9 ** (10 ** 9) }}",
        "{{ 'x'.ljust(10**10) }}",
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
        "{% for a in range(99999) %}{{ 'x' * 9999 }}{% endfor %}",
    ],
)
def test_a_template_that_needs_too_much_time_or_memory_is_refused(
    placeholder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filled_template, "CPU_SECONDS", 3)
    page = docx.Document(str(TEMPLATE))
    page.add_paragraph(placeholder)
    page.save(str(tmp_path / "own.docx"))
    with pytest.raises(BadFile, match="too much time or memory"):
        write_meeting_docx(tmp_path / "minutes.docx", build_minutes(), tmp_path / "own.docx")
    assert not (tmp_path / "minutes.docx").exists()


def test_a_copy_of_the_shipped_template_gives_the_same_document(tmp_path: Path) -> None:
    shutil.copy(TEMPLATE, tmp_path / "own.docx")
    for name, template in (("one.docx", TEMPLATE), ("two.docx", tmp_path / "own.docx")):
        write_meeting_docx(tmp_path / name, build_minutes(), template)
    assert (tmp_path / "one.docx").read_bytes() == (tmp_path / "two.docx").read_bytes()


def test_a_template_that_is_not_a_word_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "own.docx").write_bytes(b"not a document")
    with pytest.raises(BadFile, match="cannot be used"):
        write_meeting_docx(tmp_path / "minutes.docx", build_minutes(), tmp_path / "own.docx")


def test_a_cell_without_text_has_a_paragraph_whatever_the_template(tmp_path: Path) -> None:
    page = docx.Document()
    cell = page.add_table(1, 1).cell(0, 0)
    for number, text in enumerate(("{%p for action in brief %}", "{{ action.ref }}", "{%p endfor %}")):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.text = text
    page.save(str(tmp_path / "own.docx"))
    write_meeting_docx(tmp_path / "own-minutes.docx", build_minutes(), tmp_path / "own.docx")
    assert docx.Document(str(tmp_path / "own-minutes.docx")).tables[0].cell(0, 0).paragraphs[0].text == ""


def test_tables_have_the_table_style_and_a_text_alternative(tmp_path: Path) -> None:
    page = write_and_open(tmp_path / "minutes.docx")
    assert {table.style.name for table in page.tables} == {"Office table"}
    captions = [table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) for table in page.tables]
    assert captions == ["List of decisions", "List of actions"]


def test_actions_are_in_a_table_at_the_end_or_under_their_item_by_template(tmp_path: Path) -> None:
    write_meeting_docx(tmp_path / "by-item.docx", build_minutes(), FOLDER / "minutes-actions-by-item.docx")
    page = docx.Document(str(tmp_path / "by-item.docx"))
    texts = [paragraph.text for paragraph in page.paragraphs]
    assert "Summary of actions" not in texts
    assert not any(text.startswith("1.3\t") for text in texts), "the action is in the table only"
    assert [cell.text for cell in page.tables[0].rows[1].cells] == ["1.3", HOSTILE, "JF", "by 31 January 2014"]
    assert len(page.tables) == 2


def test_a_document_without_references_numbers_its_actions_by_paragraph(tmp_path: Path) -> None:
    path = tmp_path / "minutes.docx"
    write_meeting_docx(path, build_minutes().without_references(), TEMPLATE)
    page = docx.Document(str(path))
    assert "2013-01" not in extract_text(page)
    assert [table.rows[1].cells[0].text for table in page.tables] == ["1.2", "1.3"]


def read_headings(page: Any, number: int) -> list[str]:
    return [cell.text for cell in page.tables[number].rows[0].cells]


def test_columns_of_an_agenda_without_a_value_are_left_out_and_the_others_take_their_width(tmp_path: Path) -> None:
    path, items = tmp_path / "agenda.docx", (ItemEntry(1, "Welcome", "Part one"), ItemEntry(2, "Training"))
    widths = []
    for minutes, headings in (("10 min", ["No.", "Item", "Length"]), ("", ["No.", "Item"])):
        timed = (items[0], replace(items[1], minutes=minutes))
        agenda = build_minutes(kind=DocumentKind.AGENDA, agenda=timed, brief=())
        write_meeting_docx(path, agenda, FOLDER / "agenda.docx")
        page = docx.Document(str(path))
        assert read_headings(page, 0) == headings
        assert [cell.text for cell in page.tables[0].rows[1].cells] == ["Part one"] * len(headings)
        widths.append(sum(column.w for column in page.tables[0]._tbl.tblGrid))
    assert abs(widths[0] - widths[1]) < len(headings)


def test_a_column_that_the_secretariat_added_to_a_template_stays_empty(tmp_path: Path) -> None:
    template = docx.Document(str(TEMPLATE))
    table = [table for table in template.tables if "say.action" in table.rows[0].cells[1].text][-1]
    table.add_column(Cm(2))
    table.rows[0].cells[-1].text = "Done"
    template.save(str(tmp_path / "own.docx"))
    undated = replace(build_minutes().actions[0], due="")
    write_meeting_docx(tmp_path / "minutes.docx", build_minutes(actions=(undated,)), tmp_path / "own.docx")
    assert read_headings(docx.Document(str(tmp_path / "minutes.docx")), 1) == ["No.", "Action", "Lead", "Done"]


def test_a_document_that_ends_with_a_table_has_a_paragraph_after_it(tmp_path: Path) -> None:
    page = write_and_open(tmp_path / "minutes.docx", papers=(), next_meeting="")
    table, paragraph, _section = page.element.body[-3:]
    assert (table.tag, paragraph.tag) == (qn("w:tbl"), qn("w:p"))
    assert page.paragraphs[-1].paragraph_format.line_spacing == Pt(1)
