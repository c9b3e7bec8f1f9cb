"""The large letters of the chair's view."""

from __future__ import annotations

import pytest

from ahtc_tui.tui.minutes.large_text import draw_large, measure


def test_a_title_is_wrapped_at_words_into_rows_of_three_lines() -> None:
    lines = draw_large("Minutes of the last meeting", 72, 2).split("\n")
    assert len(lines) == 6
    assert all(len(line) <= 73 for line in lines)


def test_a_letter_with_a_mark_has_a_line_above_it() -> None:
    marks, *letters = draw_large("Dŵr", 72, 2).split("\n")
    assert (marks.strip(), len(letters)) == ("^", 3)


@pytest.mark.parametrize(
    ("title", "width", "rows"), [("Minutes of the last meeting", 72, 1), ("Uncontrollable", 40, 3), ("Ω", 72, 2)]
)
def test_a_title_that_does_not_fit_or_cannot_be_drawn_has_no_large_form(title: str, width: int, rows: int) -> None:
    assert draw_large(title, width, rows) == ""


def test_a_row_is_as_wide_as_it_is_measured() -> None:
    assert {len(line) for line in draw_large("Dŵr, tân 12", 72, 1).split("\n")} == {measure("Dŵr, tân 12")}
