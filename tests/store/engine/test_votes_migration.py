"""A database from before votes and outcomes is migrated with its lines, which keep their order and references."""

from __future__ import annotations

from contextlib import closing

import pytest

from ahtc_tui.domain.meetings.kinds import DecisionStatus, LineKind
from ahtc_tui.services.meetings import decisions
from ahtc_tui.services.meetings import service as meetings
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine.integrity_check import find_faults
from tests.builders import TODAY, make_line, make_minuted_meeting, query_rows
from tests.store.laptops import step_schema_back

LINES = "SELECT n, id, item, kind, text, action FROM minute_lines ORDER BY n"


@pytest.mark.long
def test_lines_from_before_are_kept_and_votes_can_be_added(wales: Workspace) -> None:
    ref = make_minuted_meeting(wales)
    lines = query_rows(wales, LINES)
    wales.close()
    step_schema_back(wales.database.path, 7)
    with closing(open_workspace(wales.root, TODAY)) as migrated:
        assert query_rows(migrated, LINES) == lines
        make_line(migrated, ref, "v: 5-2-1 adopt it", 1)
        assert meetings.show_meeting(migrated, ref).lines[-1].kind is LineKind.VOTE
        assert {row.status for row in decisions.list_decisions(migrated)} == {DecisionStatus.AGREED}
        assert find_faults(migrated.database) == []
