"""Times and lengths of meetings as typed."""

from __future__ import annotations

from datetime import date, time

import pytest

from ahtc_tui.domain.drafts.meetings import build_meeting_draft, read_clock, read_moment
from ahtc_tui.domain.errors import BadInput

TODAY = date(2014, 1, 28)
"""A Tuesday."""


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("10", time(10)),
        ("0", time(0)),
        ("10:00", time(10)),
        ("10.30", time(10, 30)),
        ("1030", time(10, 30)),
        ("10am", time(10)),
        ("2pm", time(14)),
        ("2yp", time(14)),
        ("10yb", time(10)),
        ("10.30 yb", time(10, 30)),
        ("12yb", time(0)),
        ("12yp", time(12)),
        ("7yh", time(19)),
        ("hanner dydd", time(12)),
        ("2.15 p.m.", time(14, 15)),
        ("noon", time(12)),
    ],
)
def test_a_time_is_read_however_it_is_written(text: str, hour: time) -> None:
    assert read_clock(text) == hour


@pytest.mark.parametrize(("text", "sentence"), [("soon", "is not a time"), ("24", "no valid time"), ("", "not a time")])
def test_text_that_is_no_time_is_refused_as_a_time(text: str, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        read_clock(text)


@pytest.mark.parametrize(
    ("text", "day", "hour"),
    [
        ("10", None, time(10)),
        ("tue 10", date(2014, 2, 4), time(10)),
        ("10 dec 2014 at 10", date(2014, 12, 10), time(10)),
        ("2014-12-10 noon", date(2014, 12, 10), time(12)),
        ("2014-12-10 2pm", date(2014, 12, 10), time(14)),
        ("10 Rhagfyr 2014 am 2yp", date(2014, 12, 10), time(14)),
        ("10 Rhagfyr 2014, 10.30yb", date(2014, 12, 10), time(10, 30)),
        ("10 Rhagfyr 2014 am hanner dydd", date(2014, 12, 10), time(12)),
        ("10 Rhagfyr 2014 am 10", date(2014, 12, 10), time(10)),
        ("24 november 14", date(2014, 11, 24), None),
    ],
)
def test_a_number_after_a_day_is_an_hour_unless_both_are_a_date(text: str, day: date | None, hour: time | None) -> None:
    moment = read_moment(text, TODAY)
    assert (moment.day.latest if moment.day else None, moment.at) == (day, hour)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("90", 90),
        ("90 min", 90),
        ("90m", 90),
        ("2h", 120),
        ("2 hours", 120),
        ("1h30", 90),
        ("1h 30m", 90),
        ("1.5h", 90),
        ("1:30", 90),
        ("2 awr", 120),
        ("45 munud", 45),
    ],
)
def test_a_length_of_time_is_read_in_minutes(text: str, minutes: int) -> None:
    assert build_meeting_draft({"minutes": text}, TODAY).minutes == minutes


@pytest.mark.parametrize("text", ["soon", "h", "-5", "0h", "1.5", "400h", "99999999"])
def test_text_that_is_no_length_of_time_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="is not a length of time from 1 to 10080 minutes"):
        build_meeting_draft({"minutes": text}, TODAY)


def test_an_empty_start_clears_it() -> None:
    assert build_meeting_draft({"starts": " "}, TODAY).given_fields == {"starts": None}
