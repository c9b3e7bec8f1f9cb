"""Tests of the plan at past dates: repeatable, and equal to the counts of SQL queries."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from ahtc_tui.domain.dates.parser import read_date
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.plan.periods import ActionCounts, BurnMonth, PlanGrouping
from ahtc_tui.services.actions.service import close_action, edit_action
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.plan.service import (
    compare_plan,
    show_burn_down,
    show_plan,
    show_plan_on,
    show_timeline,
    show_trend,
)
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY, make_action, make_action_draft, query_rows, remove_record

SEPTEMBER, DECEMBER, MARCH = date(2013, 9, 30), date(2013, 12, 31), date(2014, 3, 31)


def add_update_on(workspace: Workspace, ref: str, day: str, **fields: str) -> None:
    """Add a progress update on a day."""
    with workspace.database.write("say") as ledger:
        [(key,)] = ledger.cursor.execute("SELECT id FROM actions WHERE ref = ?", (ref,)).fetchall()
        ledger.add("updates", {"action": key, "said_on": day, "text": "As agreed.", **fields})


def drop_zeros(pairs: tuple[tuple[str, int], ...]) -> dict[str, int]:
    return {name: number for name, number in pairs if number}


def count_on(workspace: Workspace, day: date) -> ActionCounts:
    return show_plan_on(workspace, day).total


def test_the_counts_of_a_day_match_those_of_sql(wales: Workspace) -> None:
    for day in ("2013-03-30", "2013-03-31", "2013-10-18", "2013-12-31"):
        still = dict(
            query_rows(
                wales,
                "SELECT o.number, count(*) FROM actions a JOIN objectives o ON o.id = a.objective WHERE a.status NOT IN"
                " ('done', 'cancelled') OR substr(a.closed_on, 1, 10) > ? GROUP BY 1",
                day,
            )
        )
        stood = show_plan_on(wales, date.fromisoformat(day))
        assert {int(row.name.split(".")[0]): row.open for row in stood.rows} == still
        assert stood.total.open == sum(still.values())
        assert stood.total.total == 44


def test_the_counts_of_today_match_those_of_the_plan(busy: Workspace) -> None:
    view, stood = show_plan(busy), show_plan_on(busy, TODAY)
    assert (stood.total.total, stood.total.late) == (view.total, view.late)
    assert drop_zeros(stood.total.by_status) == drop_zeros(view.by_status)
    assert drop_zeros(stood.total.by_brag) == drop_zeros(view.by_brag)
    by_objective = [(row.total, row.late, row.open) for row in view.objectives]
    assert [(row.total, row.late, row.open) for row in stood.rows][:7] == by_objective


def test_a_rating_counts_from_the_day_of_its_update(workspace: Workspace) -> None:
    ref = make_action(workspace, raised_on="2013-01-10").ref
    add_update_on(workspace, ref, "2013-08-01", brag="G")
    add_update_on(workspace, ref, "2013-11-01", brag="R", status="on_hold")
    edit_action(workspace, ref, make_action_draft(brag="R", status="on_hold"))
    assert drop_zeros(count_on(workspace, date(2013, 7, 31)).by_brag) == {"none": 1}
    assert drop_zeros(count_on(workspace, SEPTEMBER).by_brag) == {"G": 1}
    assert drop_zeros(count_on(workspace, SEPTEMBER).by_status) == {"open": 1}
    assert drop_zeros(count_on(workspace, DECEMBER).by_brag) == {"R": 1}
    assert drop_zeros(count_on(workspace, DECEMBER).by_status) == {"on_hold": 1}
    assert count_on(workspace, date(2013, 1, 9)).total == 0


def test_a_later_closed_action_counts_as_open_before(workspace: Workspace) -> None:
    ref = make_action(workspace, raised_on="2013-01-10").ref
    add_update_on(workspace, ref, "2013-08-01", brag="A", status="in_progress")
    close_action(workspace, ref, read_date("2013-11-20", TODAY))
    before, after = count_on(workspace, SEPTEMBER), count_on(workspace, DECEMBER)
    assert (before.open, drop_zeros(before.by_brag), drop_zeros(before.by_status)) == (1, {"A": 1}, {"in_progress": 1})
    assert (after.open, drop_zeros(after.by_brag), drop_zeros(after.by_status)) == (0, {"B": 1}, {"done": 1})


def test_lateness_uses_the_due_date_of_that_day(workspace: Workspace) -> None:
    ref = make_action(workspace, raised_on="2013-01-10", due="2013-06-30").ref
    edit_action(workspace, ref, make_action_draft(due="2014-06-30", reason="The trainer is ill"))
    assert count_on(workspace, date(2013, 7, 1)).late == 1
    assert count_on(workspace, DECEMBER).late == 0


def test_each_day_uses_the_due_date_known_then(workspace: Workspace) -> None:
    ref = make_action(workspace, raised_on="2013-01-10", due="2013-06-30").ref
    for day, due in (("2013-08-01", "2013-09-30"), ("2013-12-01", "2014-06-30")):
        then = replace(workspace, today=partial(date.fromisoformat, day))
        edit_action(then, ref, make_action_draft(due=due, reason="The trainer is ill"))
    days = ("2013-06-30", "2013-07-01", "2013-07-31", "2013-08-01", "2013-09-30", "2013-10-01", "2013-12-01")
    assert [count_on(workspace, date.fromisoformat(day)).late for day in days] == [0, 1, 1, 0, 0, 1, 0]


def test_periods_do_not_depend_on_the_current_date(busy: Workspace) -> None:
    before = compare_plan(busy, SEPTEMBER, DECEMBER), show_trend(busy, DECEMBER), show_burn_down(busy)
    later_office = open_workspace(busy.root, date(2014, 5, 4))
    after = compare_plan(later_office, SEPTEMBER, DECEMBER), show_trend(later_office, DECEMBER)
    months = show_burn_down(later_office).months
    later_office.close()
    assert before[:2] == after
    assert months[: len(before[2].months)] == before[2].months


def test_a_quarter_that_is_not_over_counts_to_today(busy: Workspace) -> None:
    make_action(busy, due="2014-02-28")
    in_january = replace(busy, today=partial(date, 2014, 1, 28))
    quarter = show_trend(in_january).quarters[-1]
    assert (quarter.day, quarter.total) == (MARCH, count_on(in_january, date(2014, 1, 28)))
    assert compare_plan(in_january, DECEMBER, MARCH).after == count_on(in_january, MARCH) == quarter.total
    assert show_trend(replace(busy, today=lambda: MARCH)).quarters[-1].total.late == quarter.total.late + 1


@pytest.mark.parametrize("by", PlanGrouping)
def test_the_rows_of_a_comparison_add_up(busy: Workspace, by: PlanGrouping) -> None:
    comparison = compare_plan(busy, SEPTEMBER, DECEMBER, by)
    assert sum(row.after.total for row in comparison.rows) == comparison.after.total == 49
    assert sum(row.before.open for row in comparison.rows) == comparison.before.open
    assert sum(row.after.late for row in comparison.rows) == comparison.after.late == 1
    assert (comparison.undated.raised, comparison.undated.closed) == (44, 11)
    assert comparison.undated.sentence.startswith("Actions included in every period: 44 with no recorded start date")


def test_the_earlier_day_comes_first(workspace: Workspace) -> None:
    with pytest.raises(BadInput, match="Give the earlier date first"):
        compare_plan(workspace, DECEMBER, SEPTEMBER)


def test_the_trend_and_the_burn_down_end_today(wales: Workspace) -> None:
    assert [stood.total.open for stood in show_trend(wales).quarters] == [33, 31, 30, 30, 28]
    assert show_trend(wales).quarters[-1].day == DECEMBER
    in_january = replace(wales, today=partial(date, 2014, 1, 28))
    assert show_trend(in_january).quarters[-1].day == MARCH
    assert show_burn_down(in_january).months[-1] == BurnMonth("2014-01", 0, 0, 28)
    assert [stood.day for stood in show_trend(wales, date(2013, 5, 1), 2).quarters] == [
        date(2013, 3, 31),
        date(2013, 6, 30),
    ]


def test_an_empty_plan_has_a_trend_and_no_burn_down(workspace: Workspace) -> None:
    assert {stood.total.total for stood in show_trend(workspace).quarters} == {0}
    assert show_burn_down(workspace).months == ()
    assert show_timeline(workspace).rows == ()


def test_the_burn_down_has_every_month_and_the_open_total(busy: Workspace) -> None:
    months = show_burn_down(busy).months
    assert [month.month for month in months] == [f"2013-{number:02}" for number in range(3, 13)]
    assert (months[-1].raised, months[-1].closed, months[-1].open) == (5, 1, 32)
    assert months[-1].open == query_rows(busy, "SELECT count(*) FROM actions WHERE is_open")[0][0]
    assert show_burn_down(busy, 2).months == months[-2:]


def test_removed_records_are_not_counted(busy: Workspace) -> None:
    before = show_burn_down(busy), show_trend(busy), show_plan_on(busy, TODAY)
    row = make_action(busy, raised_on="2013-07-10")
    add_update_on(busy, row.ref, "2013-08-01", brag="A")
    edit_action(busy, row.ref, make_action_draft(brag="A"))
    assert show_burn_down(busy).undated.rated == before[0].undated.rated
    [(line,)] = query_rows(busy, "SELECT id FROM updates WHERE action = ?", row.key)
    remove_record(busy, "updates", line)
    assert show_burn_down(busy).undated.rated == before[0].undated.rated + 1
    close_action(busy, row.ref, read_date("2013-09-20", TODAY))
    assert show_burn_down(busy) != before[0]
    remove_record(busy, "actions", row.key)
    assert (show_burn_down(busy), show_trend(busy), show_plan_on(busy, TODAY)) == before


def test_the_timeline_lists_open_actions_with_their_dates(busy: Workspace) -> None:
    rows = show_timeline(busy).rows
    assert len(rows) == 32
    dated = {row.ref: str(row.end) for row in rows if row.has_date}
    assert dated == {
        "DP-07": "by the end of 2013",
        "DP-08": "in the New Year",
        "DP-45": "30 November 2013",
        "DP-46": "summer 2014",
    }
    assert {row.undated_label for row in rows if not row.has_date} >= {
        "no date",
        "continuing, review 31 March 2014",
        "ASAP",
    }
