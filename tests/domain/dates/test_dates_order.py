"""Dates as known have one order, whoever compares them and however they are stored."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from ahtc_tui.domain.dates.date_as_known import NO_DAY, DateAsKnown, Precision, from_stored

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=12).map(str.strip)
KNOWN = st.one_of(
    st.builds(
        DateAsKnown,
        st.dates(date(1990, 1, 1), date(2100, 1, 1)),
        st.sampled_from([one for one in Precision if one is not Precision.WORDS]),
        WORDS,
    ),
    st.builds(DateAsKnown, st.just(NO_DAY), st.just(Precision.WORDS), WORDS.filter(bool)),
)


@given(KNOWN, KNOWN, KNOWN)
def test_the_order_is_total(one: DateAsKnown, two: DateAsKnown, three: DateAsKnown) -> None:
    assert (one < two) + (two < one) + (one == two) == 1
    if one <= two <= three:
        assert one <= three
    if one.latest < two.latest:
        assert one < two


@given(st.lists(KNOWN, max_size=8), st.randoms())
def test_the_order_is_the_same_from_whatever_order_they_come(known: list[DateAsKnown], chance: object) -> None:
    mixed = list(known)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert sorted(mixed) == sorted(known)
    assert sorted(mixed, key=lambda one: one.latest) == sorted(mixed, key=lambda one: one.latest.isoformat())


@given(st.lists(KNOWN, max_size=8))
def test_what_is_stored_sorts_by_the_same_days_and_reads_back(known: list[DateAsKnown]) -> None:
    stored = sorted(one.stored for one in known)
    assert [text[:10] for text in stored] == sorted(one.latest.isoformat() for one in known)
    assert [from_stored(one.stored) for one in known] == known
