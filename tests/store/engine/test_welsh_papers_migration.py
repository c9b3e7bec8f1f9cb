"""A database from before the Welsh of papers is migrated with its records, which then accept Welsh."""

from __future__ import annotations

from contextlib import closing

import pytest

from ahtc_tui.services.evidence import practice
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.welsh import queue
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine.integrity_check import find_faults
from tests.builders import TODAY, query_rows
from tests.store.laptops import step_schema_back

TABLES = ("practices", "commissions", "commission_questions", "paragraphs")
RECORDS = " UNION ALL ".join(f"SELECT count(*) FROM {table}" for table in TABLES)


@pytest.mark.long
def test_practices_and_papers_from_before_take_welsh(wales: Workspace) -> None:
    counts = query_rows(wales, RECORDS)
    wales.close()
    step_schema_back(wales.database.path, 8)
    with closing(open_workspace(wales.root, TODAY)) as migrated:
        assert query_rows(migrated, RECORDS) == counts
        queue.translate_text(migrated, "ht-marac", "title", "Cynhadledd Asesu Risg Amlasiantaeth")
        assert practice.show_practice(migrated, "ht-marac").row.title_cy == "Cynhadledd Asesu Risg Amlasiantaeth"
        assert find_faults(migrated.database) == []
