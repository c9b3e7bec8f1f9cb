"""Instants and lengths of wall times in the hour that comes twice."""

from __future__ import annotations

from datetime import datetime, timedelta

from ahtc_tui.domain.meetings.wall_time import add_duration, compute_duration

LONDON = "Europe/London"
HALF_PAST_ONE = datetime.fromisoformat("2014-10-26T01:30")


def test_an_hour_from_the_first_half_past_one_ends_at_the_second() -> None:
    ends = add_duration(HALF_PAST_ONE, timedelta(minutes=60), LONDON)
    assert ends == HALF_PAST_ONE
    assert compute_duration(HALF_PAST_ONE, ends, LONDON) == timedelta(minutes=60)


def test_an_end_in_the_repeated_hour_is_the_first_after_the_start() -> None:
    assert compute_duration(HALF_PAST_ONE, HALF_PAST_ONE.replace(minute=45), LONDON) == timedelta(minutes=15)
    assert compute_duration(HALF_PAST_ONE, HALF_PAST_ONE.replace(minute=15), LONDON) == timedelta(minutes=45)
    assert compute_duration(HALF_PAST_ONE, HALF_PAST_ONE.replace(hour=2), LONDON) == timedelta(minutes=120)


def test_an_end_before_the_start_has_a_negative_length() -> None:
    assert compute_duration(HALF_PAST_ONE, HALF_PAST_ONE.replace(hour=0), LONDON) < timedelta()
