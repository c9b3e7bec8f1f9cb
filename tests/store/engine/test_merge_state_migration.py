"""A database of the first schema keeps what it knew about merges."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.backup.full_export import create_at_schema
from ahtc_tui.store.engine.database import Database
from ahtc_tui.store.engine.driver import SCHEMA_VERSION, open_connection
from ahtc_tui.store.engine.integrity_check import find_faults
from ahtc_tui.store.replication import merge_log

MERGE, EMPTY_MERGE, LOST_MERGE = (bytes([n]) * 16 for n in (1, 2, 3))
CHANGES = [RowKey(bytes([n]) * 16) for n in range(16, 19)]
RECORD, FIRST, SECOND = (RowKey(bytes([n]) * 16) for n in (32, 33, 34))
STEP = "INSERT INTO step (id, wall_ms, seq, device, user, label, kind) VALUES (?, 1, ?, 'a', 'b', 'merge', 'do')"
SETTING = "INSERT INTO setting (name, value) VALUES (?, ?)"


def create_first_schema(path: Path, settings: dict[str, str]) -> None:
    create_at_schema(path, None, 1)
    with closing(open_connection(path)) as connection:
        connection.executemany(STEP, [(MERGE, 1), (EMPTY_MERGE, 2)])
        connection.executemany(SETTING, list(settings.items()))


@pytest.mark.long
def test_changes_of_merges_and_open_questions_move_into_tables(tmp_path: Path) -> None:
    questions = {"rows": [["actions", RECORD.hex()]], "pairs": [["parties", FIRST.hex(), SECOND.hex()]]}
    settings = {
        f"merged {MERGE.hex()}": "".join(key.hex() for key in CHANGES),
        f"merged {EMPTY_MERGE.hex()}": "",
        f"merged {LOST_MERGE.hex()}": CHANGES[0].hex(),
        "to decide": json.dumps(questions),
    }
    path = tmp_path / "ahtc.db"
    create_first_schema(path, settings)
    with closing(Database(path)) as database, database.read() as cursor:
        assert merge_log.list_merges(cursor) == [merge_log.Merge(RowKey(MERGE), 1, set(CHANGES))]
        assert merge_log.changes_of_merge(cursor, RowKey(EMPTY_MERGE)) == set()
        assert merge_log.list_conflicting_records(cursor) == [("actions", RECORD)]
        assert merge_log.list_duplicate_pairs(cursor) == [("parties", FIRST, SECOND)]
        names = {name for (name,) in cursor.execute("SELECT name FROM setting")}
        assert names == {"areas", "device", "erasure_salt"}  # the areas of Wales are added by the next start
        assert find_faults(database) == []
    with closing(open_connection(tmp_path / "backups" / f"ahtc-before-schema-{SCHEMA_VERSION}.db")) as copy:
        kept = dict(copy.execute("SELECT name, value FROM setting").fetchall())
        assert settings.items() <= kept.items()


@pytest.mark.long
def test_a_database_that_never_merged_has_no_open_questions(tmp_path: Path) -> None:
    path = tmp_path / "ahtc.db"
    create_first_schema(path, {})
    with closing(Database(path)) as database, database.read() as cursor:
        assert merge_log.list_merges(cursor) == []
        assert not merge_log.has_open_questions(cursor)
