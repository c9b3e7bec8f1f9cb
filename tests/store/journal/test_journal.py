"""Every write adds changes with their parents to the journal, and one step for one command."""

from __future__ import annotations

import json
from contextlib import closing

import pytest

from ahtc_tui.domain.errors import Refused, StoreError
from ahtc_tui.services import history
from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.journal.ledger import read_changes
from ahtc_tui.store.journal.replay import DELETED, ROW, find_heads
from tests.builders import TODAY, make_action, make_action_draft, make_party, query_rows, read_live_rows, remove_record


def read_journal(workspace: Workspace) -> list[tuple[str, object, int]]:
    created = "SELECT id FROM step WHERE kind = 'load'"
    query = f'SELECT field, value, parents FROM change WHERE "transaction" NOT IN ({created}) ORDER BY seq, id'
    rows = query_rows(workspace, query)
    return [
        (field, None if value is None else json.loads(value), len(json.loads(parent_ids)))
        for field, value, parent_ids in rows
    ]


def test_a_new_action_is_one_change_with_all_fields(workspace: Workspace) -> None:
    make_action(workspace, title="Brief the SPOCs", due="2013-11-30")
    [(field, value, parents)] = read_journal(workspace)
    assert (field, parents) == (ROW, 0)
    assert isinstance(value, dict)
    assert value["ref"] == "DP-01"
    assert value["status"] == "planned", "what the schema fills in is said as well"
    assert "ref_key" not in value


def test_each_change_names_its_parents(workspace: Workspace) -> None:
    row = make_action(workspace)
    for due in ("2014-01-31", "2014-02-28", "2014-02-28"):
        actions.edit_action(workspace, row.ref, make_action_draft(due=due))
    with workspace.database.read() as cursor:
        entries = read_changes(cursor, "actions", row.key)
    dues = [entry for entry in entries if entry.field == "due"]
    assert [entry.parents for entry in dues] == [frozenset([entries[0].id]), frozenset([dues[0].id])]
    assert [value for _entry, value in find_heads(entries, "due")] == ["2014-02-28"]


def test_a_removal_names_all_heads_of_the_record(workspace: Workspace) -> None:
    row = make_action(workspace)
    actions.edit_action(workspace, row.ref, make_action_draft(title="Write to all health boards"))
    remove_record(workspace, "actions", row.key)
    with workspace.database.read() as cursor:
        entries = read_changes(cursor, "actions", row.key)
    assert entries[-1].field == DELETED
    assert entries[-1].parents == {entry.id for entry in entries[:-1]}
    with pytest.raises(Refused, match="was removed"), workspace.database.write("edit") as ledger:
        ledger.update("actions", row.key, {"title": "Too late"})


@pytest.mark.parametrize("statement", ["UPDATE change SET value = '1'", "DELETE FROM change"])
def test_the_journal_is_append_only(statement: str, workspace: Workspace) -> None:
    make_action(workspace)
    with pytest.raises(StoreError, match="append-only"):
        query_rows(workspace, statement)


def test_a_failed_write_is_rolled_back(workspace: Workspace) -> None:
    before, steps = read_live_rows(workspace), history.list_steps(workspace)
    with pytest.raises(StoreError, match="FOREIGN KEY"), workspace.database.write("add") as ledger:
        ledger.add("actions", {"ref": "DP-01", "title": "Orphan", "lead": b"nobody-has-this!"})
    assert read_live_rows(workspace) == before
    assert history.list_steps(workspace) == steps


def test_a_command_that_changes_nothing_leaves_no_step(workspace: Workspace) -> None:
    row = make_action(workspace, due="2013-11-30")
    actions.edit_action(workspace, row.ref, make_action_draft(due="30/11/2013", title=row.title))
    labels = [step.label for step in history.list_steps(workspace)]
    assert labels == ["add Write to the health boards", "add the areas of Wales"]


def test_an_edit_of_three_actions_is_one_undo(workspace: Workspace) -> None:
    refs = [make_action(workspace, title=f"Write to board {n}").ref for n in range(3)]
    before = read_live_rows(workspace)
    actions.edit_actions(workspace, refs, make_action_draft(due="2014-01-31", brag="A"))
    assert history.undo_step(workspace) == "edit DP-01, DP-02, DP-03"
    assert read_live_rows(workspace) == before


def test_undo_works_after_a_restart(workspace: Workspace) -> None:
    row = make_action(workspace)
    actions.close_action(workspace, row.ref)
    workspace.close()
    with closing(open_workspace(workspace.root, TODAY)) as reopened:
        assert history.undo_step(reopened) == "done DP-01"
        assert actions.show_action(reopened, row.ref).row.is_open


def test_undo_of_two_writes_to_one_field_restores_the_first_value(workspace: Workspace) -> None:
    row = make_action(workspace, title="One")
    with workspace.database.write("import") as ledger:
        for title in ("Two", "Three"):
            ledger.update("actions", row.key, {"title": title})
        ledger.remove("actions", row.key)
    history.undo_step(workspace)
    assert actions.show_action(workspace, row.ref).row.title == "One"
    history.redo_step(workspace)
    assert read_live_rows(workspace)["actions"] == []
    history.undo_step(workspace)
    assert actions.show_action(workspace, row.ref).row.title == "One"


def test_a_new_step_after_an_undo_clears_redo(workspace: Workspace) -> None:
    make_action(workspace, title="First thought")
    history.undo_step(workspace)
    make_action(workspace, title="Second thought")
    with pytest.raises(Refused, match="nothing to redo"):
        history.redo_step(workspace)


def test_undo_reverses_only_steps_of_this_device(workspace: Workspace) -> None:
    make_action(workspace)
    query_rows(workspace, "UPDATE setting SET value = 'another laptop' WHERE name = 'device'")
    with pytest.raises(Refused, match="nothing to undo"):
        history.undo_step(workspace)


def test_undo_is_refused_where_another_laptop_changed_the_field_since(workspace: Workspace) -> None:
    row = make_action(workspace, due="2013-11-30")
    actions.edit_action(workspace, row.ref, make_action_draft(due="2014-01-31"))
    [(device,)] = query_rows(workspace, "SELECT value FROM setting WHERE name = 'device'")
    query_rows(workspace, "UPDATE setting SET value = 'another laptop' WHERE name = 'device'")
    actions.edit_action(workspace, row.ref, make_action_draft(due="2014-03-31"))
    query_rows(workspace, "UPDATE setting SET value = ? WHERE name = 'device'", device)
    with pytest.raises(Refused, match='"edit DP-01" cannot be reversed, because due was changed since'):
        history.undo_step(workspace)
    assert str(actions.show_action(workspace, row.ref).row.due) == "31 March 2014"


def test_the_reference_of_a_removed_record_is_never_issued_again(workspace: Workspace) -> None:
    refs = [make_action(workspace).ref]
    remove_record(workspace, "actions", actions.show_action(workspace, refs[-1]).row.key)
    refs.append(make_action(workspace).ref)
    query_rows(workspace, "DELETE FROM actions")
    refs.append(make_action(workspace).ref)
    assert refs == ["DP-01", "DP-02", "DP-03"]


def test_an_erased_record_refuses_every_later_write(workspace: Workspace) -> None:
    key = make_party(workspace, "Jeff", "jeff", kind="person")
    query_rows(workspace, "INSERT INTO erasure (row_id, erased_on, ground) VALUES (?, '2013-12-31', 'asked')", key)
    with pytest.raises(Refused, match="erased"), workspace.database.write("edit") as ledger:
        ledger.update("parties", key, {"phone": "029 2000 0000"})
    with pytest.raises(Refused, match="erased"):
        remove_record(workspace, "parties", key)
    with pytest.raises(Refused, match="erased"), workspace.database.write("restore") as ledger:
        ledger.restore("parties", key)
    with pytest.raises(Refused, match="erased"), workspace.database.write("add") as ledger:
        ledger.add("parties", {"ref": "jeff-2", "kind": "person", "name": "Jeff"}, key)


def test_a_record_may_refer_to_one_that_the_same_step_adds_later(workspace: Workspace) -> None:
    row = make_action(workspace)
    with workspace.database.write("new lead") as ledger:
        lead, update = ledger.create_key(), ledger.create_key()
        ledger.update("actions", row.key, {"lead": lead})
        ledger.add("parties", {"ref": "new", "kind": "post", "name": "Head of Service"}, lead)
    with workspace.database.write("new action") as ledger:
        action = ledger.create_key()
        ledger.add("updates", {"action": action, "said_on": "2013-11-30", "text": "Agreed."}, update)
        ledger.add("actions", {"ref": "DP-99", "title": "Agree the terms"}, action)
    assert query_rows(workspace, "PRAGMA foreign_key_check") == []
    with pytest.raises(StoreError, match="FOREIGN KEY"), workspace.database.write("no lead") as ledger:
        ledger.update("actions", row.key, {"lead": ledger.create_key()})


def test_an_edit_of_a_text_leaves_the_compiled_statements_valid(workspace: Workspace) -> None:
    row = make_action(workspace)
    statements: list[str] = []
    workspace.database.connection.set_trace_callback(statements.append)
    actions.edit_action(workspace, row.ref, make_action_draft(title="Write to all health boards"))
    actions.edit_action(workspace, row.ref, make_action_draft(due="2014-01-31"))
    assert any("BEGIN" in statement for statement in statements)
    assert not any("defer_foreign_keys" in statement for statement in statements)
