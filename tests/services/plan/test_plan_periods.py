"""How the plan stood: from days that somebody wrote down, the same whenever it is asked, as SQL alone counts it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from ahtc_tui.domain.dates.parser import read_date
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.plan.periods import By, Counts
from ahtc_tui.services.actions.service import close_action, edit_action
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.plan.periods import compare_plan, plan_burn_down, plan_on, plan_trend
from ahtc_tui.services.plan.service import plan_timeline, plan_view
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY, a_draft, an_action, ask, remove

SEPTEMBER, DECEMBER = date(2013, 9, 30), date(2013, 12, 31)


def said(workspace: Workspace, ref: str, day: str, **words: str) -> None:
    """A line of progress with its day."""
    with workspace.database.write("say") as ledger:
        [(key,)] = ledger.cursor.execute("SELECT id FROM actions WHERE ref = ?", (ref,)).fetchall()
        ledger.add("updates", {"action": key, "said_on": day, "text": "As agreed.", **words})


def nonzero(pairs: tuple[tuple[str, int], ...]) -> dict[str, int]:
    return {name: number for name, number in pairs if number}


def total(workspace: Workspace, day: date) -> Counts:
    return plan_on(workspace, day).total


def test_the_counts_of_a_day_are_those_that_sql_alone_makes(wales: Workspace) -> None:
    for day in ("2013-03-30", "2013-03-31", "2013-10-18", "2013-12-31"):
        still = dict(
            ask(
                wales,
                "SELECT o.number, count(*) FROM actions a JOIN objectives o ON o.id = a.objective WHERE a.status NOT IN"
                " ('done', 'cancelled') OR substr(a.closed_on, 1, 10) > ? GROUP BY 1",
                day,
            )
        )
        stood = plan_on(wales, date.fromisoformat(day))
        assert {int(row.name.split(".")[0]): row.open for row in stood.rows} == still
        assert stood.total.open == sum(still.values())
        assert stood.total.total == 44


def test_on_the_last_day_the_counts_are_those_of_the_plan(busy: Workspace) -> None:
    view, stood = plan_view(busy), plan_on(busy, TODAY)
    assert (stood.total.total, stood.total.late) == (view.total, view.late)
    assert nonzero(stood.total.by_status) == nonzero(view.by_status)
    assert nonzero(stood.total.by_brag) == nonzero(view.by_brag)
    by_objective = [(row.total, row.late, row.open) for row in view.objectives]
    assert [(row.total, row.late, row.open) for row in stood.rows][:7] == by_objective


def test_a_rating_counts_from_the_day_on_which_it_was_said(workspace: Workspace) -> None:
    ref = an_action(workspace, raised_on="2013-01-10").ref
    said(workspace, ref, "2013-08-01", brag="G")
    said(workspace, ref, "2013-11-01", brag="R", status="on_hold")
    edit_action(workspace, ref, a_draft(brag="R", status="on_hold"))
    assert nonzero(total(workspace, date(2013, 7, 31)).by_brag) == {"none": 1}
    assert nonzero(total(workspace, SEPTEMBER).by_brag) == {"G": 1}
    assert nonzero(total(workspace, SEPTEMBER).by_status) == {"open": 1}
    assert nonzero(total(workspace, DECEMBER).by_brag) == {"R": 1}
    assert nonzero(total(workspace, DECEMBER).by_status) == {"on_hold": 1}
    assert total(workspace, date(2013, 1, 9)).total == 0


def test_what_is_closed_later_was_open_and_rated_as_it_was_said_then(workspace: Workspace) -> None:
    ref = an_action(workspace, raised_on="2013-01-10").ref
    said(workspace, ref, "2013-08-01", brag="A", status="in_progress")
    close_action(workspace, ref, read_date("2013-11-20", TODAY))
    before, after = total(workspace, SEPTEMBER), total(workspace, DECEMBER)
    assert (before.open, nonzero(before.by_brag), nonzero(before.by_status)) == (1, {"A": 1}, {"in_progress": 1})
    assert (after.open, nonzero(after.by_brag), nonzero(after.by_status)) == (0, {"B": 1}, {"done": 1})


def test_late_is_counted_against_the_date_that_held_then(workspace: Workspace) -> None:
    ref = an_action(workspace, raised_on="2013-01-10", due="2013-06-30").ref
    edit_action(workspace, ref, a_draft(due="2014-06-30", reason="The trainer is ill"))
    assert total(workspace, date(2013, 7, 1)).late == 1
    assert total(workspace, DECEMBER).late == 0


def test_of_a_date_that_moved_twice_each_day_has_its_own(workspace: Workspace) -> None:
    ref = an_action(workspace, raised_on="2013-01-10", due="2013-06-30").ref
    for day, due in (("2013-08-01", "2013-09-30"), ("2013-12-01", "2014-06-30")):
        then = replace(workspace, today=partial(date.fromisoformat, day))
        edit_action(then, ref, a_draft(due=due, reason="The trainer is ill"))
    days = ("2013-06-30", "2013-07-01", "2013-07-31", "2013-08-01", "2013-09-30", "2013-10-01", "2013-12-01")
    assert [total(workspace, date.fromisoformat(day)).late for day in days] == [0, 1, 1, 0, 0, 1, 0]


def test_the_answer_is_the_same_whenever_it_is_asked(busy: Workspace) -> None:
    here = compare_plan(busy, SEPTEMBER, DECEMBER), plan_trend(busy), plan_burn_down(busy)
    later = open_workspace(busy.root, date(2031, 5, 4))
    there = compare_plan(later, SEPTEMBER, DECEMBER), plan_trend(later), plan_burn_down(later)
    later.close()
    assert here == there


@pytest.mark.parametrize("by", By)
def test_the_lines_of_a_comparison_add_up(busy: Workspace, by: By) -> None:
    found = compare_plan(busy, SEPTEMBER, DECEMBER, by)
    assert sum(row.after.total for row in found.rows) == found.after.total == 49
    assert sum(row.before.open for row in found.rows) == found.before.open
    assert sum(row.after.late for row in found.rows) == found.after.late == 1
    assert (found.undated.raised, found.undated.closed) == (44, 11)
    assert found.undated.words.startswith("In every period: 44 without a day")


def test_the_earlier_day_comes_first(workspace: Workspace) -> None:
    with pytest.raises(BadInput, match="give the earlier day first"):
        compare_plan(workspace, DECEMBER, SEPTEMBER)


def test_a_trend_ends_with_the_last_thing_that_was_written_down(wales: Workspace) -> None:
    assert [stood.total.open for stood in plan_trend(wales).quarters] == [33, 31, 30, 30, 28]
    assert plan_trend(wales).quarters[-1].day == DECEMBER
    assert [stood.day for stood in plan_trend(wales, date(2013, 5, 1), 2).quarters] == [
        date(2013, 3, 31),
        date(2013, 6, 30),
    ]


def test_an_empty_plan_has_a_trend_and_no_burn_down(workspace: Workspace) -> None:
    assert {stood.total.total for stood in plan_trend(workspace).quarters} == {0}
    assert plan_burn_down(workspace).months == ()
    assert plan_timeline(workspace).rows == ()


def test_the_burn_down_has_every_month_and_ends_with_what_is_open(busy: Workspace) -> None:
    months = plan_burn_down(busy).months
    assert [month.month for month in months] == [f"2013-{number:02}" for number in range(3, 13)]
    assert (months[-1].raised, months[-1].closed, months[-1].open) == (5, 1, 32)
    assert months[-1].open == ask(busy, "SELECT count(*) FROM actions WHERE is_open")[0][0]
    assert plan_burn_down(busy, 2).months == months[-2:]


def test_what_was_taken_away_counts_nowhere(busy: Workspace) -> None:
    before = plan_burn_down(busy), plan_trend(busy), plan_on(busy, TODAY)
    row = an_action(busy, raised_on="2013-07-10")
    said(busy, row.ref, "2013-08-01", brag="A")
    edit_action(busy, row.ref, a_draft(brag="A"))
    assert plan_burn_down(busy).undated.rated == before[0].undated.rated
    [(line,)] = ask(busy, "SELECT id FROM updates WHERE action = ?", row.key)
    remove(busy, "updates", line)
    assert plan_burn_down(busy).undated.rated == before[0].undated.rated + 1
    close_action(busy, row.ref, read_date("2013-09-20", TODAY))
    assert plan_burn_down(busy) != before[0]
    remove(busy, "actions", row.key)
    assert (plan_burn_down(busy), plan_trend(busy), plan_on(busy, TODAY)) == before


def test_the_timeline_holds_everything_that_is_open_with_its_dates_as_known(busy: Workspace) -> None:
    rows = plan_timeline(busy).rows
    assert len(rows) == 32
    dated = {row.ref: str(row.end) for row in rows if row.dated}
    assert dated == {
        "DP-07": "by the end of 2013",
        "DP-08": "in the New Year",
        "DP-45": "30 November 2013",
        "DP-46": "summer 2014",
    }
    assert {row.without for row in rows if not row.dated} >= {
        "no date",
        "continuing, review 31 March 2014",
        "ASAP",
    }
