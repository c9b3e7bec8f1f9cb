"""A restore checks the file, keeps the present database, and brings back exactly the backup."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from ahtc_tui.domain.errors import BadFile, Refused, StoreError
from ahtc_tui.services import backup
from ahtc_tui.services.actions.service import show_action
from ahtc_tui.services.backup import list_backups, make_backup
from ahtc_tui.services.doctor import find_faults
from ahtc_tui.services.history import redo_step, undo_step
from ahtc_tui.services.opening import make_workspace, open_workspace
from ahtc_tui.services.privacy.erasure import erase_person
from ahtc_tui.services.recovery import restore as restoring
from ahtc_tui.services.recovery.restore import restore_backup
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.backup.snapshot import open_snapshot
from ahtc_tui.store.engine import creation, driver
from ahtc_tui.store.engine.creation import create_database
from ahtc_tui.store.engine.database import Database
from ahtc_tui.store.engine.migrate import migrate_database
from tests.builders import TODAY, edit_database_directly, make_action, make_update, query_rows, read_live_rows

DEVICE = "SELECT value FROM setting WHERE name = 'device'"


def reopen(root: Path) -> closing[Workspace]:
    """Open the workspace of a folder as the next command does."""
    return closing(open_workspace(root, TODAY))


def rows_in(file: Path, office: Workspace) -> dict[str, list[tuple[object, ...]]]:
    """Return the records in a backup."""
    with open_snapshot(file) as copy:
        return read_live_rows(replace(office, database=copy))


def test_a_restore_brings_back_the_backup_and_keeps_the_replaced_file(busy: Workspace, tmp_path: Path) -> None:
    then = read_live_rows(busy)
    file = make_backup(busy, tmp_path / "copy.db").file
    make_action(busy, title="Since then")
    later = read_live_rows(busy)
    restored = restore_backup(busy.root, file, TODAY)
    assert restored.done
    assert restored.replaced is not None
    assert restored.replaced.parent == busy.root / "data" / "backups"
    with reopen(busy.root) as office:
        assert read_live_rows(office) == then
        assert find_faults(office) == []
        assert rows_in(restored.replaced, office) == later
        restore_backup(busy.root, restored.replaced, TODAY)
    with reopen(busy.root) as office:
        assert read_live_rows(office) == later, "a restore is taken back by another one"
    assert sorted(path.name for path in (busy.root / "data").iterdir()) == ["ahtc.db", "backups"]


def test_a_dry_run_checks_the_file_and_changes_nothing(busy: Workspace, tmp_path: Path) -> None:
    file = make_backup(busy, tmp_path / "copy.db").file
    before = busy.database.path.read_bytes()
    restored = restore_backup(busy.root, file, TODAY, dry_run=True)
    assert (restored.done, restored.what, restored.replaced) == (False, "asked", None)
    assert busy.database.path.read_bytes() == before
    assert not (busy.root / "data" / "backups").exists()


def test_a_workspace_is_recreated_from_a_backup_alone(busy: Workspace, tmp_path: Path) -> None:
    file = make_backup(busy, tmp_path / "copy.db").file
    restored = restore_backup(tmp_path / "new" / "office", file, TODAY)
    assert restored.replaced is None
    with reopen(tmp_path / "new" / "office") as office:
        assert read_live_rows(office) == read_live_rows(busy)
    assert restored.database.stat().st_mode & 0o777 == 0o600
    assert restored.database.parent.stat().st_mode & 0o777 == 0o700


def test_a_restored_copy_has_its_own_device_id_and_undo_continues(busy: Workspace, tmp_path: Path) -> None:
    make_action(busy, title="The last before the backup")
    file = make_backup(busy, tmp_path / "copy.db").file
    make_action(busy, title="Lost with the restore")
    [(device,)] = query_rows(busy, DEVICE)
    restore_backup(busy.root, file, TODAY)
    with reopen(busy.root) as office:
        assert query_rows(office, DEVICE) != [(device,)]
        make_action(office, title="After the restore")
        assert undo_step(office) == "add After the restore"
        assert undo_step(office) == "add The last before the backup"
        assert redo_step(office) == "add The last before the backup"
        assert query_rows(office, "SELECT count(*) FROM setting WHERE name = 'backup'") == [(0,)]
        second_backup = make_backup(office, tmp_path / "again.db").file
    restore_backup(busy.root, second_backup, TODAY)
    with reopen(busy.root) as office:
        assert undo_step(office) == "add The last before the backup", "two restores on"


def test_later_writes_of_the_former_device_are_foreign(busy: Workspace, tmp_path: Path) -> None:
    file = make_backup(busy, tmp_path / "copy.db").file
    make_action(busy, title="Lost, and merged again")
    restore_backup(busy.root, file, TODAY)
    with reopen(busy.root) as office:
        lines = query_rows(busy, "SELECT * FROM step ORDER BY seq DESC LIMIT 1")
        with office.database.write("merge") as ledger:
            ledger.cursor.execute("INSERT INTO step VALUES (?, ?, ?, ?, ?, ?, ?, ?)", lines[0])
        assert undo_step(office) != "add Lost, and merged again"


def test_no_reference_is_issued_twice_after_a_restore(busy: Workspace, tmp_path: Path) -> None:
    file = make_backup(busy, tmp_path / "copy.db").file
    lost = make_action(busy, title="Sent to a lead, then lost").ref
    restore_backup(busy.root, file, TODAY)
    with reopen(busy.root) as office:
        assert make_action(office, title="Another").ref > lost


def test_persons_erased_since_the_backup_are_erased_again(busy: Workspace, tmp_path: Path) -> None:
    file = make_backup(busy, tmp_path / "copy.db").file
    assert b"Farrar" in file.read_bytes()
    erase_person(busy, "jeff-farrar")
    restored = restore_backup(busy.root, file, TODAY)
    assert restored.erased_again == 1
    assert b"Farrar" not in restored.database.read_bytes(), "not even before the next start"
    with reopen(busy.root) as office:
        assert find_faults(office) == []
        with pytest.raises(Refused, match="erased"):
            undo_step(office)
    assert restore_backup(busy.root, list_backups(busy)[0].file, TODAY).erased_again == 0


def test_erasures_survive_the_loss_of_the_register_file(busy: Workspace, tmp_path: Path) -> None:
    file = make_backup(busy, tmp_path / "copy.db").file
    erase_person(busy, "jeff-farrar")
    (busy.root / "data" / "erasures").unlink()
    assert restore_backup(busy.root, file, TODAY).erased_again == 1, "the database that is replaced knows it as well"


def leave_stale_journal(office: Workspace, tail: str) -> None:
    """Leave a hot rollback journal or log of another database next to this one."""
    scratch = office.root / "other.db"
    with closing(sqlite3.connect(scratch, isolation_level=None)) as connection:
        if tail == "-wal":
            connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE stale (x)")
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany("INSERT INTO stale VALUES (?)", [("x" * 4000,)] * 200)
        if tail == "-wal":
            connection.execute("COMMIT")
        side = scratch.with_name(scratch.name + tail)
        assert side.stat().st_size > 1000, "the journal is not hot: the test shows nothing"
        shutil.copy(side, office.database.path.with_name(office.database.path.name + tail))


@pytest.mark.sample(2)
@pytest.mark.parametrize("tail", ["-journal", "-wal"])
def test_a_stale_journal_of_the_old_database_is_not_played_back(busy: Workspace, tmp_path: Path, tail: str) -> None:
    then = read_live_rows(busy)
    file = make_backup(busy, tmp_path / "copy.db").file
    busy.database.close()
    busy.database.path.unlink()
    leave_stale_journal(busy, tail)
    restore_backup(busy.root, file, TODAY)
    assert [path.name for path in (busy.root / "data").iterdir()] == ["ahtc.db"]
    with reopen(busy.root) as office:
        assert read_live_rows(office) == then
        assert find_faults(office) == []


def test_a_stale_journal_beside_the_backup_is_ignored(busy: Workspace, tmp_path: Path) -> None:
    then = read_live_rows(busy)
    file = make_backup(busy, tmp_path / "copy.db").file
    leave_stale_journal(busy, "-journal")
    shutil.move(busy.database.path.with_name("ahtc.db-journal"), tmp_path / "copy.db-journal")
    original = file.read_bytes()
    restore_backup(busy.root, file, TODAY)
    with reopen(busy.root) as office:
        assert read_live_rows(office) == then
    assert file.read_bytes() == original, "the backup itself is only read"


def test_a_damaged_database_is_preserved(busy: Workspace, tmp_path: Path) -> None:
    file = make_backup(busy, tmp_path / "copy.db").file
    then = read_live_rows(busy)
    busy.database.close()
    damaged = busy.database.path.read_bytes()[:5000] + b"rubbish" * 3000
    busy.database.path.write_bytes(damaged)
    busy.database.path.with_name("ahtc.db-wal").write_bytes(b"what came last")
    restored = restore_backup(busy.root, file, TODAY)
    assert (restored.replaced_whole, restored.replaced and restored.replaced.read_bytes()) == (False, damaged)
    assert restored.replaced
    assert restored.replaced.with_name(restored.replaced.name + "-wal").read_bytes() == b"what came last"
    with reopen(busy.root) as office:
        assert read_live_rows(office) == then


def test_a_database_with_one_wrong_value_is_preserved(busy: Workspace, tmp_path: Path) -> None:
    file = make_backup(busy, tmp_path / "copy.db").file
    edit_database_directly(busy.database.path, "UPDATE actions SET title = 'x' WHERE ref = 'DP-01'")
    restored = restore_backup(busy.root, file, TODAY)
    assert not restored.replaced_whole
    with reopen(busy.root) as office:
        assert show_action(office, "DP-01").row.title != "x"


def of_another_program(path: Path) -> None:
    path.unlink()
    edit_database_directly(path, "CREATE TABLE t (x)")


def write_newer_schema(path: Path) -> None:
    edit_database_directly(path, f"PRAGMA user_version = {driver.SCHEMA_VERSION + 1}")


def wrong_value(path: Path) -> None:
    edit_database_directly(path, "UPDATE actions SET title = 'x' WHERE ref = 'DP-01'")


def cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-8192])


def open_elsewhere(path: Path) -> None:
    edit_database_directly(path, "PRAGMA journal_mode = WAL")
    path.with_name(path.name + "-wal").write_bytes(bytes(100))


@pytest.mark.sample(3)
@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda path: path.unlink(), "There is no file"),
        (lambda path: path.write_bytes(b""), "is empty"),
        (lambda path: path.write_text("PK no database"), "is not a database of ahtc"),
        (of_another_program, "of another program"),
        (write_newer_schema, "saved by a newer version of ahtc"),
        (wrong_value, "is damaged"),
        (cut_off, "is damaged"),
        (lambda path: edit_database_directly(path, "DELETE FROM setting WHERE name = 'device'"), "seal"),
        (open_elsewhere, "was not closed"),
        (lambda path: (path.unlink(), path.mkdir()), "cannot be read: Is a directory"),
    ],
)
def test_a_file_that_is_no_sound_backup_is_refused(
    busy: Workspace, tmp_path: Path, spoil: Callable[[Path], object], reason: str
) -> None:
    file = make_backup(busy, tmp_path / "copy.db").file
    spoil(file)
    before = busy.database.path.read_bytes()
    for root, dry_run in ((busy.root, True), (busy.root, False), (tmp_path / "new" / "office", False)):
        with pytest.raises(BadFile, match=reason) as refused:
            restore_backup(root, file, TODAY, dry_run=dry_run)
        assert str(file) in str(refused.value)
    assert not (tmp_path / "new").exists()
    assert busy.database.path.read_bytes() == before
    assert [path.name for path in (busy.root / "data").iterdir()] == ["ahtc.db"]


def test_the_database_itself_is_refused_as_a_backup(busy: Workspace) -> None:
    with pytest.raises(Refused, match="is the database itself"):
        restore_backup(busy.root, busy.database.path, TODAY)


def test_a_manual_copy_can_be_restored(busy: Workspace, tmp_path: Path) -> None:
    busy.database.close()
    copy = shutil.copy(busy.database.path, tmp_path / "by hand.db")
    restored = restore_backup(busy.root, Path(copy), TODAY)
    assert (restored.made, restored.what, restored.done) == (None, "", True)


def test_a_backup_put_in_place_by_hand_becomes_a_normal_database(busy: Workspace, tmp_path: Path) -> None:
    make_action(busy, title="The last before the backup")
    file = make_backup(busy, tmp_path / "copy.db").file
    [(device,)] = query_rows(busy, DEVICE)
    busy.database.close()
    shutil.copy(file, busy.database.path)
    with reopen(busy.root) as office:
        assert query_rows(office, DEVICE) != [(device,)]
        assert undo_step(office) == "add The last before the backup"
        make_backup(office, tmp_path / "next.db")
        assert restore_backup(tmp_path / "third", tmp_path / "next.db", TODAY).done


def test_an_open_connection_does_not_write_to_the_replaced_file(busy: Workspace, tmp_path: Path) -> None:
    file = make_backup(busy, tmp_path / "copy.db").file
    restore_backup(busy.root, file, TODAY)
    with pytest.raises(StoreError, match=r"was replaced by another file\. Nothing was changed"):
        make_action(busy, title="Into nowhere")
    with reopen(busy.root) as office:
        assert make_action(office, title="Into the database").title == "Into the database"


def test_writes_are_blocked_between_backup_and_replacement(
    busy: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = make_backup(busy, tmp_path / "copy.db").file
    old_reader = busy.open_reader()
    monkeypatch.setattr(driver, "BUSY_SECONDS", 0.1)
    old_reader = open_workspace(busy.root, TODAY)
    put = creation.replace_file

    def write_meanwhile(*arguments: object) -> None:
        with pytest.raises(StoreError, match="Another window or program is writing"):
            make_update(old_reader, "DP-12", "In between")
        put(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(restoring, "replace_file", write_meanwhile)
    assert restore_backup(busy.root, file, TODAY).done
    old_reader.close()


def test_a_failed_replacement_changes_nothing(busy: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = make_backup(busy, tmp_path / "copy.db").file
    make_action(busy, title="Since then")
    before = read_live_rows(busy)

    def raise_os_error(_part: Path, _target: Path) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patched:
        patched.setattr(
            Path,
            "replace",
            lambda part, target: raise_os_error(part, target) if target.name == "ahtc.db" else part.rename(target),
        )
        with pytest.raises(StoreError, match=r"was not replaced: Permission denied\. The existing file is unchanged"):
            restore_backup(busy.root, file, TODAY)
    assert read_live_rows(busy) == before
    assert sorted(path.name for path in (busy.root / "data").iterdir()) == ["ahtc.db", "backups"]
    make_action(busy, title="Work goes on")


def test_a_damaged_file_is_not_migrated(busy: Workspace) -> None:
    copy = migrate_database(busy.database.path)
    assert [row.file for row in list_backups(busy)] == [copy]
    busy.database.close()
    edit_database_directly(busy.database.path, "PRAGMA foreign_keys = OFF", "DELETE FROM objectives")
    with pytest.raises(StoreError, match="is damaged and was not migrated"):
        migrate_database(busy.database.path)
    assert not copy.exists()


def test_a_new_workspace_restores_the_backup_of_another(wales: Workspace, tmp_path: Path) -> None:
    file = make_backup(wales, tmp_path / "copy.db").file
    make_workspace(tmp_path / "empty", None)
    restore_backup(tmp_path / "empty", file, TODAY)
    with reopen(tmp_path / "empty") as office:
        assert len(read_live_rows(office)["actions"]) == 44


@pytest.mark.long
def test_a_backup_of_an_encrypted_database_is_restored_with_its_key(tmp_path: Path) -> None:
    key, root = "o'r gorau, Siân", tmp_path / "office"
    create_database(root / "data" / "ahtc.db", key)
    office = Workspace(root, Database(root / "data" / "ahtc.db", key), lambda: TODAY)
    make_action(office, title="Behind a key")
    file = make_backup(office, tmp_path / "copy.db").file
    assert backup.back_up_before(office, "import") == backup.back_up_before(office, "merge")
    assert all(row.whole for row in list_backups(office))
    office.close()
    assert b"Behind a key" not in file.read_bytes()
    for wrong in (None, "guess"):
        with pytest.raises(BadFile, match="passphrase is wrong"):
            restore_backup(tmp_path / "new", file, TODAY, key=wrong)
    restored = restore_backup(tmp_path / "new", file, TODAY, key=key)
    with closing(Database(restored.database, key)) as opened:
        assert [row[0] for row in opened.connection.execute("SELECT title FROM actions")] == ["Behind a key"]
    assert b"Behind a key" not in restored.database.read_bytes()
