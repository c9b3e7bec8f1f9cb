"""Comparisons, BRAG meanings and the bars of the timeline."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ahtc_tui.domain.actions.model import Brag, Status
from ahtc_tui.domain.dates.date_as_known import NO_DAY, DateAsKnown, Precision, find_month_end, read_iso_date
from ahtc_tui.domain.dates.quarters import (
    list_quarter_ends,
    list_quarters_between,
)
from ahtc_tui.domain.plan.brag_meanings import build_meanings, format_stored_meanings, read_stored_meanings
from ahtc_tui.domain.plan.periods import (
    ActionCounts,
    PlanCountsRow,
    PlanGrouping,
    PlanOnDay,
    UndatedFacts,
    compare_days,
    format_filter,
)
from ahtc_tui.domain.plan.timeline import (
    Timeline,
    TimelineRow,
    draw_bar,
    find_cell,
    find_first_day,
    find_window_start,
    format_quarter_headings,
)

TODAY = date(2013, 12, 31)
YEAR = list_quarter_ends(date(2014, 12, 31), 4)


def build_row(
    end: DateAsKnown | None, start: date | None = None, status: Status | None = Status.PLANNED
) -> TimelineRow:
    return TimelineRow("DP-01", "Write to the health boards", 1, start, end, status, None)


@pytest.mark.parametrize(
    ("known_date", "first"),
    [
        (read_iso_date("2013-11-30"), date(2013, 11, 30)),
        (read_iso_date("2012-11"), date(2012, 11, 1)),
        (read_iso_date("2013"), date(2013, 1, 1)),
        (DateAsKnown(date(2014, 5, 31), Precision.SEASON, "spring 2014"), date(2014, 3, 1)),
    ],
)
def test_the_earliest_day_of_a_date_is_the_first_that_it_allows(known_date: DateAsKnown, first: date) -> None:
    assert known_date.earliest == first


@pytest.mark.parametrize(
    ("row", "drawn"),
    [
        (build_row(read_iso_date("2014-05-15")), "    ◆       "),
        (build_row(read_iso_date("2014-05-15"), date(2014, 1, 1)), "━━━━◆       "),
        (build_row(read_iso_date("2014-06")), "     ◇      "),
        (build_row(read_iso_date("2014")), "░░░░░░░░░░░◇"),
        (build_row(read_iso_date("2014-09-30"), date(2012, 1, 1)), "━━━━━━━━◆   "),
        (build_row(read_iso_date("2016-09-30"), date(2014, 8, 1)), "       ━━━━━"),
        (build_row(read_iso_date("2016-09-30"), date(2016, 8, 1)), "           ›"),
        (build_row(read_iso_date("2013-09-30")), "‹           "),
        (build_row(read_iso_date("2019")), "           ›"),
        (build_row(DateAsKnown(NO_DAY, Precision.WORDS, "ASAP")), "            "),
        (build_row(None), "            "),
    ],
)
def test_a_bar_shows_only_what_is_known(row: TimelineRow, drawn: str) -> None:
    assert draw_bar(row, YEAR, 3, TODAY) == drawn


def test_bars_are_drawn_over_the_line_of_today() -> None:
    assert draw_bar(build_row(read_iso_date("2014-12-31")), YEAR, 2, date(2014, 4, 2)) == "  │    ◆"
    assert draw_bar(build_row(read_iso_date("2014-12-31"), date(2014, 1, 1)), YEAR, 2, date(2014, 4, 2)) == "━━━━━━━◆"


@given(st.dates(date(2012, 1, 1), date(2016, 12, 31)), st.integers(1, 9))
def test_later_days_are_never_drawn_further_left(day: date, cells_per_quarter: int) -> None:
    cell, next_cell = (
        find_cell(day, YEAR, cells_per_quarter),
        find_cell(date.fromordinal(day.toordinal() + 1), YEAR, cells_per_quarter),
    )
    assert -1 <= cell <= next_cell <= len(YEAR) * cells_per_quarter
    assert (0 <= cell < len(YEAR) * cells_per_quarter) == (day.year == 2014)


def test_quarter_headings_name_each_year_once() -> None:
    assert format_quarter_headings(list_quarter_ends(date(2014, 6, 30), 3), 4) == "'13 '14 Q2  "
    assert format_quarter_headings(list_quarter_ends(date(2014, 6, 30), 3), 7) == "Q4 13  Q1 14  Q2     "


@pytest.mark.parametrize(("last", "begins"), [(2013, 0), (2014, 0), (2015, 1), (2030, 1)])
def test_the_visible_window_contains_today(last: int, begins: int) -> None:
    quarters = list_quarters_between(date(2013, 6, 30), date(last, 12, 31))
    assert find_window_start(quarters, TODAY, 8) == begins
    assert find_window_start(quarters, date(2040, 1, 1), 8) == max(0, len(quarters) - 8)


@pytest.mark.parametrize(
    ("by", "ref", "name", "words"),
    [
        (PlanGrouping.LEAD, "cps", "Crown Prosecution Service", "@Crown @Prosecution @Service"),
        (PlanGrouping.GROUP, None, "No group", "#-"),
        (PlanGrouping.OBJECTIVE, "obj-evidence", "1. Build", "obj:obj-evidence"),
    ],
)
def test_a_row_gives_the_filter_for_its_actions(by: PlanGrouping, ref: str | None, name: str, words: str) -> None:
    assert format_filter(by, ref, name) == words


def test_a_timeline_runs_from_the_first_date_to_the_last() -> None:
    rows = (build_row(read_iso_date("2014-05-15"), date(2013, 2, 1)), build_row(None), build_row(read_iso_date("2015")))
    assert Timeline(rows, TODAY).quarters == list_quarters_between(date(2013, 2, 1), date(2015, 12, 31))
    assert Timeline((build_row(None),), TODAY).quarters == [TODAY]
    assert find_first_day(build_row(read_iso_date("2014"))) == date(2014, 1, 1)


def test_an_undated_row_has_a_label_instead_of_a_bar() -> None:
    asap = DateAsKnown(NO_DAY, Precision.WORDS, "ASAP")
    assert [build_row(None).undated_label, build_row(asap).undated_label] == ["no date", "ASAP"]
    assert build_row(None, status=Status.CONTINUING).undated_label == "continuing"


def test_a_milestone_is_late_past_its_date_and_a_continuing_duty_never() -> None:
    past = read_iso_date("2013-11")
    assert build_row(past, status=None).is_late(TODAY)
    assert build_row(past).is_late(TODAY)
    assert not build_row(past, status=Status.CONTINUING).is_late(TODAY)
    assert not build_row(None, status=None).is_late(TODAY)


@pytest.mark.parametrize("kept", [None, "", "{}", "[1]", "not json", '{"R": ""}'])
def test_a_plan_without_meanings_has_the_default_ones(kept: str | None) -> None:
    assert [meaning.brag for meaning in build_meanings(kept)] == list(Brag)
    assert all(meaning.ours and "not yet agreed by the Group" in meaning.line for meaning in build_meanings(kept))


def test_the_meanings_of_a_plan_are_stored_by_letter() -> None:
    stored = format_stored_meanings({Brag.RED: "Will not be met", Brag.BLUE: ""})
    assert read_stored_meanings(stored) == {Brag.RED: "Will not be met"}
    assert [meaning.brag for meaning in build_meanings(stored) if not meaning.ours] == [Brag.RED]
    assert format_stored_meanings({Brag.BLUE: ""}) is None


def test_a_comparison_includes_rows_of_either_day() -> None:
    def build_counts(total: int) -> ActionCounts:
        return ActionCounts(total, total, 0, (), ())

    before = PlanOnDay(
        find_month_end(2013, 9),
        build_counts(3),
        (
            PlanCountsRow(PlanGrouping.LEAD, "a", "A", build_counts(1)),
            PlanCountsRow(PlanGrouping.LEAD, None, "None", build_counts(2)),
        ),
    )
    after = PlanOnDay(TODAY, build_counts(1), (PlanCountsRow(PlanGrouping.LEAD, "b", "B", build_counts(1)),))
    comparison = compare_days(PlanGrouping.LEAD, before, after, UndatedFacts(0, 0, 0))
    totals = [(row.name, row.before.total, row.after.total) for row in comparison.rows]
    assert totals == [("B", 0, 1), ("A", 1, 0), ("None", 2, 0)]
    assert comparison.undated.sentence == ""
