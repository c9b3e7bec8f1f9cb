"""A laptop killed during a sync, and two syncs at once: nothing is lost or doubled."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from ahtc_tui.domain.actions.filters import ActionFilter, ActionScope
from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.replication.hub_sync import sync_with_hub
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine import integrity_check
from ahtc_tui.store.hub import upload
from ahtc_tui.store.hub.connection import Hub as OpenHub
from ahtc_tui.store.hub.upload import upload_changes
from tests.builders import TODAY, make_action, make_action_draft, query_rows
from tests.faults.rounds import count_rounds
from tests.hubs import Hub, sync_and_check
from tests.services.replication.merging import leave_office
from tests.store.laptops import read_tables

ROUNDS = count_rounds(6)
SEED = 2013


def start_child(task: Callable[[], object]) -> int:
    """Run a function in a child process; return its process id."""
    child = os.fork()
    if child == 0:
        try:
            task()
        finally:
            os._exit(0)
    return child


def sync_and_close(root: Path, url: str) -> None:
    office = open_workspace(root, TODAY)
    sync_with_hub(office, url)
    office.close()


def die_at(moment: str, root: Path, url: str) -> None:
    """Sync until a place in the code is reached, and exit there."""

    def make_dying(after: Callable[..., object] | None) -> Callable[..., None]:
        def die(*more: Any) -> None:
            if after:
                after(*more)
            os.kill(os.getpid(), signal.SIGKILL)

        return die

    if moment == "before sending":
        vars(upload)["upload_changes"] = make_dying(None)
    elif moment == "after sending":
        vars(upload)["upload_changes"] = make_dying(upload_changes)
    else:
        OpenHub.commit = make_dying(None if moment == "stored here alone" else OpenHub.commit)  # type: ignore[method-assign]
    sync_and_close(root, url)


@pytest.fixture
def diverged(wales: Workspace, hub: Hub) -> tuple[Workspace, Workspace, Hub]:
    """Two laptops with separate writes; one of them has synced with the hub."""
    peer = leave_office(wales, "there")
    for n in range(20):
        make_action(peer, f"Promise {n} at the forum")
        make_action(wales, f"Promise {n} in the office")
    refs = [f"DP-{n:02}" for n in range(1, 30)]
    actions.edit_actions(peer, refs, make_action_draft(title="There", reason="agreed"))
    actions.edit_actions(wales, refs[:20], make_action_draft(title="Here", reason="agreed"))
    sync_and_check(peer, hub)
    return wales, peer, hub


def check_converged(local: Workspace, peer: Workspace, hub: Hub) -> None:
    """Sync each laptop once more."""
    sync_and_check(local, hub)
    sync_and_check(peer, hub)
    assert read_tables(local) == read_tables(peer)
    assert hub.list_change_ids() == {key for (key,) in query_rows(local, "SELECT id FROM change")}
    titles = [row.title for row in actions.list_actions(local, ActionFilter(ActionScope.ALL))]
    for n in range(20):
        for place in ("at the forum", "in the office"):
            assert titles.count(f"Promise {n} {place}") == 1


@pytest.mark.sample(4)
@pytest.mark.faults
@pytest.mark.parametrize("place", ["before sending", "after sending", "stored here alone", "stored on both sides"])
def test_a_kill_at_a_critical_moment_loses_nothing(diverged: tuple[Workspace, Workspace, Hub], place: str) -> None:
    local, peer, hub = diverged
    before, held = read_tables(local), hub.list_change_ids()
    local.close()
    os.waitpid(start_child(lambda: die_at(place, local.root, hub.url)), 0)
    reopened = open_workspace(local.root, TODAY)
    assert integrity_check.find_faults(reopened.database) == []
    assert (read_tables(reopened) == before) == (place in ("before sending", "after sending"))
    assert (hub.list_change_ids() == held) == (place != "stored on both sides")
    check_converged(reopened, peer, hub)
    reopened.close()


@pytest.mark.long
@pytest.mark.faults
def test_a_kill_during_sync_loses_nothing(diverged: tuple[Workspace, Workspace, Hub]) -> None:
    local, peer, hub = diverged
    before = read_tables(local)
    local.close()
    peer.close()
    root, chance = local.root.parent, random.Random(SEED)
    complete = shutil.copytree(local.root, root / "whole")
    url = hub.copy().url
    began = time.perf_counter()
    os.waitpid(start_child(lambda: sync_and_close(complete, url)), 0)
    longest = time.perf_counter() - began
    after = open_workspace(complete, TODAY)
    ends = (before, read_tables(after))
    after.close()
    for turn in range(ROUNDS):
        place = hub.copy()
        copies = [
            shutil.copytree(workspace.root, root / f"{workspace.root.name}-{turn}") for workspace in (local, peer)
        ]
        child = start_child(lambda copies=copies, place=place: sync_and_close(copies[0], place.url))  # type: ignore[misc]
        time.sleep(chance.uniform(0.1, 1.0) * longest)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        offices = [open_workspace(copy, TODAY) for copy in copies]
        assert read_tables(offices[0]) in ends
        assert integrity_check.find_faults(offices[0].database) == []
        check_converged(offices[0], offices[1], place)
        for office in offices:
            office.close()


@pytest.mark.long
def test_concurrent_syncs_wait_for_each_other(diverged: tuple[Workspace, Workspace, Hub]) -> None:
    local, peer, hub = diverged
    make_action(peer, "One more")
    offices = (local, peer)
    for _turn in range(2):
        threads = [Thread(target=sync_with_hub, args=(office, hub.url)) for office in offices]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    check_converged(local, peer, hub)


@pytest.mark.long
def test_concurrent_first_syncs_create_one_hub(wales: Workspace, hub: Hub) -> None:
    offices = (wales, leave_office(wales, "b"), leave_office(wales, "c"))
    for n, office in enumerate(offices):
        make_action(office, f"Made on {n}")
    for _turn in range(2):
        threads = [Thread(target=sync_with_hub, args=(office, hub.url)) for office in offices]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert read_tables(offices[0]) == read_tables(offices[1]) == read_tables(offices[2])
    assert hub.run("SELECT count(*) FROM setting WHERE name = 'program'") == [(1,)]
