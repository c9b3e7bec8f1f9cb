"""Programs measured as processes: whole commands by wall time, and tasks that time themselves."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from threading import Event, Thread
from typing import Any

from benchmarks.harness import Program, Reading


def build_environment(changes: Mapping[str, str] | None = None) -> dict[str, str]:
    """Environment without variables that change Python, so that bytecode is cached as usual."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return {**kept, **(changes or {})}


def build_ahtc_command(*words: str) -> list[str]:
    """Command line of `ahtc` with these arguments, on the current interpreter."""
    return [sys.executable, "-m", "ahtc_tui", *words]


SAMPLE_SECONDS = 0.02
"""Time between two looks at the memory of a command."""
DONE = (0, 1)
"""Exit codes of a command that did its work; 1 where a person should look at something."""


def make_command(
    name: str,
    command: Sequence[str],
    environment: Mapping[str, str] | None = None,
    prepare: Callable[[], AbstractContextManager[Sequence[str]]] | None = None,
) -> Program:
    """Return a program whose value is the wall time of the whole process; it has processor time and memory as well.

    `prepare` gives further arguments for each run, such as a copy that the command changes. Raises RuntimeError where
    the command fails.
    """

    def run() -> Reading:
        with prepare() if prepare else nullcontext(()) as more_words:
            return run_command([*command, *more_words], environment)

    return Program(name, run)


def run_command(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Reading:
    """Run a command; return its wall time, and processor time and memory of its processes. Raises RuntimeError."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=build_environment(environment),
    )
    peaks, ended = [0.0], Event()

    def watch() -> None:
        while not ended.wait(SAMPLE_SECONDS):
            peaks.append(_read_tree_mib(process.pid))

    watcher = Thread(target=watch)
    watcher.start()
    # `wait4` adds the children for which the command has waited.
    _pid, status, usage = os.wait4(process.pid, 0)
    milliseconds = (time.perf_counter() - start) * 1000
    ended.set()
    watcher.join()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in DONE:
        raise RuntimeError(f"{' '.join(command)}: exit code {process.returncode}")
    return Reading(milliseconds, max(peaks) or None, (usage.ru_utime + usage.ru_stime) * 1000)


def _read_tree_mib(pid: int) -> float:
    """Return the resident memory of a process with all its children in MiB; 0 where the system does not tell."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:  # it has ended
        return 0
    match = re.search(r"VmRSS:\s+(\d+) kB", status)
    return (int(match[1]) / 1024 if match else 0) + sum(_read_tree_mib(int(child)) for child in children)


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
