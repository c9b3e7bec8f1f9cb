"""A plan closes with what goes on to the next one; the closed one stays readable as it was."""

from __future__ import annotations

import pytest

from ahtc_tui.domain.actions.model import Status
from ahtc_tui.domain.drafts.plan import build_plan_draft
from ahtc_tui.domain.errors import BadInput, NotFound, Refused
from ahtc_tui.services.actions.service import reopen_action, show_action
from ahtc_tui.services.history import undo_step
from ahtc_tui.services.plan import service as plan
from ahtc_tui.services.plan import versions_and_milestones as versions
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY, make_action, make_update, set_clock

TITLE = "Delivery Plan 2014"


def open_next_plan(workspace: Workspace) -> str:
    draft = build_plan_draft({"title": TITLE, "from_on": "2014-01-01", "to_on": "2014-12-31"}, TODAY)
    return versions.open_plan(workspace, draft).ref


def test_the_list_of_what_goes_on_changes_nothing(wales: Workspace) -> None:
    end = versions.show_plan_end(wales, "delivery-plan", "is:continuing")
    assert (len(end.carried), len(end.ended), len(end.actions)) == (15, 13, 44)
    assert plan.list_versions(wales)[0].in_force
    assert plan.show_plan(wales).total == 44


def test_all_open_actions_go_on_without_a_filter(wales: Workspace) -> None:
    end = versions.close_plan(wales, "delivery-plan")
    assert (len(end.carried), len(end.ended)) == (28, 0)
    assert plan.show_plan(wales).total == 28


def test_open_actions_that_do_not_go_on_are_cancelled_with_the_reason(wales: Workspace) -> None:
    versions.close_plan(wales, "delivery-plan", "is:continuing")
    card = show_action(wales, "DP-22")
    assert (card.row.status, card.row.closed_on and card.row.closed_on.latest) == (Status.CANCELLED, TODAY)
    assert card.outcome == ("Not carried over when Wales Anti Human Trafficking Leadership Group Delivery Plan closed.")


def test_the_counts_are_those_of_the_open_plan(wales: Workspace) -> None:
    before = plan.show_plan(wales)
    versions.close_plan(wales, "delivery-plan", "is:continuing")
    open_next_plan(wales)
    make_action(wales, objective="1")
    view = plan.show_plan(wales)
    assert (before.total, view.total, view.open) == (44, 16, 16)
    assert sum(row.total for row in view.objectives) == 16
    assert plan.show_plan_on(wales, TODAY).total.total == 16
    assert plan.show_plan_on(wales, TODAY.replace(day=30)).total.total == 44


def test_a_closed_plan_stays_as_it_was(wales: Workspace) -> None:
    versions.close_plan(wales, "delivery-plan", "is:continuing")
    open_next_plan(wales)
    closed = versions.show_plan_end(wales, "delivery-plan")
    later = set_clock(wales, "2014-03-01")
    make_update(later, "DP-44", status="done")
    reopen_action(later, "DP-22")
    make_action(later)
    assert versions.show_plan_end(later, "delivery-plan") == closed
    assert {action.ref: action.status for action in closed.actions}["DP-22"] is Status.IN_PROGRESS
    assert plan.show_plan(later).total == 17, "an action that was reopened counts in the open plan"


def test_one_undo_opens_the_plan_again(wales: Workspace) -> None:
    before = plan.show_plan(wales)
    versions.close_plan(wales, "delivery-plan", "is:continuing")
    undo_step(wales)
    assert plan.show_plan(wales) == before
    assert show_action(wales, "DP-22").row.is_open


def test_the_next_plan_has_the_objectives_and_the_ratings_of_the_last_one(wales: Workspace) -> None:
    versions.edit_plan(wales, build_plan_draft({"red": "Will not be met"}, TODAY))
    versions.close_plan(wales, "delivery-plan")
    assert open_next_plan(wales) == "delivery-plan-1"
    current, former = plan.list_versions(wales)
    assert (current.title, current.period, current.in_force) == (
        TITLE,
        "from 1 January 2014 until 31 December 2014",
        True,
    )
    assert (former.in_force, current.brag, current.owner) == (False, former.brag, former.owner)
    assert len(plan.show_plan(wales).objectives) == 7


def test_a_plan_is_found_by_its_reference_version_or_title(wales: Workspace) -> None:
    versions.edit_plan(wales, build_plan_draft({"version": "2013"}, TODAY))
    for words in ("delivery-plan", "2013", "Leadership Group Delivery Plan"):
        assert versions.show_plan_end(wales, words).version.ref == "delivery-plan"
    with pytest.raises(NotFound, match=r'There is no plan "2019"\. Choose from delivery-plan \('):
        versions.close_plan(wales, "2019")


def test_what_a_closed_plan_refuses(wales: Workspace) -> None:
    with pytest.raises(Refused, match=r"is open\. Close it first with `ahtc plan close delivery-plan`"):
        open_next_plan(wales)
    versions.close_plan(wales, "delivery-plan")
    with pytest.raises(Refused, match="is closed already"):
        versions.close_plan(wales, "delivery-plan")
    with pytest.raises(Refused, match=r"stays as it was\. Open the next plan"):
        versions.edit_plan(wales, build_plan_draft({"owner": "AHTC"}, TODAY))
    draft = build_plan_draft({"title": TITLE, "from_on": "2014-12-31", "to_on": "2014-01-01"}, TODAY)
    with pytest.raises(BadInput, match="comes before"):
        versions.open_plan(wales, draft)
