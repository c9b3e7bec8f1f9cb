"""Text that the date parser refuses, with its sentence, and text that it keeps as words."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ahtc_tui.domain.dates.date_as_known import NO_DAY, DateAsKnown, Precision
from ahtc_tui.domain.dates.parser import read_date, read_date_or_words
from ahtc_tui.domain.errors import BadInput

TODAY = date(2013, 11, 19)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("31 nov", "31 November does not exist. November has 30 days."),
        ("30 feb", "30 February does not exist. February has 29 days."),
        ("30/02/2014", "30 February 2014 does not exist. February 2014 has 28 days."),
        ("29 Feb 2014", "29 February 2014 does not exist. February 2014 has 28 days."),
        ("2014-02-30", "30 February 2014 does not exist. February 2014 has 28 days."),
        ("0/11/2013", "0 November 2013 does not exist. November 2013 has 30 days."),
        ("11/24/2013", "There is no month 24. Enter the day first, as in 24/11/2013."),
        ("2013-14", "There is no month 14. Enter the day first, as in 24/11/2013."),
        (
            "Mon 29 Nov 2013",
            "29 November 2013 is a Friday, not a Monday. Correct the weekday, or the date and year.",
        ),
        ("Nov 13", '"nov 13" may be a day or a year. Enter the day first, as in 13 November, or the year in full.'),
        ("24/11/3013", "The year 3013 is out of range. Enter one from 1900 to 2199."),
        ("+999y", "The year 3012 is out of range. Enter one from 1900 to 2199."),
        ("", "Enter a date, like 24 November 2013, fri or +2w."),
        (" \n ", "Enter a date, like 24 November 2013, fri or +2w."),
    ],
)
def test_an_impossible_date_is_refused_with_the_reason(text: str, sentence: str) -> None:
    for reader in (read_date, read_date_or_words):
        with pytest.raises(BadInput) as refusal:
            reader(text, TODAY)
        assert str(refusal.value) == sentence


NO_DATES = [
    "ASAP",
    "ongoing",
    "tbc",
    "when funded",
    "end of it",
    "after 24 Nov 2013",
    "Foo 2013",
    "next time",
]


@pytest.mark.parametrize("text", NO_DATES)
def test_words_that_name_no_day_are_kept_only_where_allowed(text: str) -> None:
    with pytest.raises(BadInput, match=f'"{text}" is not a date. Enter one like 24 November 2013'):
        read_date(text, TODAY)
    assert read_date_or_words(f" {text}\n", TODAY) == DateAsKnown(NO_DAY, Precision.WORDS, text)


@pytest.mark.parametrize("text", ["41602", "?", "–", "12:30", "24/11/2"])
def test_digits_and_signs_are_not_kept_as_words(text: str) -> None:
    with pytest.raises(BadInput, match="is not a date"):
        read_date_or_words(text, TODAY)


def test_long_text_is_shortened_in_the_refusal() -> None:
    with pytest.raises(BadInput, match=r'^"This paragraph stands in the wrong cell…" is not a date'):
        read_date("This paragraph stands in the wrong cell, and goes on and on.", TODAY)


PIECES = [
    "fri", "mon", "24", "31", "0", "00", "2013", "0000", "9999", "th", "of",
    "/", "-", ".", "+", "w", "d", "m", "y", "nov", "Feb", "Mawrth",
    "dydd", "by", "the", "end", "mid", "spring", "winter", "q1", "'", ",",
]  # fmt: skip
near_dates = st.lists(st.one_of(st.sampled_from(PIECES), st.just(" "), st.text(max_size=3)), max_size=8).map("".join)


@given(st.one_of(st.text(), near_dates), st.dates(date(1990, 1, 1), date(2150, 12, 31)))
@settings(deadline=None)  # the first date that is counted loads pendulum
@example("winter 0000", TODAY)
@example("+999999999999999d", TODAY)
@example("²⁴/¹¹", TODAY)
def test_any_text_gives_a_date_or_a_sentence(text: str, today: date) -> None:
    for reader in (read_date, read_date_or_words):
        with suppress(BadInput):
            assert isinstance(reader(text, today), DateAsKnown)


@pytest.mark.parametrize("text", ["x" * 100_000, "x " * 50_000, "1 " * 20_000 + "march", "1" * 100_000])
def test_a_very_long_text_is_refused_at_once(text: str) -> None:
    began = time.perf_counter()
    with pytest.raises(BadInput, match="is not a date"):
        read_date(text, date(2014, 1, 28))
    with suppress(BadInput):
        read_date_or_words(text, date(2014, 1, 28))
    assert time.perf_counter() - began < 5
