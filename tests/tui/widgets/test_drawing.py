"""Pictures of block and braille characters."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ahtc_tui.tui.widgets.drawing import GLYPHS, draw_columns, draw_rating_bar, draw_sparkline, share_cells


def test_sparkline_shows_every_value_above_nothing() -> None:
    assert draw_sparkline([0, 1, 4, 8]) == " ▁▄█"
    assert draw_sparkline([0, 0]) == "  "
    assert draw_sparkline([1, 1000]) == "▁█"


def test_rating_bar_has_a_shape_for_each_rating() -> None:
    bar = draw_rating_bar({"B": 1, "R": 2, "A": 0, "G": 1, "none": 4}, 8, 8)
    assert bar.plain == "█▓▓░····"
    assert draw_rating_bar({"R": 1}, 8, 4).plain == "▓▓      "
    assert len(set(GLYPHS.values())) == len(GLYPHS)


@given(st.dictionaries(st.sampled_from(list(GLYPHS)), st.integers(0, 500)), st.integers(5, 40))
def test_bar_has_a_cell_for_each_rating_that_occurs_and_never_more_than_its_width(
    counts: dict[str, int], width: int
) -> None:
    cells = share_cells(counts, width, sum(counts.values()))
    assert sum(cells.values()) <= width
    assert {name for name, number in cells.items() if number} == {name for name, count in counts.items() if count}


def test_a_chart_has_axes_and_a_column_for_each_value_from_zero() -> None:
    assert draw_columns([0, 8, 12, 16], 16, 2) == ["16 ┤      ▄▄ ██", "   │   ██ ██ ██", " 0 └───────────"]
    assert draw_columns([1, 1000], 80, 1)[0] == "1000 ┤▁▁▁▁▁ █████"
    assert draw_columns([5] * 100, 20, 1)[0] == "5 ┤" + "█" * 100, "a column has one cell at least"
