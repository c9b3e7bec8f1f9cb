"""Concurrent writes of an office and two laptops converge in any order of merging, and no write is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from ahtc_tui.domain.errors import AhtcError
from ahtc_tui.store.engine import integrity_check
from ahtc_tui.store.journal import ledger, projection, record_state, replay
from ahtc_tui.store.journal.chain import StoredChange
from ahtc_tui.store.journal.chain_check import ChainCheck
from ahtc_tui.store.journal.replay import Change, RecordState
from ahtc_tui.store.records.cursor import Table
from ahtc_tui.store.replication.journal_merge import JournalMerge
from tests.store import lost_writes
from tests.store.laptops import Laptops

CASES = 50
"""Of 40 steps each in one part; --hypothesis-profile=nightly runs 2,000."""
FEW_CASES = 12
pytestmark = pytest.mark.usefixtures("quick")
PARTS = max(4, settings().max_examples // CASES)


def run_part(part: int, cases: int = CASES, **more: Any) -> None:
    run_state_machine_as_test(
        seed(part)(type("Part", (Laptops,), {})),
        settings=settings(
            max_examples=cases,
            stateful_step_count=40,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
            **more,
        ),
    )


@pytest.mark.long
def test_three_laptops_converge_without_lost_writes() -> None:
    run_part(PARTS, FEW_CASES)


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
def test_three_laptops_converge_without_lost_writes_in_many_cases(part: int) -> None:
    run_part(part)


def run_all_parts() -> None:
    """Run the parts until one fails, without shrinking."""
    for part in range(PARTS):
        run_part(part, phases=[Phase.generate], report_multiple_bugs=False)


def let_last_writer_win(patch: pytest.MonkeyPatch) -> None:
    def resolve_without_conflicts(table: Table, changes: Any) -> RecordState:
        resolve = record_state.resolve_record if callable(changes) else record_state.resolve_state
        return resolve(table, changes)._replace(conflicts={})

    for module in (projection, integrity_check):
        patch.setattr(module, "resolve_record", resolve_without_conflicts)
    patch.setattr(lost_writes, "resolve_state", resolve_without_conflicts)


def let_removals_win(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(replay, "_has_unseen_write", lambda _heads: False)


def order_by_arrival(patch: pytest.MonkeyPatch) -> None:
    def read_in_arrival_order(cursor: Any, table: Table, key: bytes) -> list[Change]:
        query = 'SELECT id, field, value, parents FROM change WHERE "table" = ? AND row_id = ? ORDER BY rowid'
        return [replay.parse_change(*line) for line in cursor.execute(query, (table, key))]

    def read_all_in_arrival_order(cursor: Any, records: Iterable[tuple[Table, Any]]) -> dict[Any, list[Change]]:
        return {record: read_in_arrival_order(cursor, *record) for record in records}

    for module in (ledger, lost_writes):
        patch.setattr(module, "read_changes", read_in_arrival_order)
    patch.setattr(projection, "read_records", read_all_in_arrival_order)
    patch.setattr(integrity_check, "find_faults", lambda _database: [])


def exchange_only_newer(patch: pytest.MonkeyPatch) -> None:
    run = ChainCheck.run

    def accept_newer(check: ChainCheck, cursor: Any, changes: Sequence[StoredChange]) -> None:
        run(check, cursor, changes)
        (newest,) = cursor.execute("SELECT max(wall_ms) FROM change").fetchone()
        check.accepted = [line for line in check.accepted if line.wall_ms > newest - 10_000]

    patch.setattr(ChainCheck, "run", accept_newer)


def skip_redaction(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(JournalMerge, "_redact_incoming", lambda _merge: None)


MUTANTS = (
    let_last_writer_win,
    let_removals_win,
    order_by_arrival,
    exchange_only_newer,
    skip_redaction,
)


@pytest.mark.long
@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.__name__)
def test_the_state_machine_detects_faulty_merges(
    mutant: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    mutant(monkeypatch)
    with pytest.raises((AssertionError, ExceptionGroup, AhtcError)):
        run_all_parts()
