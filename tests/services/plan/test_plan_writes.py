"""Tests of plan versions, meanings of rating letters, and milestones."""

from __future__ import annotations

from typing import Any

import pytest

from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.drafts.plan import build_milestone_draft, build_plan_draft
from ahtc_tui.domain.errors import AhtcError, BadInput, NotFound, Refused
from ahtc_tui.services.doctor import find_faults
from ahtc_tui.services.history import undo_step
from ahtc_tui.services.plan.service import list_milestones, list_versions, show_objective, show_plan, show_timeline
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


def add_test_milestone(workspace: Workspace, title: str = "Courses held", **fields: Any) -> str:
    return add_milestone(workspace, build_milestone_draft({"title": title, "objective": "6", **fields}, TODAY)).ref


def test_a_plan_defines_letters_and_keeps_default_meanings(wales: Workspace) -> None:
    edit_plan(wales, build_plan_draft({"red": "Will not be met", "green": "Going well"}, TODAY))
    edit_plan(wales, build_plan_draft({"green": ""}, TODAY))
    own = {each.brag.value: each.words for each in list_versions(wales)[0].brag if not each.ours}
    assert own == {"R": "Will not be met"}


def test_a_new_version_is_in_force_and_the_former_one_is_kept(wales: Workspace) -> None:
    edit_plan(wales, build_plan_draft({"version": "1", "agreed_on": "November 2012", "red": "Will not be met"}, TODAY))
    new_version = add_version(
        wales, build_plan_draft({"version": "2", "agreed_on": "2013-11-15", "owner": "AHTC"}, TODAY)
    )
    assert (new_version.in_force, new_version.version, new_version.owner) == (
        True,
        "2",
        "Anti Human Trafficking Co-ordinator",
    )
    first = list_versions(wales)[1]
    assert (first.in_force, first.version, str(first.agreed_on)) == (False, "1", "November 2012")
    assert first.owner == "Wales Anti Human Trafficking Leadership Group"
    assert [each.words for each in new_version.brag] == [each.words for each in first.brag]
    assert show_plan(wales).version == new_version
    assert len(show_plan(wales).objectives) == 7
    assert find_faults(wales) == []
    with pytest.raises(Refused, match="Version 2 exists already"):
        add_version(wales, build_plan_draft({"version": "2"}, TODAY))
    undo_step(wales)
    assert [version.version for version in list_versions(wales)] == ["1"]


def test_a_plan_can_be_added_to_an_empty_workspace(workspace: Workspace) -> None:
    with pytest.raises(NotFound, match="no plan yet"):
        edit_plan(workspace, build_plan_draft({"version": "1"}, TODAY))
    assert show_plan(workspace).version is None
    assert add_version(workspace, build_plan_draft({"version": "1"}, TODAY)).title == "Delivery Plan"


def test_milestones_are_shown_and_met(wales: Workspace) -> None:
    ref = add_test_milestone(wales, due="end of march 2014")
    later = add_test_milestone(wales, "Evaluation", due="ASAP")
    assert [point.ref for point in show_objective(wales, "6").milestones] == [ref, later] == ["M-01", "M-02"]
    assert [row.ref for row in show_timeline(wales).rows if row.status is None] == [ref, later]
    met = meet_milestone(wales, "m 1")
    assert met.met_on == DateAsKnown(TODAY)
    assert [row.ref for row in show_timeline(wales).rows if row.status is None] == [later]
    undo_step(wales)
    assert list_milestones(wales)[0].met_on is None


def test_a_milestone_is_edited_moved_and_removed(wales: Workspace) -> None:
    ref = add_test_milestone(wales)
    fields = {"title": "Courses held in all four forces", "objective": "5", "due": "", "met_on": "5 Nov 2013"}
    point = edit_milestone(wales, ref, build_milestone_draft(fields, TODAY))
    assert (point.title, point.objective, point.due, str(point.met_on)) == (
        "Courses held in all four forces", 5, None, "5 November 2013",
    )  # fmt: skip
    assert remove_milestone(wales, ref) == ref
    assert list_milestones(wales) == ()
    assert add_test_milestone(wales) == "M-02"


@pytest.mark.parametrize(
    ("write", "sentence"),
    [
        (lambda office: edit_plan(office, build_plan_draft({}, TODAY)), "Give at least one field"),
        (lambda office: add_version(office, build_plan_draft({}, TODAY)), "needs a name or a number"),
        (lambda office: add_test_milestone(office, met_on="2099"), "is in the future"),
        (lambda office: edit_plan(office, build_plan_draft({"colour": "x"}, TODAY)), 'no field "colour"'),
        (
            lambda office: add_milestone(office, build_milestone_draft({"title": "x"}, TODAY)),
            "a title and an objective",
        ),
        (
            lambda office: add_milestone(office, build_milestone_draft({"title": ""}, TODAY)),
            "A milestone needs a title",
        ),
        (lambda office: add_test_milestone(office, objective="99"), 'no objective "99"'),
        (lambda office: add_test_milestone(office, met_on="the 32nd"), "the 32nd"),
        (
            lambda office: edit_milestone(office, "M-77", build_milestone_draft({"title": "x"}, TODAY)),
            'no milestone "M-77"',
        ),
        (lambda office: meet_milestone(office, "M-77"), 'no milestone "M-77"'),
        (lambda office: edit_milestone(office, "M-77", build_milestone_draft({}, TODAY)), "Give at least one field"),
    ],
)
def test_invalid_edits_are_refused_in_one_sentence(wales: Workspace, write: Any, sentence: str) -> None:
    before = list_versions(wales), list_milestones(wales)
    with pytest.raises(AhtcError, match=sentence):
        write(wales)
    assert (list_versions(wales), list_milestones(wales)) == before


def test_an_invalid_date_is_refused(wales: Workspace) -> None:
    with pytest.raises(BadInput):
        build_plan_draft({"agreed_on": "soonish"}, TODAY)
