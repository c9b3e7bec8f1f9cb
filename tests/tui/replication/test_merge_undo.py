"""The palette undoes the last merge below later work, with a question for each record."""

from __future__ import annotations

from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.shell.merge_undo import start_merge_undo
from tests.builders import make_action_draft
from tests.services.replication.merging import leave_office, merge_and_check
from tests.tui.conftest import OpenDesk


async def test_each_record_with_later_work_is_a_question(wales: Workspace, wide: OpenDesk) -> None:
    peer = leave_office(wales, "peer")
    former = {ref: actions.show_action(wales, ref).row.title for ref in ("DP-01", "DP-02", "DP-03")}
    for ref in former:
        actions.edit_action(peer, ref, make_action_draft(title=f"There {ref}"))
    merge_and_check(wales, peer)
    for ref in ("DP-01", "DP-02"):
        actions.edit_action(wales, ref, make_action_draft(title=f"Here {ref}"))
    async with wide(wales) as hands:
        start_merge_undo(hands.app)
        await hands.wait_until_idle()
        await hands.press_keys("y", "n", "n")
        assert actions.show_action(wales, "DP-03").row.title == "There DP-03"
        start_merge_undo(hands.app)
        await hands.wait_until_idle()
        await hands.press_keys("y", "n", "y")
        assert "merge" in hands.toasts[-1]
    titles = [actions.show_action(wales, ref).row.title for ref in former]
    assert titles == ["Here DP-01", former["DP-02"], former["DP-03"]]
