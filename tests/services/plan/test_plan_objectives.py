"""The plan's own aims and objectives take the place of our grouping, one step at a time, and nothing is lost."""

from __future__ import annotations

from typing import Any

import pytest

from ahtc_tui.domain.actions.filters import ActionFilter, Which
from ahtc_tui.domain.drafts.plan import aim_draft, objective_draft
from ahtc_tui.domain.errors import AhtcError, Refused
from ahtc_tui.domain.plan.model import Basis
from ahtc_tui.services.actions.service import edit_actions, list_actions
from ahtc_tui.services.doctor import faults
from ahtc_tui.services.history import undo
from ahtc_tui.services.plan.objectives import (
    add_aim,
    add_objective,
    edit_aim,
    edit_objective,
    remove_aim,
    remove_objective,
)
from ahtc_tui.services.plan.periods import plan_on
from ahtc_tui.services.plan.service import objective_card, plan_aims, plan_view
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY, a_draft, an_action, ask, live_rows


def an_aim(text: str = "Know the scale", **fields: str) -> Any:
    return aim_draft({"text": text, **fields}, TODAY)


def an_objective(**fields: Any) -> Any:
    return objective_draft(fields, TODAY)


def test_the_plans_own_objective_takes_over_the_actions_of_a_grouping(wales: Workspace) -> None:
    made = add_objective(wales, an_objective(title="Prevent", aims="aim-hostile", note="Agreed in March"))
    assert (made.row.number, made.row.basis, made.aim_refs) == (8, Basis.STATED, ("aim-hostile",))
    with pytest.raises(Refused, match="4 actions and 0 milestones stand under objective 7"):
        remove_objective(wales, "7")
    moved = [row.ref for row in list_actions(wales, ActionFilter(Which.ALL, objective="7"))]
    edit_actions(wales, moved, a_draft(objective="8"))
    remove_objective(wales, "7")
    edit_objective(wales, "8", an_objective(number="7", title="Influence the United Kingdom"))
    assert [row.number for row in plan_view(wales).objectives] == [1, 2, 3, 4, 5, 6, 7]
    assert objective_card(wales, "7").row.total == 4
    assert [row.name for row in plan_on(wales, TODAY).rows][6:] == ["7. Influence the United Kingdom"]
    assert faults(wales) == []


def test_an_objective_that_was_removed_is_counted_nowhere(wales: Workspace) -> None:
    add_objective(wales, an_objective(title="Prevent"))
    remove_objective(wales, "8")
    assert len(plan_view(wales).objectives) == len(plan_on(wales, TODAY).rows) == 7
    undo(wales)
    assert objective_card(wales, "objective-8").row.title == "Prevent"
    remove_objective(wales, "8")
    assert add_objective(wales, an_objective(title="Pursue")).row.ref == "objective-9"


def test_an_office_without_a_plan_begins_with_its_own(workspace: Workspace) -> None:
    aim = add_aim(workspace, an_aim()).ref
    add_objective(workspace, an_objective(title="Count", aims=aim))
    an_action(workspace, objective="1")
    assert [(row.title, row.total) for row in plan_view(workspace).objectives] == [("Count", 1)]


def test_an_aim_is_reworded_and_leaves_the_objectives_that_served_it(wales: Workspace) -> None:
    edit_aim(wales, "aim-support", an_aim("Support those who were trafficked", source=""))
    assert plan_aims(wales)[1].source is None
    assert "Support those who were trafficked" in objective_card(wales, "1").aims
    before = live_rows(wales)
    remove_aim(wales, "aim-support")
    assert len(objective_card(wales, "1").aims) == len(plan_aims(wales)) == 1
    left = "SELECT 1 FROM objective_aims l JOIN aims a ON a.id = l.aim WHERE a.deleted AND NOT l.deleted"
    assert not ask(wales, left)
    undo(wales)
    assert live_rows(wales) == before
    edit_objective(wales, "1", an_objective(aims=""))
    assert objective_card(wales, "1").aims == ()


@pytest.mark.parametrize(
    ("write", "sentence"),
    [
        (lambda office: add_objective(office, an_objective(title="X", number="3")), "objective 3 already"),
        (lambda office: edit_objective(office, "2", an_objective(number=1)), "objective 1 already"),
        (lambda office: add_objective(office, an_objective(number=9)), "needs a title"),
        (lambda office: add_objective(office, an_objective(title="X", number=0)), "at least 1"),
        (lambda office: add_objective(office, an_objective(title="X", basis="guess")), "stated, grouping"),
        (lambda office: edit_objective(office, "1", an_objective(basis="")), "a basis: stated or grouping"),
        (lambda office: add_objective(office, an_objective(title="X", aims="aim-hostile, aim-9")), 'no aim "aim-9"'),
        (lambda office: edit_objective(office, "1", an_objective()), "Say what to change"),
        (lambda office: edit_objective(office, "99", an_objective(title="X")), 'no objective "99"'),
        (lambda office: remove_objective(office, " "), 'no objective " "'),
        (lambda office: add_aim(office, aim_draft({}, TODAY)), "needs words"),
        (lambda office: edit_aim(office, "aim-support", aim_draft({"text": None}, TODAY)), "Say what to change"),
        (lambda office: edit_aim(office, "aim-9", an_aim()), 'no aim "aim-9"'),
        (lambda office: remove_aim(office, "aim-9"), 'no aim "aim-9"'),
    ],
)
def test_what_cannot_be_written_is_said_and_nothing_changes(wales: Workspace, write: Any, sentence: str) -> None:
    before = live_rows(wales)
    with pytest.raises(AhtcError, match=sentence):
        write(wales)
    assert live_rows(wales) == before
