"""A database from before the Welsh titles is migrated with its records, which then accept Welsh titles."""

from __future__ import annotations

from contextlib import closing

import pytest

from ahtc_tui.services.evidence import service as evidence
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.welsh import queue
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine.integrity_check import find_faults
from tests.builders import ADDED_COLUMNS, TODAY, query_rows
from tests.store.laptops import step_schema_back

RECORDS = " UNION ALL ".join(f"SELECT count(*) FROM {table}" for table, _column in ADDED_COLUMNS[12])


@pytest.mark.long
def test_records_from_before_take_welsh_titles(wales: Workspace) -> None:
    counts, ref = query_rows(wales, RECORDS), evidence.list_figures(wales)[0].ref
    wales.close()
    step_schema_back(wales.database.path, 11)
    with closing(open_workspace(wales.root, TODAY)) as migrated:
        assert query_rows(migrated, RECORDS) == counts
        queue.translate_text(migrated, ref, "title", "Atgyfeiriadau")
        assert evidence.show_figure(migrated, ref).row.title_cy == "Atgyfeiriadau"
        assert find_faults(migrated.database) == []
