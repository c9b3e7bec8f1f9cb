"""A laptop that dies in the middle of a sync, and two that come at once: nothing is lost and nothing doubled."""

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

from ahtc_tui.domain.actions.filters import ActionFilter, Which
from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.replication.hub_sync import sync
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine import integrity_check
from ahtc_tui.store.replication import hub_upload
from ahtc_tui.store.replication.hub import Hub as OpenHub
from tests.builders import TODAY, a_draft, an_action, ask
from tests.hubs import Hub, synced
from tests.services.replication.merging import laptop
from tests.store.laptops import tables

ROUNDS = 6
SEED = 2013


def in_a_child(act: Callable[[], object]) -> int:
    """Do something in a process of its own; returns its number."""
    child = os.fork()
    if child == 0:
        try:
            act()
        finally:
            os._exit(0)
    return child


def syncs(root: Path, url: str) -> None:
    office = open_workspace(root, TODAY)
    sync(office, url)
    office.close()


def dies_at(place: str, root: Path, url: str) -> None:
    """Sync until a place is reached, and die there."""

    def dying(after: Callable[..., object] | None) -> Callable[..., None]:
        def die(*more: Any) -> None:
            if after:
                after(*more)
            os.kill(os.getpid(), signal.SIGKILL)

        return die

    if place == "before sending":
        vars(hub_upload)["send"] = dying(None)
    elif place == "after sending":
        vars(hub_upload)["send"] = dying(hub_upload.send)
    else:
        OpenHub.commit = dying(None if place == "stored here alone" else OpenHub.commit)  # type: ignore[method-assign]
    syncs(root, url)


@pytest.fixture
def apart(wales: Workspace, hub: Hub) -> tuple[Workspace, Workspace, Hub]:
    """Two laptops that wrote apart; one of them was at the hub."""
    there = laptop(wales, "there")
    for n in range(20):
        an_action(there, f"Promise {n} at the forum")
        an_action(wales, f"Promise {n} in the office")
    refs = [f"DP-{n:02}" for n in range(1, 30)]
    actions.edit_actions(there, refs, a_draft(title="There", reason="agreed"))
    actions.edit_actions(wales, refs[:20], a_draft(title="Here", reason="agreed"))
    synced(there, hub)
    return wales, there, hub


def comes_together(here: Workspace, there: Workspace, hub: Hub) -> None:
    """A further sync of each finishes it."""
    synced(here, hub)
    synced(there, hub)
    assert tables(here) == tables(there)
    assert hub.lines() == {key for (key,) in ask(here, "SELECT id FROM change")}
    titles = [row.title for row in actions.list_actions(here, ActionFilter(Which.ALL))]
    for n in range(20):
        for place in ("at the forum", "in the office"):
            assert titles.count(f"Promise {n} {place}") == 1


@pytest.mark.faults
@pytest.mark.parametrize("place", ["before sending", "after sending", "stored here alone", "stored on both sides"])
def test_a_laptop_that_dies_at_a_moment_that_matters(apart: tuple[Workspace, Workspace, Hub], place: str) -> None:
    here, there, hub = apart
    before, held = tables(here), hub.lines()
    here.close()
    os.waitpid(in_a_child(lambda: dies_at(place, here.root, hub.url)), 0)
    again = open_workspace(here.root, TODAY)
    assert integrity_check.faults(again.database) == []
    assert (tables(again) == before) == (place in ("before sending", "after sending"))
    assert (hub.lines() == held) == (place != "stored on both sides")
    comes_together(again, there, hub)
    again.close()


@pytest.mark.faults
def test_a_laptop_that_dies_at_any_moment(apart: tuple[Workspace, Workspace, Hub]) -> None:
    here, there, hub = apart
    before = tables(here)
    here.close()
    there.close()
    root, chance = here.root.parent, random.Random(SEED)
    whole = shutil.copytree(here.root, root / "whole")
    url = hub.copied().url
    began = time.perf_counter()
    os.waitpid(in_a_child(lambda: syncs(whole, url)), 0)
    longest = time.perf_counter() - began
    after = open_workspace(whole, TODAY)
    ends = (before, tables(after))
    after.close()
    for turn in range(ROUNDS):
        place = hub.copied()
        copies = [shutil.copytree(one.root, root / f"{one.root.name}-{turn}") for one in (here, there)]
        child = in_a_child(lambda copies=copies, place=place: syncs(copies[0], place.url))  # type: ignore[misc]
        time.sleep(chance.uniform(0.1, 1.0) * longest)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        offices = [open_workspace(copy, TODAY) for copy in copies]
        assert tables(offices[0]) in ends
        assert integrity_check.faults(offices[0].database) == []
        comes_together(offices[0], offices[1], place)
        for office in offices:
            office.close()


def test_two_laptops_at_once_wait_for_each_other(apart: tuple[Workspace, Workspace, Hub]) -> None:
    here, there, hub = apart
    an_action(there, "One more")
    offices = (here, there)
    for _turn in range(2):
        threads = [Thread(target=sync, args=(office, hub.url)) for office in offices]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    comes_together(here, there, hub)


def test_a_first_sync_of_two_laptops_at_once_makes_one_hub(wales: Workspace, hub: Hub) -> None:
    offices = (wales, laptop(wales, "b"), laptop(wales, "c"))
    for n, office in enumerate(offices):
        an_action(office, f"Made on {n}")
    for _turn in range(2):
        threads = [Thread(target=sync, args=(office, hub.url)) for office in offices]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert tables(offices[0]) == tables(offices[1]) == tables(offices[2])
    assert hub.run("SELECT count(*) FROM setting WHERE name = 'program'") == [(1,)]
