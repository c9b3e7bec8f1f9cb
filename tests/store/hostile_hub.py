"""A hub in the hands of somebody who alters its journal, and the laptops that sync with it."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from contextlib import closing
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from ahtc_tui.domain.errors import Cancelled
from ahtc_tui.domain.imports.report import ImportReport
from ahtc_tui.services.replication.hub_sync import sync_with_hub
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.hub.connection import format_columns
from tests.builders import query_rows
from tests.hubs import Hub, Server
from tests.store.hostile_copy import EVIL, JOURNAL_DEEDS, Forger, alter_journal
from tests.store.hostile_laptops import SEEDS, HostileLaptops
from tests.store.hub_laptops import BROKEN, Died, sync_or_break
from tests.store.laptops import ACCEPTING, COMPARED_TABLES, LAPTOP_NAMES, LAPTOPS, read_conflicts, read_tables
from tests.store.undoing_laptops import read_shown

JOURNAL_TABLES = ("step", "change", "missing_change", "erasure")


class HostileHub(HostileLaptops):
    """The laptops of the machine with a hostile peer, with a hub that somebody alters."""

    server: ClassVar[Server]

    @initialize(seed=SEEDS)
    def open(self, seed: int) -> None:
        super().open(seed)
        self.hub = self.server.create_hub()
        self.is_hub_altered = False

    @rule(name=LAPTOP_NAMES, broken=BROKEN, undoes=st.booleans())
    def sync(self, name: str, broken: str, undoes: bool) -> None:
        """Sync; erasures are accepted while nobody has altered the hub."""
        office = self.workspaces[name]
        if self.is_hub_altered:
            self.meet_hostile_peer(name, lambda: sync_with_hub(office, self.hub.url), frozenset(), undoes=undoes)
            return
        before = read_shown(office)
        try:
            sync_or_break(office, self.hub, broken)
        except Cancelled:
            assert read_shown(office) == before, "a stopped sync changed something"
        except Died:
            pass
        self.remember_merge(name, before)
        self.check_whole(office)

    @rule(deeds=st.lists(st.sampled_from(JOURNAL_DEEDS), min_size=1, max_size=4), hides=st.booleans(), seed=SEEDS)
    def alter_the_hub(self, deeds: list[str], hides: bool, seed: int) -> None:
        if self.hub.run("SELECT to_regclass('change') IS NOT NULL") == [(True,)]:
            self.hostile_count += 1
            device = f"{EVIL}-hub-{self.hostile_count}"
            forger = alter_hub(self.hub, self.workspaces["a"], device, deeds, hides=hides, seed=seed)
            self.forged |= forger.forged
            self.altered |= forger.altered if hides else set()
            self.is_hub_altered = True

    def merge_all(self) -> None:
        """All laptops converge through a hub that nobody altered; then they merge one another."""
        if not self.is_hub_altered and not self.is_poisoned():
            for name in (*LAPTOPS, *LAPTOPS):
                self.check_applied(sync_with_hub(self.workspaces[name], self.hub.url, ACCEPTING))
                self.change_ids[name] = self.read_change_ids(self.workspaces[name])
            ends = [
                (read_tables(office, *COMPARED_TABLES), read_conflicts(office)) for office in self.workspaces.values()
            ]
            assert ends[0] == ends[1] == ends[2], "the laptops differ after their syncs"
        super().merge_all()

    def check_applied(self, imported: ImportReport) -> None:
        assert imported.applied, "a sync asks about removals, although nobody altered the hub"


def alter_hub(hub: Hub, office: Workspace, device: str, deeds: Collection[str], *, hides: bool, seed: int) -> Forger:
    """Alter the journal of a hub as its administrator, and return who did it.

    `office` has tables of the same form.
    """
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as copy, hub.server.connect(hub.name) as connection:
        for name in JOURNAL_TABLES:
            ((statement,),) = query_rows(office, "SELECT sql FROM sqlite_master WHERE name = ?", name)
            copy.execute(statement)
            query = f"SELECT {format_columns(name)} FROM {name} ORDER BY 1"  # the seed alone decides what is altered
            rows = connection.execute(query.encode()).fetchall()
            copy.executemany(f"INSERT INTO {name} ({format_columns(name)}) VALUES ({list_marks(name, '?')})", rows)
        copy.execute("PRAGMA ignore_check_constraints = ON")
        forger = alter_journal(copy, device, deeds, hides=hides, seed=seed)
        with connection.transaction(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            for name in JOURNAL_TABLES:
                cursor.execute(f"DELETE FROM {name}".encode())
                rows = copy.execute(f"SELECT {format_columns(name)} FROM {name}").fetchall()
                statement = f"INSERT INTO {name} ({format_columns(name)}) VALUES ({list_marks(name, '%s')})"
                cursor.executemany(statement.encode(), rows)
    return forger


def list_marks(name: str, mark: str) -> str:
    """Return a placeholder for each column of a table."""
    return ", ".join([mark] * (format_columns(name).count(",") + 1))
