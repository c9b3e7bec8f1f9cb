"""Programs measured as processes: whole commands by wall time, and tasks that time themselves."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.harness import Program, Reading


def build_environment(changes: Mapping[str, str] | None = None) -> dict[str, str]:
    """Environment without variables that change Python, so that bytecode is cached as usual."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return {**kept, **(changes or {})}


def build_ahtc_command(*words: str) -> list[str]:
    """Command line of `ahtc` with these arguments, on the current interpreter."""
    return [sys.executable, "-m", "ahtc_tui", *words]


def make_command(name: str, command: Sequence[str], environment: Mapping[str, str] | None = None) -> Program:
    """Return a program whose value is the wall time of the whole process. Its run raises RuntimeError on failure."""

    def run() -> Reading:
        start = time.perf_counter()
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=build_environment(environment),
        )
        process.wait()
        milliseconds = (time.perf_counter() - start) * 1000
        if process.returncode:
            raise RuntimeError(f"{name}: exit code {process.returncode}")
        return Reading(milliseconds)

    return Program(name, run)


def make_task(
    name: str, task: str, *arguments: object, module: str = "benchmarks.tasks", python: str = sys.executable
) -> Program:
    """Return a program that runs a task of a module in a process of its own, which measures the work itself."""
    command = [python, "-m", module, task, *map(str, arguments)]

    def run() -> Reading:
        process = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            env=build_environment({"PYTHONPATH": str(Path(__file__).parent.parent)}),
            check=False,
        )
        if process.returncode:
            raise RuntimeError(f"{name}: {process.stderr.strip().splitlines()[-1:]}")
        return Reading(*json.loads(process.stdout))

    return Program(name, run)


def run_task(prepare: Callable[..., Callable[[], Any]], arguments: Sequence[str]) -> None:
    """Prepare a task, time its work and print milliseconds and peak MiB as JSON, for `make_task`."""
    work = prepare(*arguments)
    start = time.perf_counter()
    work()
    milliseconds = (time.perf_counter() - start) * 1000
    print(json.dumps([milliseconds, read_peak_mib()]))


def read_peak_mib() -> float | None:
    """Largest resident memory of this process in MiB; None where the system does not tell.

    `getrusage` counts the memory of the parent process as well.
    """
    status = Path("/proc/self/status")
    match = re.search(r"VmHWM:\s+(\d+) kB", status.read_text()) if status.exists() else None
    return int(match[1]) / 1024 if match else None
