"""Tests of recurring actions: completing one creates the next exactly once, also on two laptops."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ahtc_tui.domain.actions.filters import ActionScope, read_action_filter
from ahtc_tui.domain.actions.model import Status
from ahtc_tui.domain.dates.parser import read_date
from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.services.actions.recurrence import derive_instance_key
from ahtc_tui.services.actions.service import close_action, edit_action, list_actions, reopen_action, show_action
from ahtc_tui.services.doctor import find_faults
from ahtc_tui.services.history import redo_step, undo_step
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY, make_action, make_action_draft, query_rows, read_live_rows, set_clock


def list_open_refs(workspace: Workspace) -> list[str]:
    return [row.ref for row in list_actions(workspace, read_action_filter("return", today=TODAY))]


@pytest.fixture
def quarterly_ref(wales: Workspace) -> str:
    return make_action(
        wales,
        title="Send the return",
        lead="AHTC",
        support="Bawso",
        due="2013-12-31",
        objective="2",
        repeat="quarterly",
    ).ref


def test_closing_a_recurring_action_creates_the_next_instance(wales: Workspace, quarterly_ref: str) -> None:
    edit_action(wales, quarterly_ref, make_action_draft(support="New Pathways"))
    edit_action(wales, quarterly_ref, make_action_draft(support="Bawso"))
    close_action(wales, quarterly_ref)
    card = show_action(wales, f"{quarterly_ref}/2")
    assert (card.row.status, str(card.row.due), card.row.lead_short) == (Status.PLANNED, "31 March 2014", "AHTC")
    assert (card.row.support, card.row.objective, card.repeats) == (("Bawso",), "2", "every 3 months")
    assert show_action(wales, quarterly_ref).row.status is Status.DONE


def test_late_completion_does_not_move_later_instances(wales: Workspace, quarterly_ref: str) -> None:
    wales = set_clock(wales, "2014-05-01")
    close_action(wales, quarterly_ref, read_date("2014-02-20", TODAY))
    edit_action(wales, f"{quarterly_ref}/2", make_action_draft(due="2014-04-30", reason="Easter"))
    close_action(wales, f"{quarterly_ref}/2", read_date("2014-04-29", TODAY))
    assert show_action(wales, f"{quarterly_ref}/3").row.due == read_date("2014-06-30", TODAY)


def test_moving_the_first_date_does_not_move_later_instances(wales: Workspace, quarterly_ref: str) -> None:
    edit_action(wales, quarterly_ref, make_action_draft(due="2014-02-15", reason="Easter"))
    close_action(wales, quarterly_ref)
    assert show_action(wales, f"{quarterly_ref}/2").row.due == read_date("2014-03-31", TODAY)


def test_from_completion_counts_from_the_closing_day(workspace: Workspace) -> None:
    ref = make_action(workspace, title="Look at the return", repeat="2 weeks after done").ref
    workspace = set_clock(workspace, "2014-01-31")
    close_action(workspace, ref, read_date("2014-01-06", TODAY))
    assert show_action(workspace, f"{ref}/2").row.due == read_date("2014-01-20", TODAY)


def test_from_completion_ignores_the_due_date(workspace: Workspace) -> None:
    ref = make_action(workspace, due="2014-03-31", repeat="2 weeks after done").ref
    workspace = set_clock(workspace, "2014-01-31")
    close_action(workspace, ref, read_date("2014-01-06", TODAY))
    close_action(workspace, f"{ref}/2", read_date("2014-01-10", TODAY))
    dues = [str(show_action(workspace, f"{ref}/{number}").row.due) for number in (2, 3)]
    assert dues == ["20 January 2014", "24 January 2014"]


def test_undo_removes_the_next_instance_and_closing_again_restores_it(wales: Workspace, quarterly_ref: str) -> None:
    before = read_live_rows(wales)
    close_action(wales, quarterly_ref)
    after = read_live_rows(wales)
    undo_step(wales)
    assert read_live_rows(wales) == before
    redo_step(wales)
    assert read_live_rows(wales) == after
    undo_step(wales)
    close_action(wales, quarterly_ref)
    assert list_open_refs(wales) == [f"{quarterly_ref}/2"]
    assert show_action(wales, f"{quarterly_ref}/2").row.support == ("Bawso",)
    assert find_faults(wales) == []


def test_closing_again_after_reopening_creates_no_second_instance(wales: Workspace, quarterly_ref: str) -> None:
    close_action(wales, quarterly_ref)
    reopen_action(wales, quarterly_ref)
    close_action(wales, quarterly_ref)
    assert list_open_refs(wales) == [f"{quarterly_ref}/2"]


def test_two_laptops_create_the_same_next_instance(wales: Workspace, quarterly_ref: str, tmp_path: Path) -> None:
    shutil.copytree(wales.root, tmp_path / "other")
    second_office = open_workspace(tmp_path / "other", TODAY)
    try:
        for ref in (quarterly_ref, f"{quarterly_ref}/2"):
            close_action(wales, ref)
            close_action(second_office, ref, read_date("2013-12-30", TODAY))
        query = "SELECT id, ref FROM actions WHERE ref GLOB '*/[23]' ORDER BY ref"
        assert query_rows(wales, query) == query_rows(second_office, query)
        head = show_action(wales, quarterly_ref).row.key
        assert [key for key, _ref in query_rows(wales, query)] == [
            derive_instance_key(head, 2),
            derive_instance_key(head, 3),
        ]
    finally:
        second_office.close()


def test_cancelled_actions_and_removed_rules_create_no_instance(wales: Workspace, quarterly_ref: str) -> None:
    edit_action(wales, quarterly_ref, make_action_draft(status="cancelled"))
    assert list_open_refs(wales) == []
    edit_action(wales, quarterly_ref, make_action_draft(status="done"))
    assert list_open_refs(wales) == [], "a cancelled meeting ends at that time"
    undo_step(wales)
    undo_step(wales)
    edit_action(wales, quarterly_ref, make_action_draft(repeat=""))
    close_action(wales, quarterly_ref)
    assert [
        row.ref for row in list_actions(wales, read_action_filter("return", today=TODAY, default=ActionScope.ALL))
    ] == [quarterly_ref]


def test_the_rule_of_recurrence_can_be_changed(wales: Workspace, quarterly_ref: str) -> None:
    edit_action(wales, quarterly_ref, make_action_draft(repeat="monthly"))
    close_action(wales, quarterly_ref)
    assert show_action(wales, f"{quarterly_ref}/2").row.due == read_date("2014-01-31", TODAY)


def test_actions_that_cannot_recur_are_refused(wales: Workspace) -> None:
    with pytest.raises(Refused, match="needs an exact due date"):
        edit_action(wales, make_action(wales).ref, make_action_draft(repeat="monthly"))
    with pytest.raises(Refused, match="review date"):
        edit_action(wales, "DP-25", make_action_draft(repeat="monthly"))
    with pytest.raises(BadInput, match="is not an interval"):
        make_action(wales, repeat="now and then", due="2014-01-31")


def test_recurrence_without_an_exact_first_date_counts_from_a_later_one(workspace: Workspace) -> None:
    ref = make_action(workspace, due="ASAP").ref
    edit_action(workspace, ref, make_action_draft(due="2013-12-31", repeat="monthly"))
    close_action(workspace, ref)
    assert show_action(workspace, f"{ref}/2").row.due == read_date("2014-01-31", TODAY)
    second_ref = make_action(workspace, due="2013-11-30", repeat="monthly").ref
    edit_action(workspace, second_ref, make_action_draft(due="ASAP"))
    close_action(workspace, second_ref)
    assert show_action(workspace, f"{second_ref}/2").row.due == read_date("2013-12-30", TODAY)


def test_fields_changed_while_closing_are_inherited(wales: Workspace, quarterly_ref: str) -> None:
    edit_action(
        wales, quarterly_ref, make_action_draft(status="done", lead="Bawso", support="New Pathways", repeat="monthly")
    )
    after = show_action(wales, f"{quarterly_ref}/2")
    assert (after.row.lead, after.row.support, after.repeats) == ("Bawso", ("New Pathways",), "every month")
    undo_step(wales)
    assert list_open_refs(wales) == [quarterly_ref]


def test_an_action_added_as_done_recurs_too(workspace: Workspace) -> None:
    ref = make_action(workspace, due="2013-12-31", repeat="monthly", status="done").ref
    assert show_action(workspace, f"{ref}/2").row.due == read_date("2014-01-31", TODAY)
