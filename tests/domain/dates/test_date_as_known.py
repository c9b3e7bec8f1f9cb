"""Dates as known: order, storage and formatting."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ahtc_tui.domain.dates.calendar_names import DAYS, MONTHS
from ahtc_tui.domain.dates.date_as_known import (
    NO_DAY,
    DateAsKnown,
    Precision,
    add_months,
    find_month_end,
    read_iso_date,
    read_stored_date,
)
from ahtc_tui.domain.errors import BadInput

one_line = st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), max_size=60)
known_dates = st.builds(DateAsKnown, st.dates(), st.sampled_from(Precision), one_line)


@given(known_dates)
def test_a_stored_date_reads_back_unchanged(known_date: DateAsKnown) -> None:
    assert read_stored_date(known_date.stored_text) == known_date


@given(known_dates, known_dates)
def test_dates_sort_by_the_latest_day_they_allow(left: DateAsKnown, right: DateAsKnown) -> None:
    if left.latest < right.latest:
        assert left < right
        assert left.stored_text < right.stored_text


@given(known_dates)
def test_an_iso_date_reads_back_unchanged(known_date: DateAsKnown) -> None:
    if known_date.iso and known_date.precision is not Precision.SEASON:
        assert read_iso_date(known_date.iso).iso == known_date.iso


def test_words_without_a_day_sort_after_every_day() -> None:
    assert DateAsKnown(date(2199, 12, 31)) < DateAsKnown(NO_DAY, Precision.WORDS, "ASAP")


def test_an_absent_date_stays_absent() -> None:
    assert read_stored_date(None) is None
    assert read_stored_date("") is None


@pytest.mark.parametrize(
    "line", ["soon", "20131124", "2013-W47-7", "2013-11-24 ", "2013-11-24 daily", "2013-11-24day", "2013-02-30"]
)
def test_an_invalid_stored_date_is_refused(line: str) -> None:
    with pytest.raises(ValueError):
        read_stored_date(line)


@pytest.mark.parametrize(
    ("known_date", "iso", "stored", "text"),
    [
        (DateAsKnown(date(2013, 10, 18)), "2013-10-18", "2013-10-18", "18 October 2013"),
        (DateAsKnown(date(2013, 10, 31), Precision.MONTH), "2013-10", "2013-10-31 month", "October 2013"),
        (DateAsKnown(date(2013, 12, 31), Precision.YEAR), "2013", "2013-12-31 year", "2013"),
        (
            DateAsKnown(date(2014, 5, 31), Precision.SEASON, "Spring 2014"),
            "2014-03/2014-05",
            "2014-05-31 season Spring 2014",
            "Spring 2014",
        ),
        (DateAsKnown(NO_DAY, Precision.WORDS, "ASAP"), None, "9999-12-31 words ASAP", "ASAP"),
        (
            DateAsKnown(date(2013, 12, 31), Precision.MONTH, "by the end of 2013"),
            "2013-12",
            "2013-12-31 month by the end of 2013",
            "by the end of 2013",
        ),
    ],
)
def test_a_date_is_formatted_as_precisely_as_it_is_known(
    known_date: DateAsKnown, iso: str | None, stored: str, text: str
) -> None:
    assert (known_date.iso, known_date.stored_text, str(known_date)) == (iso, stored, text)


@pytest.mark.parametrize(
    ("text", "latest", "precision"),
    [
        ("2013", date(2013, 12, 31), Precision.YEAR),
        ("2012-02", date(2012, 2, 29), Precision.MONTH),
        ("2013-10-18", date(2013, 10, 18), Precision.DAY),
    ],
)
def test_an_iso_date_allows_its_last_day(text: str, latest: date, precision: Precision) -> None:
    assert read_iso_date(text, "as agreed") == DateAsKnown(latest, precision, "as agreed")


@pytest.mark.parametrize(
    "text", ["", "ASAP", "0000", "2013-13", "2013-00", "2013-11-00", "2013-02-30", "2013/10", "2013-W10-1", "２０１３"]
)
def test_text_that_is_no_iso_date_is_refused_with_the_format(text: str) -> None:
    with pytest.raises(BadInput, match="Enter YYYY, YYYY-MM or YYYY-MM-DD"):
        read_iso_date(text)


def test_a_month_ends_on_its_last_day_in_leap_years() -> None:
    assert [find_month_end(year, 2).day for year in (1900, 2000, 2013, 2016)] == [28, 29, 28, 29]


def test_names_of_months_and_days_are_indexed_by_number() -> None:
    day = date(2013, 11, 29)
    assert (MONTHS[day.month], DAYS[day.weekday()], len(MONTHS), len(DAYS)) == ("November", "Friday", 13, 7)


def test_months_are_added_across_the_end_of_the_year() -> None:
    assert add_months(date(2012, 2, 29), 24) == date(2014, 2, 28)
    assert add_months(date(2013, 11, 30), 3) == date(2014, 2, 28)
