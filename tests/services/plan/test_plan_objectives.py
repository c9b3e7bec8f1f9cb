"""Tests of replacing our grouping by the official aims and objectives, step by step and without loss."""

from __future__ import annotations

from typing import Any

import pytest

from ahtc_tui.domain.actions.filters import ActionFilter, ActionScope
from ahtc_tui.domain.drafts.plan import build_aim_draft, build_objective_draft
from ahtc_tui.domain.errors import AhtcError, Refused
from ahtc_tui.domain.plan.model import Basis
from ahtc_tui.services.actions.service import edit_actions, list_actions
from ahtc_tui.services.doctor import find_faults
from ahtc_tui.services.history import undo_step
from ahtc_tui.services.plan.objectives import (
    add_aim,
    add_objective,
    edit_aim,
    edit_objective,
    remove_aim,
    remove_objective,
)
from ahtc_tui.services.plan.service import list_aims, show_objective, show_plan, show_plan_on
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY, make_action, make_action_draft, query_rows, read_live_rows


def make_aim_draft(text: str = "Know the scale", **fields: str) -> Any:
    return build_aim_draft({"text": text, **fields}, TODAY)


def make_objective_draft(**fields: Any) -> Any:
    return build_objective_draft(fields, TODAY)


def test_a_stated_objective_replaces_a_grouping(wales: Workspace) -> None:
    new_objective = add_objective(
        wales, make_objective_draft(title="Prevent", aims="aim-hostile", note="Agreed in March")
    )
    assert (new_objective.row.number, new_objective.row.basis, new_objective.aim_refs) == (
        8,
        Basis.STATED,
        ("aim-hostile",),
    )
    with pytest.raises(Refused, match="Objective 7 has 4 actions and 0 milestones"):
        remove_objective(wales, "7")
    moved = [row.ref for row in list_actions(wales, ActionFilter(ActionScope.ALL, objective="7"))]
    edit_actions(wales, moved, make_action_draft(objective="8"))
    remove_objective(wales, "7")
    edit_objective(wales, "8", make_objective_draft(number="7", title="Influence the United Kingdom"))
    assert [row.number for row in show_plan(wales).objectives] == [1, 2, 3, 4, 5, 6, 7]
    assert show_objective(wales, "7").row.total == 4
    assert [row.name for row in show_plan_on(wales, TODAY).rows][6:] == ["7. Influence the United Kingdom"]
    assert find_faults(wales) == []


def test_a_removed_objective_is_not_counted(wales: Workspace) -> None:
    add_objective(wales, make_objective_draft(title="Prevent"))
    remove_objective(wales, "8")
    assert len(show_plan(wales).objectives) == len(show_plan_on(wales, TODAY).rows) == 7
    undo_step(wales)
    assert show_objective(wales, "objective-8").row.title == "Prevent"
    remove_objective(wales, "8")
    assert add_objective(wales, make_objective_draft(title="Pursue")).row.ref == "objective-9"


def test_a_plan_can_be_started_in_an_empty_workspace(workspace: Workspace) -> None:
    aim = add_aim(workspace, make_aim_draft()).ref
    add_objective(workspace, make_objective_draft(title="Count", aims=aim))
    make_action(workspace, objective="1")
    assert [(row.title, row.total) for row in show_plan(workspace).objectives] == [("Count", 1)]


def test_an_aim_is_edited_and_removed_from_its_objectives(wales: Workspace) -> None:
    edit_aim(wales, "aim-support", make_aim_draft("Support those who were trafficked", source=""))
    assert list_aims(wales)[1].source is None
    assert "Support those who were trafficked" in show_objective(wales, "1").aims
    before = read_live_rows(wales)
    remove_aim(wales, "aim-support")
    assert len(show_objective(wales, "1").aims) == len(list_aims(wales)) == 1
    left = "SELECT 1 FROM objective_aims l JOIN aims a ON a.id = l.aim WHERE a.deleted AND NOT l.deleted"
    assert not query_rows(wales, left)
    undo_step(wales)
    assert read_live_rows(wales) == before
    edit_objective(wales, "1", make_objective_draft(aims=""))
    assert show_objective(wales, "1").aims == ()


@pytest.mark.parametrize(
    ("write", "sentence"),
    [
        (lambda office: add_objective(office, make_objective_draft(title="X", number="3")), "Objective 3 already"),
        (lambda office: edit_objective(office, "2", make_objective_draft(number=1)), "Objective 1 already"),
        (lambda office: add_objective(office, make_objective_draft(number=9)), "needs a title"),
        (lambda office: add_objective(office, make_objective_draft(title="X", number=0)), "at least 1"),
        (lambda office: add_objective(office, make_objective_draft(title="X", basis="guess")), "stated, grouping"),
        (lambda office: edit_objective(office, "1", make_objective_draft(basis="")), "a basis: stated or grouping"),
        (
            lambda office: add_objective(office, make_objective_draft(title="X", aims="aim-hostile, aim-9")),
            'no aim "aim-9"',
        ),
        (lambda office: edit_objective(office, "1", make_objective_draft()), "Give at least one field"),
        (lambda office: edit_objective(office, "99", make_objective_draft(title="X")), 'no objective "99"'),
        (lambda office: remove_objective(office, " "), 'no objective " "'),
        (lambda office: add_aim(office, build_aim_draft({}, TODAY)), "needs text"),
        (
            lambda office: edit_aim(office, "aim-support", build_aim_draft({"text": None}, TODAY)),
            "Give at least one field",
        ),
        (lambda office: edit_aim(office, "aim-9", make_aim_draft()), 'no aim "aim-9"'),
        (lambda office: remove_aim(office, "aim-9"), 'no aim "aim-9"'),
    ],
)
def test_invalid_edits_are_refused_and_change_nothing(wales: Workspace, write: Any, sentence: str) -> None:
    before = read_live_rows(wales)
    with pytest.raises(AhtcError, match=sentence):
        write(wales)
    assert read_live_rows(wales) == before
