"""Every write leaves lines in the journal: what was written, what the writer saw, and one step for one command."""

from __future__ import annotations

import json
from contextlib import closing

import pytest

from ahtc_tui.domain.errors import Refused, StoreError
from ahtc_tui.services import history
from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.journal.ledger import row_changes
from ahtc_tui.store.journal.replay import DELETED, ROW, heads_of
from tests.builders import TODAY, a_draft, a_party, an_action, ask, live_rows, remove


def lines(workspace: Workspace) -> list[tuple[str, object, int]]:
    found = ask(workspace, "SELECT field, value, parents FROM change ORDER BY seq, id")
    return [
        (field, None if value is None else json.loads(value), len(json.loads(seen))) for field, value, seen in found
    ]


def test_a_new_action_is_one_line_that_says_all_of_it(workspace: Workspace) -> None:
    an_action(workspace, title="Brief the SPOCs", due="2013-11-30")
    [(field, value, parents)] = lines(workspace)
    assert (field, parents) == (ROW, 0)
    assert isinstance(value, dict)
    assert value["ref"] == "DP-01"
    assert value["status"] == "planned", "what the schema fills in is said as well"
    assert "ref_key" not in value


def test_each_write_names_the_change_that_its_writer_saw(workspace: Workspace) -> None:
    row = an_action(workspace)
    for due in ("2014-01-31", "2014-02-28", "2014-02-28"):
        actions.edit_action(workspace, row.ref, a_draft(due=due))
    with workspace.database.read() as cursor:
        entries = row_changes(cursor, "actions", row.key)
    dues = [entry for entry in entries if entry.field == "due"]
    assert [entry.parents for entry in dues] == [frozenset([entries[0].id]), frozenset([dues[0].id])]
    assert [value for _entry, value in heads_of(entries, "due")] == ["2014-02-28"]


def test_a_removal_names_everything_that_it_takes_away(workspace: Workspace) -> None:
    row = an_action(workspace)
    actions.edit_action(workspace, row.ref, a_draft(title="Write to all health boards"))
    remove(workspace, "actions", row.key)
    with workspace.database.read() as cursor:
        entries = row_changes(cursor, "actions", row.key)
    assert entries[-1].field == DELETED
    assert entries[-1].parents == {entry.id for entry in entries[:-1]}
    with pytest.raises(Refused, match="was removed"), workspace.database.write("edit") as ledger:
        ledger.change("actions", row.key, {"title": "Too late"})


@pytest.mark.parametrize("statement", ["UPDATE change SET value = '1'", "DELETE FROM change"])
def test_the_journal_is_append_only(statement: str, workspace: Workspace) -> None:
    an_action(workspace)
    with pytest.raises(StoreError, match="append-only"):
        ask(workspace, statement)


def test_a_write_that_fails_in_the_middle_leaves_nothing(workspace: Workspace) -> None:
    before = live_rows(workspace)
    with pytest.raises(StoreError, match="FOREIGN KEY"), workspace.database.write("add") as ledger:
        ledger.add("actions", {"ref": "DP-01", "title": "Orphan", "lead": b"nobody-has-this!"})
    assert live_rows(workspace) == before
    assert history.list_steps(workspace) == []


def test_a_command_that_changes_nothing_leaves_no_step(workspace: Workspace) -> None:
    row = an_action(workspace, due="2013-11-30")
    actions.edit_action(workspace, row.ref, a_draft(due="30/11/2013", title=row.title))
    assert [step.label for step in history.list_steps(workspace)] == ["add Write to the health boards"]


def test_an_edit_of_three_actions_is_one_undo(workspace: Workspace) -> None:
    refs = [an_action(workspace, title=f"Write to board {n}").ref for n in range(3)]
    before = live_rows(workspace)
    actions.edit_actions(workspace, refs, a_draft(due="2014-01-31", brag="A"))
    assert history.undo(workspace) == "edit DP-01, DP-02, DP-03"
    assert live_rows(workspace) == before


def test_undo_remembers_after_the_program_was_closed(workspace: Workspace) -> None:
    row = an_action(workspace)
    actions.close_action(workspace, row.ref)
    workspace.close()
    with closing(open_workspace(workspace.root, TODAY)) as again:
        assert history.undo(again) == "done DP-01"
        assert actions.show_action(again, row.ref).row.open


def test_a_step_that_wrote_one_field_twice_is_undone_to_what_stood_before_it(workspace: Workspace) -> None:
    row = an_action(workspace, title="One")
    with workspace.database.write("import") as ledger:
        for title in ("Two", "Three"):
            ledger.change("actions", row.key, {"title": title})
        ledger.remove("actions", row.key)
    history.undo(workspace)
    assert actions.show_action(workspace, row.ref).row.title == "One"
    history.redo(workspace)
    assert live_rows(workspace)["actions"] == []
    history.undo(workspace)
    assert actions.show_action(workspace, row.ref).row.title == "One"


def test_work_after_an_undo_drops_what_could_be_redone(workspace: Workspace) -> None:
    an_action(workspace, title="First thought")
    history.undo(workspace)
    an_action(workspace, title="Second thought")
    with pytest.raises(Refused, match="nothing to redo"):
        history.redo(workspace)


def test_only_what_this_laptop_did_is_undone_here(workspace: Workspace) -> None:
    an_action(workspace)
    ask(workspace, "UPDATE setting SET value = 'another laptop' WHERE name = 'device'")
    with pytest.raises(Refused, match="nothing to undo"):
        history.undo(workspace)


def test_what_another_laptop_changed_since_is_not_undone_over_its_head(workspace: Workspace) -> None:
    row = an_action(workspace, due="2013-11-30")
    actions.edit_action(workspace, row.ref, a_draft(due="2014-01-31"))
    [(device,)] = ask(workspace, "SELECT value FROM setting WHERE name = 'device'")
    ask(workspace, "UPDATE setting SET value = 'another laptop' WHERE name = 'device'")
    actions.edit_action(workspace, row.ref, a_draft(due="2014-03-31"))
    ask(workspace, "UPDATE setting SET value = ? WHERE name = 'device'", device)
    with pytest.raises(Refused, match='"edit DP-01" cannot be reversed: due was changed since'):
        history.undo(workspace)
    assert str(actions.show_action(workspace, row.ref).row.due) == "31 March 2014"


def test_a_reference_is_never_given_twice(workspace: Workspace) -> None:
    refs = [an_action(workspace).ref]
    history.undo(workspace)
    refs.append(an_action(workspace).ref)
    remove(workspace, "actions", actions.show_action(workspace, refs[-1]).row.key)
    refs.append(an_action(workspace).ref)
    ask(workspace, "DELETE FROM actions")
    refs.append(an_action(workspace).ref)
    assert refs == ["DP-01", "DP-02", "DP-03", "DP-04"]


def test_an_erased_record_refuses_every_later_write(workspace: Workspace) -> None:
    key = a_party(workspace, "Jeff", "jeff", kind="person")
    ask(workspace, "INSERT INTO erasure (row_id, erased_on, ground) VALUES (?, '2013-12-31', 'asked')", key)
    with pytest.raises(Refused, match="erased"), workspace.database.write("edit") as ledger:
        ledger.change("parties", key, {"phone": "029 2000 0000"})
    with pytest.raises(Refused, match="erased"):
        remove(workspace, "parties", key)
    with pytest.raises(Refused, match="erased"), workspace.database.write("restore") as ledger:
        ledger.restore("parties", key)
    with pytest.raises(Refused, match="erased"), workspace.database.write("add") as ledger:
        ledger.add("parties", {"ref": "jeff-2", "kind": "person", "name": "Jeff"}, key)
