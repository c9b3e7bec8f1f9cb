"""A copy under another key holds every row that the first held, and takes its place whole or not at all."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from ahtc_tui.domain.errors import StoreError
from ahtc_tui.services.history import undo
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine import copies
from ahtc_tui.store.engine.database import Database
from ahtc_tui.store.engine.driver import connect
from ahtc_tui.store.engine.encryption import is_encrypted, new_key
from ahtc_tui.store.engine.integrity_check import faults
from tests.builders import an_action, ask, foreign_hand

KEY = new_key("carreg afon lleuad")


def everything(database: Database) -> dict[str, Any]:
    """Every row of every table, the search index and the schema included."""
    with database.read() as cursor:
        schema = cursor.execute("SELECT type, name, sql FROM sqlite_master ORDER BY type, name").fetchall()
        tables = [name for kind, name, _sql in schema if kind == "table"]
        found = {name: cursor.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables}
        stamps = [cursor.execute(f"PRAGMA {name}").fetchone() for name in ("application_id", "user_version")]
        hits = cursor.execute("SELECT ref FROM search WHERE search MATCH 'bawso' ORDER BY ref").fetchall()
    return {**found, "": (schema, stamps, hits)}


@pytest.mark.parametrize("key", [None, KEY], ids=["plain", "encrypted"])
def test_a_copy_holds_everything_in_the_same_order(busy: Workspace, key: str | None, tmp_path: Path) -> None:
    undo(busy)
    copies.copy_to(busy.database.path, None, tmp_path / "copy.db", key)
    assert is_encrypted(tmp_path / "copy.db") is (key is not None)
    with closing(Database(tmp_path / "copy.db", key)) as copy:
        assert everything(copy) == everything(busy.database)
        assert faults(copy) == []


def test_there_and_back_again_is_the_same_database(busy: Workspace) -> None:
    path, before = busy.database.path, everything(busy.database)
    copies.put_in_place(busy.database, KEY)
    with closing(Database(path, KEY)) as locked:
        assert everything(locked) == before
        copies.put_in_place(locked, None)
    with closing(Database(path)) as plain:
        assert everything(plain) == before
        assert faults(plain) == []


def test_whoever_still_has_the_old_file_open_reads_on_but_writes_nothing_that_would_be_lost(wales: Workspace) -> None:
    other = wales.reader()
    copies.put_in_place(wales.database, KEY)
    assert ask(other, "SELECT count(*) FROM actions") == [(44,)]
    with pytest.raises(StoreError, match="replaced by another file: nothing was changed") as refused:
        an_action(other, title="Lost otherwise")
    assert refused.value.exit_code == 5
    other.close()


WRITER = """
import sys
from pathlib import Path
from ahtc_tui.store.engine.database import Database
from ahtc_tui.store.engine.driver import connect
database = Database(Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.readline()
try:
    with database.write("late") as ledger:
        ledger.add("areas", {"ref": "late", "kind": "place", "name": "Late", "source": "para 1"})
    print("written")
except Exception as error:
    print(type(error).__name__)
"""


def test_a_writer_of_another_program_waits_for_the_copy_and_is_told(
    wales: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The write begins while the copy is read through; were it let in, the new file would not have it."""
    path = wales.database.path
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout
        assert writer.stdout.readline() == "open\n"
        checked = copies.refuse_faults

        def meanwhile(copy: Path, key: str | None) -> None:
            assert writer.stdin
            writer.stdin.write("\n")
            writer.stdin.flush()
            checked(copy, key)

        monkeypatch.setattr(copies, "refuse_faults", meanwhile)
        copies.put_in_place(wales.database, KEY)
        assert writer.stdout.readline() == "StoreError\n"
    with closing(Database(path, KEY)) as new:
        assert faults(new) == []


def test_a_database_that_is_not_whole_is_not_copied_over(wales: Workspace) -> None:
    foreign_hand(wales.database.path, "UPDATE actions SET title = 'Something else' WHERE ref = 'DP-01'")
    before = wales.database.path.read_bytes()
    with pytest.raises(StoreError, match=r"is not whole.*DP-01"):
        copies.put_in_place(wales.database, KEY)
    assert wales.database.path.read_bytes() == before
    assert [one.name for one in wales.database.path.parent.iterdir()] == ["ahtc.db"]


def test_a_row_that_a_copy_lost_is_found(wales: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = connect

    class Careless:
        """A connection that leaves one row out of every copy."""

        def __init__(self, connection: Any) -> None:
            self._connection = connection

        def execute(self, statement: str, *given: Any) -> Any:
            done = self._connection.execute(statement, *given)
            if "sqlcipher_export" in statement:
                self._connection.execute("DELETE FROM main.setting WHERE name = 'device'")
            return done

        def __getattr__(self, name: str) -> Any:
            return getattr(self._connection, name)

    monkeypatch.setattr(copies, "connect", lambda *given, **named: Careless(made(*given, **named)))
    with pytest.raises(StoreError, match=r"The copy of .* is not whole \(setting\)"):
        copies.copy_to(wales.database.path, None, tmp_path / "copy.db", KEY)


def test_what_a_broken_off_copy_left_goes_when_the_file_is_opened_next(wales: Workspace) -> None:
    """It may be the plain file that `passphrase remove` was making."""
    from ahtc_tui.services.opening import open_workspace

    path = wales.database.path
    left = path.with_name(".ahtc.db.abc123.new")
    copies.put_in_place(wales.database, KEY)
    wales.close()
    for name in (left, left.with_name(left.name + "-journal")):
        name.write_text("Bawso")
    open_workspace(wales.root, key=KEY).close()
    assert [one.name for one in path.parent.iterdir()] == ["ahtc.db"]
