"""A copy under another key has every row of the original and replaces it atomically."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from ahtc_tui.domain.errors import StoreError
from ahtc_tui.services.history import undo_step
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine import copies
from ahtc_tui.store.engine.database import Database
from ahtc_tui.store.engine.driver import open_connection
from ahtc_tui.store.engine.encryption import derive_new_key, is_encrypted
from ahtc_tui.store.engine.integrity_check import find_faults
from tests.builders import edit_database_directly, make_action, query_rows

KEY = derive_new_key("carreg afon lleuad")


def read_all_tables(database: Database) -> dict[str, Any]:
    """Return every row of every table, with the schema and the search index."""
    with database.read() as cursor:
        schema = cursor.execute("SELECT type, name, sql FROM sqlite_master ORDER BY type, name").fetchall()
        tables = [name for kind, name, _sql in schema if kind == "table"]
        contents = {name: cursor.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables}
        stamps = [cursor.execute(f"PRAGMA {name}").fetchone() for name in ("application_id", "user_version")]
        hits = cursor.execute("SELECT ref FROM search WHERE search MATCH 'bawso' ORDER BY ref").fetchall()
    return {**contents, "": (schema, stamps, hits)}


@pytest.mark.parametrize("key", [None, KEY], ids=["plain", "encrypted"])
def test_a_copy_holds_everything_in_the_same_order(busy: Workspace, key: str | None, tmp_path: Path) -> None:
    undo_step(busy)
    copies.copy_database(busy.database.path, None, tmp_path / "copy.db", key)
    assert is_encrypted(tmp_path / "copy.db") is (key is not None)
    with closing(Database(tmp_path / "copy.db", key)) as copy:
        assert read_all_tables(copy) == read_all_tables(busy.database)
        assert find_faults(copy) == []


def test_encrypting_and_decrypting_gives_the_same_database(busy: Workspace) -> None:
    path, before = busy.database.path, read_all_tables(busy.database)
    copies.rekey_database(busy.database, KEY)
    with closing(Database(path, KEY)) as locked:
        assert read_all_tables(locked) == before
        copies.rekey_database(locked, None)
    with closing(Database(path)) as plain:
        assert read_all_tables(plain) == before
        assert find_faults(plain) == []


def test_a_connection_to_the_replaced_file_reads_but_refuses_writes(wales: Workspace) -> None:
    old_reader = wales.open_reader()
    copies.rekey_database(wales.database, KEY)
    assert query_rows(old_reader, "SELECT count(*) FROM actions") == [(44,)]
    with pytest.raises(StoreError, match=r"replaced by another file\. Nothing was changed") as refused:
        make_action(old_reader, title="Lost otherwise")
    assert refused.value.exit_code == 5
    old_reader.close()


WRITER = """
import sys
from pathlib import Path
from ahtc_tui.store.engine.database import Database
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


def test_a_writer_in_another_program_waits_for_the_copy_and_gets_an_error(
    wales: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The write begins while the copy is checked; if it succeeded, the new file would lack it."""
    path = wales.database.path
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout
        assert writer.stdout.readline() == "open\n"
        checked = copies.refuse_damaged

        def write_meanwhile(copy: Path, key: str | None) -> None:
            assert writer.stdin
            writer.stdin.write("\n")
            writer.stdin.flush()
            checked(copy, key)

        monkeypatch.setattr(copies, "refuse_damaged", write_meanwhile)
        copies.rekey_database(wales.database, KEY)
        assert writer.stdout.readline() == "StoreError\n"
    with closing(Database(path, KEY)) as new:
        assert find_faults(new) == []


def test_a_damaged_database_is_not_rekeyed(wales: Workspace) -> None:
    edit_database_directly(wales.database.path, "UPDATE actions SET title = 'Something else' WHERE ref = 'DP-01'")
    before = wales.database.path.read_bytes()
    with pytest.raises(StoreError, match=r"is damaged.*DP-01"):
        copies.rekey_database(wales.database, KEY)
    assert wales.database.path.read_bytes() == before
    assert [path.name for path in wales.database.path.parent.iterdir()] == ["ahtc.db"]


def test_a_row_missing_from_the_copy_is_detected(
    wales: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original_connect = open_connection

    class Careless:
        """A connection that omits one row from every copy."""

        def __init__(self, connection: Any) -> None:
            self._connection = connection

        def execute(self, statement: str, *arguments: Any) -> Any:
            result = self._connection.execute(statement, *arguments)
            if "sqlcipher_export" in statement:
                self._connection.execute("DELETE FROM main.setting WHERE name = 'device'")
            return result

        def __getattr__(self, name: str) -> Any:
            return getattr(self._connection, name)

    monkeypatch.setattr(
        copies, "open_connection", lambda *arguments, **named: Careless(original_connect(*arguments, **named))
    )
    with pytest.raises(StoreError, match=r"The copy of .* is incomplete \(setting\)"):
        copies.copy_database(wales.database.path, None, tmp_path / "copy.db", KEY)


def test_leftovers_of_an_interrupted_copy_are_removed_on_opening(wales: Workspace) -> None:
    """The leftover may be the unencrypted file of `passphrase remove`."""
    path = wales.database.path
    left = path.with_name(".ahtc.db.abc123.new")
    copies.rekey_database(wales.database, KEY)
    wales.close()
    for name in (left, left.with_name(left.name + "-journal")):
        name.write_text("Bawso")
    open_workspace(wales.root, key=KEY).close()
    assert [file.name for file in path.parent.iterdir()] == ["ahtc.db"]
