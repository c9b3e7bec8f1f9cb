"""Whatever people typed or pasted becomes a cell that a spreadsheet opens."""

from __future__ import annotations

import pytest

from ahtc_tui.formats.xlsx.cell_text import MOST_IN_A_CELL, cell_text, lines, looks_like_a_formula, stored_text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Bawso & <BAWSO>", "Bawso & <BAWSO>"),
        ("a\x00b\x07c\x1b[31md\x9be", "abc[31mde"),
        ("one\r\ntwo\rthree\x0bfour", "one\ntwo\nthree\nfour"),
        ("\tcmd", "\tcmd"),
        ("half \ud800 a pair \ufffe", "half  a pair "),
        ("Ynys Môn, ŵ ŷ", "Ynys Môn, ŵ ŷ"),
        ("\x00", None),
        ("", None),
        (None, None),
    ],
)
def test_a_text_keeps_all_but_control_characters(typed: str | None, kept: str | None) -> None:
    assert cell_text(typed) == kept


@pytest.mark.parametrize("letter", ["a", "\U0001f600"])
def test_a_text_that_no_cell_holds_is_cut_with_a_mark_that_says_so(letter: str) -> None:
    cut = cell_text(letter * 40_000)
    assert cut is not None
    assert cut.endswith("… (cut: the full text is in the record)")
    assert MOST_IN_A_CELL - 1 <= len(cut.encode("utf-16-le")) // 2 <= MOST_IN_A_CELL


def test_a_text_that_just_fits_is_whole() -> None:
    assert cell_text("a" * MOST_IN_A_CELL) == "a" * MOST_IN_A_CELL


def test_an_underscore_that_a_workbook_would_read_as_a_code_is_spelt_out() -> None:
    assert stored_text("see _x0041_ and _x1") == "see _x005F_x0041_ and _x1"


@pytest.mark.parametrize("text", ["=1+1", "+44 29", "-1", "@x", "\tcmd", "'quoted"])
def test_a_text_that_a_spreadsheet_would_run_is_known(text: str) -> None:
    assert looks_like_a_formula(text)
    assert not looks_like_a_formula("a " + text)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 1),
        ("iii", 1),
        ("nine nine nine", 2),
        ("one\ntwo\n\nfour", 4),
        ("W" * 20, 4),
        ("i" * 20, 1),
        ("n" * 20, 2),
        ("n" * 21, 3),
    ],
)
def test_the_lines_of_a_wrapped_text_are_counted(text: str, count: int) -> None:
    assert lines(text, 5_560) == count
