"""Three laptops with backups, broken merges and a hostile peer: nothing is lost, and nobody can take anything away."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from ahtc_tui.store.engine.database import Database
from tests.store.hostile_laptops import HostileLaptops

pytestmark = pytest.mark.usefixtures("quick")
CASES = 50
"""Of 40 steps each in one part; --hypothesis-profile=nightly runs 2,000."""
FEW_CASES = 5
PARTS = max(4, settings().max_examples // CASES)


def run_part(part: int, cases: int = CASES) -> None:
    """Run a part; a failure is printed as it came, because shrinking it takes many minutes."""
    run_state_machine_as_test(
        seed(part)(type("Part", (HostileLaptops,), {})),
        settings=settings(
            max_examples=cases,
            stateful_step_count=40,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],
            report_multiple_bugs=False,
        ),
    )


def test_a_hostile_peer_takes_nothing_away() -> None:
    run_part(PARTS, FEW_CASES)


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
def test_a_hostile_peer_takes_nothing_away_in_many_cases(part: int) -> None:
    run_part(part)


@pytest.mark.long
def test_the_state_machine_detects_broken_merges_that_are_committed(monkeypatch: pytest.MonkeyPatch) -> None:
    def commit(database: Database) -> None:
        if database.connection.in_transaction:
            database.connection.commit()

    monkeypatch.setattr(Database, "_roll_back", commit)
    with pytest.raises(AssertionError):
        run_part(0)
