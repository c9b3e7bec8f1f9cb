"""Parser of typed agenda items, default template and papers."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.meetings.agenda import (
    TypedItem,
    build_default_template,
    format_item,
    read_item,
    read_paper,
    split_day,
)
from ahtc_tui.domain.meetings.model import PaperRow


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Training", TypedItem("Training", None, None, None)),
        ("Training @jeff 15 min", TypedItem("Training", "jeff", 15, None)),
        ("@jeff Training of 40 officers 15m", TypedItem("Training of 40 officers", "jeff", 15, None)),
        ("Training 1h30", TypedItem("Training", None, 90, None)),
        ("Training @jeff 1.5h", TypedItem("Training", "jeff", 90, None)),
        ("Training #Delivery plan 20 munud @jeff-farrar", TypedItem("Training", "jeff-farrar", 20, "Delivery plan")),
        ("Minutes 5 min 10 min", TypedItem("Minutes 5 min", None, 10, None)),
        ("Train @jeff and @bawso 15 min", TypedItem("Train @jeff and", "bawso", 15, None)),
        ("Data #A and b #C d", TypedItem("Data #A and b", None, None, "C d")),
        ("Mail #To a@b.example 5 min", TypedItem("Mail", None, 5, "To a@b.example")),
        ("Walk 20 min #Part 5 min", TypedItem("Walk 20 min", None, 5, "Part")),
        ("Write to a@b.example #", TypedItem("Write to a@b.example #", None, None, None)),
    ],
)
def test_presenter_minutes_and_section_are_read_from_one_line(typed: str, expected: TypedItem) -> None:
    assert read_item(typed) == expected


@pytest.mark.parametrize("typed", ["", "   ", "@jeff 15 min", "#Delivery"])
def test_an_item_needs_a_title(typed: str) -> None:
    with pytest.raises(BadInput, match="needs a title"):
        read_item(typed)


def test_a_paper_keeps_all_words_but_its_author() -> None:
    assert read_paper("Cities 15 min away #4 @jeff") == ("Cities 15 min away #4", "jeff")


def test_a_formatted_item_reads_back_unchanged() -> None:
    line = format_item("Training", "jeff-farrar", 15, "Delivery")
    assert read_item(line) == TypedItem("Training", "jeff-farrar", 15, "Delivery")
    assert format_item("Training", None, None, None) == "Training"


def test_a_day_is_split_from_the_end_of_a_line() -> None:
    today = date(2014, 1, 28)
    assert split_day("Courses @jeff due 3 feb 2014", "due", today)[0] == "Courses @jeff"
    assert split_day("Courses due 3 feb 2014", "due", today)[1].iso == "2014-02-03"  # type: ignore[union-attr]
    assert split_day("Training for officers", "for", today) == ("Training for officers", None)
    assert split_day("Training", "due", today) == ("Training", None)


def test_a_paper_is_published_or_has_a_reason_for_withholding() -> None:
    def find_state(published: bool, note: str | None) -> str:
        return PaperRow("LG-1/P1", 1, "Courses", None, None, published, note).publication_state

    assert [find_state(True, None), find_state(False, "Commercial"), find_state(False, None)] == [
        "Published",
        "Withheld (Commercial)",
        "Not published",
    ]


def test_the_default_template_closes_after_the_items() -> None:
    rows = build_default_template()
    assert [row.title for row in rows if row.closing] == ["Any other business", "Date of the next meeting"]
    assert [row.position for row in rows] == list(range(1, 8))


PARTS = ["Training", "Training", "data", "@jeff", "@bawso", "15 min", "20m", "#A b", "#C", "and", "a@b.example", "5"]


@given(st.lists(st.sampled_from(PARTS), min_size=1, max_size=9))
def test_every_word_of_a_typed_item_is_in_one_of_its_fields(parts: list[str]) -> None:
    typed = " ".join(parts)
    try:
        item = read_item(typed)
    except BadInput:
        return
    fields = [item.title, f"@{item.presenter}" if item.presenter else "", f"#{item.section}" if item.section else ""]
    missing = Counter(typed.split()) - Counter(" ".join(fields).split())
    assert missing in ([Counter()] if item.minutes is None else [Counter(["15", "min"]), Counter(["20m"])])
