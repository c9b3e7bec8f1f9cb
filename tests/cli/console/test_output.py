"""Lists on a terminal: a table if there is room, else a block of lines for each record."""

from __future__ import annotations

import shutil
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ahtc_tui.cli.console.output import (
    format_records,
    format_table,
    make_accessible,
    read_terminal_width,
    truncate_text,
)

WIDTHS = (10, None, 20, 12)
ROWS = [
    ("greta", "Act on children who go missing from local authority care", "1 of 2 answered", "para 5.1"),
    ("solace", "The role of councils", "–", "para 5.2"),
]


@pytest.mark.parametrize(
    ("terminal", "columns", "lines"),
    [
        (
            True,
            48,
            [
                "greta  Act on children who go missing from local",
                "  authority care",
                "  1 of 2 answered  ·  para 5.1",
                "solace  The role of councils",
                "  para 5.2",
            ],
        ),
        (
            True,
            80,
            [
                "greta   Act on children who go missing from local…     1 of 2 answered  para 5.1",
                "solace  The role of councils                           –                para 5.2",
            ],
        ),
        (
            False,
            40,
            [
                "greta   Act on children who go missing from local authority care  1 of 2 answered  para 5.1",
                "solace  The role of councils                                      –                para 5.2",
            ],
        ),
    ],
)
def test_a_list_fits_the_terminal_and_is_complete_in_a_pipe(
    monkeypatch: pytest.MonkeyPatch, terminal: bool, columns: int, lines: list[str]
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setattr(sys.stdout, "isatty", lambda: terminal, raising=False)
    assert format_records(ROWS, WIDTHS) == lines


def test_an_empty_list_has_no_lines() -> None:
    assert format_records([], WIDTHS) == []


@pytest.mark.parametrize(
    ("text", "size", "expected"),
    [
        ("Promote the Anglesey model", 26, "Promote the Anglesey model"),
        ("Promote the Anglesey model", 22, "Promote the Anglesey…"),
        ("Promote the Anglesey model", 14, "Promote the…"),
        ("Work, and more of it", 14, "Work, and…"),
        ("Llanfairpwllgwyngyll", 14, "Llanfairpwllg…"),
        ("a\nb", 4, "a b"),
    ],
)
def test_a_cell_is_truncated_after_a_word(text: str, size: int, expected: str) -> None:
    assert truncate_text(text, size) == expected
    assert len(expected) <= size


def test_number_columns_are_right_aligned() -> None:
    rows = [("Lead", "Open"), ("AHTC", "12"), ("Bawso", "1")]
    assert format_table(rows, (None, 9), (1,)) == ["Lead   Open", "AHTC     12", "Bawso     1"]


def test_a_reference_is_never_cut() -> None:
    rows = [("regional-collaboration-fund-bid", "Bid to the fund"), ("plan", "Delivery Plan")]
    assert format_table(rows, (8, None)) == [
        "regional-collaboration-fund-bid  Bid to the fund",
        "plan                             Delivery Plan",
    ]
    assert format_table([("two words", "Bid"), ("plan", "Plan")], (6, None))[0] == "two w…  Bid"


@given(
    st.one_of(st.integers(-5, 500).map(str), st.sampled_from(["", "wide", " 80 ", "8_0", "80.5"])), st.integers(1, 200)
)
def test_the_width_of_the_terminal_is_that_of_the_standard_library(columns: str, default: int) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setenv("COLUMNS", columns)
        assert read_terminal_width(default) == shutil.get_terminal_size((default, 24)).columns


def test_records_on_a_narrow_terminal_are_blocks_that_name_each_once_and_rows_where_they_are_heard(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = [("Task and Finish Data Group", "Co-opted", "never attended", "none planned")]
    widths = (None, 18, 20, 20)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("TERM", "dumb")
    assert format_records(rows, widths) == [
        "Task and Finish Data Group",
        "  Co-opted  ·  never attended  ·  none planned",
    ]
    with make_accessible():
        assert format_records(rows, widths) == ["Task and Finish Data Group  Co-opted  never attended  none planned"]
