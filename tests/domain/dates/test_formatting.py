"""Formatting of dates for a narrow column, in words and in full."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ahtc_tui.domain.dates.date_as_known import NO_DAY, DateAsKnown, Precision
from ahtc_tui.domain.dates.formatting import (
    format_clock,
    format_days_from_today,
    format_due,
    format_hours,
    format_wall_time,
    format_weekday_date,
    format_weekday_time,
)
from ahtc_tui.domain.drafts.meetings import Moment, read_clock, read_moment
from ahtc_tui.domain.i18n import Language, use_language

TODAY = date(2013, 11, 19)
DATES = st.dates(date(1950, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("due", "text"),
    [
        (None, "–"),
        (DateAsKnown(date(2013, 11, 19)), "today"),
        (DateAsKnown(date(2013, 11, 29)), "Fri 29 Nov"),
        (DateAsKnown(date(2014, 9, 15)), "Mon 15 Sep"),
        (DateAsKnown(date(2014, 9, 16)), "16 Sep 14"),
        (DateAsKnown(date(2015, 11, 29)), "29 Nov 15"),
        (DateAsKnown(date(2009, 6, 1)), "1 Jun 09"),
        (DateAsKnown(date(2014, 11, 30), Precision.MONTH), "Nov 2014"),
        (DateAsKnown(date(2013, 12, 31), Precision.MONTH, "by the end of 2013"), "Dec 2013"),
        (DateAsKnown(date(2014, 12, 31), Precision.YEAR), "2014"),
        (DateAsKnown(date(2014, 5, 31), Precision.SEASON, "Spring 2014"), "Spring 2014"),
        (DateAsKnown(date(2014, 5, 31), Precision.SEASON, "by Spring 2014"), "May 2014"),
        (DateAsKnown(date(2014, 5, 31), Precision.SEASON), "May 2014"),
        (DateAsKnown(NO_DAY, Precision.WORDS, "ASAP"), "ASAP"),
        (DateAsKnown(NO_DAY, Precision.WORDS, "when it is funded"), "when it is funded"),
    ],
)
def test_a_due_date_is_formatted_for_a_narrow_column(due: DateAsKnown | None, text: str) -> None:
    assert format_due(due, TODAY, late=False) == text


def test_days_late_are_formatted_for_a_narrow_column() -> None:
    assert format_due(DateAsKnown(date(2013, 10, 22)), TODAY, late=True) == "28 d late"
    assert format_due(DateAsKnown(date(2013, 10, 31), Precision.MONTH), TODAY, late=True) == "19 d late"


def test_a_future_due_date_is_shown_though_the_action_is_late() -> None:
    assert format_due(DateAsKnown(date(2013, 11, 22)), TODAY, late=True) == "Fri 22 Nov"


def test_a_past_due_date_is_shown_where_the_action_is_not_late() -> None:
    assert format_due(DateAsKnown(date(2013, 10, 22)), TODAY, late=False) == "22 Oct 13"


@given(
    st.builds(DateAsKnown, DATES, st.sampled_from(Precision), st.text()),
    DATES,
    st.booleans(),
)
def test_a_due_date_that_is_no_text_fits_a_narrow_column(due: DateAsKnown, today: date, late: bool) -> None:
    assert due.precision is Precision.WORDS or len(format_due(due, today, late)) <= 12


@pytest.mark.parametrize(
    ("days", "text"),
    [
        (-12, "12 days late"),
        (-1, "1 day late"),
        (0, "today"),
        (1, "tomorrow"),
        (3, "in 3 days"),
    ],
)
def test_days_from_today_are_formatted_in_words(days: int, text: str) -> None:
    assert format_days_from_today(days) == text


def test_a_date_is_formatted_with_its_weekday() -> None:
    assert format_weekday_date(date(2013, 11, 29)) == "Friday 29 November 2013"


@pytest.mark.parametrize(
    ("hour", "text"),
    [
        (time(0), "midnight"),
        (time(0, 5), "12:05am"),
        (time(9), "9am"),
        (time(11, 59), "11:59am"),
        (time(12), "midday"),
        (time(12, 30), "12:30pm"),
        (time(13, 30), "1:30pm"),
        (time(23), "11pm"),
    ],
)
def test_a_time_of_day_is_in_the_style_of_gov_uk(hour: time, text: str) -> None:
    assert format_clock(hour) == text


def test_hours_are_joined_by_to_in_both_languages() -> None:
    morning = datetime.fromisoformat("2014-01-28T10:00"), datetime.fromisoformat("2014-01-28T12:30")
    noon = morning[0], datetime.fromisoformat("2014-01-28T12:00")
    night = datetime.fromisoformat("2014-01-28T22:00"), datetime.fromisoformat("2014-01-29T01:00")
    assert format_hours(*morning) == "10am to 12:30pm"
    assert format_hours(*noon) == "10am to midday"
    assert format_hours(*night) == "10pm to 1am, Wednesday 29 January 2014"
    assert format_hours(morning[0], None) == "10am"
    with use_language(Language.CY):
        assert format_hours(*morning) == "10am i 12:30pm"
        assert format_hours(*noon) == "10am i ganol dydd"
        assert format_hours(*night) == "10pm i 1am, dydd Mercher 29 Ionawr 2014"


@pytest.mark.parametrize("language", [Language.EN, Language.CY])
def test_every_printed_time_is_read_back(language: Language) -> None:
    day = DateAsKnown(date(2014, 1, 28))
    with use_language(language):
        for minute in range(24 * 60):
            wall_time = datetime.fromisoformat(f"2014-01-28T{minute // 60:02}:{minute % 60:02}")
            for after_preposition in (False, True):
                assert read_clock(format_clock(wall_time, after_preposition=after_preposition)) == wall_time.time()
            for text in (format_wall_time(wall_time), format_weekday_time(wall_time)):
                assert read_moment(text, date(2013, 1, 1)) == Moment(day, wall_time.time())
