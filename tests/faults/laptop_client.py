"""A laptop in a process of its own: it writes and syncs at random, and reports each thing it did once it is done."""

from __future__ import annotations

import json
import os
import random
from dataclasses import dataclass, field
from pathlib import Path

from ahtc_tui.domain.drafts.actions import build_update_draft
from ahtc_tui.domain.errors import Cancelled, StoreError
from ahtc_tui.domain.imports.report import ImportOptions
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.running_job import RunningJob, run_as_job
from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.replication.hub_sync import sync_with_hub
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY, make_action, make_action_draft, query_rows

SHARED_REFS = ("DP-01", "DP-02", "DP-03")
"""The actions that every laptop has from the start and edits."""
FIELDS = ("title", "detail", "evidence")
SYNC_SHARE = 0.35
EXIT_SHARE = 0.15


@dataclass
class Client:
    """A life of the process: from its start to its exit or its end."""

    root: Path
    url: str
    chance: random.Random
    output: int
    """The end of a pipe; each report is a line of JSON."""
    exits: bool
    """Whether it may exit before all its work is done, also in the middle of a sync."""
    known: frozenset[RowKey] = field(default=frozenset())

    def run(self, turns: int) -> None:
        """Do some things, and close the workspace."""
        office = open_workspace(self.root, TODAY)
        for _turn in range(turns):
            self._report_news(office, "seen")
            is_last = self.exits and self.chance.random() < EXIT_SHARE
            if self.chance.random() < SYNC_SHARE:
                self._report(self._sync(office, is_stopped=is_last), [])
            else:
                self._write(office)
                self._report_news(office, "wrote")
            if is_last:
                break
        office.close()

    def _write(self, office: Workspace) -> None:
        token = f"token {self.chance.getrandbits(40):x}"
        ref = self.chance.choice(SHARED_REFS)
        match self.chance.randrange(4):
            case 0:
                make_action(office, token)
            case 1:
                actions.update_action(office, ref, build_update_draft(token, self.chance.choice("RAG")))
            case _:
                name = self.chance.choice(FIELDS)
                actions.edit_action(office, ref, make_action_draft(**{name: token}))

    def _sync(self, office: Workspace, *, is_stopped: bool) -> str:
        try:
            with run_as_job(RunningJob(is_stopped=is_stopped)):
                sync_with_hub(office, self.url, ImportOptions())
        except StoreError:
            return "broken"
        except Cancelled:
            return "stopped"
        return "synced"

    def _report_news(self, office: Workspace, kind: str) -> None:
        known = frozenset(key for (key,) in query_rows(office, "SELECT id FROM change"))
        self._report(kind, sorted(key.hex() for key in known - self.known))
        self.known = known

    def _report(self, kind: str, changes: list[str]) -> None:
        data = json.dumps([kind, changes]).encode() + b"\n"
        while data:
            data = data[os.write(self.output, data) :]
