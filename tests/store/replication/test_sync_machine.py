"""Whatever three laptops write apart, and however they meet at a hub in PostgreSQL: one office, and nothing lost."""

from __future__ import annotations

import shutil
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule, run_state_machine_as_test

from ahtc_tui.domain.imports.report import Cancelled
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.progress import Hooks
from ahtc_tui.services.replication.hub_sync import sync
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine import integrity_check
from ahtc_tui.store.replication.hub import Hub as OpenHub
from tests.builders import TODAY
from tests.hubs import Hub, Server
from tests.store.laptops import LAPTOPS, WHO, WRITTEN, Laptops, flags, tables

pytestmark = pytest.mark.usefixtures("quick")
CASES = max(3, settings().max_examples // 100)
"""Of 25 steps each; a profile with more examples plays more."""
ORDERS = ((0, 1, 2), (2, 1, 0), (1, 2, 0))


class Breaks(Exception):
    """The laptop dies after it stored its side."""


def dies(_hub: OpenHub) -> None:
    raise Breaks


class AtTheHub(Laptops):
    """The same three, who meet at a hub as well."""

    server: ClassVar[Server]

    @initialize()
    def open(self) -> None:
        super().open()
        self.hub = self.server.new()

    @rule(who=WHO, broken=st.sampled_from(["", "", "", "stopped", "died"]))
    def go_to_the_hub(self, who: str, broken: str) -> None:
        before = tables(self.all[who], *WRITTEN)
        try:
            with pytest.MonkeyPatch.context() as patch:
                if broken == "died":
                    patch.setattr(OpenHub, "commit", dies)
                sync(self.all[who], self.hub.url, hooks=Hooks(cancelled=lambda: broken == "stopped"))
        except Cancelled:
            assert tables(self.all[who], *WRITTEN) == before
        except Breaks:
            pass
        self.lines[who] = self.ids(self.all[who])

    def meet_at_last(self) -> None:
        """In whatever order they come to the hub: the same office on each of them."""
        for office in self.all.values():
            office.close()
        found: list[Any] = []
        for n, order in enumerate(ORDERS):
            hub = self.hub.copied()
            ends = [
                open_workspace(shutil.copytree(self.folder / name, self.folder / f"{name}-{n}"), TODAY)
                for name in LAPTOPS
            ]
            try:
                for turn in (*order, *order):
                    sync(ends[turn], hub.url)
                found += [(tables(end), flags(end)) for end in ends]
                self.looked_through(ends[n], hub)
            finally:
                for end in ends:
                    end.close()
        assert all(one == found[0] for one in found)

    def looked_through(self, office: Workspace, hub: Hub) -> None:
        assert integrity_check.faults(office.database) == []
        self.nothing_vanished(office)
        self.nobody_comes_back(office)
        gone = {key for (key,) in hub.run("SELECT row_id FROM erasure")}
        assert hub.lines() <= self.ids(office)
        assert gone or hub.lines() == self.ids(office)
        if self.erased:
            assert hub.says("zebedee") == []


def test_three_laptops_and_a_hub_agree_whatever_they_wrote(server: Server) -> None:
    run_state_machine_as_test(
        seed(1)(type("Part", (AtTheHub,), {"server": server})),
        settings=settings(
            max_examples=CASES,
            stateful_step_count=25,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
