"""Measurement of processes: medians of wall and CPU time."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median


@dataclass
class Case:
    """A command and the times of its runs."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    wall_ms: list[float] = field(default_factory=list)
    cpu_ms: list[float] = field(default_factory=list)

    @property
    def median_wall_ms(self) -> float:
        """Median wall time in milliseconds."""
        return median(self.wall_ms)

    @property
    def median_cpu_ms(self) -> float:
        """Median CPU time, user and system, in milliseconds."""
        return median(self.cpu_ms)


def build_environment() -> dict[str, str]:
    """Environment without variables that change Python, so that bytecode is cached as usual."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}


def build_ahtc_command(*words: str) -> list[str]:
    """Command line of `ahtc` with these arguments, on the current interpreter."""
    return [sys.executable, "-m", "ahtc_tui", *words]


def measure_cases(cases: Sequence[Case], rounds: int) -> None:
    """Run every case once per round, after one unmeasured run, so that drift of the machine affects all cases alike."""
    for counted in [False] + [True] * rounds:
        for case in cases:
            wall_ms, cpu_ms = _run_case(case)
            if counted:
                case.wall_ms.append(wall_ms)
                case.cpu_ms.append(cpu_ms)


def _run_case(case: Case) -> tuple[float, float]:
    """Wall and CPU time of one run in milliseconds. Raises RuntimeError if the command fails."""
    start = time.perf_counter()
    process = subprocess.Popen(
        case.command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**build_environment(), **case.environment},
    )
    _pid, status, used = os.wait4(process.pid, 0)
    wall_ms = (time.perf_counter() - start) * 1000
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{case.name}: exit code {process.returncode}")
    return wall_ms, (used.ru_utime + used.ru_stime) * 1000
