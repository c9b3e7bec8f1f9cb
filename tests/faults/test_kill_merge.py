"""A laptop that dies in the middle of a merge has all of it or nothing, and the same file finishes it."""

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
from tests.builders import TODAY, a_draft, an_action
from tests.services.replication.merging import laptop
from tests.store.laptops import tables

ROUNDS = 24
SEED = 2013


@pytest.mark.faults
def test_a_merge_that_is_killed_is_whole_or_was_not(wales: Workspace) -> None:
    there = laptop(wales, "there")
    for n in range(60):
        an_action(there, f"Promise {n} at the forum")
    actions.edit_actions(there, [f"DP-{n:02}" for n in range(1, 41)], a_draft(title="There", reason="agreed"))
    actions.edit_actions(wales, [f"DP-{n:02}" for n in range(1, 21)], a_draft(title="Here", reason="agreed"))
    before = tables(wales)
    for office in (wales, there):
        office.close()
    words = [wales.root, there.database.path, ROUNDS, SEED]
    told = subprocess.run(
        [sys.executable, "-m", "tests.faults.merger", *map(str, words)],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
        timeout=110,
    )
    whole = open_workspace(wales.root.parent / "whole", TODAY)
    after = tables(whole)
    whole.close()
    found: Counter[bool] = Counter()
    for turn in range(ROUNDS):
        office = open_workspace(wales.root.parent / f"round-{turn}", TODAY)
        stands = tables(office)
        assert stands in (before, after)
        assert integrity_check.faults(office.database) == []
        merge_file(office, there.database.path)
        assert tables(office) == after
        office.close()
        found[stands == after] += 1
    assert found[False]
    assert json.loads(told.stdout)["hot"] > 0, "no merge was killed while it wrote: the test shows nothing"
