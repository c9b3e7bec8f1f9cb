"""What a list looks like on a terminal: as a table where there is room, else record by record, no word cut."""

from __future__ import annotations

import sys

import pytest

from ahtc_tui.cli.console.output import cut, listing, table

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
def test_a_list_fits_the_terminal_and_is_whole_in_a_pipe(
    monkeypatch: pytest.MonkeyPatch, terminal: bool, columns: int, lines: list[str]
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setattr(sys.stdout, "isatty", lambda: terminal, raising=False)
    assert listing(ROWS, WIDTHS) == lines


def test_a_list_of_nothing_has_no_line() -> None:
    assert listing([], WIDTHS) == []


@pytest.mark.parametrize(
    ("text", "size", "said"),
    [
        ("Promote the Anglesey model", 26, "Promote the Anglesey model"),
        ("Promote the Anglesey model", 22, "Promote the Anglesey…"),
        ("Promote the Anglesey model", 14, "Promote the…"),
        ("Work, and more of it", 14, "Work, and…"),
        ("Llanfairpwllgwyngyll", 14, "Llanfairpwllg…"),
        ("a\nb", 4, "a b"),
    ],
)
def test_a_cell_is_cut_behind_a_word(text: str, size: int, said: str) -> None:
    assert cut(text, size) == said
    assert len(said) <= size


def test_numbers_stand_to_the_right() -> None:
    rows = [("Lead", "Open"), ("AHTC", "12"), ("Bawso", "1")]
    assert table(rows, (None, 9), (1,)) == ["Lead   Open", "AHTC     12", "Bawso     1"]
