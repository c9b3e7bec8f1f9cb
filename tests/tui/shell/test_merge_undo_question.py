"""Undoing a merge on the screen: a question first says what leaves this laptop."""

from __future__ import annotations

from ahtc_tui.services.replication.merge import merge_file
from ahtc_tui.services.workspace import Workspace
from tests.builders import make_action, query_rows
from tests.services.replication.merging import leave_office
from tests.tui.conftest import OpenDesk


async def test_undo_of_a_merge_asks_even_in_the_window_that_merged(wales: Workspace, narrow: OpenDesk) -> None:
    peer = leave_office(wales, "there")
    make_action(peer, "Made there")
    peer.close()
    merge_file(wales, peer.database.path)
    async with narrow(wales) as desk:
        await desk.press_keys("u")
        assert "Undo the merge from there on " in desk.text
        assert "1 action" in desk.text
        assert "when you" in desk.text
        await desk.press_keys("n")
        assert query_rows(wales, "SELECT 1 FROM actions WHERE title = 'Made there'")
        await desk.press_keys("u", "y")
        assert not query_rows(wales, "SELECT 1 FROM actions WHERE title = 'Made there'")
