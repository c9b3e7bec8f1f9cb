"""An office paper becomes blocks: each part in its order, on one line, without what is empty."""

from __future__ import annotations

from typing import Any

from ahtc_tui.domain.documents.office_paper import (
    LetterFrame,
    Letterhead,
    NumberedParagraph,
    OfficePaper,
    PaperPart,
    PaperPoint,
)
from ahtc_tui.domain.i18n import Language
from ahtc_tui.formats.blocks.model import BlockDocument, BulletList, Facts, Heading, Paragraph, Table
from ahtc_tui.formats.blocks.office_paper import build_paper_blocks, clean_text
from tests.builders import TODAY


def build(*parts: PaperPart, subtitle: str = "", facts: Any = (), **values: Any) -> BlockDocument:
    paper = OfficePaper("Paper", subtitle, TODAY, facts, parts, **values)
    return build_paper_blocks(Language.EN, paper)


def test_a_paper_begins_with_title_office_subtitle_and_facts() -> None:
    head = Letterhead("Office", ("1 Street",), "office@example.org")
    document = build(subtitle="Sub\ntitle", facts=(("Due", "Friday"),), head=head)
    title, office, subtitle, facts = document.blocks
    assert title == Heading(1, "Paper")
    assert isinstance(office, Paragraph)
    assert office.text.startswith("Office")
    assert subtitle == Paragraph("Sub title")
    assert facts == Facts((("Due", "Friday"),))


def test_what_a_paper_does_not_have_gives_no_block() -> None:
    assert build().blocks == (Heading(1, "Paper"),)


def test_a_part_has_heading_points_and_a_table_without_empty_columns() -> None:
    table = PaperPart(
        "Actions", head=("Ref", "Due", "Lead"), rows=(("DP-1", "", "A"), ("DP-2", "", "B")), widths=(1, 1, 1)
    )
    points = PaperPart("Points", points=("One", "Two"))
    _title, heading, rows, other, bullets = build(table, points).blocks
    assert heading == Heading(2, "Actions")
    assert rows == Table(("Ref", "Lead"), (("DP-1", "A"), ("DP-2", "B")), "Actions")
    assert (other, bullets) == (Heading(2, "Points"), BulletList(("One", "Two")))


def test_an_empty_part_says_so_in_a_remark() -> None:
    *_rest, remark = build(PaperPart("Actions")).blocks
    assert remark == Paragraph("No entries.", is_remark=True)
    *_rest, remark = build(PaperPart("Actions", none="No actions.")).blocks
    assert remark == Paragraph("No actions.", is_remark=True)


def test_a_numbered_paragraph_has_its_points_with_references_and_its_note() -> None:
    numbered = NumberedParagraph(
        "2.1", text="Text", points=(PaperPoint("One", "DP-1"), PaperPoint("Two")), ref="DP-3", note="Not in force"
    )
    _title, _heading, paragraph, points, note = build(PaperPart("Part", paragraphs=(numbered,))).blocks
    assert isinstance(paragraph, Paragraph)
    assert (paragraph.number, paragraph.text, paragraph.bracket) == ("2.1", "Text", "DP-3")
    assert points == BulletList(("One (DP-1)", "Two"))
    assert note == Paragraph("Not in force", is_remark=True)


def test_the_facts_of_a_letter_follow_its_first_part() -> None:
    frame = LetterFrame(Letterhead("Office"), ("A Post", "1 Street"), "Dear A", "Yours", ("B", "C"))
    document = build(
        PaperPart("", lines=("First",)),
        PaperPart("", lines=("Second",)),
        subtitle="Today",
        facts=(("Date", "Friday"),),
        letter=frame,
    )
    texts = [block.text if isinstance(block, Heading | Paragraph) else "facts" for block in document.blocks]
    assert texts == [
        *("Paper", "Office", "A Post, 1 Street", "Today", "Dear A"),
        *("First", "facts", "Second", "Yours", "B", "C"),
    ]


def test_a_page_lists_its_parts_from_five_of_them() -> None:
    parts = [PaperPart(f"Part {number}", points=("x",)) for number in range(5)]
    assert build(*parts).has_contents
    assert not build(*parts[1:]).has_contents


def test_text_is_on_one_line_without_control_characters() -> None:
    assert "\x1b" not in clean_text("a\x1b[31m\n b")
    assert clean_text("a\n  b") == "a b"
