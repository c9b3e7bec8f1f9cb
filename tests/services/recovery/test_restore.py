"""A restore looks the file through first, keeps what stands there, and gives back what was: no more, no less."""

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
from ahtc_tui.services.doctor import faults
from ahtc_tui.services.history import redo, undo
from ahtc_tui.services.opening import make_workspace, open_workspace
from ahtc_tui.services.privacy.erasure import erase_person
from ahtc_tui.services.recovery import restore as restoring
from ahtc_tui.services.recovery.restore import restore
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.backup.snapshot import looked_at
from ahtc_tui.store.engine import atomic_replace, driver
from ahtc_tui.store.engine.creation import create
from ahtc_tui.store.engine.database import Database
from ahtc_tui.store.engine.migrate import migrate
from tests.builders import TODAY, an_action, an_update, ask, foreign_hand, live_rows

DEVICE = "SELECT value FROM setting WHERE name = 'device'"


def reopened(root: Path) -> closing[Workspace]:
    """The office of a folder, as the next command finds it."""
    return closing(open_workspace(root, TODAY))


def rows_in(file: Path, office: Workspace) -> dict[str, list[tuple[object, ...]]]:
    """The records that stand in a backup."""
    with looked_at(file) as copy:
        return live_rows(replace(office, database=copy))


def test_what_was_is_back_and_what_stood_there_is_kept(busy: Workspace, tmp_path: Path) -> None:
    then = live_rows(busy)
    file = make_backup(busy, tmp_path / "copy.db").file
    an_action(busy, title="Since then")
    later = live_rows(busy)
    done = restore(busy.root, file, TODAY)
    assert done.done
    assert done.replaced is not None
    assert done.replaced.parent == busy.root / "data" / "backups"
    with reopened(busy.root) as office:
        assert live_rows(office) == then
        assert faults(office) == []
        assert rows_in(done.replaced, office) == later
        restore(busy.root, done.replaced, TODAY)
    with reopened(busy.root) as office:
        assert live_rows(office) == later, "a restore is taken back by another one"
    assert sorted(path.name for path in (busy.root / "data").iterdir()) == ["ahtc.db", "backups"]


def test_a_dry_run_looks_the_file_through_and_changes_nothing(busy: Workspace, tmp_path: Path) -> None:
    file = make_backup(busy, tmp_path / "copy.db").file
    before = busy.database.path.read_bytes()
    told = restore(busy.root, file, TODAY, dry_run=True)
    assert (told.done, told.what, told.replaced) == (False, "asked", None)
    assert busy.database.path.read_bytes() == before
    assert not (busy.root / "data" / "backups").exists()


def test_a_lost_laptop_is_made_anew_from_a_backup_alone(busy: Workspace, tmp_path: Path) -> None:
    file = make_backup(busy, tmp_path / "copy.db").file
    done = restore(tmp_path / "new" / "office", file, TODAY)
    assert done.replaced is None
    with reopened(tmp_path / "new" / "office") as office:
        assert live_rows(office) == live_rows(busy)
    assert done.database.stat().st_mode & 0o777 == 0o600
    assert done.database.parent.stat().st_mode & 0o777 == 0o700


def test_a_restored_copy_is_a_device_of_its_own_and_undo_goes_on(busy: Workspace, tmp_path: Path) -> None:
    an_action(busy, title="The last before the backup")
    file = make_backup(busy, tmp_path / "copy.db").file
    an_action(busy, title="Lost with the restore")
    [(device,)] = ask(busy, DEVICE)
    restore(busy.root, file, TODAY)
    with reopened(busy.root) as office:
        assert ask(office, DEVICE) != [(device,)]
        an_action(office, title="After the restore")
        assert undo(office) == "add After the restore"
        assert undo(office) == "add The last before the backup"
        assert redo(office) == "add The last before the backup"
        assert ask(office, "SELECT count(*) FROM setting WHERE name = 'backup'") == [(0,)]
        again = make_backup(office, tmp_path / "again.db").file
    restore(busy.root, again, TODAY)
    with reopened(busy.root) as office:
        assert undo(office) == "add The last before the backup", "two restores on"


def test_what_the_former_device_wrote_after_the_backup_is_somebody_elses_when_it_comes_back(
    busy: Workspace, tmp_path: Path
) -> None:
    file = make_backup(busy, tmp_path / "copy.db").file
    an_action(busy, title="Lost, and merged again")
    restore(busy.root, file, TODAY)
    with reopened(busy.root) as office:
        lines = ask(busy, "SELECT * FROM step ORDER BY seq DESC LIMIT 1")
        with office.database.write("merge") as ledger:
            ledger.cursor.execute("INSERT INTO step VALUES (?, ?, ?, ?, ?, ?, ?, ?)", lines[0])
        assert undo(office) != "add Lost, and merged again"


def test_no_reference_is_given_twice_after_a_restore(busy: Workspace, tmp_path: Path) -> None:
    file = make_backup(busy, tmp_path / "copy.db").file
    lost = an_action(busy, title="Sent to a lead, then lost").ref
    restore(busy.root, file, TODAY)
    with reopened(busy.root) as office:
        assert an_action(office, title="Another").ref > lost


def test_who_was_erased_since_is_erased_again_before_anybody_sees_it(busy: Workspace, tmp_path: Path) -> None:
    file = make_backup(busy, tmp_path / "copy.db").file
    assert b"Farrar" in file.read_bytes()
    erase_person(busy, "jeff-farrar")
    done = restore(busy.root, file, TODAY)
    assert done.erased_again == 1
    assert b"Farrar" not in done.database.read_bytes(), "not even before the next start"
    with reopened(busy.root) as office:
        assert faults(office) == []
        with pytest.raises(Refused, match="erased"):
            undo(office)
    assert restore(busy.root, list_backups(busy)[0].file, TODAY).erased_again == 0


def test_erasures_are_not_forgotten_with_a_lost_list(busy: Workspace, tmp_path: Path) -> None:
    file = make_backup(busy, tmp_path / "copy.db").file
    erase_person(busy, "jeff-farrar")
    (busy.root / "data" / "erasures").unlink()
    assert restore(busy.root, file, TODAY).erased_again == 1, "the database that is replaced knows it as well"


def journal(office: Workspace, tail: str) -> None:
    """A rollback journal or log of another database beside this one, hot."""
    other = office.root / "other.db"
    with closing(sqlite3.connect(other, isolation_level=None)) as connection:
        if tail == "-wal":
            connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE stale (x)")
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany("INSERT INTO stale VALUES (?)", [("x" * 4000,)] * 200)
        if tail == "-wal":
            connection.execute("COMMIT")
        side = other.with_name(other.name + tail)
        assert side.stat().st_size > 1000, "the journal is not hot: the test shows nothing"
        shutil.copy(side, office.database.path.with_name(office.database.path.name + tail))


@pytest.mark.parametrize("tail", ["-journal", "-wal"])
def test_a_stale_journal_beside_the_old_database_is_not_played_into_the_new_one(
    busy: Workspace, tmp_path: Path, tail: str
) -> None:
    then = live_rows(busy)
    file = make_backup(busy, tmp_path / "copy.db").file
    busy.database.close()
    busy.database.path.unlink()
    journal(busy, tail)
    restore(busy.root, file, TODAY)
    assert [path.name for path in (busy.root / "data").iterdir()] == ["ahtc.db"]
    with reopened(busy.root) as office:
        assert live_rows(office) == then
        assert faults(office) == []


def test_a_stale_journal_beside_the_backup_is_not_heeded(busy: Workspace, tmp_path: Path) -> None:
    then = live_rows(busy)
    file = make_backup(busy, tmp_path / "copy.db").file
    journal(busy, "-journal")
    shutil.move(busy.database.path.with_name("ahtc.db-journal"), tmp_path / "copy.db-journal")
    whole = file.read_bytes()
    restore(busy.root, file, TODAY)
    with reopened(busy.root) as office:
        assert live_rows(office) == then
    assert file.read_bytes() == whole, "the backup itself is only read"


def test_a_database_that_is_damaged_is_kept_as_it_was(busy: Workspace, tmp_path: Path) -> None:
    file = make_backup(busy, tmp_path / "copy.db").file
    then = live_rows(busy)
    busy.database.close()
    damaged = busy.database.path.read_bytes()[:5000] + b"rubbish" * 3000
    busy.database.path.write_bytes(damaged)
    busy.database.path.with_name("ahtc.db-wal").write_bytes(b"what came last")
    done = restore(busy.root, file, TODAY)
    assert (done.replaced_whole, done.replaced and done.replaced.read_bytes()) == (False, damaged)
    assert done.replaced
    assert done.replaced.with_name(done.replaced.name + "-wal").read_bytes() == b"what came last"
    with reopened(busy.root) as office:
        assert live_rows(office) == then


def test_a_database_with_one_wrong_value_is_kept_as_it_was_too(busy: Workspace, tmp_path: Path) -> None:
    file = make_backup(busy, tmp_path / "copy.db").file
    foreign_hand(busy.database.path, "UPDATE actions SET title = 'x' WHERE ref = 'DP-01'")
    done = restore(busy.root, file, TODAY)
    assert not done.replaced_whole
    with reopened(busy.root) as office:
        assert show_action(office, "DP-01").row.title != "x"


def of_another_program(path: Path) -> None:
    path.unlink()
    foreign_hand(path, "CREATE TABLE t (x)")


def newer(path: Path) -> None:
    foreign_hand(path, f"PRAGMA user_version = {driver.SCHEMA + 1}")


def wrong_value(path: Path) -> None:
    foreign_hand(path, "UPDATE actions SET title = 'x' WHERE ref = 'DP-01'")


def cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-8192])


def open_elsewhere(path: Path) -> None:
    foreign_hand(path, "PRAGMA journal_mode = WAL")
    path.with_name(path.name + "-wal").write_bytes(bytes(100))


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda path: path.unlink(), "cannot be read: No such file"),
        (lambda path: path.write_bytes(b""), "is empty"),
        (lambda path: path.write_text("PK no database"), "is not a database of ahtc"),
        (of_another_program, "of another program"),
        (newer, "written by a newer ahtc"),
        (wrong_value, "not whole"),
        (cut_off, "not whole|damaged"),
        (lambda path: foreign_hand(path, "DELETE FROM setting WHERE name = 'device'"), "seal"),
        (open_elsewhere, "was not closed"),
        (lambda path: (path.unlink(), path.mkdir()), "cannot be read: Is a directory"),
    ],
)
def test_a_file_that_is_no_whole_backup_is_refused_and_nothing_changes(
    busy: Workspace, tmp_path: Path, spoil: Callable[[Path], object], reason: str
) -> None:
    file = make_backup(busy, tmp_path / "copy.db").file
    spoil(file)
    before = busy.database.path.read_bytes()
    for dry_run in (True, False):
        with pytest.raises(BadFile, match=reason) as refused:
            restore(busy.root, file, TODAY, dry_run=dry_run)
        assert str(file) in str(refused.value)
    assert busy.database.path.read_bytes() == before
    assert [path.name for path in (busy.root / "data").iterdir()] == ["ahtc.db"]


def test_the_database_itself_is_no_backup_of_it(busy: Workspace) -> None:
    with pytest.raises(Refused, match="is the database itself"):
        restore(busy.root, busy.database.path, TODAY)


def test_a_copy_that_was_made_by_hand_is_restored_as_well(busy: Workspace, tmp_path: Path) -> None:
    busy.database.close()
    copy = shutil.copy(busy.database.path, tmp_path / "by hand.db")
    done = restore(busy.root, Path(copy), TODAY)
    assert (done.made, done.what, done.done) == (None, "", True)


def test_a_backup_that_is_put_in_place_by_hand_becomes_a_database_of_its_own(busy: Workspace, tmp_path: Path) -> None:
    an_action(busy, title="The last before the backup")
    file = make_backup(busy, tmp_path / "copy.db").file
    [(device,)] = ask(busy, DEVICE)
    busy.database.close()
    shutil.copy(file, busy.database.path)
    with reopened(busy.root) as office:
        assert ask(office, DEVICE) != [(device,)]
        assert undo(office) == "add The last before the backup"
        make_backup(office, tmp_path / "next.db")
        assert restore(tmp_path / "third", tmp_path / "next.db", TODAY).done


def test_an_open_screen_does_not_write_into_what_was_replaced(busy: Workspace, tmp_path: Path) -> None:
    file = make_backup(busy, tmp_path / "copy.db").file
    restore(busy.root, file, TODAY)
    with pytest.raises(StoreError, match="was replaced by another file: nothing was changed"):
        an_action(busy, title="Into nowhere")
    with reopened(busy.root) as office:
        assert an_action(office, title="Into the database").title == "Into the database"


def test_nobody_writes_between_the_keeping_and_the_replacing(
    busy: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = make_backup(busy, tmp_path / "copy.db").file
    other = busy.reader()
    monkeypatch.setattr(driver, "BUSY_SECONDS", 0.1)
    other = open_workspace(busy.root, TODAY)
    put = atomic_replace.put_in_place

    def meanwhile(*arguments: object) -> None:
        with pytest.raises(StoreError, match="in use by another program"):
            an_update(other, "DP-12", "In between")
        put(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(restoring, "put_in_place", meanwhile)
    assert restore(busy.root, file, TODAY).done
    other.close()


def test_a_disk_that_says_no_at_the_last_moment_changes_nothing(
    busy: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = make_backup(busy, tmp_path / "copy.db").file
    an_action(busy, title="Since then")
    before = live_rows(busy)

    def refused(_part: Path, _target: Path) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patched:
        patched.setattr(
            Path,
            "replace",
            lambda part, target: refused(part, target) if target.name == "ahtc.db" else part.rename(target),
        )
        with pytest.raises(StoreError, match=r"was not replaced: Permission denied\. What stood there is unchanged"):
            restore(busy.root, file, TODAY)
    assert live_rows(busy) == before
    assert sorted(path.name for path in (busy.root / "data").iterdir()) == ["ahtc.db", "backups"]
    an_action(busy, title="Work goes on")


def test_a_migration_copies_a_sound_file_only(busy: Workspace) -> None:
    copy = migrate(busy.database.path)
    assert [row.file for row in list_backups(busy)] == [copy]
    busy.database.close()
    foreign_hand(busy.database.path, "PRAGMA foreign_keys = OFF", "DELETE FROM objectives")
    with pytest.raises(StoreError, match="is damaged, and was not brought to the new schema"):
        migrate(busy.database.path)
    assert not copy.exists()


def test_an_office_made_anew_restores_the_backup_of_another(wales: Workspace, tmp_path: Path) -> None:
    file = make_backup(wales, tmp_path / "copy.db").file
    make_workspace(tmp_path / "empty", None)
    restore(tmp_path / "empty", file, TODAY)
    with reopened(tmp_path / "empty") as office:
        assert len(live_rows(office)["actions"]) == 44


def test_a_backup_of_an_encrypted_database_is_encrypted_and_comes_back_with_its_key(tmp_path: Path) -> None:
    key, root = "o'r gorau, Siân", tmp_path / "office"
    create(root / "data" / "ahtc.db", key)
    office = Workspace(root, Database(root / "data" / "ahtc.db", key), lambda: TODAY)
    an_action(office, title="Behind a key")
    file = make_backup(office, tmp_path / "copy.db").file
    assert backup.before(office, "import") == backup.before(office, "merge")
    assert all(row.whole for row in list_backups(office))
    office.close()
    assert b"Behind a key" not in file.read_bytes()
    for wrong in (None, "guess"):
        with pytest.raises(BadFile, match="passphrase is not right"):
            restore(tmp_path / "new", file, TODAY, key=wrong)
    done = restore(tmp_path / "new", file, TODAY, key=key)
    with closing(Database(done.database, key)) as opened:
        assert [row[0] for row in opened.connection.execute("SELECT title FROM actions")] == ["Behind a key"]
    assert b"Behind a key" not in done.database.read_bytes()
