"""Actions that come again: the next one is there when one is done, once, and the same on two laptops."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ahtc_tui.domain.actions.filters import ActionFilter, Which
from ahtc_tui.domain.actions.model import Status
from ahtc_tui.domain.dates.parser import read_date
from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.services.actions.recurrence import instance_key
from ahtc_tui.services.actions.service import close_action, edit_action, list_actions, reopen_action, show_action
from ahtc_tui.services.doctor import faults
from ahtc_tui.services.history import redo, undo
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY, a_draft, an_action, ask, live_rows


def open_refs(workspace: Workspace) -> list[str]:
    return [row.ref for row in list_actions(workspace, ActionFilter(words="return"))]


@pytest.fixture
def quarterly(wales: Workspace) -> str:
    return an_action(
        wales,
        title="Send the return",
        lead="AHTC",
        support="Bawso",
        due="2013-12-31",
        objective="2",
        repeat="quarterly",
    ).ref


def test_doing_an_action_that_comes_again_makes_the_next_with_its_owner_and_day(
    wales: Workspace, quarterly: str
) -> None:
    edit_action(wales, quarterly, a_draft(support="New Pathways"))
    edit_action(wales, quarterly, a_draft(support="Bawso"))
    close_action(wales, quarterly)
    card = show_action(wales, f"{quarterly}/2")
    assert (card.row.status, str(card.row.due), card.row.lead_short) == (Status.PLANNED, "31 March 2014", "AHTC")
    assert (card.row.support, card.row.objective, card.repeats) == (("Bawso",), "2", "every 3 months")
    assert show_action(wales, quarterly).row.status is Status.DONE


def test_one_that_is_done_late_does_not_move_those_that_follow(wales: Workspace, quarterly: str) -> None:
    close_action(wales, quarterly, read_date("2014-02-20", TODAY))
    edit_action(wales, f"{quarterly}/2", a_draft(due="2014-04-30", reason="Easter"))
    close_action(wales, f"{quarterly}/2", read_date("2014-04-29", TODAY))
    assert show_action(wales, f"{quarterly}/3").row.due == read_date("2014-06-30", TODAY)


def test_a_first_date_that_moved_does_not_move_those_that_follow(wales: Workspace, quarterly: str) -> None:
    edit_action(wales, quarterly, a_draft(due="2014-02-15", reason="Easter"))
    close_action(wales, quarterly)
    assert show_action(wales, f"{quarterly}/2").row.due == read_date("2014-03-31", TODAY)


def test_from_completion_counts_from_the_day_it_was_done(workspace: Workspace) -> None:
    ref = an_action(workspace, title="Look at the return", repeat="2 weeks after done").ref
    close_action(workspace, ref, read_date("2014-01-06", TODAY))
    assert show_action(workspace, f"{ref}/2").row.due == read_date("2014-01-20", TODAY)


def test_from_completion_counts_so_whatever_its_due_date_was(workspace: Workspace) -> None:
    ref = an_action(workspace, due="2014-03-31", repeat="2 weeks after done").ref
    close_action(workspace, ref, read_date("2014-01-06", TODAY))
    close_action(workspace, f"{ref}/2", read_date("2014-01-10", TODAY))
    dues = [str(show_action(workspace, f"{ref}/{number}").row.due) for number in (2, 3)]
    assert dues == ["20 January 2014", "24 January 2014"]


def test_undo_takes_the_next_one_back_and_doing_it_again_brings_it_once(wales: Workspace, quarterly: str) -> None:
    before = live_rows(wales)
    close_action(wales, quarterly)
    after = live_rows(wales)
    undo(wales)
    assert live_rows(wales) == before
    redo(wales)
    assert live_rows(wales) == after
    undo(wales)
    close_action(wales, quarterly)
    assert open_refs(wales) == [f"{quarterly}/2"]
    assert show_action(wales, f"{quarterly}/2").row.support == ("Bawso",)
    assert faults(wales) == []


def test_an_action_that_is_opened_and_done_again_makes_no_second_next_one(wales: Workspace, quarterly: str) -> None:
    close_action(wales, quarterly)
    reopen_action(wales, quarterly)
    close_action(wales, quarterly)
    assert open_refs(wales) == [f"{quarterly}/2"]


def test_two_laptops_make_one_and_the_same_next_action(wales: Workspace, quarterly: str, tmp_path: Path) -> None:
    shutil.copytree(wales.root, tmp_path / "other")
    other = open_workspace(tmp_path / "other", TODAY)
    try:
        for ref in (quarterly, f"{quarterly}/2"):
            close_action(wales, ref)
            close_action(other, ref, read_date("2013-12-30", TODAY))
        query = "SELECT id, ref FROM actions WHERE ref GLOB '*/[23]' ORDER BY ref"
        assert ask(wales, query) == ask(other, query)
        head = show_action(wales, quarterly).row.key
        assert [key for key, _ref in ask(wales, query)] == [instance_key(head, 2), instance_key(head, 3)]
    finally:
        other.close()


def test_calling_an_action_off_or_ending_its_rule_makes_no_next_one(wales: Workspace, quarterly: str) -> None:
    edit_action(wales, quarterly, a_draft(status="cancelled"))
    assert open_refs(wales) == []
    edit_action(wales, quarterly, a_draft(status="done"))
    assert open_refs(wales) == [], "what was called off came to its end then"
    undo(wales)
    undo(wales)
    edit_action(wales, quarterly, a_draft(repeat=""))
    close_action(wales, quarterly)
    assert [row.ref for row in list_actions(wales, ActionFilter(which=Which.ALL, words="return"))] == [quarterly]


def test_a_rule_can_be_put_another_way(wales: Workspace, quarterly: str) -> None:
    edit_action(wales, quarterly, a_draft(repeat="monthly"))
    close_action(wales, quarterly)
    assert show_action(wales, f"{quarterly}/2").row.due == read_date("2014-01-31", TODAY)


def test_what_cannot_come_again_is_refused_in_words(wales: Workspace) -> None:
    with pytest.raises(Refused, match="needs a due date with a day"):
        edit_action(wales, an_action(wales).ref, a_draft(repeat="monthly"))
    with pytest.raises(Refused, match="review date"):
        edit_action(wales, "DP-25", a_draft(repeat="monthly"))
    with pytest.raises(BadInput, match="how often"):
        an_action(wales, repeat="now and then", due="2014-01-31")


def test_a_first_due_date_in_words_counts_from_the_day_that_came_later_or_from_completion(workspace: Workspace) -> None:
    ref = an_action(workspace, due="ASAP").ref
    edit_action(workspace, ref, a_draft(due="2013-12-31", repeat="monthly"))
    close_action(workspace, ref)
    assert show_action(workspace, f"{ref}/2").row.due == read_date("2014-01-31", TODAY)
    other = an_action(workspace, due="2013-11-30", repeat="monthly").ref
    edit_action(workspace, other, a_draft(due="ASAP"))
    close_action(workspace, other)
    assert show_action(workspace, f"{other}/2").row.due == read_date("2013-12-30", TODAY)


def test_what_is_changed_in_the_act_of_closing_is_handed_on(wales: Workspace, quarterly: str) -> None:
    edit_action(wales, quarterly, a_draft(status="done", lead="Bawso", support="New Pathways", repeat="monthly"))
    after = show_action(wales, f"{quarterly}/2")
    assert (after.row.lead, after.row.support, after.repeats) == ("Bawso", ("New Pathways",), "every month")
    undo(wales)
    assert open_refs(wales) == [quarterly]


def test_one_that_is_written_down_as_done_comes_again_as_well(workspace: Workspace) -> None:
    ref = an_action(workspace, due="2013-12-31", repeat="monthly", status="done").ref
    assert show_action(workspace, f"{ref}/2").row.due == read_date("2014-01-31", TODAY)
