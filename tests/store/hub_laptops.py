"""The state machine of three laptops with a hub in PostgreSQL."""

from __future__ import annotations

import shutil
from typing import Any, ClassVar

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from ahtc_tui.domain.errors import Cancelled
from ahtc_tui.domain.running_job import RunningJob, run_as_job
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.replication.hub_sync import sync_with_hub
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine import integrity_check
from ahtc_tui.store.hub.connection import Hub as OpenHub
from tests.builders import TODAY
from tests.hubs import Hub, Server
from tests.store.laptops import ACCEPTING, COMPARED_TABLES, LAPTOP_NAMES, LAPTOPS, Laptops, read_conflicts, read_tables

ORDERS = ((0, 1, 2), (2, 1, 0), (1, 2, 0))
BROKEN = st.sampled_from(["", "", "", "stopped", "died"])


class Died(Exception):
    """The laptop dies after its own commit."""


def die_before_commit(_hub: OpenHub) -> None:
    raise Died


def sync_or_break(office: Workspace, hub: Hub, broken: str) -> None:
    """Sync, unless it is stopped before its end or the laptop dies between its commit and that of the hub."""
    with pytest.MonkeyPatch.context() as patch:
        if broken == "died":
            patch.setattr(OpenHub, "commit", die_before_commit)
        with run_as_job(RunningJob(is_stopped=broken == "stopped")):
            sync_with_hub(office, hub.url, ACCEPTING)


class LaptopsWithHub(Laptops):
    """The laptops of the merge machine, with a hub."""

    server: ClassVar[Server]

    @initialize()
    def open(self) -> None:
        super().open()
        self.hub = self.server.create_hub()

    @rule(name=LAPTOP_NAMES, broken=BROKEN)
    def go_to_the_hub(self, name: str, broken: str) -> None:
        before = read_tables(self.workspaces[name], *COMPARED_TABLES)
        try:
            sync_or_break(self.workspaces[name], self.hub, broken)
        except Cancelled:
            assert read_tables(self.workspaces[name], *COMPARED_TABLES) == before
        except Died:
            pass
        self.change_ids[name] = self.read_change_ids(self.workspaces[name])

    def merge_all(self) -> None:
        """Sync in every order and compare the results."""
        for office in self.workspaces.values():
            office.close()
        results: list[Any] = []
        for n, order in enumerate(ORDERS):
            hub = self.hub.copy()
            ends = [
                open_workspace(shutil.copytree(self.folder / name, self.folder / f"{name}-{n}"), TODAY)
                for name in LAPTOPS
            ]
            try:
                for turn in (*order, *order):
                    sync_with_hub(ends[turn], hub.url, ACCEPTING)
                results += [(read_tables(end), read_conflicts(end)) for end in ends]
                self.check_result(ends[n], hub)
            finally:
                for end in ends:
                    end.close()
        assert all(result == results[0] for result in results)

    def check_result(self, office: Workspace, hub: Hub) -> None:
        assert integrity_check.find_faults(office.database) == []
        self.check_no_lost_writes(office)
        self.check_erased_stay_erased(office)
        erased = {key for (key,) in hub.run("SELECT row_id FROM erasure")}
        assert hub.list_change_ids() <= self.read_change_ids(office)
        assert erased or hub.list_change_ids() == self.read_change_ids(office)
        if self.erased:
            assert hub.find_word("zebedee") == []
