"""A sync with a folder, its undo, and the update of the schema, killed at any moment: all of it or nothing."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from ahtc_tui.services import history
from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.replication.folder_sync import sync_with_folder
from ahtc_tui.services.workspace import DATABASE, Workspace
from ahtc_tui.store.engine import driver, integrity_check
from tests.builders import TODAY, make_action, make_action_draft
from tests.faults.restorer import run_and_kill
from tests.faults.rounds import count_rounds
from tests.services.replication.merging import leave_office
from tests.store.folder_laptops import PASSPHRASE
from tests.store.laptops import read_tables, step_schema_back

pytestmark = [pytest.mark.long, pytest.mark.faults]

ROUNDS = count_rounds(12)
SEED = 2013
OLD_SCHEMA = 20
Read = Callable[[Path], Any]


def read_opened(root: Path) -> Any:
    """Return every row of an office, which is sound."""
    with closing(open_workspace(root, TODAY)) as office:
        assert integrity_check.find_faults(office.database) == []
        return read_tables(office)


def read_version(root: Path) -> Any:
    with closing(sqlite3.connect(root / DATABASE)) as connection:
        return connection.execute("PRAGMA user_version").fetchone()[0]


def check_kills(root: Path, work: Callable[[Path], object], read: Read, *, repeats: bool = True) -> None:
    """Kill the work in copies of a folder; each shows the state before or after, and the work can be run again."""
    chance, outcomes = random.Random(SEED), Counter[bool]()
    complete = shutil.copytree(root, root.parent / "complete")
    before = read(complete / "office")
    longest = run_and_kill(lambda: work(complete), None)
    after, whole = read(complete / "office"), read_opened(complete / "office")
    assert before != after
    for turn in range(ROUNDS):
        copy = shutil.copytree(root, root.parent / f"round-{turn}")
        run_and_kill(lambda copy=copy: work(copy), chance.uniform(0, 1.2) * longest)  # type: ignore[misc]
        current = read(copy / "office")
        assert current in (before, after)
        outcomes[current == after] += 1
        if repeats or current == before:
            work(copy)
        assert read_opened(copy / "office") == whole
        shutil.rmtree(copy)
    assert outcomes[False], "nothing was killed before its end: the test shows nothing"


@pytest.fixture
def sharing(wales: Workspace, tmp_path: Path) -> Path:
    """A folder with an office and a shared folder, to which two laptops have sent their work."""
    folder = tmp_path / "world"
    share = folder / "share"
    share.mkdir(parents=True)
    for name in ("first", "second"):
        peer = leave_office(wales, name)
        for n in range(30):
            make_action(peer, f"Promise {n} of the {name}")
        refs = [f"DP-{n:02}" for n in range(1, 30)]
        actions.edit_actions(peer, refs, make_action_draft(title=name, reason="agreed"))
        sync_with_folder(peer, str(share), PASSPHRASE)
        peer.close()
    wales.close()
    shutil.copytree(wales.root, folder / "office")
    return folder


def sync(folder: Path) -> None:
    with closing(open_workspace(folder / "office", TODAY)) as office:
        sync_with_folder(office, str(folder / "share"), PASSPHRASE)


def undo(folder: Path) -> None:
    with closing(open_workspace(folder / "office", TODAY)) as office:
        history.undo_step(office)


def test_a_killed_sync_with_a_folder_is_applied_completely_or_not_at_all(sharing: Path) -> None:
    check_kills(sharing, sync, read_opened)


def test_a_killed_undo_of_a_sync_is_applied_completely_or_not_at_all(sharing: Path) -> None:
    sync(sharing)
    check_kills(sharing, undo, read_opened, repeats=False)


def test_a_killed_update_of_the_schema_leaves_the_old_or_the_new_one(wales: Workspace, tmp_path: Path) -> None:
    make_action(wales, "Brief the SPOCs")
    wales.close()
    shutil.copytree(wales.root, tmp_path / "world" / "office")
    step_schema_back(tmp_path / "world" / "office" / DATABASE, OLD_SCHEMA)
    assert driver.SCHEMA_VERSION > OLD_SCHEMA
    check_kills(tmp_path / "world", lambda folder: open_workspace(folder / "office", TODAY).close(), read_version)
