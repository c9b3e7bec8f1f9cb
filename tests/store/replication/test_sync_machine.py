"""Concurrent writes of three laptops converge through a hub in PostgreSQL, and no write is lost."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.hubs import Server
from tests.store.hub_laptops import LaptopsWithHub

pytestmark = pytest.mark.usefixtures("quick")
CASES = max(3, settings().max_examples // 100)
"""Of 25 steps each; a profile with more examples runs more."""


@pytest.mark.long
def test_three_laptops_and_a_hub_converge(server: Server) -> None:
    run_state_machine_as_test(
        seed(1)(type("Part", (LaptopsWithHub,), {"server": server})),
        settings=settings(
            max_examples=CASES,
            stateful_step_count=25,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
