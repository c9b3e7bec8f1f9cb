"""Three laptops, a hub in PostgreSQL and somebody who alters it: nobody can take anything away."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.hubs import Server
from tests.store.hostile_hub import HostileHub

pytestmark = pytest.mark.usefixtures("quick")
CASES = 25
"""Of 40 steps each in one part; --hypothesis-profile=nightly runs 1,000."""
PARTS = max(2, settings().max_examples // 50)


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
def test_a_hostile_hub_takes_nothing_away(server: Server, part: int) -> None:
    """A failure is printed as it came, because shrinking it takes many minutes."""
    run_state_machine_as_test(
        seed(part)(type("Part", (HostileHub,), {"server": server})),
        settings=settings(
            max_examples=CASES,
            stateful_step_count=40,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],
            report_multiple_bugs=False,
        ),
    )
