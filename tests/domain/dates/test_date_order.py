"""Dates as known have a total order, in memory and in storage."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from ahtc_tui.domain.dates.date_as_known import NO_DAY, DateAsKnown, Precision, read_stored_date

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=12).map(str.strip)
KNOWN_DATES = st.one_of(
    st.builds(
        DateAsKnown,
        st.dates(date(1990, 1, 1), date(2100, 1, 1)),
        st.sampled_from([one for one in Precision if one is not Precision.WORDS]),
        WORDS,
    ),
    st.builds(DateAsKnown, st.just(NO_DAY), st.just(Precision.WORDS), WORDS.filter(bool)),
)


@given(KNOWN_DATES, KNOWN_DATES, KNOWN_DATES)
def test_the_order_is_total(first: DateAsKnown, second: DateAsKnown, third: DateAsKnown) -> None:
    assert (first < second) + (second < first) + (first == second) == 1
    if first <= second <= third:
        assert first <= third
    if first.latest < second.latest:
        assert first < second


@given(st.lists(KNOWN_DATES, max_size=8), st.randoms())
def test_sorting_does_not_depend_on_the_initial_order(known_dates: list[DateAsKnown], chance: object) -> None:
    mixed = list(known_dates)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert sorted(mixed) == sorted(known_dates)
    assert sorted(mixed, key=lambda known_date: known_date.latest) == sorted(
        mixed, key=lambda known_date: known_date.latest.isoformat()
    )


@given(st.lists(KNOWN_DATES, max_size=8))
def test_stored_dates_sort_by_day_and_read_back(known_dates: list[DateAsKnown]) -> None:
    stored = sorted(known_date.stored_text for known_date in known_dates)
    assert [text[:10] for text in stored] == sorted(known_date.latest.isoformat() for known_date in known_dates)
    assert [read_stored_date(known_date.stored_text) for known_date in known_dates] == known_dates
