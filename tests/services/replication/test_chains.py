"""A copy of the journal can add lines, and can neither alter what others wrote nor write under their names."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from ahtc_tui.domain.imports.report import ImportOptions
from ahtc_tui.domain.replication.chains import ChainFaultKind
from ahtc_tui.services import history
from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.backup import make_backup
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.privacy.erasure import erase_person
from ahtc_tui.services.recovery.restore import restore_backup
from ahtc_tui.services.replication.merge import merge_file
from ahtc_tui.services.replication.own_changes import OWN_CHANGES
from ahtc_tui.services.workspace import DATABASE, Workspace
from ahtc_tui.store.engine import integrity_check
from ahtc_tui.store.engine.copies import copy_database
from ahtc_tui.store.journal import chain_check
from ahtc_tui.store.journal.chain import ChainedRow
from ahtc_tui.store.journal.chain_check import ChainCheck
from ahtc_tui.store.replication.journal_merge import JournalMerge
from tests.builders import (
    TODAY,
    edit_database_directly,
    make_action,
    make_action_draft,
    make_party,
    make_update,
    query_rows,
    remove_chains,
)
from tests.hubs import Hub, sync_and_check
from tests.services.replication.merging import leave_office, merge_and_check
from tests.soundness import check_at_end, check_changed, forget_changed
from tests.store.hostile_copy import RAW_KEY, Forger
from tests.store.laptops import forge_chains, read_tables

NAME = "Zebedee Quill"
UNGUARDED = "DROP TRIGGER change_is_never_altered"
GUARD = (
    "CREATE TRIGGER change_is_never_altered BEFORE UPDATE ON change"
    " BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"
)
DEVICE = "SELECT value FROM setting WHERE name = 'device'"
FORMER_DEVICES = """SELECT d.value ->> 0, d.value ->> 1 FROM setting s, json_each(s.value) d
 WHERE s.name = 'former_devices'"""
TITLE_LINE = "field = 'title' AND value LIKE '%My own title%'"


def alter_file(office: Workspace, *statements: str) -> None:
    """Alter the journal of a closed copy, and its tables as well, so that they agree."""
    check_changed()
    edit_database_directly(office.database.path, UNGUARDED, *statements, GUARD)


def read_title(office: Workspace, ref: str) -> str:
    return actions.show_action(office, ref).row.title


def list_faults(office: Workspace, peer: Workspace) -> list[tuple[str, ChainFaultKind]]:
    (file,) = merge_file(office, peer.database.path).files
    check_at_end(office)
    return [(fault.device, fault.reason) for fault in file.altered]  # type: ignore[attr-defined]


def check_differing_line(office: Workspace) -> None:
    """After an erasure a peer with other words and another author of a line, the smaller text, gets nowhere."""
    make_party(office, NAME, "zebedee-quill", kind="person")
    actions.edit_action(office, "DP-01", make_action_draft(title="My own title"))
    erase_person(office, NAME)
    peer = leave_office(office, "there")
    make_action(peer, "Honest work")
    peer.close()
    alter_file(
        peer,
        f"""UPDATE change SET value = '"A"', "user" = 'another' WHERE {TITLE_LINE}""",
        "UPDATE actions SET title = 'A' WHERE title = 'My own title'",
    )
    ((device,),) = query_rows(office, DEVICE)
    assert list_faults(office, peer) == [(device, ChainFaultKind.ALTERED)]
    assert read_title(office, "DP-01") == "My own title"
    assert query_rows(office, "SELECT 1 FROM actions WHERE title = 'Honest work'") == [(1,)]
    assert query_rows(office, "SELECT 1 FROM change WHERE \"user\" = 'another'") == []


def check_forged_own_line(office: Workspace) -> None:
    """A line under the device of this copy that it did not write is refused, now and at the next merge."""
    ((device,),) = query_rows(office, DEVICE)
    twin = open_workspace(shutil.copytree(office.root, office.root.parent / "twin"), TODAY)
    actions.edit_action(twin, "DP-01", make_action_draft(title="Never written here"))
    twin.close()
    for _repetition in range(2):
        assert list_faults(office, twin) == [(device, ChainFaultKind.FORGED)]
    assert read_title(office, "DP-01") != "Never written here"
    assert query_rows(office, DEVICE) != [(device,)]


def check_backdated_own_line(office: Workspace) -> None:
    """After a restore, a line that goes on under the former device with a number from before the copy is refused."""
    actions.edit_action(office, "DP-01", make_action_draft(title="My own title"))
    backup = make_backup(office, office.root.parent / "copy.db").file
    peer = leave_office(office, "there")
    peer.close()
    office.close()
    restore_backup(office.root, backup, TODAY)
    restored = open_workspace(office.root, TODAY)
    ((former, last),) = query_rows(restored, FORMER_DEVICES)
    check_changed()
    with closing(sqlite3.connect(peer.database.path, isolation_level=None)) as connection:
        forger = Forger(connection, "there", random.Random(1))
        (line,) = forger.read_lines(TITLE_LINE)
        forger.add_line(line, former, seq=last - 1, value='"Never written here"')
    report = merge_file(restored, peer.database.path, ImportOptions(answers={OWN_CHANGES: "theirs"})).files[0]
    assert [(fault.device, fault.reason) for fault in report.altered] == [(former, ChainFaultKind.FORGED)]  # type: ignore[attr-defined]
    assert query_rows(restored, "SELECT 1 FROM step WHERE user = 'intruder'") == []
    restored.close()


def check_skipped_line(office: Workspace) -> None:
    """A line whose content was altered, with all the hashes of the original, is not taken by a copy without it."""
    peer = leave_office(office, "there")
    actions.edit_action(peer, "DP-01", make_action_draft(title="My own title"))
    make_action(peer, "Later work")
    peer.close()
    alter_file(
        peer,
        f"""UPDATE change SET value = '"A"' WHERE {TITLE_LINE}""",
        "UPDATE actions SET title = 'A' WHERE title = 'My own title'",
    )
    assert list_faults(office, peer) == [("there", ChainFaultKind.ALTERED)]
    assert read_title(office, "DP-01") not in ("A", "My own title")
    assert query_rows(office, "SELECT 1 FROM actions WHERE title = 'Later work'") == [(1,)]


OLDER_STEP = "01" * 16
"""A key of a step that commits to nothing, as in earlier versions: a line that keeps that of its laptop is refused."""


def check_stolen_id(wales: Workspace) -> None:
    """A line whose id another device took is refused by name, until the merge of that device is undone."""
    peer = leave_office(wales, "there")
    actions.edit_action(peer, "DP-01", make_action_draft(title="My own title"))
    thief = leave_office(peer, "thief")
    thief.close()
    alter_file(
        thief,
        f"""UPDATE change SET device = 'thief', "transaction" = x'{OLDER_STEP}' WHERE device = 'there'""",
        f"UPDATE step SET device = 'thief', id = x'{OLDER_STEP}' WHERE device = 'there'",
        f"""UPDATE change SET value = '"A"' WHERE {TITLE_LINE}""",
        "UPDATE actions SET title = 'A' WHERE title = 'My own title'",
    )
    forge_chains(thief.database.path)
    assert list_faults(wales, thief) == []
    assert read_title(wales, "DP-01") == "A"
    assert list_faults(wales, peer) == [("there", ChainFaultKind.FORKED)]
    history.undo_step(wales)
    assert list_faults(wales, peer) == []
    assert read_title(wales, "DP-01") == "My own title"


SCENARIOS = (
    check_differing_line,
    check_forged_own_line,
    check_backdated_own_line,
    check_skipped_line,
    check_stolen_id,
)


@pytest.mark.sample(2)
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.__name__)
def test_a_peer_cannot_alter_or_forge(scenario: Callable[[Workspace], None], wales: Workspace) -> None:
    scenario(wales)


def skip_verification(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ChainCheck, "_find_content_fault", lambda *_arguments, **_more: None)
    patch.setattr(chain_check, "_is_chained", lambda _previous, _row: True)


def accept_differing_lines(patch: pytest.MonkeyPatch) -> None:
    check_chains = JournalMerge._check_chains

    def adopt_smaller_texts(merge: JournalMerge, cursor: object) -> None:
        check_chains(merge, cursor)  # type: ignore[arg-type]
        merge.ledger.cursor.execute(UNGUARDED)
        for key, value, user in merge.peer.execute('SELECT id, value, "user" FROM change').fetchall():
            values = (value, user, key, value)
            merge.ledger.cursor.execute('UPDATE change SET value = ?, "user" = ? WHERE id = ? AND value > ?', values)
        merge.ledger.cursor.execute(GUARD)

    patch.setattr(JournalMerge, "_check_chains", adopt_smaller_texts)


def accept_forged_own_lines(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(chain_check, "list_own_devices", lambda _cursor: set())


def accept_backdated_own_lines(patch: pytest.MonkeyPatch) -> None:
    def is_present_device(check: ChainCheck, row: ChainedRow) -> bool:
        return row.device in check.known.own_devices

    patch.setattr(ChainCheck, "_names_this_copy", is_present_device)


def accept_ids_of_other_lines(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ChainCheck, "_is_elsewhere", lambda _check, _row: False)


@pytest.mark.sample(4)
@pytest.mark.parametrize(
    ("mutant", "scenario"),
    [
        (skip_verification, check_skipped_line),
        (accept_differing_lines, check_differing_line),
        (accept_forged_own_lines, check_forged_own_line),
        (accept_backdated_own_lines, check_backdated_own_line),
        (accept_ids_of_other_lines, check_stolen_id),
    ],
    ids=lambda value: value.__name__,
)
def test_the_scenarios_detect_a_merge_that_trusts(
    mutant: Callable[[pytest.MonkeyPatch], None],
    scenario: Callable[[Workspace], None],
    wales: Workspace,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mutant(monkeypatch)
    with pytest.raises(AssertionError):
        scenario(wales)
    forget_changed()


@pytest.mark.long
def test_a_line_altered_on_the_hub_is_refused_by_each_laptop(wales: Workspace, hub: Hub) -> None:
    peer, third = leave_office(wales, "there"), leave_office(wales, "third")
    actions.edit_action(wales, "DP-01", make_action_draft(title="My own title"))
    sync_and_check(wales, hub)
    sync_and_check(peer, hub)
    ((device,),) = query_rows(wales, DEVICE)
    hub.run(f"""UPDATE change SET value = '"Altered"' WHERE {TITLE_LINE}""")
    make_action(peer, "Later work")
    for office in (wales, peer, third):
        (fault,) = sync_and_check(office, hub).altered
        assert (fault.device, fault.reason) == (device, ChainFaultKind.ALTERED)
        assert query_rows(office, "SELECT 1 FROM actions WHERE title = 'Altered'") == []
    assert read_title(wales, "DP-01") == read_title(peer, "DP-01") == "My own title"
    assert query_rows(third, "SELECT 1 FROM actions WHERE title = 'Later work'") == [(1,)]
    merge_and_check(third, wales)
    assert read_title(third, "DP-01") == "My own title", "the line comes in from where it is whole"


def test_two_lines_at_one_place_are_held_back_on_both_sides_and_others_go_in(
    wales: Workspace, hub: Hub, tmp_path: Path
) -> None:
    peer = leave_office(wales, "there")
    make_action(peer, "Before the fork")
    twin = open_workspace(shutil.copytree(peer.root, tmp_path / "twin"), TODAY)
    third = leave_office(wales, "third")
    make_action(peer, "One line")
    make_action(twin, "Another line")
    make_action(twin, "On top of it")
    make_action(third, "Of another laptop")
    merge_and_check(wales, peer)
    sync_and_check(twin, hub)
    sync_and_check(third, hub)
    report = sync_and_check(wales, hub)
    (fault,) = report.altered
    assert (fault.device, fault.line, fault.reason, fault.count) == ("there", 2, ChainFaultKind.FORKED, 2)
    titles = {title for (title,) in query_rows(wales, "SELECT title FROM actions")}
    assert {"One line", "Of another laptop"} <= titles
    assert not {"Another line", "On top of it"} & titles
    assert not hub.run("SELECT 1 FROM change WHERE value LIKE '%One line%'"), "nor is our line sent"


def test_a_rewritten_chain_is_a_fork(wales: Workspace) -> None:
    peer = leave_office(wales, "there")
    actions.edit_action(peer, "DP-01", make_action_draft(title="My own title"))
    merge_and_check(wales, peer)
    peer.close()
    alter_file(
        peer,
        f"""UPDATE change SET value = '"A"' WHERE {TITLE_LINE}""",
        "UPDATE actions SET title = 'A' WHERE title = 'My own title'",
    )
    forge_chains(peer.database.path)
    assert list_faults(wales, peer) == [("there", ChainFaultKind.FORKED)]
    assert read_title(wales, "DP-01") == "My own title"


def test_a_missing_line_is_named_and_what_follows_is_not_taken(wales: Workspace) -> None:
    peer = leave_office(wales, "there")
    for title in ("First", "Second", "Third"):
        make_action(peer, title)
    peer.close()
    second = "(SELECT row_id FROM change WHERE value LIKE '%\"Second\"%')"
    alter_file(
        peer,
        "DROP TRIGGER change_is_never_removed",
        f"DELETE FROM actions WHERE id = {second}",
        "DELETE FROM change WHERE value LIKE '%\"Second\"%'",
    )
    assert list_faults(wales, peer) == [("there", ChainFaultKind.MISSING)]
    titles = {title for (title,) in query_rows(wales, "SELECT title FROM actions")}
    assert "First" in titles
    assert not {"Second", "Third"} & titles


def test_check_names_a_value_that_is_nested_too_deeply(wales: Workspace) -> None:
    actions.edit_action(wales, "DP-01", make_action_draft(title="My own title"))
    alter_file(wales, f"UPDATE change SET value = '{'[' * 100_000}{']' * 100_000}' WHERE {TITLE_LINE}")
    assert any(
        "a change in the journal cannot be read" in fault for fault in integrity_check.find_faults(wales.database)
    )


@pytest.mark.sample(2)
@pytest.mark.parametrize("value", ['"no record"', "[" * 100_000])
def test_an_unreadable_line_about_an_erased_person_is_not_taken(value: str, wales: Workspace) -> None:
    make_party(wales, NAME, "zebedee-quill", kind="person")
    peer = leave_office(wales, "there")
    erase_person(wales, NAME)
    peer.close()
    pack = peer.database.path.with_name("encrypted.ahtc")
    alter_file(peer, f"UPDATE change SET value = '{value}' WHERE field = '_row' AND value LIKE '%Zebedee%'")
    pack.touch()
    copy_database(peer.database.path, None, pack, RAW_KEY)
    merge_file(wales, pack, key=RAW_KEY)
    assert query_rows(wales, "SELECT 1 FROM change WHERE value = ?", value) == []
    assert integrity_check.find_faults(wales.database) == []


def test_check_names_an_altered_line(wales: Workspace) -> None:
    actions.edit_action(wales, "DP-01", make_action_draft(title="My own title"))
    ((device,),) = query_rows(wales, DEVICE)
    alter_file(wales, f"""UPDATE change SET "user" = 'another' WHERE {TITLE_LINE}""")
    (fault,) = integrity_check.find_faults(wales.database)
    assert f"from the laptop {device} was refused: it was altered" in fault


def test_an_erasure_removes_salts_and_leaves_every_chain_whole(wales: Workspace) -> None:
    make_party(wales, NAME, "zebedee-quill", kind="person")
    make_update(wales, "DP-02", f"{NAME} will send the leaflet.")
    make_action(wales, "After it")
    hashes = "SELECT id, digest, chain FROM {} WHERE position NOT NULL"
    before = set(query_rows(wales, hashes.format("change")))
    erase_person(wales, NAME)
    kept = query_rows(wales, hashes.format("change")) + query_rows(wales, hashes.format("missing_change"))
    assert before <= set(kept), "every digest is still there"
    ((value, salt, erased_by),) = query_rows(
        wales, "SELECT value, salt, erased_by FROM change WHERE \"table\" = 'updates' AND value LIKE '%leaflet%'"
    )
    assert ("Zebedee" in value, salt) == (False, None)
    assert [(erased_by,)] == query_rows(wales, "SELECT row_id FROM erasure WHERE marks <> '[]'")
    assert integrity_check.find_faults(wales.database) == []


def test_a_redacted_line_is_refused_without_an_erasure_known_here(wales: Workspace) -> None:
    peer = leave_office(wales, "there")
    actions.edit_action(peer, "DP-01", make_action_draft(title="My own title"))
    peer.close()
    alter_file(
        peer,
        f"""UPDATE change SET value = '"A"', salt = NULL, erased_by = x'00' WHERE {TITLE_LINE}""",
        "UPDATE actions SET title = 'A' WHERE title = 'My own title'",
    )
    assert list_faults(wales, peer) == [("there", ChainFaultKind.REDACTED)]
    assert read_title(wales, "DP-01") not in ("A", "My own title")


def test_a_restored_backup_takes_back_its_own_later_lines(wales: Workspace) -> None:
    backup = make_backup(wales, wales.root.parent / "copy.db").file
    make_action(wales, "Written after the backup")
    peer = leave_office(wales, "there")
    wales.close()
    restore_backup(wales.root, backup, TODAY)
    restored = open_workspace(wales.root, TODAY)
    make_action(restored, "Written after the restore")
    ((former, _last),) = query_rows(restored, FORMER_DEVICES)
    assert list_faults(restored, peer) == []
    (question,) = merge_file(restored, peer.database.path).files[0].questions
    assert question.id == OWN_CHANGES
    assert former in question.reason
    assert query_rows(restored, "SELECT 1 FROM actions WHERE title LIKE 'Written after the backup'") == []
    merge_and_check(restored, peer, answers={OWN_CHANGES: "theirs"})
    assert query_rows(restored, "SELECT count(*) FROM actions WHERE title LIKE 'Written after%'") == [(2,)]
    restored.close()


def test_own_lines_that_an_undo_took_back_after_they_travelled_are_offered(wales: Workspace) -> None:
    peer = leave_office(wales, "there")
    make_action(peer, "Of the peer")
    merge_and_check(wales, peer)
    actions.edit_action(wales, "DP-01", make_action_draft(title="My own title"))
    travelled = leave_office(wales, "travelled")
    history.undo_step(wales)
    history.undo_step(wales)
    assert query_rows(wales, "SELECT 1 FROM change WHERE value LIKE '%My own title%'") == []
    assert list_faults(wales, travelled) == []
    merge_and_check(wales, travelled, answers={OWN_CHANGES: "theirs"})
    assert read_title(wales, "DP-01") == "My own title"


@pytest.mark.long
def test_lines_from_before_the_chains_merge_and_new_ones_of_that_kind_are_refused(workspace: Workspace) -> None:
    make_action(workspace, "Before the chains")
    workspace.close()
    peer_root = shutil.copytree(workspace.root, workspace.root.parent / "peer")
    edit_database_directly(peer_root / DATABASE, "UPDATE setting SET value = 'there' WHERE name = 'device'")
    peer = open_workspace(peer_root, TODAY)
    make_action(peer, "Of the peer, before the chains")
    peer.close()
    for path in (workspace.database.path, peer.database.path):
        remove_chains(path)
    office, peer = open_workspace(workspace.root, TODAY), open_workspace(peer_root, TODAY)
    assert list_faults(office, peer) == []
    make_action(peer, "In the chain")
    assert list_faults(office, peer) == []
    peer.close()
    remove_chains(peer_root / DATABASE)
    assert {reason for _device, reason in list_faults(office, open_workspace(peer_root, TODAY))} == {
        ChainFaultKind.ALTERED
    }
    office.close()


@pytest.mark.long
def test_undo_of_a_merge_leaves_every_chain_whole_and_merging_again_completes_it(wales: Workspace) -> None:
    peer = leave_office(wales, "there")
    actions.edit_action(peer, "DP-01", make_action_draft(title="My own title"))
    make_action(peer, "Later work")
    damaged = leave_office(peer, "damaged")
    damaged.close()
    alter_file(
        damaged,
        f"""UPDATE change SET value = '"A"' WHERE {TITLE_LINE}""",
        "UPDATE actions SET title = 'A' WHERE title = 'My own title'",
    )
    assert list_faults(wales, damaged) == [("there", ChainFaultKind.ALTERED)]
    history.undo_step(wales)
    assert integrity_check.find_faults(wales.database) == []
    history.redo_step(wales)
    assert integrity_check.find_faults(wales.database) == []
    assert list_faults(wales, peer) == []
    assert read_tables(wales, "actions") == read_tables(peer, "actions")
    history.undo_step(wales)
    assert integrity_check.find_faults(wales.database) == []


def test_an_erasure_is_no_reason_to_lose_other_words(wales: Workspace) -> None:
    make_party(wales, NAME, "zebedee-quill", kind="person")
    actions.edit_action(wales, "DP-01", make_action_draft(title="My own title"))
    erase_person(wales, NAME)
    peer = leave_office(wales, "there")
    peer.close()
    person = "(SELECT row_id FROM erasure WHERE marks <> '[]')"
    alter_file(
        peer,
        f"""UPDATE change SET value = '"A"', salt = NULL, erased_by = {person} WHERE {TITLE_LINE}""",
        "UPDATE actions SET title = 'A' WHERE title = 'My own title'",
    )
    list_faults(wales, peer)
    assert read_title(wales, "DP-01") == "My own title"
