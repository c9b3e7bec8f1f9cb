"""Tests of the history: author, time and readable values of each change."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ahtc_tui.domain.errors import NotFound
from ahtc_tui.services.actions.service import edit_action, show_action
from ahtc_tui.services.history import list_changes, list_steps, redo_step, undo_step
from ahtc_tui.services.workspace import Workspace
from tests.builders import make_action, make_action_draft, make_update, query_rows, remove_record


def list_change_tuples(workspace: Workspace, ref: str) -> list[tuple[str, str, str | None, str | None]]:
    return [(line.record, line.field, line.old, line.new) for line in list_changes(workspace, ref)]


def test_changes_are_listed_with_names_and_dates(wales: Workspace) -> None:
    ref = make_action(wales, title="Brief the SPOCs", due="2014-01-31").ref
    edit_action(
        wales, ref, make_action_draft(lead="AHTC", due="by end of march 2014", support="Bawso", blocked_by="DP-01")
    )
    edit_action(wales, ref, make_action_draft(lead="", objective="2", detail="By post"))
    make_update(wales, ref, "Two of four briefed.")
    lines = list_change_tuples(wales, ref)
    assert lines[0] == ("actions", "added", None, "Brief the SPOCs")
    assert ("actions", "lead", None, "Anti Human Trafficking Co-ordinator") in lines
    assert ("actions", "lead", "Anti Human Trafficking Co-ordinator", None) in lines
    assert ("actions", "due", "31 January 2014", "by end of march 2014") in lines
    assert ("action_parties", "added", None, f"{ref}, Bawso") in lines
    assert ("dependencies", "added", None, f"{ref}, DP-01") in lines
    assert ("updates", "added", None, "Two of four briefed.") in lines
    assert lines[-1][0] == "updates"
    [(objective,)] = query_rows(wales, "SELECT ref FROM objectives WHERE number = 2")
    assert ("actions", "objective", None, objective) in lines
    assert show_action(wales, ref).changes == 5


def test_an_area_is_listed_by_its_name(wales: Workspace) -> None:
    ref = make_action(wales).ref
    [(area, name)] = query_rows(wales, "SELECT id, name FROM areas LIMIT 1")
    with wales.database.write("area") as ledger:
        key = ledger.cursor.execute("SELECT id FROM parties WHERE ref = 'bawso'").fetchone()[0]
        ledger.update("parties", key, {"area": None})
        ledger.update("parties", key, {"area": area})
    assert list_change_tuples(wales, "bawso")[-1][3] == name
    assert list_change_tuples(wales, ref)[0][1] == "added"


def test_a_removed_record_keeps_its_history(workspace: Workspace) -> None:
    row = make_action(workspace)
    remove_record(workspace, "actions", row.key)
    undo_step(workspace)
    redo_step(workspace)
    assert [line[1] for line in list_change_tuples(workspace, "dp1")] == ["added", "removed", "restored", "removed"]
    with pytest.raises(NotFound, match='There is no record "DP-2"'):
        list_changes(workspace, "DP-2")


def test_each_command_is_one_step_newest_first(workspace: Workspace) -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    make_action(workspace, title="Brief the SPOCs")
    make_update(workspace, "dp1", "Done in part.", brag="A")
    undo_step(workspace)
    steps = list_steps(workspace)
    assert [(step.label, step.kind, step.changes) for step in steps] == [
        ("update DP-01", "undo", 2),
        ("update DP-01", "do", 2),
        ("add Brief the SPOCs", "do", 1),
    ]
    assert before <= steps[0].at <= datetime.now(UTC)
    assert len(list_steps(workspace, 1)) == 1
    assert {step.user for step in steps} == {workspace.database.user}
