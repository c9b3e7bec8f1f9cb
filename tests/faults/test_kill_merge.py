"""A laptop killed during a merge has all of it or nothing, and merging the same file again finishes it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.replication.merge import merge_file
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine import integrity_check
from tests.builders import TODAY, make_action, make_action_draft
from tests.faults.rounds import count_rounds
from tests.services.replication.merging import leave_office
from tests.store.laptops import read_tables

ROUNDS = count_rounds(24)
SEED = 2013


@pytest.mark.long
@pytest.mark.faults
def test_a_killed_merge_is_applied_completely_or_not_at_all(wales: Workspace) -> None:
    peer = leave_office(wales, "there")
    for n in range(60):
        make_action(peer, f"Promise {n} at the forum")
    actions.edit_actions(peer, [f"DP-{n:02}" for n in range(1, 41)], make_action_draft(title="There", reason="agreed"))
    actions.edit_actions(wales, [f"DP-{n:02}" for n in range(1, 21)], make_action_draft(title="Here", reason="agreed"))
    before = read_tables(wales)
    for office in (wales, peer):
        office.close()
    words = [wales.root, peer.database.path, ROUNDS, SEED]
    process = subprocess.run(
        [sys.executable, "-m", "tests.faults.merger", *map(str, words)],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
        timeout=1200,
    )
    complete = open_workspace(wales.root.parent / "whole", TODAY)
    after = read_tables(complete)
    complete.close()
    outcomes: Counter[bool] = Counter()
    for turn in range(ROUNDS):
        office = open_workspace(wales.root.parent / f"round-{turn}", TODAY)
        current = read_tables(office)
        assert current in (before, after)
        assert integrity_check.find_faults(office.database) == []
        merge_file(office, peer.database.path)
        assert read_tables(office) == after
        office.close()
        outcomes[current == after] += 1
    assert outcomes[False]
    assert json.loads(process.stdout)["hot"] > 0, "no merge was killed while it wrote: the test shows nothing"
