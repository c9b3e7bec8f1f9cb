"""Three laptops write and sync at random while their way to the hub, or their program, breaks: nothing is lost.

The four kinds of fault are those of Jepsen's test of PowerSync. The seed decides what each laptop does, and whether a
fault comes at the commit or after how many bytes; the order in which the laptops reach the hub is that of the machine.
"""

from __future__ import annotations

import json
import os
import random
import selectors
import signal
import sys
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from ahtc_tui.domain.errors import StoreError
from ahtc_tui.domain.keys import RowKey, parse_key
from ahtc_tui.domain.replication.reports import SyncReport
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.replication.hub_sync import sync_with_hub
from ahtc_tui.services.replication.verification import compare_with_hub
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine import integrity_check
from ahtc_tui.store.hub import connection
from tests.builders import TODAY, make_action, query_rows
from tests.faults.hub_network import Connection, Fault, Network
from tests.faults.laptop_client import SHARED_REFS, Client
from tests.hubs import Hub, sync_and_check
from tests.services.replication.merging import leave_office
from tests.store.laptops import read_conflicts, read_tables
from tests.store.lost_writes import check_writes

NAMES = ("a", "b", "c")
SCENARIOS = ("disconnect", "exit", "partition", "kill")
SHORT_TURNS, LONG_TURNS = 4, 100
SEED = 2014
FAULT_SHARE = 0.6
"""Of the connections."""
COMMIT_SHARE = 0.4
"""Of the faults: these happen when the laptop commits on the hub, the others anywhere in a sync."""
KILL_SHARE = 0.1
"""Of the writes, in the scenario of kills, besides the kills during a sync."""
FIRST_SIZE = 8000
"""Bytes of a sync with little to exchange, until the size of one is known."""
MOST_ROUNDS = 4
"""Until all is quiet: in the first round all is sent, in the second all is received, in the third nothing moves."""


@dataclass
class Laptop:
    """What is known of a laptop from its reports."""

    root: Path
    url: str
    turns: int
    chance: random.Random
    process: int = 0
    seen: frozenset[RowKey] = frozenset()
    pending: bytes = b""
    """The part of a report that was received so far."""


@dataclass
class Round:
    """A scenario: laptops, network, and the account of what they did."""

    scenario: str
    network: Network
    laptops: dict[str, Laptop] = field(default_factory=dict)
    seen_by_change: dict[RowKey, frozenset[RowKey]] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)

    def run(self) -> None:
        """Run all laptops until each has had its turns."""
        for name in self.laptops:
            self.start_laptop(name)
        while any(laptop.process for laptop in self.laptops.values()):
            self.network.run_once()

    def start_laptop(self, name: str) -> None:
        """Start the process of a laptop, with a pipe for its reports."""
        laptop = self.laptops[name]
        self.arm_fault(name)
        chance = random.Random(laptop.chance.getrandbits(60))
        reports, output = os.pipe()
        laptop.process, laptop.pending = os.fork(), b""
        if not laptop.process:
            try:
                Client(laptop.root, laptop.url, chance, output, exits=self.scenario == "exit").run(laptop.turns)
                os._exit(0)
            except BaseException:
                traceback.print_exc(file=sys.__stderr__)
                os._exit(1)
        os.close(output)
        self.network.selector.register(reports, selectors.EVENT_READ, lambda: self.receive(name, reports))

    def receive(self, name: str, reports: int) -> None:
        """Read the reports of a laptop; start it again after its end if it has turns left."""
        laptop = self.laptops[name]
        data = os.read(reports, 1 << 16)
        *lines, laptop.pending = (laptop.pending + data).split(b"\n")
        for line in lines:
            self.take_report(name, *json.loads(line))
        if data:
            return
        self.network.selector.unregister(reports)
        os.close(reports)
        _process, status = os.waitpid(laptop.process, 0)
        laptop.process = 0
        assert os.waitstatus_to_exitcode(status) in ((0, -signal.SIGKILL) if self.scenario == "kill" else (0,))
        if laptop.turns > 0:
            self.start_laptop(name)

    def take_report(self, name: str, kind: str, changes: list[str]) -> None:
        """Record what a laptop has seen, wrote or tried."""
        laptop = self.laptops[name]
        keys = frozenset(map(parse_key, changes))
        if kind == "wrote":
            self.seen_by_change |= dict.fromkeys(keys, laptop.seen | keys)
        laptop.seen |= keys
        self.counts[kind] += 1
        if kind != "seen":
            laptop.turns -= 1
            if kind != "wrote":
                self.arm_fault(name)
            elif self.scenario == "kill" and laptop.chance.random() < KILL_SHARE:
                self.kill_laptop(name)

    def arm_fault(self, name: str) -> None:
        """Decide whether the next connection of a laptop meets a fault."""
        chance = self.laptops[name].chance
        if self.scenario == "exit" or chance.random() > FAULT_SHARE:
            return
        after = int(chance.uniform(0.02, 1) * self.network.sizes.get(name, FIRST_SIZE))
        at_commit = chance.random() < COMMIT_SHARE
        loses_commit = at_commit and chance.random() < 0.5
        self.network.faults[name] = Fault(max(1, after), self.strike, at_commit, loses_commit)

    def strike(self, connection: Connection) -> None:
        """Let the fault of this scenario happen."""
        self.counts["faults"] += 1
        chance = self.laptops[connection.laptop].chance
        if self.scenario == "kill":
            self.kill_laptop(connection.laptop)
        elif self.scenario == "disconnect":
            self.network.refusals[connection.laptop] = chance.randrange(3)
            self.network.cut(connection)
        else:
            ends = chance.random() < 0.5
            self.network.refusals[connection.laptop] = chance.randrange(2) if ends else 0
            self.network.stall(connection, chance.uniform(0.02, 0.3), ends=ends)

    def kill_laptop(self, name: str) -> None:
        """Kill the process of a laptop, which ends by itself if it was about to."""
        self.counts["kills"] += 1
        os.kill(self.laptops[name].process, signal.SIGKILL)


def sync_until_quiet(offices: list[Workspace], hub: Hub) -> int:
    """Sync all laptops in turn until nothing is sent or received; return the number of rounds."""
    for count in range(1, MOST_ROUNDS + 1):
        before = [query_rows(office, "SELECT count(*) FROM change") for office in offices]
        reports = [file for office in offices for file in sync_with_hub(office, hub.url).files]
        after = [query_rows(office, "SELECT count(*) FROM change") for office in offices]
        if before == after and not any(isinstance(report, SyncReport) and report.sent for report in reports):
            return count
    raise AssertionError("the laptops do not come to rest")


def run_scenario(scenario: str, turns: int, office: Workspace, hub: Hub) -> Counter[str]:
    """Run a scenario, sync until all is quiet, and check every copy against what was acknowledged.

    Returns what happened, counted by kind.
    """
    sys.stdout.write(f"seed {SEED}, {scenario}, {turns} turns of each laptop\n")
    for ref in SHARED_REFS:
        make_action(office, f"Shared {ref}")
    offices = [leave_office(office, name) for name in NAMES]
    for each in offices:
        sync_with_hub(each, hub.url)
        each.close()
    network = Network(f"{hub.server.socket}/.s.PGSQL.5432")
    story = Round(scenario, network)
    for name, each in zip(NAMES, offices, strict=True):
        url = f"postgresql+psycopg://postgres@127.0.0.1:{network.add_laptop(name)}/{hub.name}"
        story.laptops[name] = Laptop(each.root, url, turns, random.Random(f"{SEED} {scenario} {name}"))
    try:
        story.run()
    finally:
        network.close()
        for laptop in story.laptops.values():
            if laptop.process:
                os.kill(laptop.process, signal.SIGKILL)
                os.waitpid(laptop.process, 0)
    ends = [open_workspace(each.root, TODAY) for each in offices]
    rounds = sync_until_quiet(ends, hub)
    sys.stdout.write(f"{dict(story.counts)}, {network.refused} refused, quiet after {rounds} rounds\n")
    for end in ends:
        assert integrity_check.find_faults(end.database) == []
        assert compare_with_hub(end, hub.url).same
        assert read_tables(end) == read_tables(ends[0])
        assert read_conflicts(end) == read_conflicts(ends[0])
    check_writes(ends[0], story.seen_by_change)
    for end in ends:
        end.close()
    return story.counts


@pytest.mark.long
@pytest.mark.faults
@pytest.mark.parametrize(
    ("scenario", "turns"),
    [
        ("partition", SHORT_TURNS),
        ("kill", SHORT_TURNS),
        *(pytest.param(scenario, LONG_TURNS, marks=pytest.mark.long) for scenario in SCENARIOS),
    ],
)
def test_laptops_converge_after_faults_on_the_way_to_the_hub(
    scenario: str, turns: int, workspace: Workspace, hub: Hub
) -> None:
    counts = run_scenario(scenario, turns, workspace, hub)
    if turns == LONG_TURNS:
        assert counts["stopped" if scenario == "exit" else "faults"]


SLEEP = """CREATE FUNCTION sleep_long() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN PERFORM pg_sleep(60); RETURN NEW; END $body$;
CREATE TRIGGER sleeps BEFORE INSERT ON change EXECUTE FUNCTION sleep_long()"""


def test_a_hub_that_sleeps_in_the_middle_of_a_sync_is_left_and_nothing_is_changed(
    wales: Workspace, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is alive, so that no timeout of the network ends the wait, and the sync holds the lock of the database."""
    sync_and_check(wales, hub)
    make_action(wales, "Made here")
    before, began = read_tables(wales), time.monotonic()
    hub.run(SLEEP)
    with monkeypatch.context() as patch:
        patch.setattr(connection, "SILENCE_SECONDS", 1)
        with pytest.raises(StoreError, match=r"was lost\. Nothing was changed"):
            sync_with_hub(wales, hub.url)
    assert time.monotonic() - began < 30
    assert read_tables(wales) == before
    make_action(wales, "Work goes on")
    hub.run("DROP TRIGGER sleeps ON change")
    assert sync_and_check(wales, hub).sent > 0
