"""Documents of other people are read as blocks, with tracked changes accepted and rejected."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import PurePath
from zipfile import ZipFile

import pytest

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.imports.written_document import BlockKind, WrittenDocument
from ahtc_tui.formats.received_documents.reader import parse_content, parse_document
from tests.formats.received_documents.word_markup import STAMP, build_word_file, delete, insert, paragraph, run


def read_word(*blocks: str, comments: str = "") -> WrittenDocument:
    return parse_document(PurePath("draft.docx"), build_word_file(*blocks, comments=comments))


def test_tracked_changes_give_two_texts_and_their_author() -> None:
    (block,) = read_word(paragraph(run("The plan is "), delete("rejected"), insert("adopted"), run("."))).blocks
    assert (block.text, block.original) == ("The plan is adopted.", "The plan is rejected.")
    assert [(editor.name, editor.on) for editor in block.editors] == [("Chair", date(2014, 1, 20))]


def test_the_text_is_found_where_word_for_the_web_puts_it() -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    with ZipFile(BytesIO(build_word_file(paragraph(run("The room is free."))))) as source:
        parts = {name.replace("document.xml", "document2.xml"): source.read(name) for name in source.namelist()}
    parts["_rels/.rels"] = (
        f'<Relationships><Relationship Type="{kind}" Target="word/document2.xml"/></Relationships>'.encode()
    )
    with ZipFile(file := BytesIO(), "w") as target:
        for name, data in parts.items():
            target.writestr(name, data)
    (block,) = parse_document(PurePath("draft.docx"), file.getvalue()).blocks
    assert block.text == "The room is free."


def test_a_deleted_break_joins_two_paragraphs() -> None:
    first, second = read_word(paragraph(run("One "), mark="del"), paragraph(run("two."))).blocks
    assert (first.text, second.text) == ("", "One two.")
    assert (first.original, second.original) == ("One ", "two.")


def test_moved_words_are_marked() -> None:
    moved = f'<w:moveTo w:id="3" {STAMP}>{run("moved here")}</w:moveTo>'
    (block,) = read_word(paragraph(moved)).blocks
    assert block.is_moved
    assert (block.text, block.original) == ("moved here", "")


def test_a_comment_has_its_words_and_what_it_is_about() -> None:
    start, end = (
        '<w:commentRangeStart w:id="0"/>',
        '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>',
    )
    comment = f'<w:comment w:id="0" {STAMP}>{paragraph(run("Is this the right figure?"))}</w:comment>'
    (block,) = read_word(paragraph(run("There were "), start, run("12 courses"), end), comments=comment).blocks
    (remark,) = block.remarks
    assert (remark.text, remark.quoted, remark.by.name) == ("Is this the right figure?", "12 courses", "Chair")


@pytest.mark.parametrize(
    ("words", "quoted"),
    [
        ((delete("nine"), insert("12"), run(" courses")), "12 courses"),
        ((delete("nine courses"),), "nine courses"),
    ],
)
def test_a_comment_quotes_words_as_they_are_after_the_changes(words: tuple[str, ...], quoted: str) -> None:
    start = '<w:commentRangeStart w:id="0"/>'
    end = '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
    comment = f'<w:comment w:id="0" {STAMP}>{paragraph(run("Is this right?"))}</w:comment>'
    (block,) = read_word(paragraph(run("There were "), start, *words, end), comments=comment).blocks
    assert block.remarks[0].quoted == quoted


def test_a_text_box_is_read_once_where_word_keeps_it_twice() -> None:
    compatibility = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    box = f"<w:txbxContent>{paragraph(run('In the box'))}</w:txbxContent>"
    both = (
        f'<mc:AlternateContent xmlns:mc="{compatibility}"><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>'
    )
    blocks = read_word(paragraph(run("Text"), f"<w:r>{both}</mc:AlternateContent></w:r>")).blocks
    assert [block.text for block in blocks] == ["Text", "In the box"]


def test_a_table_inside_a_cell_is_not_lost() -> None:
    inner = f"<w:tbl><w:tr><w:tc>{paragraph(run('inner'))}</w:tc></w:tr></w:tbl>"
    outer = f"<w:tbl><w:tr><w:tc>{paragraph(run('outer'))}{inner}{paragraph()}</w:tc></w:tr></w:tbl>"
    (row,) = read_word(outer).blocks
    assert row.cells[0].text == "outer\ninner"


def test_a_short_line_of_markdown_ends_its_paragraph_where_the_next_begins_with_a_capital() -> None:
    text = (
        "ACTION – CA to write to the Minister\nRESOLVED that the protocol is adopted, with the changes\nof the forum."
    )
    blocks = parse_document(PurePath("notes.md"), text.encode()).blocks
    assert [block.text for block in blocks] == [
        "ACTION – CA to write to the Minister",
        "RESOLVED that the protocol is adopted, with the changes of the forum.",
    ]


def test_two_blanks_at_the_end_of_a_line_of_markdown_end_its_paragraph() -> None:
    text = f"**Present:** {'A Alder, ' * 9}B Birch  \n**Apologies:** C Cedar"
    blocks = parse_document(PurePath("notes.md"), text.encode()).blocks
    assert [block.text.partition(":")[0] for block in blocks] == ["Present", "Apologies"]


@pytest.mark.parametrize("end", ["A.", "Cyng.", "Mr."])
def test_no_paragraph_ends_with_a_title_or_an_initial(end: str) -> None:
    text = f"{'The group thanked the members of the forum, ' * 2}and {end}\nAlder, who spoke about the year."
    assert len(parse_document(PurePath("notes.txt"), text.encode()).blocks) == 1


def test_markdown_headings_lists_and_tables_are_told_apart() -> None:
    text = "# Notes\n\nDate: 1 May 2013\n\n- **Bawso**\n\n| A | B |\n| - | - |\n| 1 | two *words* |\n"
    blocks = parse_document(PurePath("notes.md"), text.encode()).blocks
    kinds = [BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.ROW, BlockKind.ROW]
    assert [block.kind for block in blocks] == kinds
    assert blocks[-1].text == "1\ttwo words"


def test_a_web_page_is_read_in_its_order() -> None:
    page = b"<html><body><h2>Training</h2><p>One<br>two</p><ul><li>three</li></ul><table><tr><td>4</td></tr></table>"
    assert parse_content(PurePath("-"), page).text.split("\n") == ["Training", "One two", "three", "4"]


@pytest.mark.parametrize("name", ["a.docx", "a.odt", "a.pdf"])
def test_a_damaged_file_is_refused_with_one_sentence(name: str) -> None:
    with pytest.raises(BadFile):
        parse_document(PurePath(name), b"PK\x03\x04 damaged")


def test_another_format_is_refused() -> None:
    with pytest.raises(BadFile, match="not a readable document"):
        parse_document(PurePath("a.xlsx"), b"PK")


def test_the_fields_above_a_page_are_no_text_of_it_also_in_pasted_content() -> None:
    text = '---\r\ntitle: "Minutes"\r\ndate: 2013-08-01\r\n---\r\n\r\n> Text of the page\r\n'
    for name in ("page.md", "pasted"):
        blocks = parse_content(PurePath(name), text.encode()).blocks
        assert [(block.kind, block.text.strip()) for block in blocks] == [
            (BlockKind.FIELD, "title: Minutes"),
            (BlockKind.FIELD, "date: 2013-08-01"),
            (BlockKind.PARAGRAPH, "Text of the page"),
        ]


def test_a_line_of_plain_text_that_reaches_the_margin_goes_on_in_the_next_one() -> None:
    lines = (
        "The council held its meeting at half past seven on the tenth at the Reading",
        "Room in the valley, and everybody who wished to speak about the wall spoke.",
        "Present were the clerk and",
        "Members of the public.",
        "A short line",
        "Another one of them",
    )
    texts = [block.text for block in parse_document(PurePath("minutes.txt"), "\n".join(lines).encode()).blocks]
    assert texts == [" ".join(lines[:2]), " ".join(lines[2:4]), *lines[4:]]
