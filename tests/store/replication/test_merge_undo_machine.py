"""Undo and redo of merges among three laptops: nobody loses work, and nothing comes back unseen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from ahtc_tui.domain.errors import AhtcError
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.journal import chain_check
from ahtc_tui.store.journal.chain_check import KnownChains
from ahtc_tui.store.journal.ledger import Ledger, read_changes
from ahtc_tui.store.journal.projection import TableWriter
from ahtc_tui.store.journal.replay import find_heads
from ahtc_tui.store.replication import journal_merge, undo
from ahtc_tui.store.replication.compensating_changes import HeadValues, list_head_ids, remove_record, write_values
from ahtc_tui.store.replication.undo import AppliedMerge
from tests.store.undoing_laptops import UndoingLaptops

pytestmark = pytest.mark.usefixtures("quick")
CASES = 40
"""Of 40 steps each in one part; --hypothesis-profile=nightly runs 2,000."""
PARTS = max(4, settings().max_examples // CASES)


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
        undo._project_records(ledger, TableWriter(ledger.cursor), merge.records)

    patch.setattr(undo, "undo_merge", write_former_values)


def let_merging_again_be_silent(patch: pytest.MonkeyPatch) -> None:
    """Take parked lines for known ones."""
    read_known_chains = chain_check.read_known_chains

    def read_with_parked(cursor: Any) -> KnownChains:
        query = "SELECT unhex(line ->> '$.id.key') FROM parked_line WHERE source = 'change'"
        parked = {key for (key,) in cursor.execute(query)}
        known = read_known_chains(cursor)
        return known._replace(changes=known.changes | parked)

    patch.setattr(journal_merge, "read_known_chains", read_with_parked)


def keep_what_rests_on_a_merge(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(undo, "_list_own_lines", lambda _cursor, _chain: [])


def skip_the_replay(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(undo, "_project_records", lambda _ledger, _tables, _records: None)


MUTANTS = (
    let_undo_travel,
    let_merging_again_be_silent,
    keep_what_rests_on_a_merge,
    skip_the_replay,
)


@pytest.mark.long
@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.__name__)
def test_the_state_machine_detects_faulty_undo(
    mutant: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    mutant(monkeypatch)
    with pytest.raises((AssertionError, ExceptionGroup, AhtcError)):
        run_all_parts()
