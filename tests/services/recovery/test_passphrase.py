"""Passphrases: which are accepted, and that every function works with one."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random
from unittest.mock import Mock

import pytest

from ahtc_tui.domain.actions.filters import read_action_filter
from ahtc_tui.domain.errors import BadInput, Refused, StoreError
from ahtc_tui.domain.privacy.passphrases import check_passphrase, confirm_passphrase
from ahtc_tui.services.actions.service import list_actions
from ahtc_tui.services.backup import list_backups, make_backup
from ahtc_tui.services.doctor import examine_setup, find_faults
from ahtc_tui.services.history import redo_step, undo_step
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.privacy.erasure import erase_person
from ahtc_tui.services.recovery import passphrase
from ahtc_tui.services.recovery.full_export import export_everything
from ahtc_tui.services.recovery.passphrase import change_passphrase, remove_passphrase, set_passphrase, wants_passphrase
from ahtc_tui.services.recovery.restore import restore_backup
from ahtc_tui.services.replication.office_pack import create_pack
from ahtc_tui.services.workspace import Workspace, is_locked
from ahtc_tui.store.engine import driver, integrity_check, migrate
from ahtc_tui.store.engine.database import Database
from ahtc_tui.store.engine.driver import SCHEMA_VERSION
from ahtc_tui.store.engine.encryption import is_encrypted
from tests.builders import TODAY, edit_database_directly, make_action, query_rows
from tests.faults.test_erasing import list_copies, plant_person
from tests.store.engine.test_migrations import NEXT

PASSPHRASE, OTHER = "carreg afon lleuad", "o'r gorau, Siân"


@pytest.fixture
def locked(wales: Workspace) -> Workspace:
    """The Wales 2013 data under a passphrase."""
    set_passphrase(wales, PASSPHRASE)
    wales.close()
    return open_workspace(wales.root, TODAY, PASSPHRASE)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("", "The passphrase is empty"),
        ("          ", "The passphrase is empty"),
        ("seven 7", "too short. Use at least 8 characters"),
        ("two lines\nof it", "you cannot type"),
        ("with \x1b[2J in it", "you cannot type"),
        ("x'" + "ab" * 32 + "'", "raw key"),
        *((words, "easy to guess") for words in ("password", "Passw0rd!", "iloveyou123", "ahtc2026", "Caerdydd1")),
    ],
)
def test_weak_or_untypable_passphrases_are_refused(words: str, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence) as refused:
        check_passphrase(words)
    assert not words.strip() or words not in str(refused.value)


def test_passphrases_are_confirmed_and_kept_exactly() -> None:
    assert confirm_passphrase("  ŵy, 'ŷ'  ", "  ŵy, 'ŷ'  ") == "  ŵy, 'ŷ'  "
    with pytest.raises(BadInput, match="are not the same"):
        confirm_passphrase(PASSPHRASE, OTHER)


def test_set_change_and_remove_invalidate_the_former_key(wales: Workspace) -> None:
    path = wales.database.path
    report = set_passphrase(wales, PASSPHRASE)
    assert (report.unchanged, report.plain_copies) == ((), ())
    assert is_locked(wales.root)
    with pytest.raises(StoreError, match="passphrase is wrong"):
        open_workspace(wales.root, TODAY)
    with closing(open_workspace(wales.root, TODAY, PASSPHRASE)) as office:
        change_passphrase(office, OTHER)
    with pytest.raises(StoreError, match="passphrase is wrong"):
        open_workspace(wales.root, TODAY, PASSPHRASE)
    with closing(open_workspace(wales.root, TODAY, OTHER)) as office:
        remove_passphrase(office)
    assert not is_locked(wales.root)
    assert path.stat().st_mode & 0o777 == 0o600
    with closing(open_workspace(wales.root, TODAY)) as office:
        assert find_faults(office) == []


@pytest.mark.long
def test_backups_are_rekeyed_and_keep_their_date(wales: Workspace) -> None:
    folder = wales.database.path.parent / "backups"
    folder.mkdir()
    for name in ("first.db", "second.db"):
        (folder / name).write_bytes(wales.database.path.read_bytes())
        os.utime(folder / name, (1_387_000_000, 1_387_000_000))
    (folder / "notes.txt").write_text("Bawso")
    assert set_passphrase(wales, PASSPHRASE).unchanged == ("data/backups/notes.txt",)
    assert wants_passphrase(folder / "first.db")
    assert not wants_passphrase(folder / "notes.txt")
    for name in ("first.db", "second.db"):
        assert b"Bawso" not in (folder / name).read_bytes()
        assert (folder / name).stat().st_mtime == 1_387_000_000
        assert (folder / name).stat().st_mode & 0o777 == 0o600
    with closing(open_workspace(wales.root, TODAY, PASSPHRASE)) as office:
        for key in (PASSPHRASE, office.database.key):
            with closing(Database(folder / "first.db", key)) as copy:
                assert integrity_check.find_faults(copy) == []
        change_passphrase(office, OTHER)
    with closing(open_workspace(wales.root, TODAY, OTHER)) as office:
        Database(folder / "second.db", OTHER).close()
        remove_passphrase(office)
    with closing(Database(folder / "second.db")) as copy:
        assert integrity_check.find_faults(copy) == []
    kept = sorted(path.name for path in folder.iterdir() if "before-key-change" not in path.name)
    assert kept == ["first.db", "notes.txt", "second.db"]


def test_a_key_change_keeps_a_verified_backup_under_the_new_key(wales: Workspace) -> None:
    make_action(wales, title="Since the last backup")
    report = set_passphrase(wales, PASSPHRASE)
    assert report.backup.name.endswith("-before-key-change.db")
    assert wants_passphrase(report.backup)
    with closing(open_workspace(wales.root, TODAY, PASSPHRASE)) as office:
        assert [(row.what, row.whole) for row in list_backups(office)] == [("before-key-change", True)]


def test_a_damaged_database_gets_no_passphrase(wales: Workspace) -> None:
    edit_database_directly(wales.database.path, "UPDATE actions SET title = 'x' WHERE ref = 'DP-01'")
    with pytest.raises(StoreError, match="damaged"):
        set_passphrase(wales, PASSPHRASE)
    assert not is_locked(wales.root)


@pytest.mark.long
def test_a_database_behind_a_link_is_encrypted_and_restored_where_it_is_kept(wales: Workspace, tmp_path: Path) -> None:
    kept, link = tmp_path / "disk" / "office.db", wales.database.path
    wales.close()
    kept.parent.mkdir()
    link.replace(kept)
    link.symlink_to(kept)
    with closing(open_workspace(wales.root, TODAY)) as office:
        erase_person(office, "jeff-farrar")
        plain = make_backup(office, tmp_path / "plain.db").file
        set_passphrase(office, PASSPHRASE)
    restore_backup(wales.root, plain, TODAY, key=PASSPHRASE)
    assert link.is_symlink()
    assert is_encrypted(kept)
    assert [path.name for path in kept.parent.iterdir()] == ["office.db"]
    with closing(open_workspace(wales.root, TODAY, PASSPHRASE)) as office:
        assert find_faults(office) == []
        assert all(row.whole for row in list_backups(office)), "the backups have the key of the restored database"


def test_setting_a_passphrase_names_every_plain_copy(wales: Workspace, tmp_path: Path) -> None:
    outside = [
        make_backup(wales, tmp_path / "memory stick.db").file,
        export_everything(wales, tmp_path / "all.zip").file,
    ]
    gone = make_backup(wales, tmp_path / "gone.db").file
    create_pack(wales, tmp_path / "forum.ahtc", PASSPHRASE)
    gone.unlink()
    export, copied = wales.exports / "returns" / "log.xlsx", wales.root / "data" / "ahtc.db.old"
    export.parent.mkdir(parents=True)
    export.write_bytes(bytes(4096))
    shutil.copyfile(wales.database.path, copied)
    (wales.root / "notes.txt").write_text("Lunch", encoding="utf-8")
    report = set_passphrase(wales, PASSPHRASE)
    assert set(report.plain_copies) == {*outside, export, copied}


def test_erasing_a_person_forgets_paths_with_the_name(wales: Workspace, tmp_path: Path) -> None:
    names = [path.name for path in (make_backup(wales, tmp_path / name).file for name in ("Jeff Farrar.db", "x.db"))]
    erase_person(wales, "jeff-farrar")
    assert [path.name for path in set_passphrase(wales, PASSPHRASE).plain_copies] == names[1:]


@pytest.mark.long
def test_backups_that_a_killed_key_change_left_are_encrypted_on_the_next_start(
    wales: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = make_backup(wales).file
    for new in (PASSPHRASE, OTHER):
        office = open_workspace(wales.root, TODAY, PASSPHRASE if is_locked(wales.root) else None)
        change = change_passphrase if office.database.key else set_passphrase
        with monkeypatch.context() as patched:
            patched.setattr(passphrase, "rekey_backups", Mock(side_effect=KeyboardInterrupt))
            with pytest.raises(KeyboardInterrupt):
                change(office, new)
        office.close()
        with closing(open_workspace(wales.root, TODAY, new)) as office:
            assert is_encrypted(backup)
            assert all(row.whole for row in list_backups(office))
            assert query_rows(office, "SELECT * FROM setting WHERE name = 'former_key'") == []


def test_the_wrong_verb_names_the_right_one(wales: Workspace) -> None:
    with pytest.raises(Refused, match="passphrase set"):
        change_passphrase(wales, OTHER)
    with pytest.raises(Refused, match="passphrase set"):
        remove_passphrase(wales)
    set_passphrase(wales, PASSPHRASE)
    with (
        closing(open_workspace(wales.root, TODAY, PASSPHRASE)) as office,
        pytest.raises(Refused, match="passphrase change"),
    ):
        set_passphrase(office, OTHER)


def test_write_undo_search_and_check_work_with_a_passphrase(locked: Workspace) -> None:
    row = make_action(locked, title="Write to the health boards", lead="Bawso")
    undo_step(locked)
    redo_step(locked)
    with closing(locked.open_reader()) as reader:
        assert [each.ref for each in list_actions(reader, read_action_filter("health boards", today=TODAY))] == [
            row.ref
        ]
    assert find_faults(locked) == []
    locked.close()


@pytest.mark.long
def test_flipped_bits_in_an_encrypted_file_are_detected(locked: Workspace) -> None:
    path, key = locked.database.path, locked.database.key
    locked.close()
    original, chance = path.read_bytes(), Random(20131231)
    for _round in range(40):
        flipped = bytearray(original)
        flipped[at := chance.randrange(len(original))] ^= 1 << chance.randrange(8)
        path.write_bytes(flipped)
        try:
            with closing(Database(path, key)) as opened:
                assert integrity_check.find_faults(opened), at
        except StoreError:
            continue


@pytest.mark.long
def test_an_erasure_leaves_no_encrypted_copy(locked: Workspace) -> None:
    ref = plant_person(locked)
    erase_person(locked, ref)
    assert list_copies(locked.root) == []
    assert (locked.root / "data" / "erasures").exists()
    with closing(open_workspace(locked.root, TODAY, PASSPHRASE)) as reopened:
        remove_passphrase(reopened)
    assert list_copies(locked.root) == []


@pytest.mark.long
def test_an_erasure_before_the_passphrase_is_finished_on_the_next_start(locked: Workspace) -> None:
    """An older encrypted copy does not bring the person back."""
    ref = plant_person(locked)
    older = locked.database.path.read_bytes()
    erase_person(locked, ref)
    locked.close()
    locked.database.path.write_bytes(older)
    with closing(open_workspace(locked.root, TODAY, PASSPHRASE)) as reopened:
        assert query_rows(reopened, "SELECT name FROM parties WHERE name LIKE '%Quillfeather%'") == []


def test_a_migration_of_an_encrypted_file_leaves_an_encrypted_copy(
    locked: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked.close()
    scripts = tmp_path / "migrations"
    shutil.copytree(migrate.SCRIPTS, scripts)
    step = NEXT.partition("    with op.batch")[0]
    (scripts / "versions" / f"{SCHEMA_VERSION + 1:04}_regions.py").write_text(step)
    monkeypatch.setattr(migrate, "SCRIPTS", scripts)
    monkeypatch.setattr(driver, "SCHEMA_VERSION", SCHEMA_VERSION + 1)
    path = locked.database.path
    Database(path, PASSPHRASE).close()
    copy = path.parent / "backups" / f"ahtc-before-schema-{SCHEMA_VERSION + 1}.db"
    for file in (path, copy):
        assert is_encrypted(file)
    monkeypatch.setattr(driver, "SCHEMA_VERSION", SCHEMA_VERSION)
    Database(copy, PASSPHRASE).close()


def test_the_doctor_says_whether_the_file_is_encrypted(wales: Workspace) -> None:
    def read_message(opened: Callable[[], Workspace] | None = None) -> str:
        return next(detail for name, _ok, detail in examine_setup(wales.root, opened) if name == "passphrase")

    assert "none" in read_message()
    set_passphrase(wales, PASSPHRASE)
    assert "encrypted" in read_message(lambda: open_workspace(wales.root, TODAY, PASSPHRASE))
    assert next(detail for name, ok, detail in examine_setup(wales.root) if not ok).endswith("passphrase is wrong.")


def test_no_passphrase_is_stored_in_the_workspace(locked: Workspace) -> None:
    make_action(locked, title="Anything")
    journal = json.dumps(query_rows(locked, "SELECT label, user FROM step")) + json.dumps(
        query_rows(locked, "SELECT value FROM change")
    )
    locked.close()
    assert PASSPHRASE not in journal
    assert PASSPHRASE not in repr(locked)
    held = [path for path in locked.root.rglob("*") if path.is_file() and PASSPHRASE.encode() in path.read_bytes()]
    assert held == []
