"""Dates with a time of day: the day is read, and the time stays in the words."""

from __future__ import annotations

from datetime import date

import pytest

from ahtc_tui.domain.dates.date_as_known import Precision
from ahtc_tui.domain.dates.parser import read_date

TODAY = date(2014, 1, 28)
"""A Tuesday."""


@pytest.mark.parametrize(
    ("text", "latest", "words"),
    [
        ("by 5pm on 7 February 2014", "2014-02-07", "by 5pm on 7 February 2014"),
        ("before 5pm on 7 February 2014", "2014-02-07", "before 5pm on 7 February 2014"),
        ("by noon on Friday", "2014-01-31", "31 January 2014, noon"),
        ("Friday 5pm", "2014-01-31", "31 January 2014, 5pm"),
        ("14/2/2014 17:00", "2014-02-14", "14 February 2014, 17:00"),
        ("2014-02-14T17:00", "2014-02-14", "14 February 2014, 17:00"),
        ("close of business on 7 Feb", "2014-02-07", "7 February 2014, close of business"),
        ("erbyn 5yh ddydd Gwener", "2014-01-31", "31 January 2014, 5yh"),
        ("erbyn hanner dydd ar 7 Chwefror 2014", "2014-02-07", "erbyn hanner dydd ar 7 Chwefror 2014"),
    ],
)
def test_a_date_with_a_time_of_day_is_read_and_keeps_the_time(text: str, latest: str, words: str) -> None:
    known_date = read_date(text, TODAY)
    assert (known_date.latest.isoformat(), known_date.precision, str(known_date)) == (latest, Precision.DAY, words)
    assert read_date(words, TODAY).means_same(known_date)
