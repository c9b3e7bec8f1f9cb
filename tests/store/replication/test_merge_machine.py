"""Whatever two laptops and an office write apart, and in whatever order they meet: one office, and nothing lost."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from ahtc_tui.domain.errors import AhtcError
from ahtc_tui.store.engine import integrity_check
from ahtc_tui.store.journal import ledger, projection, record_state, replay
from ahtc_tui.store.journal.replay import Entry, Folded
from ahtc_tui.store.replication import peer_database
from ahtc_tui.store.replication.journal_merge import JournalMerge
from ahtc_tui.store.replication.peer_database import Line
from tests.store import laptops
from tests.store.laptops import Laptops

CASES = 50
"""Of 40 steps each in one part; a profile with more examples plays more: --hypothesis-profile=nightly plays 2,000."""
pytestmark = pytest.mark.usefixtures("quick")
PARTS = max(4, settings().max_examples // CASES)


def play(part: int, **more: Any) -> None:
    run_state_machine_as_test(
        seed(part)(type("Part", (Laptops,), {})),
        settings=settings(
            max_examples=CASES,
            stateful_step_count=40,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
            **more,
        ),
    )


@pytest.mark.parametrize("part", range(PARTS))
def test_three_laptops_agree_whatever_they_wrote_and_nothing_is_lost(part: int) -> None:
    play(part)


def play_all() -> None:
    """Every part, until one fails; nothing is made simpler then."""
    for part in range(PARTS):
        play(part, phases=[Phase.generate], report_multiple_bugs=False)


def last_writer_wins(patch: pytest.MonkeyPatch) -> None:
    def whole(table: str, entries: Iterable[Entry]) -> Folded:
        return record_state.standing(table, entries)._replace(conflicts={})

    for module in (projection, integrity_check, laptops):
        patch.setattr(module, "standing", whole)


def a_removal_wins(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(replay, "_unseen", lambda _heads: False)


def the_order_of_arrival_decides(patch: pytest.MonkeyPatch) -> None:
    def arrived(cursor: Any, table: str, key: bytes) -> list[Entry]:
        query = 'SELECT id, field, value, parents FROM change WHERE "table" = ? AND row_id = ? ORDER BY rowid'
        return [replay.entry(*line) for line in cursor.execute(query, (table, key))]

    for module in (projection, ledger, laptops):
        patch.setattr(module, "row_changes", arrived)
    patch.setattr(integrity_check, "faults", lambda _database: [])


def only_what_is_newer_is_exchanged(patch: pytest.MonkeyPatch) -> None:
    lines = peer_database.lines

    def newer(cursor: Any, wanted: set[bytes]) -> list[Line]:
        (newest,) = cursor.execute("SELECT max(wall_ms) FROM change").fetchone()
        return [line for line in lines(cursor, wanted) if line.wall_ms > newest - 10_000]

    patch.setattr(peer_database, "lines", newer)


def nobody_is_taken_out_of_what_comes_in(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(JournalMerge, "_finish_erasing", lambda _union, _scopes: None)


MUTANTS = (
    last_writer_wins,
    a_removal_wins,
    the_order_of_arrival_decides,
    only_what_is_newer_is_exchanged,
    nobody_is_taken_out_of_what_comes_in,
)


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.__name__)
def test_the_machine_finds_a_merge_that_loses_something(
    mutant: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    mutant(monkeypatch)
    with pytest.raises((AssertionError, ExceptionGroup, AhtcError)):
        play_all()
