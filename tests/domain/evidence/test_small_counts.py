"""Tests of small counts in files: they are hidden, and cannot be worked out from the other figures."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from ahtc_tui.domain.dates.date_as_known import read_iso_date
from ahtc_tui.domain.evidence.model import FigureRow
from ahtc_tui.domain.evidence.small_counts import find_hidden, hide_small_counts
from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.domain.keys import RowKey

LIMIT = 5


def make_figure(ref: str, value: float, part_of: str | None = None, unit: str = "referrals") -> FigureRow:
    """Return a figure whose key is its reference."""
    period, key = read_iso_date("2012"), RowKey(ref.encode())
    whole = RowKey(part_of.encode()) if part_of else None
    row = FigureRow(key, ref, ref, value, False, None, unit, period, None, None, part_of, None, None)
    return FigureRow(**{name: getattr(row, name) for name in FigureRow.__slots__} | {"part_of_key": whole})


def list_hidden(*figures: FigureRow) -> set[str]:
    """Return the references of the figures that are hidden."""
    return set(find_hidden(hide_small_counts(figures, LIMIT)))


def make_whole(*values: float) -> list[FigureRow]:
    """Return a figure and its parts "a", "b" and so on."""
    parts = [make_figure(chr(97 + n), value, "all") for n, value in enumerate(values)]
    return [make_figure("all", sum(values)), *parts]


def test_a_count_of_people_below_the_limit_has_no_value_in_files() -> None:
    (row,) = hide_small_counts([make_figure("a", 3)], LIMIT)
    assert (row.value, row.value_text, row.amount) == (0, "fewer than 5", "fewer than 5 referrals")
    assert row.printed_caveat == "Counts of fewer than 5 people are not printed, to protect them."
    with use_language(Language.CY):
        assert row.amount == "llai na 5 atgyfeiriad"


@pytest.mark.parametrize(("value", "unit"), [(0, "referrals"), (5, "referrals"), (3, "forces")])
def test_other_figures_are_printed(value: int, unit: str) -> None:
    assert list_hidden(make_figure("a", value, unit=unit)) == set()


@pytest.mark.parametrize(
    ("values", "hidden"),
    [
        ((3, 7, 20), {"a", "b"}),
        ((3, 2, 20), {"a", "b"}),
        ((1, 1, 20), {"a", "b", "c"}),
        ((4, 4, 20), {"a", "b", "c"}),
        ((3, 0), {"a", "all"}),
        ((6, 7), set()),
    ],
)
def test_a_second_figure_is_withheld_where_the_first_could_be_worked_out(
    values: tuple[int, ...], hidden: set[str]
) -> None:
    assert list_hidden(*make_whole(*values)) == hidden


def test_each_breakdown_of_a_figure_is_protected() -> None:
    figures = [*make_whole(3, 37), make_figure("adults", 30, "all"), make_figure("children", 10, "all")]
    assert list_hidden(*figures) == {"a", "b"}


def test_no_limit_hides_nothing() -> None:
    assert find_hidden(hide_small_counts(make_whole(1, 2), 0)) == ()


def test_no_hidden_part_follows_from_what_is_printed() -> None:
    """For every whole of three parts, the printed values leave at least two possibilities for each small count."""
    for values in product(range(9), repeat=3):
        rows = hide_small_counts(make_whole(*values), LIMIT)
        shown: list[Any] = [None if row.hidden_below is not None else row.value for row in rows]
        bounds = [range(1, LIMIT) if row.hidden_below and not row.is_withheld else range(25) for row in rows]
        possible: list[tuple[Any, ...]] = [
            guess
            for guess in product(*(bounds[n + 1] if shown[n + 1] is None else (shown[n + 1],) for n in range(3)))
            if (shown[0] is None and sum(guess) in bounds[0]) or sum(guess) == shown[0]
        ]
        for n, row in enumerate(rows[1:]):
            if row.hidden_below is not None and not row.is_withheld:
                assert len({guess[n] for guess in possible}) > 1, (values, shown)
