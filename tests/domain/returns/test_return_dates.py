"""Dates in cells of action logs: dates, serial numbers, words, guesses and questions."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ahtc_tui.domain.dates.date_as_known import NO_DAY, DateAsKnown, Precision
from ahtc_tui.domain.imports.sheets import CellValue
from ahtc_tui.domain.returns.dates import DateConventions, DateReading, read_date_cell

AS_AT = date(2013, 12, 31)
MARCH_31 = date(2014, 3, 31)
AT_TEN = datetime(2014, 3, 31, 10, 0)  # noqa: DTZ001  # a sheet knows no time zone


@pytest.mark.parametrize(
    ("value", "day"),
    [
        (MARCH_31, MARCH_31), (AT_TEN, MARCH_31), (41729, MARCH_31), (41729.75, MARCH_31),
        (20140331, MARCH_31), ("20140331", MARCH_31), ("31/01/14", date(2014, 1, 31)), ("5.11.13", date(2013, 11, 5)),
        ("03/02/2014", date(2014, 2, 3)), ("28 Chwefror 2014", date(2014, 2, 28)),
        ("31/01/2014 00:00:00", date(2014, 1, 31)),
        (" Friday 31 January 2014 ", date(2014, 1, 31)), ("31.3.2014.", MARCH_31),
        ("'31/03/2014", MARCH_31), ("31–03–2014", MARCH_31),
    ],
)  # fmt: skip
def test_a_day_is_read_without_a_guess(value: CellValue, day: date) -> None:
    assert read_date_cell(value, AS_AT) == DateReading(DateAsKnown(day))


def test_a_month_after_yng_or_ym_is_read() -> None:
    assert [read_date_cell(text, AS_AT).value for text in ("1 Nhachwedd 2014", "yng Ngorffennaf 2014")] == [
        DateAsKnown(date(2014, 11, 1)),
        DateAsKnown(date(2014, 7, 31), Precision.MONTH, "yng Ngorffennaf 2014"),
    ]


def test_serial_dates_can_count_from_1904() -> None:
    assert read_date_cell(41729 - 1462, AS_AT, DateConventions(since_1904=True)) == DateReading(DateAsKnown(MARCH_31))


@pytest.mark.parametrize(
    ("text", "latest"),
    [
        ("end Jan", date(2014, 1, 31)), ("31 Ionawr", date(2014, 1, 31)), ("31.1", date(2014, 1, 31)),
        ("diwedd Mawrth", MARCH_31), ("Friday", date(2014, 1, 3)), ("41729", MARCH_31),
        ("revised to 31/3/14", MARCH_31),
        ("by Easter", date(2014, 4, 20)), ("end of FY", MARCH_31), ("Easter, i.e. April 2014", date(2014, 4, 30)),
        ("02/28/2014", date(2014, 2, 28)),
    ],
)  # fmt: skip
def test_incomplete_dates_are_guesses(text: str, latest: date) -> None:
    reading = read_date_cell(text, AS_AT)
    assert reading.is_guess
    assert reading.value is not None
    assert reading.value.latest == latest


@pytest.mark.parametrize(
    ("value", "latest", "precision"),
    [
        ("Spring 2014", date(2014, 5, 31), Precision.SEASON), ("Gwanwyn 2014", date(2014, 5, 31), Precision.SEASON),
        ("Jan 2014", date(2014, 1, 31), Precision.MONTH), (2014, date(2014, 12, 31), Precision.YEAR),
        ("Q4 2013/14", MARCH_31, Precision.SEASON), ("early 2014", date(2014, 4, 30), Precision.SEASON),
    ],
)  # fmt: skip
def test_seasons_and_months_keep_their_precision(value: CellValue, latest: date, precision: Precision) -> None:
    reading = read_date_cell(value, AS_AT)
    assert reading.value is not None
    assert (reading.value.latest, reading.value.precision, reading.is_guess) == (latest, precision, False)


@pytest.mark.parametrize("text", ["ASAP", "ongoing", "tbc", "-", "after 24 Foo 2013 at most"])
def test_words_without_a_day_are_kept(text: str) -> None:
    reading = read_date_cell(text, AS_AT)
    assert reading == DateReading(DateAsKnown(NO_DAY, Precision.WORDS, text))
    assert reading.is_words_only
    assert reading.is_ongoing == (text == "ongoing")


@pytest.mark.parametrize(
    ("value", "question"),
    [
        ("32/28/2014", "There is no month 28"),
        ("Nov 13", "may be a day or a year"),
        ("30/02/2014", "30 February 2014 does not exist"),
        ("was 30/11/13, now 31/01/14", "contains more than one date. Choose one"),
        (0.5, '"0.5" is not a date'),
        (20141331, '"20141331" is not a date'),
        ("20141331", '"20141331" is not a date'),
        (True, '"True" is not a date'),
        (float("inf"), '"inf" is not a date'),
        (10**400, "is not a date"),
        ("word " * 60, "is not a date"),
    ],
)
def test_unreadable_dates_are_questions(value: CellValue, question: str) -> None:
    reading = read_date_cell(value, AS_AT)
    assert reading.value is None
    assert question in str(reading.question)
    assert not reading.is_words_only
    assert not reading.is_ongoing


@pytest.mark.parametrize("value", [None, "", "  "])
def test_an_empty_cell_has_no_value(value: CellValue) -> None:
    assert read_date_cell(value, AS_AT) == DateReading(None)


@given(st.one_of(st.text(max_size=40), st.integers(), st.floats(), st.dates(), st.booleans()))
@settings(deadline=None)  # the first calculation loads pendulum
def test_no_cell_value_raises(value: CellValue) -> None:
    assert isinstance(read_date_cell(value, AS_AT), DateReading)
