"""Dates relative to the date of a record."""

from __future__ import annotations

from datetime import date

import pytest

from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.dates.relative import read_relative_date

DAY = date(2014, 1, 28)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("two weeks after the board", date(2014, 2, 11)),
        ("the day before the board", date(2014, 1, 27)),
        ("the board", DAY),
        ("two weeks after the forum", None),
        ("the day before the forum", None),
        ("the forum", None),
    ],
)
def test_a_date_is_counted_from_that_of_a_record(words: str, day: date | None) -> None:
    found = read_relative_date(words, lambda name: DAY if name.endswith("board") else None)
    assert (found.latest if isinstance(found, DateAsKnown) else found) == day
