"""Versions of the plan, the meaning of its letters, and milestones: written, read and taken back."""

from __future__ import annotations

from typing import Any

import pytest

from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.drafts.plan import milestone_draft, plan_draft
from ahtc_tui.domain.errors import AhtcError, BadInput, NotFound, Refused
from ahtc_tui.services.doctor import faults
from ahtc_tui.services.history import undo
from ahtc_tui.services.plan.service import objective_card, plan_milestones, plan_timeline, plan_versions, plan_view
from ahtc_tui.services.plan.versions_and_milestones import (
    add_milestone,
    add_version,
    edit_milestone,
    edit_plan,
    meet_milestone,
    remove_milestone,
)
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY


def a_milestone(workspace: Workspace, title: str = "Courses held", **fields: Any) -> str:
    return add_milestone(workspace, milestone_draft({"title": title, "objective": "6", **fields}, TODAY)).ref


def test_a_plan_says_what_its_letters_mean_and_keeps_ours_for_the_others(wales: Workspace) -> None:
    edit_plan(wales, plan_draft({"red": "Will not be met", "green": "Going well"}, TODAY))
    edit_plan(wales, plan_draft({"green": ""}, TODAY))
    own = {each.brag.value: each.words for each in plan_versions(wales)[0].brag if not each.ours}
    assert own == {"R": "Will not be met"}


def test_a_new_version_is_in_force_and_the_one_before_stays(wales: Workspace) -> None:
    edit_plan(wales, plan_draft({"version": "1", "agreed_on": "November 2012", "red": "Will not be met"}, TODAY))
    made = add_version(wales, plan_draft({"version": "2", "agreed_on": "2014-01-15", "owner": "AHTC"}, TODAY))
    assert (made.in_force, made.version, made.owner) == (True, "2", "Anti Human Trafficking Co-ordinator")
    first = plan_versions(wales)[1]
    assert (first.in_force, first.version, str(first.agreed_on)) == (False, "1", "November 2012")
    assert first.owner == "Wales Anti Human Trafficking Leadership Group"
    assert [each.words for each in made.brag] == [each.words for each in first.brag]
    assert plan_view(wales).version == made
    assert len(plan_view(wales).objectives) == 7
    assert faults(wales) == []
    with pytest.raises(Refused, match="version 2 already"):
        add_version(wales, plan_draft({"version": "2"}, TODAY))
    undo(wales)
    assert [one.version for one in plan_versions(wales)] == ["1"]


def test_an_empty_office_can_begin_a_plan(workspace: Workspace) -> None:
    with pytest.raises(NotFound, match="no plan yet"):
        edit_plan(workspace, plan_draft({"version": "1"}, TODAY))
    assert plan_view(workspace).title is None
    assert add_version(workspace, plan_draft({"version": "1"}, TODAY)).title == "Delivery Plan"


def test_a_milestone_stands_on_the_card_of_its_objective_until_it_is_met(wales: Workspace) -> None:
    ref = a_milestone(wales, due="end of march 2014")
    later = a_milestone(wales, "Evaluation", due="ASAP")
    assert [point.ref for point in objective_card(wales, "6").milestones] == [ref, later] == ["M-01", "M-02"]
    assert [row.ref for row in plan_timeline(wales).rows if row.status is None] == [ref, later]
    met = meet_milestone(wales, "m 1")
    assert met.met_on == DateAsKnown(TODAY)
    assert [row.ref for row in plan_timeline(wales).rows if row.status is None] == [later]
    undo(wales)
    assert plan_milestones(wales)[0].met_on is None


def test_a_milestone_is_edited_moved_and_taken_away(wales: Workspace) -> None:
    ref = a_milestone(wales)
    fields = {"title": "Courses held in all four forces", "objective": "5", "due": "", "met_on": "5 Jan 2014"}
    point = edit_milestone(wales, ref, milestone_draft(fields, TODAY))
    assert (point.title, point.objective, point.due, str(point.met_on)) == (
        "Courses held in all four forces", 5, None, "5 January 2014",
    )  # fmt: skip
    assert remove_milestone(wales, ref) == ref
    assert plan_milestones(wales) == ()
    assert a_milestone(wales) == "M-02"


@pytest.mark.parametrize(
    ("write", "sentence"),
    [
        (lambda office: edit_plan(office, plan_draft({}, TODAY)), "Say what to change"),
        (lambda office: add_version(office, plan_draft({}, TODAY)), "needs a name or a number"),
        (lambda office: a_milestone(office, met_on="2099"), "more than a year ahead"),
        (lambda office: edit_plan(office, plan_draft({"colour": "x"}, TODAY)), 'no field "colour"'),
        (lambda office: add_milestone(office, milestone_draft({"title": "x"}, TODAY)), "a title and an objective"),
        (lambda office: add_milestone(office, milestone_draft({"title": ""}, TODAY)), "Title may not be empty"),
        (lambda office: a_milestone(office, objective="99"), 'no objective "99"'),
        (lambda office: a_milestone(office, met_on="the 32nd"), "the 32nd"),
        (lambda office: edit_milestone(office, "M-77", milestone_draft({"title": "x"}, TODAY)), 'no milestone "M-77"'),
        (lambda office: meet_milestone(office, "M-77"), 'no milestone "M-77"'),
        (lambda office: edit_milestone(office, "M-77", milestone_draft({}, TODAY)), "Say what to change"),
    ],
)
def test_what_cannot_be_written_is_said(wales: Workspace, write: Any, sentence: str) -> None:
    before = plan_versions(wales), plan_milestones(wales)
    with pytest.raises(AhtcError, match=sentence):
        write(wales)
    assert (plan_versions(wales), plan_milestones(wales)) == before


def test_a_date_that_is_none_is_refused(wales: Workspace) -> None:
    with pytest.raises(BadInput):
        plan_draft({"agreed_on": "soonish"}, TODAY)
