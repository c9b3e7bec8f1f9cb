"""Facts with a period: the order of entry never matters, and a fact changes nothing outside its period."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from ahtc_tui.domain.dates.date_as_known import DateAsKnown, Precision, read_iso_date
from ahtc_tui.domain.dates.periods import Period, Timeline
from ahtc_tui.domain.errors import BadInput

FIRST_DAY = date(2011, 1, 1)
DAYS = [FIRST_DAY + timedelta(days=number) for number in range(0, 1500, 13)]

Fact = tuple[str, Period]


def build_timeline(*facts: tuple[str, str, str]) -> Timeline[Fact]:
    """Return a timeline of names with first and last dates; empty text where a date is not known."""
    return order_facts([(name, build_period(first, last)) for name, first, last in facts])


def build_period(first: str, last: str) -> Period:
    return Period(read_iso_date(first) if first else None, read_iso_date(last) if last else None)


def order_facts(facts: list[Fact]) -> Timeline[Fact]:
    return Timeline(facts, lambda fact: fact[1])


def list_names(timeline: Timeline[Fact], day: str) -> list[str]:
    return [name for name, _period in timeline.list_valid(date.fromisoformat(day))]


def draw_date(chance: random.Random) -> DateAsKnown | None:
    """Return a random date known to the day, the month or the year, or None."""
    day = FIRST_DAY + timedelta(days=chance.randrange(1500))
    match chance.randrange(5):
        case 0:
            return None
        case 1:
            return read_iso_date(day.isoformat()[:7])
        case 2:
            return read_iso_date(day.isoformat()[:4])
    return DateAsKnown(day)


def draw_facts(chance: random.Random) -> list[Fact]:
    """Return facts that all begin on different days."""
    facts: dict[date, Fact] = {}
    for number in range(chance.randrange(1, 7)):
        period = Period(draw_date(chance), draw_date(chance))
        if period.first <= period.last:
            facts.setdefault(period.first, (f"fact {number}", period))
    return list(facts.values())


def test_the_fact_that_began_last_is_valid() -> None:
    names = build_timeline(("G", "", ""), ("B", "2014-02-15", ""), ("A2", "2013-02-15", ""))
    assert [list_names(names, day) for day in ("2013-02-14", "2013-02-15", "2014-02-14", "2014-02-15")] == [
        ["G"],
        ["A2"],
        ["A2"],
        ["B"],
    ]


def test_gaps_and_overlaps_are_spans() -> None:
    timeline = build_timeline(("A", "2012", "2012"), ("B", "2014-01", ""), ("C", "2014-01", "2014-03"))
    spans = [(span.first, [name for name, _period in span.facts]) for span in timeline.list_spans()]
    assert spans == [
        (date.min, []),
        (date(2012, 1, 1), ["A"]),
        (date(2013, 1, 1), []),
        (date(2014, 1, 1), ["B", "C"]),
        (date(2014, 4, 1), ["B"]),
    ]


@pytest.mark.parametrize(("start", "end"), [("2014-02-10", "9 February 2014"), ("2014-02", "January 2014")])
def test_an_unknown_end_is_the_date_before_the_next_fact(start: str, end: str) -> None:
    first, second = ("A", build_period("2012", "")), ("B", build_period(start, ""))
    assert [str(order_facts([second, first]).find_end(fact)) for fact in (first, second)] == [end, "None"]


def test_a_fact_that_is_valid_again_has_no_end() -> None:
    first, second = ("A", build_period("2012", "")), ("B", build_period("2013", "2013"))
    assert order_facts([first, second]).find_end(first) is None


def test_a_season_begins_with_its_first_month() -> None:
    assert Period(DateAsKnown(date(2014, 2, 28), Precision.SEASON)).first == date(2013, 12, 1)


@pytest.mark.parametrize("period", [build_period("2014", "2013"), Period(DateAsKnown(date.max, Precision.WORDS, "x"))])
def test_periods_without_days_are_refused(period: Period) -> None:
    with pytest.raises(BadInput):
        period.check()


def test_any_order_of_entry_gives_the_same_state_on_every_day() -> None:
    chance = random.Random(20140215)
    for _round in range(5000):
        facts = draw_facts(chance)
        shuffled = chance.sample(facts, len(facts))
        left, right = order_facts(facts), order_facts(shuffled)
        for day in chance.sample(DAYS, 12):
            assert left.list_valid(day) == right.list_valid(day)


def test_a_fact_changes_nothing_outside_its_period() -> None:
    chance = random.Random(20140216)
    for _round in range(5000):
        facts = draw_facts(chance)
        before, added = order_facts(facts[:-1]), order_facts(facts)
        _name, period = facts[-1] if facts else ("", Period())
        for day in DAYS[:: chance.randrange(3, 9)]:
            if not period.includes(day):
                assert before.list_valid(day) == added.list_valid(day)
