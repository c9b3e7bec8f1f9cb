"""Recurrence of actions: parser, formatting and days of instances."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ahtc_tui.domain.actions.recurrence import COMMON_INTERVALS, Recurrence, Unit, read_recurrence
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import Language, use_language


@pytest.mark.parametrize(
    ("typed", "rule", "text"),
    [
        ("quarterly", "FREQ=MONTHLY;INTERVAL=3", "every 3 months"),
        ("every month", "FREQ=MONTHLY", "every month"),
        ("Every  2 Weeks", "FREQ=WEEKLY;INTERVAL=2", "every 2 weeks"),
        ("2 quarters", "FREQ=MONTHLY;INTERVAL=6", "every 6 months"),
        ("yearly after done", "FREQ=YEARLY", "1 year after each is done"),
        ("10 days after completion", "FREQ=DAILY;INTERVAL=10", "10 days after each is done"),
        ("chwarterol", "FREQ=MONTHLY;INTERVAL=3", "every 3 months"),
        ("Bob mis", "FREQ=MONTHLY", "every month"),
        ("bob 2 fis", "FREQ=MONTHLY;INTERVAL=2", "every 2 months"),
        ("bob pythefnos", "FREQ=WEEKLY;INTERVAL=2", "every 2 weeks"),
        ("2 wythnos ar ôl cwblhau", "FREQ=WEEKLY;INTERVAL=2", "2 weeks after each is done"),
        ("rrule:freq=weekly;interval=6", "FREQ=WEEKLY;INTERVAL=6", "every 6 weeks"),
    ],
)
def test_an_interval_is_read_as_people_type_it(typed: str, rule: str, text: str) -> None:
    recurrence = read_recurrence(typed)
    assert (recurrence.rule, str(recurrence)) == (rule, text)


@pytest.mark.parametrize("every", [1, 2, 3, 6, 11])
@pytest.mark.parametrize("unit", Unit)
@pytest.mark.parametrize("from_completion", [False, True])
def test_an_interval_is_read_back_from_its_text_in_welsh(every: int, unit: Unit, from_completion: bool) -> None:
    recurrence = Recurrence(every, unit, from_completion)
    with use_language(Language.CY):
        text = str(recurrence)
    assert read_recurrence(text) == recurrence


@pytest.mark.parametrize(
    "typed", ["", "often", "every", "0 days", "every 121 months", "FREQ=SECONDLY", "monthly, mostly"]
)
def test_words_that_name_no_interval_are_refused(typed: str) -> None:
    with pytest.raises(BadInput, match=r"is not an interval|after 1 to 120"):
        read_recurrence(typed)


def test_the_last_day_of_a_month_stays_the_last_day() -> None:
    monthly = Recurrence(1, Unit.MONTH)
    days = [monthly.compute_day(date(2013, 12, 31), number).isoformat() for number in range(1, 5)]
    assert days == ["2013-12-31", "2014-01-31", "2014-02-28", "2014-03-31"]


def test_an_instance_after_the_year_9999_is_refused() -> None:
    with pytest.raises(BadInput, match="9999"):
        Recurrence(100, Unit.YEAR).compute_day(date(2013, 12, 31), 100)


RECURRENCES = st.builds(Recurrence, st.integers(1, 120), st.sampled_from(Unit), st.booleans())


@given(RECURRENCES)
def test_a_formatted_recurrence_reads_back_unchanged(recurrence: Recurrence) -> None:
    assert read_recurrence(str(recurrence)) == recurrence
    assert read_recurrence(recurrence.rule) == Recurrence(recurrence.every, recurrence.unit)


@given(RECURRENCES, st.dates(date(1990, 1, 1), date(2200, 1, 1)), st.integers(1, 40))
def test_instances_follow_each_other_without_a_gap(recurrence: Recurrence, anchor: date, number: int) -> None:
    day, after = recurrence.compute_day(anchor, number), recurrence.compute_day(anchor, number + 1)
    longest = {Unit.DAY: 1, Unit.WEEK: 7, Unit.MONTH: 31, Unit.YEAR: 366}[recurrence.unit] * recurrence.every
    assert day < after <= date.fromordinal(day.toordinal() + longest)
    assert recurrence.compute_day(anchor, 1) == anchor


def test_all_common_intervals_are_read() -> None:
    assert {
        word: (read_recurrence(word).every, read_recurrence(word).unit) for word in COMMON_INTERVALS
    } == COMMON_INTERVALS
