"""History: who changed what, when, in names and dates that people say."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ahtc_tui.domain.errors import NotFound
from ahtc_tui.services.actions.service import edit_action, show_action
from ahtc_tui.services.history import list_changes, list_steps, redo, undo
from ahtc_tui.services.workspace import Workspace
from tests.builders import a_draft, an_action, an_update, ask, remove


def told(workspace: Workspace, ref: str) -> list[tuple[str, str, str | None, str | None]]:
    return [(line.record, line.field, line.old, line.new) for line in list_changes(workspace, ref)]


def test_a_change_is_told_in_names_and_dates(wales: Workspace) -> None:
    ref = an_action(wales, title="Brief the SPOCs", due="2014-01-31").ref
    edit_action(wales, ref, a_draft(lead="AHTC", due="by end of march 2014", support="Bawso", blocked_by="DP-01"))
    edit_action(wales, ref, a_draft(lead="", objective="2", detail="By post"))
    an_update(wales, ref, "Two of four briefed.")
    lines = told(wales, ref)
    assert lines[0] == ("actions", "added", None, "Brief the SPOCs")
    assert ("actions", "lead", None, "Anti Human Trafficking Co-ordinator") in lines
    assert ("actions", "lead", "Anti Human Trafficking Co-ordinator", None) in lines
    assert ("actions", "due", "31 January 2014", "by end of march 2014") in lines
    assert ("action_parties", "added", None, f"{ref}, Bawso") in lines
    assert ("dependencies", "added", None, f"{ref}, DP-01") in lines
    assert ("updates", "added", None, "Two of four briefed.") in lines
    assert lines[-1][0] == "updates"
    [(objective,)] = ask(wales, "SELECT ref FROM objectives WHERE number = 2")
    assert ("actions", "objective", None, objective) in lines
    assert show_action(wales, ref).changes == 5


def test_a_place_is_called_by_its_name(wales: Workspace) -> None:
    ref = an_action(wales).ref
    [(area, name)] = ask(wales, "SELECT id, name FROM areas LIMIT 1")
    with wales.database.write("area") as ledger:
        key = ledger.cursor.execute("SELECT id FROM parties WHERE ref = 'bawso'").fetchone()[0]
        ledger.change("parties", key, {"area": None})
        ledger.change("parties", key, {"area": area})
    assert told(wales, "bawso")[-1][3] == name
    assert told(wales, ref)[0][1] == "added"


def test_what_was_removed_still_has_its_history(workspace: Workspace) -> None:
    row = an_action(workspace)
    remove(workspace, "actions", row.key)
    undo(workspace)
    redo(workspace)
    assert [line[1] for line in told(workspace, "dp1")] == ["added", "removed", "restored", "removed"]
    with pytest.raises(NotFound, match='No record answers to "DP-2"'):
        list_changes(workspace, "DP-2")


def test_each_command_is_one_step_newest_first(workspace: Workspace) -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    an_action(workspace, title="Brief the SPOCs")
    an_update(workspace, "dp1", "Done in part.", brag="A")
    undo(workspace)
    steps = list_steps(workspace)
    assert [(step.label, step.kind, step.changes) for step in steps] == [
        ("update DP-01", "undo", 2),
        ("update DP-01", "do", 2),
        ("add Brief the SPOCs", "do", 1),
    ]
    assert before <= steps[0].at <= datetime.now(UTC)
    assert len(list_steps(workspace, 1)) == 1
    assert {step.user for step in steps} == {workspace.database.user}
