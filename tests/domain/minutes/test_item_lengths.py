"""The length of each item, by the times at which its lines were typed."""

from __future__ import annotations

from datetime import datetime

from ahtc_tui.domain.minutes.item_lengths import TimedLine, measure_items

TITLES = {1: "Welcome", 2: "Training", 3: "Data sets"}
TEN = datetime.fromisoformat("2013-12-10T10:00")


def measure(*typed: tuple[int, str], starts: datetime | None = TEN) -> dict[str, int]:
    """Return the minutes of each item; lines are given by the number of their item and their time of day."""
    moments = ((position, datetime.fromisoformat(f"2013-12-10T{clock}")) for position, clock in typed)
    lines = [TimedLine("LG-2013-01", position, TITLES[position], moment) for position, moment in moments]
    return {title: length.minutes for title, length in measure_items(starts, lines).items()}


def test_an_item_takes_the_time_since_the_last_line_of_the_item_before() -> None:
    typed = ((1, "10:04"), (2, "10:10"), (2, "10:26:40"), (3, "10:50"))
    assert measure(*typed) == {"welcome": 4, "training": 23, "data sets": 23}
    assert measure(*reversed(typed)) == measure(*typed)


def test_a_meeting_without_start_begins_with_its_first_line() -> None:
    assert measure((1, "10:04"), (1, "10:09"), (2, "10:10"), starts=None) == {"welcome": 5, "training": 1}


def test_a_line_before_the_start_takes_no_time() -> None:
    assert measure((1, "09:50"), (1, "10:05")) == {"welcome": 15}


def test_a_later_line_of_an_earlier_item_takes_no_time() -> None:
    assert measure((1, "10:05"), (2, "10:20"), (1, "10:25"), (2, "10:30")) == {"welcome": 5, "training": 25}


def test_a_break_and_items_below_a_minute_are_left_out() -> None:
    assert measure((1, "10:00:40"), (2, "10:10"), (3, "12:10:01")) == {"training": 9}
