"""A journal from before the chains gets hashes on which every copy agrees, and its next change begins a chain."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from ahtc_tui.domain.errors import StoreError
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine.database import Database
from ahtc_tui.store.engine.integrity_check import find_faults
from tests.builders import TODAY, edit_database_directly, make_action, query_rows, remove_chains
from tests.services.replication.merging import leave_office

OLD_COLUMNS = 'rowid, id, wall_ms, seq, device, user, "transaction", "table", row_id, field, value, parents'
HASHES = "SELECT id, position, salt, digest, chain FROM change ORDER BY rowid"


@pytest.fixture
def older(workspace: Workspace) -> Workspace:
    """A closed workspace of the schema from before the chains, without the Welsh texts that the sample has now."""
    make_action(workspace, "Before the chains")
    workspace.close()
    remove_chains(workspace.database.path)
    return workspace


def test_a_migration_keeps_every_change_in_its_order(older: Workspace) -> None:
    before = read_rows(older.database.path)
    with closing(open_workspace(older.root, TODAY)) as migrated:
        assert query_rows(migrated, f"SELECT {OLD_COLUMNS} FROM change ORDER BY rowid") == before
        assert find_faults(migrated.database) == []


def read_rows(path: Path) -> list[Any]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(f"SELECT {OLD_COLUMNS} FROM change ORDER BY rowid").fetchall()


@pytest.mark.long
def test_two_copies_compute_the_same_hashes_for_the_same_changes(older: Workspace) -> None:
    peer = leave_office(older, "there")
    with closing(open_workspace(older.root, TODAY)) as local:
        assert query_rows(local, HASHES) == query_rows(peer, HASHES)
    peer.close()


@pytest.mark.long
def test_changes_from_before_have_no_place_and_the_next_begins_the_chain(older: Workspace) -> None:
    with closing(open_workspace(older.root, TODAY)) as local:
        assert query_rows(local, "SELECT count(*) FROM change WHERE position NOT NULL") == [(0,)]
        make_action(local, "First of the chain")
        make_action(local, "Second of the chain")
        assert query_rows(local, "SELECT position FROM change WHERE position NOT NULL ORDER BY rowid") == [(1,), (2,)]


@pytest.mark.long
def test_a_journal_that_cannot_be_read_is_not_migrated(older: Workspace) -> None:
    path = older.database.path
    edit_database_directly(
        path,
        "DROP TRIGGER change_is_never_altered",
        "UPDATE change SET row_id = 7 WHERE rowid = 3",
        "CREATE TRIGGER change_is_never_altered BEFORE UPDATE ON change BEGIN SELECT RAISE(ABORT, ''); END",
    )
    before = read_rows(path)
    with pytest.raises(StoreError, match="cannot be read"):
        Database(path)
    assert read_rows(path) == before
