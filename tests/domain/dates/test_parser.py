"""Dates as typed in Wales, and their values."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ahtc_tui.domain.dates.calendar_names import MONTHS
from ahtc_tui.domain.dates.date_as_known import DateAsKnown, Precision
from ahtc_tui.domain.dates.parser import read_date, read_date_alone, read_date_or_words
from ahtc_tui.domain.dates.periods import Period
from ahtc_tui.domain.errors import BadInput

TODAY = date(2013, 11, 19)
"""A Tuesday."""
NOV_24 = date(2013, 11, 24)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("24 November 2013", NOV_24),
        ("24 Nov 2013", NOV_24),
        ("24NOV2013", NOV_24),
        ("  24   nov.  2013 ", NOV_24),
        ("24-Nov-13", NOV_24),
        ("24 Nov '13", NOV_24),
        ("24th of November, 2013", NOV_24),
        ("the 24th of November 2013", NOV_24),
        ("Sunday the 24th of November 2013", NOV_24),
        ("Sun, 24 Nov 2013", NOV_24),
        ("November 24, 2013", NOV_24),
        ("Sun Nov 24th 2013", NOV_24),
        ("by 24 Nov 2013", NOV_24),
        ("due on Sunday 24 November 2013", NOV_24),
        ("24/11/13", NOV_24),
        ("24 / 11 / 2013", NOV_24),
        ("24.11.2013", NOV_24),
        ("24-11-2013", NOV_24),
        ("24 11 2013", NOV_24),
        ("Sun 24/11/2013", NOV_24),
        ("24/11/2013 00:00", NOV_24),
        ("2013-11-24", NOV_24),
        ("2013-11-24T00:00:00", NOV_24),
        ("2013/11/24", NOV_24),
        ("5.11.13", date(2013, 11, 5)),
        ("31/01/14", date(2014, 1, 31)),
        ("01/02/2026", date(2026, 2, 1)),
        ("29 February 2016", date(2016, 2, 29)),
        ("29th of November 2013", date(2013, 11, 29)),
    ],
)
def test_a_day_is_read_however_it_is_written(text: str, day: date) -> None:
    assert read_date(text, TODAY) == DateAsKnown(day)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("24 nov", NOV_24),
        ("24 November", NOV_24),
        ("24/11", NOV_24),
        ("24.11", NOV_24),
        ("Fri 29 Nov", date(2013, 11, 29)),
        ("19 nov", TODAY),
        ("18 nov", date(2014, 11, 18)),
        ("1 jan", date(2014, 1, 1)),
    ],
)
def test_a_day_and_month_without_a_year_mean_the_next_one(text: str, day: date) -> None:
    assert read_date(text, TODAY) == DateAsKnown(day)


@pytest.mark.parametrize("text", ["29 feb", "29 Chwefror", "29/2"])
def test_29_february_is_no_year_far_away_unasked(text: str) -> None:
    assert read_date(text, date(2015, 11, 1)) == DateAsKnown(date(2016, 2, 29))
    for today, leap_year in ((TODAY, 2016), (date(2096, 3, 1), 2104)):
        with pytest.raises(BadInput, match=str(leap_year)):
            read_date_or_words(text, today)


@pytest.mark.parametrize(("year", "means"), [("00", 2000), ("69", 2069), ("70", 1970), ("99", 1999)])
def test_two_digits_of_a_year_mean_this_century_up_to_69(year: str, means: int) -> None:
    assert read_date(f"24/11/{year}", TODAY) == DateAsKnown(date(means, 11, 24))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", TODAY),
        ("Tomorrow", date(2013, 11, 20)),
        ("yesterday", date(2013, 11, 18)),
        ("yfory", date(2013, 11, 20)),
        ("fri", date(2013, 11, 22)),
        ("Friday", date(2013, 11, 22)),
        ("next friday", date(2013, 11, 22)),
        ("by friday", date(2013, 11, 22)),
        ("thurs", date(2013, 11, 21)),
        ("tue", date(2013, 11, 26)),
        ("mon", date(2013, 11, 25)),
        ("sun", date(2013, 11, 24)),
        ("dydd Gwener", date(2013, 11, 22)),
        ("dydd Mawrth", date(2013, 11, 26)),
        ("+2w", date(2013, 12, 3)),
        ("2w", date(2013, 12, 3)),
        ("2 weeks", date(2013, 12, 3)),
        ("in 2 weeks", date(2013, 12, 3)),
        ("+10d", date(2013, 11, 29)),
        ("+ 1 day", date(2013, 11, 20)),
        ("+1m", date(2013, 12, 19)),
        ("+1y", date(2014, 11, 19)),
        ("eom", date(2013, 11, 30)),
        ("by the end of the month", date(2013, 11, 30)),
        ("eoy", date(2013, 12, 31)),
        ("end of this year", date(2013, 12, 31)),
    ],
)
def test_relative_words_are_read_as_a_day(text: str, day: date) -> None:
    assert read_date(text, TODAY) == DateAsKnown(day)


def test_a_month_from_the_last_of_january_is_the_last_of_february() -> None:
    assert read_date("+1m", date(2014, 1, 31)) == DateAsKnown(date(2014, 2, 28))


@pytest.mark.parametrize(
    ("text", "latest", "precision"),
    [
        ("2013-11", date(2013, 11, 30), Precision.MONTH),
        ("11/2013", date(2013, 11, 30), Precision.MONTH),
        ("November 2012", date(2012, 11, 30), Precision.MONTH),
        ("nov 2012", date(2012, 11, 30), Precision.MONTH),
        ("Nov-12", date(2012, 11, 30), Precision.MONTH),
        ("Nov '12", date(2012, 11, 30), Precision.MONTH),
        ("november", date(2013, 11, 30), Precision.MONTH),
        ("October", date(2014, 10, 31), Precision.MONTH),
        ("2013", date(2013, 12, 31), Precision.YEAR),
    ],
)
def test_a_month_or_year_is_known_to_its_last_day_and_no_closer(text: str, latest: date, precision: Precision) -> None:
    assert read_date(text, TODAY) == DateAsKnown(latest, precision)


def test_a_month_without_a_year_is_this_one_until_its_last_day_is_over() -> None:
    assert read_date("november", date(2013, 11, 30)).iso == "2013-11"
    assert read_date("november", date(2013, 12, 1)).iso == "2014-11"


@pytest.mark.parametrize(
    ("text", "latest", "precision", "iso"),
    [
        ("end nov", date(2013, 11, 30), Precision.MONTH, "2013-11"),
        ("end of November", date(2013, 11, 30), Precision.MONTH, "2013-11"),
        ("end oct", date(2014, 10, 31), Precision.MONTH, "2014-10"),
        ("end November 2013", date(2013, 11, 30), Precision.MONTH, "2013-11"),
        ("end of 2013", date(2013, 12, 31), Precision.MONTH, "2013-12"),
        ("by the end of 2013", date(2013, 12, 31), Precision.MONTH, "2013-12"),
        ("erbyn diwedd 2013", date(2013, 12, 31), Precision.MONTH, "2013-12"),
        ("by November 2013", date(2013, 11, 30), Precision.MONTH, "2013-11"),
        ("ym mis Mawrth 2014", date(2014, 3, 31), Precision.MONTH, "2014-03"),
        ("mid March 2014", date(2014, 3, 31), Precision.MONTH, "2014-03"),
        ("mid-March 2014", date(2014, 3, 31), Precision.MONTH, "2014-03"),
        ("early 2014", date(2014, 4, 30), Precision.SEASON, "2014-01/2014-04"),
        ("Spring 2014", date(2014, 5, 31), Precision.SEASON, "2014-03/2014-05"),
        ("by the spring of 2014", date(2014, 5, 31), Precision.SEASON, "2014-03/2014-05"),
        ("spring", date(2014, 5, 31), Precision.SEASON, "2014-03/2014-05"),
        ("summer 2014", date(2014, 8, 31), Precision.SEASON, "2014-06/2014-08"),
        ("autumn 2014", date(2014, 11, 30), Precision.SEASON, "2014-09/2014-11"),
        ("Winter 2014", date(2015, 2, 28), Precision.SEASON, "2014-12/2015-02"),
        ("Winter 2015/16", date(2016, 2, 29), Precision.SEASON, "2015-12/2016-02"),
        ("winter", date(2014, 2, 28), Precision.SEASON, "2013-12/2014-02"),
        ("Gwanwyn 2014", date(2014, 5, 31), Precision.SEASON, "2014-03/2014-05"),
        ("Q1 2014", date(2014, 3, 31), Precision.SEASON, "2014-01/2014-03"),
        ("Q4", date(2013, 12, 31), Precision.SEASON, "2013-10/2013-12"),
        ("in the New Year", date(2014, 3, 31), Precision.SEASON, "2014-01/2014-03"),
    ],
)
def test_loose_words_are_kept_with_the_latest_day_they_allow(
    text: str, latest: date, precision: Precision, iso: str | None
) -> None:
    known_date = read_date(f" {text} ", TODAY)
    assert known_date == DateAsKnown(latest, precision, text)
    assert known_date.iso == iso


@pytest.mark.parametrize(
    ("month", "names"),
    [
        (1, "Ionawr Ion"),
        (2, "Chwefror Chwef"),
        (3, "Mawrth Maw Fawrth"),
        (4, "Ebrill Ebr"),
        (5, "Mai Fai"),
        (6, "Mehefin Meh"),
        (7, "Gorffennaf Gorff"),
        (8, "Awst"),
        (9, "Medi Fedi"),
        (10, "Hydref Hyd"),
        (11, "Tachwedd Tach Dachwedd"),
        (12, "Rhagfyr Rhag"),
    ],
)
def test_the_months_are_read_in_welsh(month: int, names: str) -> None:
    for name in names.split():
        assert read_date(f"28 {name} 2014", TODAY) == DateAsKnown(date(2014, month, 28))
        assert read_date(f"28ain o {name} 2014", TODAY) == DateAsKnown(date(2014, month, 28))
        assert read_date(f"{name} 2014", TODAY).iso == f"2014-{month:02}"


def test_a_date_that_can_be_read_is_read_where_words_are_allowed_too() -> None:
    assert read_date_or_words("24 nov", TODAY) == DateAsKnown(NOV_24)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_day_of_this_century_reads_back_to_itself(day: date) -> None:
    month = MONTHS[day.month]
    written = [
        f"{day.day} {month} {day.year}",
        f"{day.day} {month[:3].upper()} {day.year}",
        f"{day.day}/{day.month}/{day.year}",
        f"{day.day:02}.{day.month:02}.{day.year}",
        day.isoformat(),
    ]
    if day.year < 2070:
        written.append(f"{day.day}.{day.month}.{day.year % 100:02}")
    for text in written:
        assert read_date(text, TODAY) == DateAsKnown(day)


@given(
    st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    st.sampled_from(["{0.day}/{0.month}", "fri", "+{0.day}d", "{0.day} o Fai"]),
)
@settings(deadline=None)  # the first date that is counted loads pendulum
def test_a_date_without_a_year_is_never_in_the_past(today: date, pattern: str) -> None:
    the_same_day = date(2016, today.month, today.day)
    assert read_date(pattern.format(the_same_day), today).latest >= today


@pytest.mark.parametrize(
    ("text", "latest"),
    [
        ("Q1 2013/14", date(2013, 6, 30)),
        ("Q3 2013-14", date(2013, 12, 31)),
        ("Q4 2013/14", date(2014, 3, 31)),
        ("Ch4 2013/14", date(2014, 3, 31)),
        ("Q4 2013", date(2013, 12, 31)),
    ],
)
def test_a_quarter_with_two_years_is_of_the_financial_year(text: str, latest: date) -> None:
    assert read_date(text, TODAY) == DateAsKnown(latest, Precision.SEASON, text)


@pytest.mark.parametrize("text", ["1st October 2013", "1st of October 2013", "1 October 2013", "1 o Hydref 2013"])
def test_october_is_read_after_an_ordinal(text: str) -> None:
    assert read_date(text, date(2013, 12, 31)).latest == date(2013, 10, 1)


@pytest.mark.parametrize(
    "text", ["10 December 2013, 2pm", "by 5pm on 7 February 2014", "10 rhag 2013 am 14:00", "fri 2pm"]
)
def test_a_time_is_refused_where_only_a_date_is_kept(text: str) -> None:
    assert read_date(text, TODAY).words
    with pytest.raises(BadInput, match="has a time"):
        read_date_alone(text, TODAY)
    with pytest.raises(BadInput, match="has a time"):
        Period(read_date(text, TODAY)).check()


@pytest.mark.parametrize("text", ["10 December 2013", "the week of 3 March 2014", "before 1 March 2014"])
def test_words_without_a_time_are_dates(text: str) -> None:
    assert read_date_alone(text, TODAY) == read_date(text, TODAY)
