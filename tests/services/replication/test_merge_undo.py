"""The undo of a merge concerns one copy: it takes nothing from another, and merging again brings everything back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ahtc_tui.domain.actions.filters import ActionFilter, ActionScope
from ahtc_tui.domain.errors import Refused
from ahtc_tui.services import backup, history
from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.privacy.erasure import erase_person
from ahtc_tui.services.replication import conflicts
from ahtc_tui.services.replication.office_pack import create_pack, open_pack
from ahtc_tui.services.replication.own_changes import OWN_CHANGES
from ahtc_tui.services.workspace import DATABASE, Workspace
from ahtc_tui.store.engine.integrity_check import find_faults
from ahtc_tui.store.replication import peer_database
from tests.builders import (
    TODAY,
    make_action,
    make_action_draft,
    make_party,
    make_update,
    query_rows,
    read_live_rows,
)
from tests.services.replication.merging import leave_office, merge_and_check
from tests.store.laptops import read_tables

FIRST, REPHRASED = "DP-01", "Rephrased there"
PASSPHRASE = "five plain words for wrexham"


@pytest.fixture(autouse=True)
def no_backups(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup, "back_up_before", lambda _workspace, _what: None)


@pytest.fixture
def peers(wales: Workspace) -> tuple[Workspace, Workspace, Workspace]:
    """The office and two laptops; the second laptop has rephrased an action and added 12."""
    first, second = leave_office(wales, "first"), leave_office(wales, "second")
    actions.edit_action(second, FIRST, make_action_draft(title=REPHRASED))
    for n in range(12):
        make_action(second, f"Made there {n}")
    return wales, first, second


def list_titles(office: Workspace) -> set[str]:
    return {row.title for row in actions.list_actions(office, ActionFilter(ActionScope.ALL))}


def has_work(office: Workspace) -> bool:
    """Whether a copy shows all work of the second laptop."""
    return {REPHRASED, *(f"Made there {n}" for n in range(12))} <= list_titles(office)


def read_change_ids(office: Workspace) -> set[bytes]:
    with office.database.read() as cursor:
        return set(peer_database.list_change_ids(cursor))


def test_the_new_device_id_after_an_undo_keeps_the_name_of_the_laptop(
    peers: tuple[Workspace, Workspace, Workspace],
) -> None:
    _office, first, second = peers
    with first.database.read() as cursor:
        cursor.execute("INSERT INTO setting (name, value) VALUES ('device_name', 'wrexham')")
    actions.edit_action(first, FIRST, make_action_draft(title="Rephrased here"))
    merge_and_check(first, second, take="ours")
    history.undo_step(first)
    assert read_device(first).startswith("wrexham-")
    make_action(first, "Made after the undo")
    assert history.undo_step(first).startswith("add")


def read_device(office: Workspace) -> str:
    return str(query_rows(office, "SELECT value FROM setting WHERE name = 'device'")[0][0])


def test_the_undo_of_a_merge_takes_nothing_from_another_copy(peers: tuple[Workspace, Workspace, Workspace]) -> None:
    office, first, second = peers
    merge_and_check(first, second)
    history.undo_step(first)
    assert not has_work(first)
    assert merge_and_check(office, first).changed == ()
    report = merge_and_check(office, second)
    assert (len(report.added), len(report.changed)) == (12, 2)
    assert has_work(office)
    merge_and_check(second, office)
    assert has_work(second)
    report = merge_and_check(first, second)
    assert (len(report.added), len(report.changed)) == (12, 2)
    assert read_tables(first) == read_tables(second) == read_tables(office)


def test_an_undone_merge_leaves_no_line_in_the_journal(peers: tuple[Workspace, Workspace, Workspace]) -> None:
    _office, first, second = peers
    actions.edit_action(first, FIRST, make_action_draft(title="Rephrased here"))
    make_action(first, "Made here as well")
    before, rows = read_change_ids(first), read_live_rows(first)
    merge_and_check(first, second, take="theirs")
    assert has_work(first)
    history.undo_step(first)
    assert read_change_ids(first) == before
    assert read_live_rows(first) == rows
    assert conflicts.list_conflicts(first) == []
    assert query_rows(first, "SELECT count(*) FROM step WHERE device = 'second'") == [(0,)]
    assert find_faults(first.database) == []


def test_what_was_undone_before_a_merge_is_taken_back_does_not_return(
    peers: tuple[Workspace, Workspace, Workspace],
) -> None:
    _office, first, second = peers
    before, rows = read_change_ids(first), read_live_rows(first)
    merge_and_check(first, second)
    actions.edit_action(first, "DP-02", make_action_draft(title="Rests on nothing that came"))
    actions.edit_action(first, FIRST, make_action_draft(title="Rests on what came"))
    for _step in ("edit", "edit", "merge"):
        history.undo_step(first)
    assert read_change_ids(first) == before
    assert read_live_rows(first) == rows
    history.redo_step(first)
    assert has_work(first)
    assert find_faults(first.database) == []


@pytest.mark.long
def test_what_travelled_before_the_undo_comes_back_with_the_next_merge(
    peers: tuple[Workspace, Workspace, Workspace],
) -> None:
    office, first, second = peers
    actions.edit_action(first, FIRST, make_action_draft(title="Rephrased here"))
    merge_and_check(first, second, take="ours")
    merge_and_check(office, first)
    device = read_device(first)
    history.undo_step(first)
    assert read_device(first) != device, "own lines were parked: another copy may hold them"
    make_action(first, "Made after the undo")
    merge_and_check(second, first)
    assert has_work(second) or conflicts.list_conflicts(second)
    merge_and_check(office, first)
    report = merge_and_check(first, office)
    assert len(report.added) == 12
    merge_and_check(second, first)
    assert read_tables(first) == read_tables(office) == read_tables(second)


def test_an_undone_merge_can_be_redone_after_a_restart(peers: tuple[Workspace, Workspace, Workspace]) -> None:
    _office, first, second = peers
    actions.edit_action(first, FIRST, make_action_draft(title="Rephrased here"))
    before = read_live_rows(first)
    merge_and_check(first, second, take="theirs")
    after, ids = read_live_rows(first), read_change_ids(first)
    for _turn in range(2):
        history.undo_step(first)
        assert read_live_rows(first) == before
        first.close()
        first = open_workspace(first.root, TODAY)
        history.redo_step(first)
        assert (read_live_rows(first), read_change_ids(first)) == (after, ids)
        assert query_rows(first, "SELECT count(*) FROM parked_line") == [(0,)]
        assert find_faults(first.database) == []
    history.undo_step(first)
    history.undo_step(first)
    assert actions.show_action(first, FIRST).row.title not in ("Rephrased here", REPHRASED)
    history.redo_step(first)
    history.redo_step(first)
    (conflict,) = conflicts.list_conflicts(first)
    assert {conflict.ours, conflict.theirs} == {"Rephrased here", REPHRASED}, "written again, so decided again"
    assert has_work(first) or conflict.shown == "Rephrased here"
    first.close()


def test_later_work_is_undone_first_and_redone_last(peers: tuple[Workspace, Workspace, Workspace]) -> None:
    office, first, second = peers
    before = read_live_rows(first)
    merge_and_check(first, second)
    actions.edit_action(first, FIRST, make_action_draft(title="Written on top"))
    merge_and_check(office, first)
    after = read_live_rows(first)
    assert history.undo_step(first).startswith("edit")
    assert history.undo_step(first).startswith("merge")
    assert read_live_rows(first) == before
    history.redo_step(first)
    history.redo_step(first)
    assert read_live_rows(first) == after
    history.undo_step(first)
    history.undo_step(first)
    (question,) = merge_and_check(first, office).questions
    assert question.id == OWN_CHANGES, "its own changes come back by name"
    report = merge_and_check(first, office, answers={OWN_CHANGES: "theirs"})
    assert "Written on top" in {changed.now for changed in report.changed}
    assert actions.show_action(first, FIRST).row.title == "Written on top"


def test_a_step_after_the_undo_makes_the_redo_impossible(peers: tuple[Workspace, Workspace, Workspace]) -> None:
    _office, first, second = peers
    merge_and_check(first, second)
    history.undo_step(first)
    assert query_rows(first, "SELECT count(*) > 12 FROM parked_line") == [(1,)]
    make_action(first, "Made after the undo")
    assert query_rows(first, "SELECT count(*) FROM parked_line") == [(0,)]
    with pytest.raises(Refused, match="nothing to redo"):
        history.redo_step(first)
    merge_and_check(first, second)
    assert has_work(first)


@pytest.mark.long
def test_a_pack_made_after_the_undo_does_not_hold_the_work(
    peers: tuple[Workspace, Workspace, Workspace], tmp_path: Path
) -> None:
    office, first, second = peers
    merge_and_check(first, second)
    history.undo_step(first)
    create_pack(first, tmp_path / "first.ahtc", PASSPHRASE)
    assert query_rows(first, "SELECT count(*) > 0 FROM parked_line") == [(1,)]
    open_pack(tmp_path / "first.ahtc", tmp_path / "opened", PASSPHRASE)
    opened = open_workspace(tmp_path / "opened", TODAY, key=PASSPHRASE)
    assert query_rows(opened, "SELECT count(*) FROM parked_line") == [(0,)]
    assert not query_rows(opened, "SELECT 1 FROM change WHERE value LIKE '%Made there%'")
    opened.close()
    assert merge_and_check(office, first).added == ()


def test_an_erasure_empties_what_an_undone_merge_had_brought(wales: Workspace) -> None:
    make_party(wales, "Zebedee Quill", "zebedee-quill", kind="person")
    peer = leave_office(wales, "there")
    make_update(peer, "DP-02", "Zebedee Quill will send the leaflet.")
    merge_and_check(wales, peer)
    history.undo_step(wales)
    erase_person(wales, "Zebedee Quill")
    assert query_rows(wales, "SELECT count(*) FROM parked_line") == [(0,)]
    with pytest.raises(Refused):
        history.redo_step(wales)


def test_a_merge_on_which_live_work_rests_is_not_undone(peers: tuple[Workspace, Workspace, Workspace]) -> None:
    _office, first, second = peers
    merge_and_check(first, second)
    [(key,)] = query_rows(first, "SELECT id FROM actions WHERE title = 'Made there 3'")
    with first.database.write("load more", kind="load") as ledger:
        ledger.update("actions", key, {"title": "Loaded on top"})
    rows = read_live_rows(first)
    with pytest.raises(Refused, match="later work"):
        history.undo_step(first)
    assert read_live_rows(first) == rows


def test_the_question_says_what_leaves_and_from_where(peers: tuple[Workspace, Workspace, Workspace]) -> None:
    _office, first, second = peers
    make_update(second, "DP-03", "Went well.")
    merge_and_check(first, second)
    step = history.find_step_to_undo(first)
    assert step.merged_work is not None
    question = step.merged_work.format_question(step.at)
    assert question.startswith("Undo the merge from second on ")
    assert question.endswith(
        "? 12 actions, 1 update leave this laptop. 1 record changes back."
        " They stay on the other laptop and come back when you merge it again."
    )
    history.undo_step(first)
    with pytest.raises(Refused):
        history.find_step_to_undo(first)


def test_records_renamed_by_a_merge_get_their_references_back(wales: Workspace) -> None:
    peer = leave_office(wales, "there")
    ref = make_action(peer, "Made there").ref
    assert make_action(wales, "Made here").ref == ref
    make_update(wales, ref, "Under way.")
    rows = read_live_rows(wales)
    merge_and_check(wales, peer)
    assert len(query_rows(wales, "SELECT 1 FROM actions WHERE ref LIKE ?", f"{ref}%")) == 2
    history.undo_step(wales)
    assert read_live_rows(wales) == rows
    merge_and_check(peer, wales)
    merge_and_check(wales, peer)
    assert read_tables(wales) == read_tables(peer)


def test_a_copy_of_the_office_made_before_the_undo_gives_back_the_work(
    peers: tuple[Workspace, Workspace, Workspace],
) -> None:
    _office, first, second = peers
    merge_and_check(first, second)
    shutil.copytree(first.root, first.root.parent / "kept")
    history.undo_step(first)
    make_action(first, "Made after the undo")
    kept = open_workspace(first.root.parent / "kept", TODAY)
    report = merge_and_check(first, kept)
    assert len(report.added) == 12
    assert has_work(first)
    assert (kept.root / DATABASE).exists()


def set_suffix(office: Workspace, suffix: str) -> None:
    """Give a copy the letters of its references, as opening a pack does."""
    with office.database.read() as cursor:
        cursor.execute("INSERT OR REPLACE INTO setting (name, value) VALUES ('letters', ?)", (suffix,))


def make_ref(office: Workspace) -> str:
    return make_action(office, "One more").ref


@pytest.fixture
def numbering(wales: Workspace) -> tuple[Workspace, Workspace]:
    """The office, whose last action is DP-45, and a laptop with letters of its own that has three more actions."""
    assert make_ref(wales) == "DP-45"
    peer = leave_office(wales, "there")
    set_suffix(peer, "BKT")
    assert [make_ref(peer) for _n in range(3)] == ["DP-46BKT", "DP-47BKT", "DP-48BKT"]
    return wales, peer


def test_numbers_go_on_after_those_of_a_merge_and_go_back_with_its_undo(
    numbering: tuple[Workspace, Workspace],
) -> None:
    office, peer = numbering
    for _round in range(2):
        merge_and_check(office, peer)
        assert make_ref(office) == "DP-49"
        history.undo_step(office)
        history.undo_step(office)
        assert make_ref(office) == "DP-46"
        history.undo_step(office)
    merge_and_check(office, peer)
    history.undo_step(office)
    history.redo_step(office)
    assert make_ref(office) == "DP-49"


def test_the_undo_of_two_merges_sets_numbers_back_twice(numbering: tuple[Workspace, Workspace]) -> None:
    office, peer = numbering
    merge_and_check(office, peer)
    make_ref(peer)
    merge_and_check(office, peer)
    history.undo_step(office)
    assert make_ref(office) == "DP-49"
    history.undo_step(office)
    history.undo_step(office)
    assert make_ref(office) == "DP-46"


def test_a_number_that_left_after_a_merge_is_not_issued_again(numbering: tuple[Workspace, Workspace]) -> None:
    office, peer = numbering
    merge_and_check(office, peer)
    assert make_ref(office) == "DP-49"
    office.database.mark_departure()
    history.undo_step(office)
    history.undo_step(office)
    assert make_ref(office) == "DP-50"


def test_a_number_that_another_laptop_with_the_same_letters_uses_is_not_issued_again(
    numbering: tuple[Workspace, Workspace],
) -> None:
    office, peer = numbering
    set_suffix(peer, "")
    assert make_ref(peer) == "DP-49"
    set_suffix(peer, "BKT")
    assert make_ref(peer) == "DP-50BKT"
    merge_and_check(office, peer)
    history.undo_step(office)
    assert make_ref(office) == "DP-50"
