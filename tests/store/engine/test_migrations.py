"""Databases are created atomically, and a migration that fails at any statement leaves the old one unchanged."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlcipher3 import dbapi2

from ahtc_tui.domain.errors import Refused, StoreError
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine import driver, migrate
from ahtc_tui.store.engine.creation import create_database
from ahtc_tui.store.engine.database import Database
from ahtc_tui.store.engine.driver import SCHEMA_VERSION, open_connection
from ahtc_tui.store.engine.integrity_check import find_faults
from tests.builders import edit_database_directly

COPY_NAME = f"ahtc-before-schema-{SCHEMA_VERSION + 1}.db"
NEXT = f"""
import sqlalchemy as sa
from alembic import op

revision = "{SCHEMA_VERSION + 1:04}"
down_revision = "{SCHEMA_VERSION:04}"


def upgrade() -> None:
    op.execute("CREATE TABLE region (n INTEGER PRIMARY KEY, name TEXT NOT NULL)")
    op.execute("INSERT INTO region (name) VALUES ('Gwent'), ('Dyfed-Powys')")
    with op.batch_alter_table("mother", recreate="always") as batch:
        batch.add_column(sa.Column("region", sa.Integer, server_default="1", nullable=False))
    op.execute("UPDATE mother SET region = 2")
"""

EMPTY = """
def upgrade() -> None:
    pass
"""


@contextmanager
def failing_at(statement: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Let SQLAlchemy fail at the statement with this number; give the statements that were run."""
    reached: list[str] = []
    original_create_engine = migrate._create_engine

    def fail_at_statement(_c: Any, _cursor: Any, sql: str, *_more: Any) -> None:
        reached.append(sql)
        if len(reached) == statement:
            raise dbapi2.OperationalError("a fault, injected")

    def create_failing_engine(*arguments: Any) -> Any:
        engine_ = original_create_engine(*arguments)
        sa.event.listen(engine_, "before_cursor_execute", fail_at_statement)
        return engine_

    with monkeypatch.context() as patch:
        patch.setattr(migrate, "_create_engine", create_failing_engine)
        yield reached


def read_contents(path: Path) -> dict[str, list[Any]]:
    with closing(open_connection(path)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search%'")
        names = [name for (name,) in tables.fetchall()]
        rows = {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}
        schema = connection.execute("SELECT type, name, sql FROM sqlite_master ORDER BY name").fetchall()
        return {**rows, "schema": schema, "version": connection.execute("PRAGMA user_version").fetchall()}


@pytest.mark.long
@pytest.mark.parametrize("interval", [7, pytest.param(1, marks=pytest.mark.long)])
def test_a_fault_at_any_statement_of_the_first_schema_leaves_no_file(
    interval: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "data" / "ahtc.db"
    for statement in count(1, interval):
        with failing_at(statement, monkeypatch) as reached:
            try:
                create_database(path)
                break
            except StoreError:
                assert list(path.parent.iterdir()) == [], reached[-1]
    assert statement > 100
    with closing(Database(path)) as database:
        assert find_faults(database) == []


def test_a_fault_while_the_first_records_are_written_leaves_no_file(tmp_path: Path) -> None:
    def fail_to_fill(_made: Database) -> None:
        raise Refused("no such data set")

    with pytest.raises(Refused):
        create_database(tmp_path / "ahtc.db", fill=fail_to_fill)
    assert list(tmp_path.iterdir()) == []


def test_a_database_is_never_made_over_another(workspace: Workspace) -> None:
    before = workspace.database.path.read_bytes()
    with pytest.raises(Refused, match="exists already"):
        create_database(workspace.database.path)
    assert workspace.database.path.read_bytes() == before


def test_a_stale_journal_is_not_played_into_a_new_database(tmp_path: Path) -> None:
    for name in ("ahtc.db-journal", "ahtc.db-wal"):
        (tmp_path / name).write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(600))
    create_database(tmp_path / "ahtc.db")
    assert [path.name for path in tmp_path.iterdir()] == ["ahtc.db"]
    with closing(Database(tmp_path / "ahtc.db")) as database:
        assert find_faults(database) == []


def test_of_two_concurrent_creations_the_first_wins(tmp_path: Path) -> None:
    path = tmp_path / "ahtc.db"

    def create_meanwhile(slow: Database) -> None:
        create_database(path)
        with slow.write("the slow one") as ledger:
            ledger.cursor.execute("INSERT INTO setting (name, value) VALUES ('slow', '1')")

    with pytest.raises(Refused, match="exists already"):
        create_database(path, fill=create_meanwhile)
    assert [file.name for file in tmp_path.iterdir()] == ["ahtc.db"]
    with closing(Database(path)) as first:
        assert find_faults(first) == []
        assert first.connection.execute("SELECT count(*) FROM setting WHERE name = 'slow'").fetchone() == (0,)


def test_a_folder_that_cannot_be_created_gives_one_error_message(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    with pytest.raises(StoreError, match=r"cannot be created: .*\."):
        create_database(tmp_path / "data" / "ahtc.db")


@pytest.fixture
def old_file(workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of the present schema with a parent table and its children, for a program with one more migration."""
    path = workspace.database.path
    workspace.close()
    edit_database_directly(
        path,
        "CREATE TABLE mother (n INTEGER PRIMARY KEY, name TEXT NOT NULL)",
        "CREATE TABLE child (n INTEGER PRIMARY KEY, mother INTEGER NOT NULL REFERENCES mother (n) ON DELETE CASCADE)",
        "INSERT INTO mother (name) VALUES ('Delivery Plan')",
        "INSERT INTO child (mother) VALUES (1), (1), (1)",
    )
    scripts = tmp_path / "migrations"
    shutil.copytree(migrate.SCRIPTS, scripts)
    (scripts / "versions" / f"{SCHEMA_VERSION + 1:04}_regions.py").write_text(NEXT)
    monkeypatch.setattr(migrate, "SCRIPTS", scripts)
    monkeypatch.setattr(driver, "SCHEMA_VERSION", SCHEMA_VERSION + 1)
    return path


def test_a_migration_keeps_the_children_of_a_rebuilt_table(old_file: Path) -> None:
    before = read_contents(old_file)
    with closing(Database(old_file)) as migrated:
        assert find_faults(migrated) == []
    after = read_contents(old_file)
    assert after["version"] == [(SCHEMA_VERSION + 1,)]
    assert after["mother"] == [(1, "Delivery Plan", 2)]
    assert after["child"] == before["child"] == [(1, 1), (2, 1), (3, 1)]
    copy = old_file.parent / "backups" / COPY_NAME
    assert read_contents(copy) == before
    assert copy.stat().st_mode & 0o777 == 0o600


def test_a_migration_writes_the_search_index_of_the_new_schema(
    wales: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = wales.database.path
    wales.close()
    with closing(Database(path)) as database, database.write("test") as ledger:
        ledger.cursor.execute("UPDATE search SET body = body || ' of a former schema'")
    scripts = tmp_path / "migrations"
    shutil.copytree(migrate.SCRIPTS, scripts)
    (scripts / "versions" / f"{SCHEMA_VERSION + 1:04}_regions.py").write_text(NEXT.partition("def upgrade")[0] + EMPTY)
    monkeypatch.setattr(migrate, "SCRIPTS", scripts)
    monkeypatch.setattr(driver, "SCHEMA_VERSION", SCHEMA_VERSION + 1)
    with closing(Database(path)) as migrated:
        assert find_faults(migrated) == []


@pytest.mark.long
def test_a_fault_at_any_statement_of_a_migration_leaves_the_old_database(
    old_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, untouched = read_contents(old_file), old_file.read_bytes()
    for statement in count(1):
        old_file.write_bytes(untouched)
        with failing_at(statement, monkeypatch) as reached:
            try:
                Database(old_file).close()
            except StoreError:
                assert read_contents(old_file) == before, reached[-1]
                assert read_contents(old_file.parent / "backups" / COPY_NAME) == before
            else:
                assert read_contents(old_file)["mother"] == [(1, "Delivery Plan", 2)]
                if len(reached) < statement:
                    break
                assert reached[statement - 1].startswith(("PRAGMA", "SELECT")), "SQLAlchemy tries another way to ask"
    assert statement > 20


def test_a_migration_that_breaks_a_reference_is_refused(old_file: Path) -> None:
    script = migrate.SCRIPTS / "versions" / f"{SCHEMA_VERSION + 1:04}_regions.py"
    script.write_text(NEXT + '    op.execute("DELETE FROM mother")\n')
    before = read_contents(old_file)
    with pytest.raises(StoreError, match=r"breaks 3 references\. The old schema is unchanged"):
        Database(old_file)
    assert read_contents(old_file) == before


def test_no_migration_runs_without_a_copy(old_file: Path) -> None:
    (old_file.parent / "backups").write_text("a file where the folder should be")
    before = read_contents(old_file)
    with pytest.raises(StoreError, match="cannot be created"):
        Database(old_file)
    assert read_contents(old_file) == before


def test_a_full_disk_during_the_copy_stops_the_migration(old_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    original_connect = open_connection

    def open_limited(path: Path, key: str | None = None, *, new: bool = False) -> Any:
        connection = original_connect(path, key, new=new)
        if new:
            connection.execute("PRAGMA max_page_count = 2")
        return connection

    before = read_contents(old_file)
    monkeypatch.setattr(migrate, "open_connection", open_limited)
    with pytest.raises(StoreError, match="disk is full"):
        Database(old_file)
    assert read_contents(old_file) == before
