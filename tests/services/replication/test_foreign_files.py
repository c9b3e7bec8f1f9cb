"""Files whose tables are not those of this program: none is read, whatever it would do to a merge, restore or pack."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from ahtc_tui.domain.errors import AhtcError, BadFile
from ahtc_tui.services.backup import make_backup
from ahtc_tui.services.recovery.restore import restore_backup
from ahtc_tui.services.replication.merge import merge_file
from ahtc_tui.services.replication.office_pack import create_pack, open_pack
from ahtc_tui.services.replication.verification import compare_with_file
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine import foreign_file
from ahtc_tui.store.engine.driver import open_connection
from tests.builders import TODAY, query_rows
from tests.services.replication.merging import leave_office

PASSPHRASE = "correct horse battery staple"
ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT {} FROM n WHERE i < 0"
COLUMNS = "x'00' AS row_id, '' AS erased_on, '' AS ground, '[]' AS marks"
LINE = ", ".join(
    f"'' AS \"{name}\""
    for name in (
        *("id", "wall_ms", "seq", "device", "user", "transaction", "table", "row_id", "field", "value", "parents"),
        *("position", "salt", "digest", "chain", "erased_by"),
    )
)
SURPRISES = {
    "view": ("DROP TABLE erasure", f"CREATE VIEW erasure AS {ENDLESS.format(COLUMNS)}"),
    "journal": (
        "ALTER TABLE change RENAME TO other_change",
        f"CREATE VIEW change AS {ENDLESS.format(LINE)}",
    ),
    "trigger": ("CREATE TRIGGER surprise AFTER INSERT ON setting BEGIN DELETE FROM change; END",),
    "generated": (f"ALTER TABLE counter ADD COLUMN extra AS (({'length(pattern) + ' * 50} 1)) VIRTUAL",),
    "virtual": ("CREATE VIRTUAL TABLE surprise USING fts5(text)",),
    "check": (
        "DROP TABLE counter",
        "CREATE TABLE counter (pattern VARCHAR PRIMARY KEY, last INTEGER CHECK (length(randomblob(1e9)) > last))",
    ),
    "missing": ("DROP TABLE missing_change",),
}
Use = Callable[[Workspace, Path], object]


def surprise(path: Path, key: str | None, statements: tuple[str, ...]) -> None:
    with closing(open_connection(path, key)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        for statement in statements:
            connection.execute(statement)


def restore(office: Workspace, path: Path) -> object:
    office.close()
    return restore_backup(office.root, path, TODAY)


USES: dict[str, Use] = {
    "merge": lambda office, path: merge_file(office, path),
    "verify": lambda office, path: compare_with_file(office, path, None),
    "restore": restore,
}


@pytest.mark.sample(4)
@pytest.mark.parametrize("use", USES)
@pytest.mark.parametrize("kind", SURPRISES)
def test_a_file_with_other_tables_is_refused_at_once(wales: Workspace, use: str, kind: str) -> None:
    peer = leave_office(wales, "there")
    peer.close()
    surprise(peer.database.path, None, SURPRISES[kind])
    before = wales.database.path.read_bytes()
    start = time.monotonic()
    with pytest.raises(BadFile, match="other tables"):
        USES[use](wales, peer.database.path)
    assert time.monotonic() - start < 10
    assert wales.database.path.read_bytes() == before


@pytest.mark.sample(3)
@pytest.mark.parametrize("kind", ["journal", "trigger", "virtual"])
def test_a_pack_with_other_tables_is_refused_at_once(wales: Workspace, tmp_path: Path, kind: str) -> None:
    pack = create_pack(wales, tmp_path / "office.ahtc", PASSPHRASE).file
    surprise(pack, PASSPHRASE, SURPRISES[kind])
    with pytest.raises(BadFile, match="other tables"):
        open_pack(pack, tmp_path / "opened", PASSPHRASE)
    with pytest.raises(BadFile, match="other tables"):
        merge_file(wales, pack, key=PASSPHRASE)
    assert not (tmp_path / "opened" / "data").exists()


def test_a_read_without_end_is_stopped(wales: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(foreign_file, "SECONDS", 0.2)
    path = make_backup(wales, tmp_path / "copy.db").file
    with foreign_file.open_foreign_file(path, None) as cursor, pytest.raises(BadFile, match="too long"):
        cursor.execute(ENDLESS.format("i")).fetchall()


def test_the_schema_of_a_new_database_is_the_one_that_is_built_to_compare_with(wales: Workspace) -> None:
    version = query_rows(wales, "PRAGMA user_version")[0][0]
    with wales.database.read() as cursor:
        assert foreign_file.read_schema(cursor) == foreign_file.build_schema(version)


def test_a_backup_whose_tables_loop_is_answered_in_time(wales: Workspace, tmp_path: Path) -> None:
    """Every page of the journal is replaced by one interior page that refers to itself."""
    path = tmp_path / "loop.db"
    shutil.copyfile(wales.database.path, path)
    ((root,),) = query_rows(wales, "SELECT rootpage FROM sqlite_schema WHERE name = 'change'")
    ((size,),) = query_rows(wales, "PRAGMA page_size")
    data = bytearray(path.read_bytes())
    cell = root.to_bytes(4, "big") + b"\x01"
    count = 100
    page = bytearray(size)
    page[0], page[3:5], page[8:12] = 5, count.to_bytes(2, "big"), root.to_bytes(4, "big")
    position = size
    for number in range(count):
        position -= len(cell)
        page[position : position + len(cell)] = cell
        page[12 + 2 * number : 14 + 2 * number] = position.to_bytes(2, "big")
    page[5:7] = position.to_bytes(2, "big")
    data[(root - 1) * size : root * size] = page
    path.write_bytes(data)
    start = time.monotonic()
    with pytest.raises(AhtcError):
        merge_file(wales, path)
    assert time.monotonic() - start < 10
