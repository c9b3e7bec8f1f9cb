"""Laptops converge through a folder whatever happens to its files, and a hostile file there takes nothing away."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from tests.store.folder_laptops import HostileFolder, LaptopsWithFolder

pytestmark = pytest.mark.usefixtures("quick")
CASES = max(4, settings().max_examples // 50)
PARTS = max(2, settings().max_examples // 50)


def run(machine: type[RuleBasedStateMachine], part: int, cases: int, steps: int) -> None:
    """Run a part; a failure is printed as it came, because shrinking it takes many minutes."""
    options: dict[str, Any] = {"suppress_health_check": list(HealthCheck), "phases": [Phase.generate]}
    run_state_machine_as_test(
        seed(part)(type("Part", (machine,), {})),
        settings=settings(
            max_examples=cases,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            report_multiple_bugs=False,
            **options,
        ),
    )


def test_three_laptops_and_a_folder_converge() -> None:
    run(LaptopsWithFolder, 1, 2, 20)


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
def test_three_laptops_and_a_folder_converge_in_many_cases(part: int) -> None:
    run(LaptopsWithFolder, part + 2, CASES, 30)


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
def test_a_hostile_file_in_the_folder_takes_nothing_away(part: int) -> None:
    run(HostileFolder, part, CASES, 40)
