"""What a copy knows of its last sync without asking the hub."""

from __future__ import annotations

from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.replication.hub_sync import read_sync_state
from ahtc_tui.services.workspace import Workspace
from tests.builders import make_action_draft
from tests.hubs import Hub, sync_and_check
from tests.services.replication.merging import leave_office


def test_a_copy_knows_its_last_sync_and_what_it_wrote_since(wales: Workspace, hub: Hub) -> None:
    assert read_sync_state(wales).at is None
    sync_and_check(wales, hub, apply=False)
    assert read_sync_state(wales).at is None
    sync_and_check(wales, hub)
    state = read_sync_state(wales)
    assert (state.outgoing, state.hub.endswith(hub.name)) == (0, True)
    assert state.at is not None
    actions.edit_action(wales, "DP-01", make_action_draft(title="Here"))
    assert read_sync_state(wales).outgoing == 2, "a new title leaves its Welsh empty"
    assert read_sync_state(leave_office(wales, "there")).at is None
    sync_and_check(wales, hub)
    assert read_sync_state(wales).outgoing == 0
