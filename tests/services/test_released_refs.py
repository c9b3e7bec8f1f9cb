"""References of undone records are issued again, unless something that left this desk may quote them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from ahtc_tui.cli.main import run
from ahtc_tui.domain.drafts.contacts import build_contact_draft
from ahtc_tui.services.actions.service import close_action, show_action
from ahtc_tui.services.backup import make_backup
from ahtc_tui.services.contacts.service import add_contact
from ahtc_tui.services.history import list_changes, redo_step, undo_step
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.plan.back_plan import build_back_plan, create_actions
from ahtc_tui.services.recovery.full_export import export_everything
from ahtc_tui.services.recovery.restore import restore_backup
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine.integrity_check import find_faults
from tests.builders import TODAY, make_action, query_rows
from tests.services.replication.merging import leave_office, merge_and_check, merge_both_ways

PASSPHRASE = "carreg afon lleuad"


def run_in(workspace: Workspace, *words: str) -> None:
    assert run(["--workspace", str(workspace.root), "--as-at", "2013-12-31", *words]) in (0, 1)


DEPARTURES: dict[str, Callable[[Workspace, Path], object]] = {
    "export": lambda office, folder: run_in(office, "export", "actions", str(folder / "log.csv")),
    "document": lambda office, folder: run_in(office, "export", "since", "--from", "2013-01-01", str(folder / "s.md")),
    "backup": lambda office, _folder: make_backup(office),
    "pack": lambda office, folder: run_in_pack(office, folder),
    "everything": lambda office, folder: export_everything(office, folder / "all.zip"),
}
"""What leaves the desk."""


def run_in_pack(office: Workspace, folder: Path) -> None:
    (folder / "passphrase").write_text(PASSPHRASE)
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("AHTC_PASSPHRASE_FILE", str(folder / "passphrase"))
        run_in(office, "pack", str(folder / "forum.ahtc"))


def test_undo_of_a_back_plan_gives_its_references_back(wales: Workspace) -> None:
    first = create_actions(wales, build_back_plan(wales, "Anti-Slavery Day", date(2014, 10, 18)))
    assert first.steps[0].ref == "DP-45"
    undo_step(wales)
    assert make_action(wales).ref == "DP-45"
    assert find_faults(wales.database) == []


def test_redo_restores_the_same_references(workspace: Workspace) -> None:
    key = make_action(workspace, title="Brief the SPOCs").key
    for _twice in range(2):
        undo_step(workspace)
        redo_step(workspace)
    assert show_action(workspace, "DP-01").row.key == key
    assert make_action(workspace).ref == "DP-02"
    undo_step(workspace)
    undo_step(workspace)
    assert make_action(workspace, title="Another").ref == "DP-01"
    assert [change.field for change in list_changes(workspace, "DP-01")] == ["added"]
    assert find_faults(workspace.database) == []


def test_the_history_of_an_undone_record_is_found_by_its_former_reference(workspace: Workspace) -> None:
    make_action(workspace, title="Brief the SPOCs")
    undo_step(workspace)
    assert [change.field for change in list_changes(workspace, "dp-01")][-1] == "added"


@pytest.mark.sample(5)
@pytest.mark.parametrize("name", DEPARTURES)
def test_a_reference_that_left_the_desk_is_never_issued_again(name: str, workspace: Workspace, tmp_path: Path) -> None:
    make_action(workspace, title="Brief the SPOCs")
    DEPARTURES[name](workspace, tmp_path)
    make_action(workspace, title="After it")
    undo_step(workspace)
    undo_step(workspace)
    assert make_action(workspace).ref == "DP-02", "DP-02 was made after it left, DP-01 before"
    assert find_faults(workspace.database) == []


@pytest.mark.sample(5)
@pytest.mark.parametrize("name", DEPARTURES)
def test_a_redone_reference_that_left_the_desk_stays(name: str, workspace: Workspace, tmp_path: Path) -> None:
    make_action(workspace, title="Brief the SPOCs")
    undo_step(workspace)
    redo_step(workspace)
    DEPARTURES[name](workspace, tmp_path)
    undo_step(workspace)
    assert query_rows(workspace, "SELECT ref FROM actions WHERE deleted") == [("DP-01",)]
    assert make_action(workspace).ref == "DP-02"
    assert find_faults(workspace.database) == []


def test_a_restored_backup_issues_no_reference_again(workspace: Workspace) -> None:
    make_action(workspace, title="Brief the SPOCs")
    file = make_backup(workspace).file
    workspace.close()
    restore_backup(workspace.root, file, TODAY)
    with closing(open_workspace(workspace.root, TODAY)) as restored:
        undo_step(restored)
        assert make_action(restored).ref == "DP-02"


def test_names_are_given_back_too(workspace: Workspace) -> None:
    draft = build_contact_draft({"name": "Example Trust", "kind": "organisation"}, TODAY)
    assert add_contact(workspace, draft).ref == "example-trust"
    undo_step(workspace)
    assert add_contact(workspace, draft).ref == "example-trust"


def test_a_gap_below_a_number_in_use_is_not_filled(workspace: Workspace) -> None:
    make_action(workspace)
    query_rows(workspace, "UPDATE counter SET last = 7 WHERE pattern = 'DP-*'")
    undo_step(workspace)
    assert make_action(workspace).ref == "DP-08"


def test_a_restored_record_gets_its_reference_back_or_one_made_of_it(workspace: Workspace) -> None:
    keys = [make_action(workspace, title="First").key]
    undo_step(workspace)
    with workspace.database.write("restore") as ledger:
        ledger.restore("actions", keys[0])
    assert show_action(workspace, "DP-01").row.key == keys[0]
    undo_step(workspace)
    make_action(workspace, title="Second")
    with workspace.database.write("restore") as ledger:
        ledger.restore("actions", keys[0])
    assert show_action(workspace, f"DP-01-{keys[0].hex()[-4:]}").row.title == "First"
    assert find_faults(workspace.database) == []


def test_a_copy_made_by_hand_keeps_both_records_apart(wales: Workspace, tmp_path: Path) -> None:
    first = make_action(wales, title="Brief the SPOCs")
    peer = leave_office(wales, "there")
    undo_step(wales)
    second = make_action(wales, title="Write to the boards")
    assert first.ref == second.ref == "DP-45"
    for end in merge_both_ways(wales, peer, tmp_path):
        assert query_rows(end, "SELECT id, deleted FROM actions WHERE ref = 'DP-45'") == [(second.key, 0)]
        assert query_rows(end, "SELECT deleted FROM actions WHERE id = ?", first.key) == [(1,)]


def test_a_change_of_a_copy_made_by_hand_keeps_the_undone_record(wales: Workspace) -> None:
    first = make_action(wales, title="Brief the SPOCs")
    peer = leave_office(wales, "there")
    close_action(peer, first.ref)
    undo_step(wales)
    second = make_action(wales, title="Write to the boards")
    merge_and_check(wales, peer)
    refs = dict(
        query_rows(wales, "SELECT id, ref FROM actions WHERE NOT deleted AND id IN (?, ?)", first.key, second.key)
    )
    assert set(refs) == {first.key, second.key}
    assert refs[second.key] == "DP-45"


def test_the_mark_is_not_part_of_archives(workspace: Workspace, tmp_path: Path) -> None:
    make_action(workspace)
    contents = []
    for name in ("one", "two"):
        export_everything(workspace, tmp_path / f"{name}.zip")
        contents.append((tmp_path / f"{name}.zip").read_bytes())
    assert contents[0] == contents[1]
