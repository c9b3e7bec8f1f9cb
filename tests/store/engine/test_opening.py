"""Opening the file: how it is set up, and one sentence for whatever is not a database of ours."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from ahtc_tui.domain.actions.filters import ActionFilter
from ahtc_tui.domain.errors import NotFound, StoreError
from ahtc_tui.services.actions.service import add_action, list_actions
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine import driver
from ahtc_tui.store.engine.creation import create
from ahtc_tui.store.engine.database import Database
from ahtc_tui.store.engine.driver import connect
from tests.builders import a_draft, an_action, ask, foreign_hand


def text(path: Path) -> None:
    path.write_text("Minutes of the Leadership Group, 17 December 2013. " * 40)


def zipped(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("minutes.txt", "Apologies were received.")


def somebody_elses(path: Path) -> None:
    foreign_hand(path, "PRAGMA journal_mode = WAL", "CREATE TABLE mail (subject TEXT)")


def newer(path: Path) -> None:
    create(path)
    foreign_hand(path, f"PRAGMA user_version = {driver.SCHEMA + 1}")


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (Path.touch, "is empty"),
        (text, "is not a database of ahtc"),
        (zipped, "is not a database of ahtc"),
        (somebody_elses, "of another program"),
        (newer, "newer ahtc"),
        (Path.mkdir, "cannot be opened"),
    ],
)
def test_a_file_that_is_no_database_of_ours_gets_one_sentence_and_stays_as_it_is(
    make: object, sentence: str, tmp_path: Path
) -> None:
    path = tmp_path / "ahtc.db"
    make(path)  # type: ignore[operator]
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(StoreError, match=sentence) as refused:
        Database(path)
    assert refused.value.exit_code == 5
    assert str(refused.value).count("\n") == 0
    assert (path.read_bytes() if path.is_file() else None) == before
    assert not list(tmp_path.glob("*-journal"))


def test_no_database_tells_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="ahtc init"):
        Database(tmp_path / "ahtc.db")


def test_a_folder_that_may_not_be_entered_gets_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(_path: Path) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "stat", denied)
    with pytest.raises(StoreError, match="cannot be opened: Permission denied"):
        Database(tmp_path / "ahtc.db")


def test_every_commit_is_on_the_disk_and_nothing_erased_stays_in_the_file(workspace: Workspace) -> None:
    settings = ("foreign_keys", "secure_delete", "journal_mode", "synchronous", "temp_store")
    assert [ask(workspace, f"PRAGMA {name}")[0][0] for name in settings] == [1, 1, "delete", 3, 2]


def test_only_its_owner_reads_the_database(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        create(tmp_path / "office" / "data" / "ahtc.db")
    finally:
        os.umask(before)
    assert (tmp_path / "office" / "data" / "ahtc.db").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "office" / "data").stat().st_mode & 0o777 == 0o700


def test_the_data_are_the_users_any_sqlite_reads_them(wales: Workspace) -> None:
    with closing(sqlite3.connect(wales.database.path)) as connection:
        assert connection.execute("SELECT count(*) FROM actions").fetchone() == (44,)
        assert connection.execute("SELECT ref FROM search WHERE search MATCH 'bawso' LIMIT 1").fetchone()


def test_a_passphrase_is_asked_for_without_a_word_on_stderr(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "ahtc.db"
    create(path, "o'r gorau, Siân")
    assert not path.read_bytes().startswith(b"SQLite format 3")
    Database(path, "o'r gorau, Siân").close()
    for wrong in ("o'r gorau, Sian", "", None):
        with pytest.raises(StoreError, match="passphrase is not right"):
            Database(path, wrong)
    assert capfd.readouterr() == ("", "")


def test_a_second_window_reads_while_the_first_writes(wales: Workspace) -> None:
    reader = wales.reader()
    try:
        an_action(wales, title="From the first window")
        found = list_actions(reader, ActionFilter(words="first window"))
    finally:
        reader.close()
    assert [row.title for row in found] == ["From the first window"]


HOLDER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.readline()
"""


def test_a_database_in_use_elsewhere_gets_one_sentence_after_the_wait(
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
        with pytest.raises(StoreError, match="in use by another program"):
            Database(path)
        with pytest.raises(StoreError, match="in use by another program"), held_up.write("add"):
            pass
        holder.communicate("\n")
    held_up.close()
    assert add_action(workspace, a_draft(title="Now it goes")).ref == "DP-01"


def test_a_write_inside_a_write_is_a_mistake_of_ours_and_spoils_neither(workspace: Workspace) -> None:
    with workspace.database.write("outer") as ledger:
        ledger.add("areas", {"ref": "gwent", "kind": "place", "name": "Gwent", "source": "para 1"})
        with pytest.raises(RuntimeError), workspace.database.write("inner"):
            pass
    assert ask(workspace, "SELECT ref FROM areas") == [("gwent",)]


def test_a_search_that_is_interrupted_says_so_and_the_next_one_works(wales: Workspace) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    with wales.database.read() as cursor:
        wales.database.connection.set_progress_handler(wales.database.interrupt, 10_000)
        with pytest.raises(Exception, match="interrupted"):
            cursor.execute(endless).fetchall()
    wales.database.connection.set_progress_handler(None, 0)
    assert ask(wales, "SELECT count(*) FROM actions") == [(44,)]
    with pytest.raises(StoreError, match="refused: no such table"):
        ask(wales, "SELECT * FROM victims")


@pytest.mark.parametrize(("names", "user"), [({"AHTC_USER": "Siân\x1b[2J"}, "Siân[2J"), ({"LOGNAME": "jeff"}, "jeff")])
def test_the_journal_says_who_wrote_in_plain_letters(
    names: dict[str, str], user: str, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("AHTC_USER", "USER", "USERNAME", "LOGNAME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in names.items():
        monkeypatch.setenv(name, value)
    with closing(Database(workspace.database.path)) as opened:
        assert opened.user == user


def test_an_account_without_a_name_is_unknown(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise KeyError("uid not found")

    for name in ("AHTC_USER", "USER", "USERNAME", "LOGNAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("getpass.getuser", nobody)
    with closing(Database(workspace.database.path)) as opened:
        assert opened.user == "unknown"


def test_a_connection_to_nowhere_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be opened"):
        connect(tmp_path / "nowhere" / "ahtc.db")
