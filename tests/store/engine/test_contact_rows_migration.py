"""A contact of which an older version removed one row is whole after the migration, and waits for a decision."""

from __future__ import annotations

from contextlib import closing

import pytest

from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.replication.conflicts import list_conflicts
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine.integrity_check import find_faults
from ahtc_tui.store.records.cursor import Table
from tests.builders import TODAY, make_party, query_rows
from tests.store.laptops import step_schema_back

STATE = "SELECT p.deleted, d.deleted FROM parties p JOIN people d ON d.id = p.id WHERE p.ref = 'zebedee-quill'"


@pytest.mark.long
@pytest.mark.parametrize("table", ["parties", "people"])
def test_a_contact_with_one_removed_row_is_shown_in_conflict(workspace: Workspace, table: Table) -> None:
    key = make_party(workspace, "Zebedee Quill", "zebedee-quill", kind="person")
    with workspace.database.write("remove one row") as ledger:
        ledger._remove_row(table, key)
    assert sum(query_rows(workspace, STATE)[0]) == 1
    workspace.close()
    step_schema_back(workspace.database.path, 6)
    with closing(open_workspace(workspace.root, TODAY)) as migrated:
        assert query_rows(migrated, STATE) == [(0, 0)]
        (conflict,) = list_conflicts(migrated)
        assert (conflict.ref, conflict.field) == ("zebedee-quill", "removed")
        assert find_faults(migrated.database) == []
