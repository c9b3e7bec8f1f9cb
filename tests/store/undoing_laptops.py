"""The state machine of three laptops with undo and redo of merges."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.history import ReversibleStep
from ahtc_tui.domain.imports.report import FileReport
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.replication.reports import MergeFileReport
from ahtc_tui.services import history
from ahtc_tui.services.replication.merge import merge_file
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine import integrity_check
from ahtc_tui.store.journal.chain_check import find_chain_faults
from ahtc_tui.store.journal.devices import OWN_STEPS
from tests.builders import query_rows
from tests.store.laptops import (
    ACCEPTING,
    COMPARED_TABLES,
    LAPTOP_NAMES,
    PAIRS,
    Laptops,
    check_contact_rows,
    read_conflicts,
    read_tables,
)

PLACES = "SELECT device, position, chain FROM {} WHERE position IS NOT NULL"
PLACES = f"{PLACES.format('change')} UNION ALL {PLACES.format('missing_change')}"


class UndoingLaptops(Laptops):
    """The laptops of the merge machine, with undo and redo."""

    @initialize()
    def open(self) -> None:
        super().open()
        self.every_change: set[RowKey] = set()
        """Every change that any laptop ever had."""
        self.before_merges: dict[RowKey, Any] = {}
        """What a copy showed before a merge, by the step of the merge or its redo."""

    def record_writes(self, name: str) -> None:
        """Changes that an undo or a redo put back are no new writes."""
        before, after = self.change_ids[name], self.read_change_ids(self.workspaces[name])
        new = after - before - self.every_change
        self.seen_by_change |= dict.fromkeys(new, before | new)
        self.change_ids[name] = after
        self.every_change |= after

    def find_undo(self, name: str) -> ReversibleStep | None:
        try:
            return history.find_step_to_undo(self.workspaces[name])
        except Refused:
            return None

    def remember_merge(self, name: str, before: Any) -> ReversibleStep | None:
        """Remember what a copy showed before its newest step, if that has just merged something."""
        had, has = self.change_ids[name], self.read_change_ids(self.workspaces[name])
        self.change_ids[name] = has
        self.every_change |= has
        step = self.find_undo(name)
        if had == has or step is None or not step.merged_work:
            return None
        self.before_merges[step.key] = before
        return step

    def merge_path(self, name: str, path: Path) -> None:
        """Merge a file; what changes is in the report."""
        office = self.workspaces[name]
        before = read_shown(office)
        report = merge_file(office, path, ACCEPTING).files[0]
        assert read_shown(office) == before or self.erased or is_shown(report), "a merge was silent"
        self.remember_merge(name, before)

    @rule(pair=PAIRS)
    def merge_pair(self, pair: tuple[str, str]) -> None:
        self.merge_path(pair[0], self.workspaces[pair[1]].database.path)

    @precondition(lambda self: self.snapshots)
    @rule(name=LAPTOP_NAMES, place=st.integers(0, 9))
    def find_an_old_file(self, name: str, place: int) -> None:
        self.merge_path(name, self.snapshots[place % len(self.snapshots)])

    @rule(name=LAPTOP_NAMES)
    def undo(self, name: str) -> None:
        office, step = self.workspaces[name], self.find_undo(name)
        if step is None:
            return
        before, live = self.change_ids[name], list_live_writes(office, step.key)
        try:
            history.undo_step(office, step.key)
        except Refused:
            assert not step.merged_work, "the undo of a merge was refused"
            return
        if step.merged_work:
            after = self.read_change_ids(office)
            assert after < before, "the undo of a merge wrote a change"
            assert live <= after, "a write that was not undone was taken back"
            if step.key in self.before_merges and not self.erased:
                assert read_shown(office) == self.before_merges[step.key], "a merge was not taken back"
        self.record_writes(name)
        self.check_soundness(office)

    @rule(name=LAPTOP_NAMES)
    def redo(self, name: str) -> None:
        office = self.workspaces[name]
        before, had = read_shown(office), self.change_ids[name]
        try:
            history.redo_step(office)
        except Refused:
            return
        self.record_writes(name)
        self.change_ids[name] = had
        self.remember_merge(name, before)
        self.check_soundness(office)

    @rule(pair=PAIRS)
    def merge_undo_redo_and_merge_again(self, pair: tuple[str, str]) -> None:
        """A redo restores all, and what an undo takes out is what the next merge of the same file brings."""
        name, peer_name = pair
        office, path = self.workspaces[name], self.workspaces[peer_name].database.path
        before = read_shown(office)
        merge_file(office, path, ACCEPTING)
        if self.remember_merge(name, before):
            merged, change_ids = read_shown(office), self.change_ids[name]
            self.undo(name)
            self.redo(name)
            assert self.change_ids[name] == change_ids
            assert self.erased or read_shown(office) == merged, "a redo did not restore the merge"
            if self.find_undo(name) is None:
                return
            self.undo(name)
            report = merge_file(office, path, ACCEPTING).files[0]
            assert self.erased or read_shown(office) == merged, "a repeated merge did not bring the same"
            assert self.erased or merged == before or is_shown(report), "a repeated merge was silent"
            self.remember_merge(name, before)
        self.check_soundness(office)

    def check_soundness(self, office: Workspace) -> None:
        check_contact_rows(office)
        faults = list(integrity_check.find_file_faults(office.database))
        with office.database.read() as cursor:
            faults += integrity_check.find_journal_faults(cursor)
        assert faults == []
        with office.database.read() as cursor:
            assert find_chain_faults(cursor) == []

    def merge_all(self) -> None:
        chains: dict[tuple[str, int], bytes] = {}
        for office in self.workspaces.values():
            for device, position, chain in query_rows(office, PLACES):
                assert chains.setdefault((device, position), chain) == chain, "a chain has a fork"
        super().merge_all()

    def check_no_lost_writes(self, office: Workspace) -> None:
        """A write that was undone and taken back with the merge below it may be nowhere; all others are held."""
        held = frozenset[RowKey]().union(*self.change_ids.values())
        self.seen_by_change = {change: seen for change, seen in self.seen_by_change.items() if change in held}
        super().check_no_lost_writes(office)


def list_live_writes(office: Workspace, step: RowKey) -> set[RowKey]:
    """Return what this copy wrote in other steps that are not undone."""
    query = f"""SELECT c.id FROM change c JOIN ({OWN_STEPS}) s ON s.id = c."transaction"
 WHERE s.id <> ? AND s.kind = 'do' AND NOT EXISTS (SELECT 1 FROM step r WHERE r.reverses = s.id)"""
    return {key for (key,) in query_rows(office, query, step)}


def read_shown(office: Workspace) -> Any:
    """Return what a copy shows: its rows without local numbers and removed ones, and the conflicts in them."""
    tables = read_tables(office, *COMPARED_TABLES)
    rows = {table: [row[1:] for row in listed if not row[2]] for table, listed in tables.items()}
    shown = {(table, row[0]) for table, listed in rows.items() for row in listed}
    return rows, {conflict for conflict in read_conflicts(office) if conflict[:2] in shown}


def is_shown(report: FileReport) -> bool:
    assert isinstance(report, MergeFileReport)
    return bool(report.added or report.changed or report.questions or report.warnings or report.dropped)
