"""Quarters of the calendar year."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ahtc_tui.domain.dates.quarters import (
    find_previous_quarter_end,
    find_quarter_end,
    format_quarter,
    format_quarter_code,
    list_quarter_ends,
    list_quarters_between,
)


@pytest.mark.parametrize(
    ("day", "end", "before", "name", "code"),
    [
        (date(2013, 1, 1), date(2013, 3, 31), date(2012, 12, 31), "Jan to Mar 2013", "2013-Q1"),
        (date(2013, 6, 30), date(2013, 6, 30), date(2013, 3, 31), "Apr to Jun 2013", "2013-Q2"),
        (date(2012, 10, 18), date(2012, 12, 31), date(2012, 9, 30), "Oct to Dec 2012", "2012-Q4"),
    ],
)
def test_the_quarter_of_a_day_is_found(day: date, end: date, before: date, name: str, code: str) -> None:
    assert (find_quarter_end(day), find_previous_quarter_end(day), format_quarter(end), format_quarter_code(end)) == (
        end,
        before,
        name,
        code,
    )


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(1, 40))
def test_quarters_follow_each_other_without_a_gap(day: date, number: int) -> None:
    ends = list_quarter_ends(day, number)
    assert len(ends) == number
    assert ends[-1] == find_quarter_end(day) >= day > find_previous_quarter_end(day)
    assert all(find_previous_quarter_end(later) == end for end, later in pairwise(ends))
    assert list_quarters_between(ends[0], day) == ends
