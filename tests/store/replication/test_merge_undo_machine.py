"""Undo and redo of merges among three laptops: nobody loses work, and nothing comes back unseen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule, run_state_machine_as_test

from ahtc_tui.domain.errors import AhtcError, Refused
from ahtc_tui.domain.history import ReversibleStep
from ahtc_tui.domain.imports.report import FileReport
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.services import history
from ahtc_tui.services.replication.merge import merge_file
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine import integrity_check
from ahtc_tui.store.journal.devices import OWN_STEPS
from ahtc_tui.store.journal.ledger import Ledger, read_changes
from ahtc_tui.store.journal.projection import TableWriter
from ahtc_tui.store.journal.replay import find_heads
from ahtc_tui.store.replication import merge_reversal, peer_database, undo
from ahtc_tui.store.replication.compensating_changes import HeadValues, list_head_ids, remove_record, write_values
from ahtc_tui.store.replication.merge_reversal import AppliedMerge
from tests.builders import query_rows
from tests.store.laptops import ACCEPTING, COMPARED_TABLES, LAPTOP_NAMES, PAIRS, Laptops, read_conflicts, read_tables

pytestmark = pytest.mark.usefixtures("quick")
CASES = 40
"""Of 40 steps each in one part; --hypothesis-profile=nightly runs 2,000."""
PARTS = max(4, settings().max_examples // CASES)

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

    @rule(pair=PAIRS)
    def merge_pair(self, pair: tuple[str, str]) -> None:
        before = read_shown(self.workspaces[pair[0]])
        merge_file(self.workspaces[pair[0]], self.workspaces[pair[1]].database.path, ACCEPTING)
        self.remember_merge(pair[0], before)

    @precondition(lambda self: self.snapshots)
    @rule(name=LAPTOP_NAMES, place=st.integers(0, 9))
    def find_an_old_file(self, name: str, place: int) -> None:
        before = read_shown(self.workspaces[name])
        merge_file(self.workspaces[name], self.snapshots[place % len(self.snapshots)], ACCEPTING)
        self.remember_merge(name, before)

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
        faults = list(integrity_check.find_file_faults(office.database))
        with office.database.read() as cursor:
            faults += integrity_check.find_journal_faults(cursor)
        assert faults == []
        places = query_rows(office, f"SELECT device, max(position), count(*) FROM ({PLACES}) GROUP BY device")
        assert self.erased or all(last == count for _device, last, count in places), "a chain has a gap"

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
    """Return what a copy shows: its rows without local numbers, and its conflicts."""
    tables = read_tables(office, *COMPARED_TABLES)
    rows = {table: [row[1:] for row in listed if not row[2]] for table, listed in tables.items()}
    return rows, read_conflicts(office)


def is_shown(report: FileReport) -> bool:
    return bool(report.added or report.changed or report.questions or report.warnings)


def run_part(part: int, **more: Any) -> None:
    run_state_machine_as_test(
        seed(part)(type("Part", (UndoingLaptops,), {})),
        settings=settings(
            max_examples=CASES,
            stateful_step_count=40,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
            **more,
        ),
    )


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
def test_merges_can_be_undone_and_redone_without_lost_writes(part: int) -> None:
    run_part(part)


def run_all_parts() -> None:
    """Run the parts until one fails, without shrinking."""
    for part in range(PARTS):
        run_part(part, phases=[Phase.generate], report_multiple_bugs=False)


def let_undo_travel(patch: pytest.MonkeyPatch) -> None:
    """Undo a merge by writing the former values, as ahtc once did."""

    def write_former_values(ledger: Ledger, merge: AppliedMerge, step: RowKey, label: str) -> None:
        ledger.begin_reversal(step, label)
        for record in sorted(merge.records):
            changes = read_changes(ledger.cursor, *record)
            before = [change for change in changes if change.id not in merge.lines]
            if not before:
                remove_record(ledger, record, changes)
            for field in {change.field for change in changes if change.id in merge.lines} if before else ():
                heads = find_heads(before, field)
                values: HeadValues = [(change.id, value) for change, value in heads]
                values = values or [(None, None)]
                write_values(ledger, record, field, values, list_head_ids(find_heads(changes, field)))
        merge_reversal._project_records(ledger, TableWriter(ledger.cursor), merge.records)

    patch.setattr(undo, "undo_merge", write_former_values)


def let_merging_again_be_silent(patch: pytest.MonkeyPatch) -> None:
    """Take parked lines for known ones."""
    list_change_ids = peer_database.list_change_ids

    def list_with_parked(cursor: Any) -> set[RowKey]:
        query = "SELECT unhex(line ->> '$.id.key') FROM parked_line WHERE source = 'change'"
        return list_change_ids(cursor) | {key for (key,) in cursor.execute(query)}

    patch.setattr(peer_database, "list_change_ids", list_with_parked)


def keep_what_rests_on_a_merge(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(merge_reversal, "_find_dependent_lines", lambda _own, _lines: {})


def skip_the_replay(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(merge_reversal, "_project_records", lambda _ledger, _tables, _records: None)


def keep_the_device_id(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(merge_reversal, "assign_new_device", lambda _cursor: None)


MUTANTS = (
    let_undo_travel,
    let_merging_again_be_silent,
    keep_what_rests_on_a_merge,
    skip_the_replay,
    keep_the_device_id,
)


@pytest.mark.long
@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.__name__)
def test_the_state_machine_detects_faulty_undo(
    mutant: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    mutant(monkeypatch)
    with pytest.raises((AssertionError, ExceptionGroup, AhtcError)):
        run_all_parts()
