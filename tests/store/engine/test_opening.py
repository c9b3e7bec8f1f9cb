"""Opening a database: its settings, and the error messages for other files."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from ahtc_tui.domain.actions.filters import read_action_filter
from ahtc_tui.domain.errors import NotFound, StoreError
from ahtc_tui.services.actions.service import add_action, list_actions
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine import driver
from ahtc_tui.store.engine.creation import create_database
from ahtc_tui.store.engine.database import Database
from ahtc_tui.store.engine.driver import open_connection
from tests.builders import TODAY, edit_database_directly, make_action, make_action_draft, query_rows


def write_text_file(path: Path) -> None:
    path.write_text("Minutes of the Leadership Group, 17 December 2013. " * 40)


def write_zip_file(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("minutes.txt", "Apologies were received.")


def somebody_elses(path: Path) -> None:
    edit_database_directly(path, "PRAGMA journal_mode = WAL", "CREATE TABLE mail (subject TEXT)")


def write_newer_schema(path: Path) -> None:
    create_database(path)
    edit_database_directly(path, f"PRAGMA user_version = {driver.SCHEMA_VERSION + 1}")


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (Path.touch, "is empty"),
        (write_text_file, "is not a database of ahtc"),
        (write_zip_file, "is not a database of ahtc"),
        (somebody_elses, "of another program"),
        (write_newer_schema, "newer version of ahtc"),
        (Path.mkdir, "cannot be opened"),
    ],
)
def test_a_foreign_file_is_refused_and_left_unchanged(make: object, sentence: str, tmp_path: Path) -> None:
    path = tmp_path / "ahtc.db"
    make(path)  # type: ignore[operator]
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(StoreError, match=sentence) as refused:
        Database(path)
    assert refused.value.exit_code == 5
    assert str(refused.value).count("\n") == 0
    assert (path.read_bytes() if path.is_file() else None) == before
    assert not list(tmp_path.glob("*-journal"))


def test_a_missing_database_names_the_command_that_creates_one(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="ahtc init"):
        Database(tmp_path / "ahtc.db")


def test_a_folder_without_permission_gives_one_error_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def deny_access(_path: Path) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "stat", deny_access)
    with pytest.raises(StoreError, match="cannot be opened: Permission denied"):
        Database(tmp_path / "ahtc.db")


def test_pragmas_for_durability_and_secure_delete_are_set(workspace: Workspace) -> None:
    settings = ("foreign_keys", "secure_delete", "journal_mode", "synchronous", "temp_store")
    assert [query_rows(workspace, f"PRAGMA {name}")[0][0] for name in settings] == [1, 1, "delete", 3, 2]


def test_only_the_owner_may_read_the_database_file(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        create_database(tmp_path / "office" / "data" / "ahtc.db")
    finally:
        os.umask(before)
    assert (tmp_path / "office" / "data" / "ahtc.db").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "office" / "data").stat().st_mode & 0o777 == 0o700


def test_any_sqlite_program_reads_the_database(wales: Workspace) -> None:
    with closing(sqlite3.connect(wales.database.path)) as connection:
        assert connection.execute("SELECT count(*) FROM actions").fetchone() == (44,)
        assert connection.execute("SELECT ref FROM search WHERE search MATCH 'bawso' LIMIT 1").fetchone()


def test_a_passphrase_is_asked_for_without_a_word_on_stderr(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "ahtc.db"
    create_database(path, "o'r gorau, Siân")
    assert not path.read_bytes().startswith(b"SQLite format 3")
    Database(path, "o'r gorau, Siân").close()
    for wrong in ("o'r gorau, Sian", "", None):
        with pytest.raises(StoreError, match="passphrase is wrong"):
            Database(path, wrong)
    assert capfd.readouterr() == ("", "")


def test_a_second_window_reads_while_the_first_writes(wales: Workspace) -> None:
    reader = wales.open_reader()
    try:
        make_action(wales, title="From the first window")
        rows = list_actions(reader, read_action_filter("first window", today=TODAY))
    finally:
        reader.close()
    assert [row.title for row in rows] == ["From the first window"]


HOLDER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.readline()
"""


def test_a_locked_database_gives_one_error_message_after_the_timeout(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(driver, "BUSY_SECONDS", 0.2)
    path = workspace.database.path
    held_up = Database(path)
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(StoreError, match="Another window or program is writing"):
            Database(path)
        with pytest.raises(StoreError, match="Another window or program is writing"), held_up.write("add"):
            pass
        holder.communicate("\n")
    held_up.close()
    assert add_action(workspace, make_action_draft(title="Now it goes")).ref == "DP-01"


def test_nested_write_transactions_raise(workspace: Workspace) -> None:
    with workspace.database.write("outer") as ledger:
        ledger.add("areas", {"ref": "mid-wales", "kind": "place", "name": "Mid Wales", "source": "para 1"})
        with pytest.raises(RuntimeError), workspace.database.write("inner"):
            pass
    assert query_rows(workspace, "SELECT ref FROM areas WHERE kind = 'place'") == [("mid-wales",)]


def test_an_interrupted_search_raises_and_the_next_one_works(wales: Workspace) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    with wales.database.read() as cursor:
        wales.database.connection.set_progress_handler(wales.database.interrupt, 10_000)
        with pytest.raises(Exception, match="interrupted"):
            cursor.execute(endless).fetchall()
    wales.database.connection.set_progress_handler(None, 0)
    assert query_rows(wales, "SELECT count(*) FROM actions") == [(44,)]
    with pytest.raises(StoreError, match="rejected the change: no such table"):
        query_rows(wales, "SELECT * FROM victims")


@pytest.mark.parametrize(("names", "user"), [({"AHTC_USER": "Siân\x1b[2J"}, "Siân[2J"), ({"LOGNAME": "jeff"}, "jeff")])
def test_the_journal_stores_a_printable_user_name(
    names: dict[str, str], user: str, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("AHTC_USER", "USER", "USERNAME", "LOGNAME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in names.items():
        monkeypatch.setenv(name, value)
    with closing(Database(workspace.database.path)) as opened:
        assert opened.user == user


def test_an_account_without_a_name_is_unknown(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def raise_key_error() -> str:
        raise KeyError("uid not found")

    for name in ("AHTC_USER", "USER", "USERNAME", "LOGNAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("getpass.getuser", raise_key_error)
    with closing(Database(workspace.database.path)) as opened:
        assert opened.user == "unknown"


def test_a_path_that_cannot_be_opened_gives_one_error_message(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be opened"):
        open_connection(tmp_path / "nowhere" / "ahtc.db")


@pytest.mark.parametrize("damaged", [b"CREATE TABLE \xcfarties", b"CREATE \xcfABLE parties", b"CREATE TABLE parties_"])
def test_a_damaged_definition_of_a_table_gives_one_error_message(
    damaged: bytes, wales: Workspace, tmp_path: Path
) -> None:
    definition = b"CREATE TABLE parties"
    file = tmp_path / "damaged.db"
    content = wales.database.path.read_bytes()
    assert content.count(definition + b" (") == 1
    file.write_bytes(
        content.replace(definition + b" (", damaged.ljust(len(definition) + 1)[: len(definition) + 1] + b"(")
    )
    for open_database in (Database, Database.open_immutable):
        with pytest.raises(StoreError, match=r"damaged\.db"):
            open_database(file)


def test_a_long_write_refuses_no_read_of_another_window(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(driver, "BUSY_SECONDS", 0.2)
    with closing(Database(workspace.database.path)) as other, workspace.database.write("long") as ledger:
        ledger.cursor.execute("CREATE TABLE scratch (content BLOB)")
        ledger.cursor.executemany("INSERT INTO scratch VALUES (randomblob(4000))", [()] * 3000)
        with other.read() as cursor:
            assert cursor.execute("SELECT count(*) FROM actions").fetchone() == (0,)
        ledger.cursor.execute("DROP TABLE scratch")
