"""Quarters, the meaning of the letters, and bars against time that never say more than is known."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ahtc_tui.domain.actions.model import Brag, Status
from ahtc_tui.domain.dates.date_as_known import NO_DAY, DateAsKnown, Precision, from_iso, last_of_month
from ahtc_tui.domain.plan.brag_meanings import meanings, read_words, store_words
from ahtc_tui.domain.plan.periods import (
    By,
    Counts,
    Stood,
    StoodRow,
    Undated,
    filter_words,
    quarter_before,
    quarter_code,
    quarter_end,
    quarter_ends,
    quarter_name,
    quarters_between,
    side_by_side,
)
from ahtc_tui.domain.plan.timeline import Timeline, TimelineRow, bar, cell_of, first_day, heads, window

TODAY = date(2013, 12, 31)
YEAR = quarter_ends(date(2014, 12, 31), 4)


def a_row(end: DateAsKnown | None, start: date | None = None, status: Status | None = Status.PLANNED) -> TimelineRow:
    return TimelineRow("DP-01", "Write to the health boards", 1, start, end, status, None)


@pytest.mark.parametrize(
    ("day", "end", "before", "name", "code"),
    [
        (date(2013, 1, 1), date(2013, 3, 31), date(2012, 12, 31), "Jan to Mar 2013", "2013-Q1"),
        (date(2013, 6, 30), date(2013, 6, 30), date(2013, 3, 31), "Apr to Jun 2013", "2013-Q2"),
        (date(2012, 10, 18), date(2012, 12, 31), date(2012, 9, 30), "Oct to Dec 2012", "2012-Q4"),
    ],
)
def test_a_day_lies_in_its_quarter(day: date, end: date, before: date, name: str, code: str) -> None:
    assert (quarter_end(day), quarter_before(day), quarter_name(end), quarter_code(end)) == (end, before, name, code)


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(1, 40))
def test_quarters_follow_each_other_without_a_gap(day: date, number: int) -> None:
    ends = quarter_ends(day, number)
    assert len(ends) == number
    assert ends[-1] == quarter_end(day) >= day > quarter_before(day)
    assert all(quarter_before(later) == end for end, later in pairwise(ends))
    assert quarters_between(ends[0], day) == ends


@pytest.mark.parametrize(
    ("known", "first"),
    [
        (from_iso("2013-11-30"), date(2013, 11, 30)),
        (from_iso("2012-11"), date(2012, 11, 1)),
        (from_iso("2013"), date(2013, 1, 1)),
        (DateAsKnown(date(2014, 5, 31), Precision.SEASON, "spring 2014"), date(2014, 3, 1)),
    ],
)
def test_a_date_as_known_begins_with_the_first_day_that_it_allows(known: DateAsKnown, first: date) -> None:
    assert known.earliest == first


@pytest.mark.parametrize(
    ("row", "drawn"),
    [
        (a_row(from_iso("2014-05-15")), "    ◆       "),
        (a_row(from_iso("2014-05-15"), date(2014, 1, 1)), "━━━━◆       "),
        (a_row(from_iso("2014-06")), "     ◇      "),
        (a_row(from_iso("2014")), "░░░░░░░░░░░◇"),
        (a_row(from_iso("2014-09-30"), date(2012, 1, 1)), "━━━━━━━━◆   "),
        (a_row(from_iso("2016-09-30"), date(2014, 8, 1)), "       ━━━━━"),
        (a_row(from_iso("2016-09-30"), date(2016, 8, 1)), "           ›"),
        (a_row(from_iso("2013-09-30")), "‹           "),
        (a_row(from_iso("2019")), "           ›"),
        (a_row(DateAsKnown(NO_DAY, Precision.WORDS, "ASAP")), "            "),
        (a_row(None), "            "),
    ],
)
def test_a_bar_says_as_much_as_is_known(row: TimelineRow, drawn: str) -> None:
    assert bar(row, YEAR, 3, TODAY) == drawn


def test_today_is_a_line_that_bars_cross() -> None:
    assert bar(a_row(from_iso("2014-12-31")), YEAR, 2, date(2014, 4, 2)) == "  │    ◆"
    assert bar(a_row(from_iso("2014-12-31"), date(2014, 1, 1)), YEAR, 2, date(2014, 4, 2)) == "━━━━━━━◆"


@given(st.dates(date(2012, 1, 1), date(2016, 12, 31)), st.integers(1, 9))
def test_later_days_never_stand_further_left(day: date, wide: int) -> None:
    here, after = cell_of(day, YEAR, wide), cell_of(date.fromordinal(day.toordinal() + 1), YEAR, wide)
    assert -1 <= here <= after <= len(YEAR) * wide
    assert (0 <= here < len(YEAR) * wide) == (day.year == 2014)


def test_the_heads_of_the_quarters_name_the_year_once() -> None:
    assert heads(quarter_ends(date(2014, 6, 30), 3), 4) == "'13 '14 Q2  "
    assert heads(quarter_ends(date(2014, 6, 30), 3), 7) == "Q4 13  Q1 14  Q2     "


@pytest.mark.parametrize(("last", "begins"), [(2013, 0), (2014, 0), (2015, 1), (2030, 1)])
def test_the_stretch_that_is_shown_has_today_in_it(last: int, begins: int) -> None:
    quarters = quarters_between(date(2013, 6, 30), date(last, 12, 31))
    assert window(quarters, TODAY, 8) == begins
    assert window(quarters, date(2040, 1, 1), 8) == max(0, len(quarters) - 8)


@pytest.mark.parametrize(
    ("by", "ref", "name", "words"),
    [
        (By.LEAD, "cps", "Crown Prosecution Service", "@Crown @Prosecution @Service"),
        (By.GROUP, None, "No group", "#-"),
        (By.OBJECTIVE, "obj-evidence", "1. Build", "obj:obj-evidence"),
    ],
)
def test_a_line_says_what_finds_its_actions(by: By, ref: str | None, name: str, words: str) -> None:
    assert filter_words(by, ref, name) == words


def test_a_timeline_runs_from_the_first_date_to_the_last() -> None:
    rows = (a_row(from_iso("2014-05-15"), date(2013, 2, 1)), a_row(None), a_row(from_iso("2015")))
    assert Timeline(rows, TODAY).quarters == quarters_between(date(2013, 2, 1), date(2015, 12, 31))
    assert Timeline((a_row(None),), TODAY).quarters == [TODAY]
    assert first_day(a_row(from_iso("2014"))) == date(2014, 1, 1)


def test_what_has_no_date_says_what_is_known_instead() -> None:
    asap = DateAsKnown(NO_DAY, Precision.WORDS, "ASAP")
    assert [a_row(None).without, a_row(asap).without] == ["no date", "ASAP"]
    assert a_row(None, status=Status.CONTINUING).without == "continuing"


def test_a_milestone_is_late_past_its_date_and_a_continuing_duty_never() -> None:
    past = from_iso("2013-11")
    assert a_row(past, status=None).late(TODAY)
    assert a_row(past).late(TODAY)
    assert not a_row(past, status=Status.CONTINUING).late(TODAY)
    assert not a_row(None, status=None).late(TODAY)


@pytest.mark.parametrize("kept", [None, "", "{}", "[1]", "not json", '{"R": ""}'])
def test_a_plan_without_words_has_ours_and_says_so(kept: str | None) -> None:
    assert [each.brag for each in meanings(kept)] == list(Brag)
    assert all(each.ours and "not agreed by the group" in each.line for each in meanings(kept))


def test_the_words_of_a_plan_are_kept_letter_by_letter() -> None:
    kept = store_words({Brag.RED: "Will not be met", Brag.BLUE: ""})
    assert read_words(kept) == {Brag.RED: "Will not be met"}
    assert [each.brag for each in meanings(kept) if not each.ours] == [Brag.RED]
    assert store_words({Brag.BLUE: ""}) is None


def test_side_by_side_keeps_whoever_has_actions_on_one_of_the_days() -> None:
    def counts(total: int) -> Counts:
        return Counts(total, total, 0, (), ())

    before = Stood(
        last_of_month(2013, 9), counts(3), (StoodRow("a", "A", counts(1)), StoodRow(None, "None", counts(2)))
    )
    after = Stood(TODAY, counts(1), (StoodRow("b", "B", counts(1)),))
    found = side_by_side(By.LEAD, before, after, Undated(0, 0, 0))
    said = [(row.name, row.before.total, row.after.total) for row in found.rows]
    assert said == [("B", 0, 1), ("A", 1, 0), ("None", 2, 0)]
    assert found.undated.words == ""
