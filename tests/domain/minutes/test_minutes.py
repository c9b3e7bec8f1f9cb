"""Running times of an agenda."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from ahtc_tui.domain.meetings.model import AgendaRow
from ahtc_tui.domain.minutes.model import compute_overrun, compute_running_times

DAY = date(2013, 12, 10)
TEN = datetime.fromisoformat("2013-12-10T10:00")


def build_item(minutes: int | None) -> AgendaRow:
    return AgendaRow(1, None, "Training", None, minutes, False)


def test_each_item_begins_after_the_minutes_of_those_before_it() -> None:
    agenda = [build_item(10), build_item(15), build_item(5)]
    assert [starts for _item, starts in compute_running_times(agenda, TEN)] == [
        TEN + timedelta(minutes=minutes) for minutes in (0, 10, 25)
    ]


def test_no_item_after_one_of_unknown_length_has_a_start() -> None:
    agenda = [build_item(10), build_item(None), build_item(15), build_item(5)]
    starts = [starts for _item, starts in compute_running_times(agenda, TEN)]
    assert starts == [TEN, TEN + timedelta(minutes=10), None, None]
    assert {starts for _item, starts in compute_running_times(agenda, None)} == {None}


def test_the_overrun_of_a_long_agenda_is_computed() -> None:
    assert compute_overrun([build_item(50), build_item(50)], timedelta(minutes=90)) == 10
    assert compute_overrun([build_item(50)], timedelta(minutes=90)) == 0
    assert compute_overrun([build_item(500)], None) == 0
