"""The time of each item in the chair's view."""

from __future__ import annotations

import pytest

from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.minutes.chair_view import ItemClock, format_planned, format_timer

WELCOME, TRAINING = RowKey(b"1"), RowKey(b"2")


def test_the_clock_of_an_item_stands_still_while_another_one_is_discussed() -> None:
    clock = ItemClock()
    clock.start(WELCOME, 1000.0)
    clock.start(WELCOME, 1030.0)
    clock.start(TRAINING, 1060.0)
    assert (clock.measure(WELCOME, 1100.0), clock.measure(TRAINING, 1100.0)) == (60.0, 40.0)
    clock.start(WELCOME, 1120.0)
    assert (clock.measure(WELCOME, 1130.0), clock.measure(TRAINING, 1130.0)) == (70.0, 60.0)


@pytest.mark.parametrize(
    ("seconds", "minutes", "shown"),
    [
        (0, 15, ("0:00", "of 15 min")),
        (959.9, 15, ("15:59", "of 15 min")),
        (960, 15, ("16:00", "1 min over")),
        (4505, None, ("75:05", "")),
    ],
)
def test_an_item_is_over_after_a_whole_minute_more_than_planned(
    seconds: float, minutes: int | None, shown: tuple[str, str]
) -> None:
    assert (format_timer(seconds), format_planned(seconds, minutes)) == shown
