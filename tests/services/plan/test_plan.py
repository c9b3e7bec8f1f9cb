"""Tests of the page of the Delivery Plan: its counts equal those of SQL queries."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ahtc_tui.domain.errors import NotFound
from ahtc_tui.domain.plan.model import Basis
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.plan.service import show_objective, show_plan
from ahtc_tui.services.workspace import Workspace

DAY = date(2013, 12, 31)


def count_by_query(wales: Workspace, query: str) -> dict[object, int]:
    """Return the counts from SQL alone."""
    with wales.database.read() as cursor:
        return dict(cursor.execute(query).fetchall())


def test_six_of_seven_objectives_are_groupings(wales: Workspace) -> None:
    view = show_plan(wales)
    assert [row.number for row in view.objectives] == [1, 2, 3, 4, 5, 6, 7]
    assert [row.number for row in view.objectives if row.basis is Basis.STATED] == [1]
    assert {row.basis.label for row in view.objectives[1:]} == {"grouped by the secretariat"}
    assert len(view.aims) == 2


def test_the_counts_match_those_of_sql(wales: Workspace) -> None:
    with wales.database.write("rate") as ledger:
        for ref, letter in (("DP-04", "G"), ("DP-05", "A"), ("DP-07", "R")):
            key = ledger.cursor.execute("SELECT id FROM actions WHERE ref = ?", (ref,)).fetchone()[0]
            ledger.update("actions", key, {"brag": letter})
    view = show_plan(wales)
    totals = count_by_query(
        wales, "SELECT o.number, count(*) FROM actions a JOIN objectives o ON o.id = a.objective GROUP BY 1"
    )
    assert {row.number: row.total for row in view.objectives} == totals
    assert view.total == sum(row.total for row in view.objectives) == 44
    assert {name: n for name, n in view.by_status if n} == count_by_query(
        wales, "SELECT status, count(*) FROM actions GROUP BY 1"
    )
    assert {name: n for name, n in view.by_brag if n} == count_by_query(
        wales, "SELECT coalesce(brag, 'none'), count(*) FROM actions GROUP BY 1"
    )
    for row in view.objectives:
        assert row.total == sum(n for _name, n in row.by_status) == sum(n for _name, n in row.by_brag)


def test_late_actions_are_counted_by_objective(wales_folder: Path) -> None:
    opened = open_workspace(wales_folder, today=date(2014, 2, 1))
    view = show_plan(opened)
    opened.close()
    assert [(row.number, row.late) for row in view.objectives if row.late] == [(1, 1)]
    assert view.late == 1


def test_a_filter_limits_the_objectives_and_not_the_totals(wales: Workspace) -> None:
    view = show_plan(wales, "training")
    assert [row.number for row in view.objectives] == [6]
    assert view.total == 44


def test_an_objective_lists_its_actions_in_natural_order(wales: Workspace) -> None:
    card = show_objective(wales, "1")
    assert [ref for ref, _title, _status in card.actions] == ["DP-04", "DP-05", "DP-06", "DP-07", "DP-08", "DP-09"]
    assert card.row.source == "Paragraph 2.5, CELG(4)-31-13 Paper 1, Human Trafficking (2013)"


@pytest.mark.parametrize("typed", ["9", "", "obj-nothing"])
def test_an_unknown_objective_is_not_found(wales: Workspace, typed: str) -> None:
    with pytest.raises(NotFound):
        show_objective(wales, typed)


def test_an_objective_lists_its_aims(wales: Workspace) -> None:
    both = show_objective(wales, "1").aims
    assert len(both) == 2
    assert show_objective(wales, "5").aims == (both[0],)
