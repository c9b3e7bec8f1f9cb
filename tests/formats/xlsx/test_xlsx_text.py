"""Any typed or pasted text becomes a cell that spreadsheets open."""

from __future__ import annotations

import pytest

from ahtc_tui.formats.xlsx.cell_text import (
    MAX_CELL_UNITS,
    clean_cell_text,
    count_lines,
    escape_stored_text,
    is_formula_like,
)


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
def test_control_characters_are_removed(typed: str | None, kept: str | None) -> None:
    assert clean_cell_text(typed) == kept


@pytest.mark.parametrize("letter", ["a", "\U0001f600"])
def test_a_text_longer_than_a_cell_is_cut_with_a_note(letter: str) -> None:
    cut = clean_cell_text(letter * 40_000)
    assert cut is not None
    assert cut.endswith("… (cut: the full text is in the record)")
    assert MAX_CELL_UNITS - 1 <= len(cut.encode("utf-16-le")) // 2 <= MAX_CELL_UNITS


def test_a_text_of_the_maximum_length_is_not_cut() -> None:
    assert clean_cell_text("a" * MAX_CELL_UNITS) == "a" * MAX_CELL_UNITS


def test_escape_like_underscores_are_escaped() -> None:
    assert escape_stored_text("see _x0041_ and _x1") == "see _x005F_x0041_ and _x1"


@pytest.mark.parametrize("text", ["=1+1", "+44 29", "-1", "@x", "\tcmd", "'quoted", "＝1+1", "＠x"])
def test_formula_like_text_is_recognized(text: str) -> None:
    assert is_formula_like(text)
    assert not is_formula_like("a " + text)


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
    assert count_lines(text, 5_560) == count
