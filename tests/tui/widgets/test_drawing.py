"""Pictures of block and braille characters."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ahtc_tui.tui.widgets.drawing import GLYPHS, draw_area, draw_rating_bar, draw_sparkline, share_cells


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


def test_area_fills_from_below() -> None:
    assert draw_area([0, 4, 8, 8], 2, 2) == ["⠀⣿", "⢸⣿"]
    assert draw_area([], 2, 1) == ["⠀⠀"]
    assert draw_area([1, 100, 100, 100], 2, 1)[0][0] == "⣸"
