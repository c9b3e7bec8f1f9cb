"""Programs in a pseudo-terminal of 120x40: first full paint, latency and output of keys, and the cost of idling."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from statistics import quantiles
from typing import NamedTuple

from benchmarks.harness import Program, Reading
from benchmarks.processes import build_environment

COLUMNS, LINES = 120, 40
PATIENCE_SECONDS = 30.0
QUIET_SECONDS = 0.03
"""Silence after which a key is processed. The card beside a list follows later, where the cursor rests."""
QUIET_WITH_CARD_SECONDS = 0.2
"""Silence after which the card is drawn as well."""
SETTLING_SECONDS = 6.0
"""What begins some seconds after the first paint, such as the first backup and sync, is no idling."""
CONTROL_PATTERN = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[ -/]*[0-~])")
"""Control sequences of a terminal; the text between them is visible."""


class NotPainted(Exception):
    """The words did not appear in time; the message holds the end of the output."""


class KeyRun(NamedTuple):
    """Percentiles of one run of keys, and the memory after them."""

    percentiles: list[float]
    resident_mib: float


@dataclass
class Terminal:
    """A running program and the terminal that reads it."""

    pid: int
    terminal: int

    def wait_for_words(self, words: Sequence[str], seconds: float = PATIENCE_SECONDS) -> None:
        """Read until every word is in the output. Raises NotPainted."""
        deadline = time.perf_counter() + seconds
        drawn, wanted = b"", [word.encode() for word in words]
        while not all(word in CONTROL_PATTERN.sub(b"", drawn) for word in wanted):
            output = self._read_output(deadline - time.perf_counter())
            if not output:
                text = CONTROL_PATTERN.sub(b"", drawn).decode(errors="replace").strip()
                raise NotPainted(text[-400:] or "nothing was drawn")
            drawn += output

    def press_key(self, key: str, quiet_seconds: float = QUIET_SECONDS) -> tuple[float, int]:
        """Press a key; return milliseconds until the last output that follows it, and the bytes of that output."""
        self.drain(QUIET_WITH_CARD_SECONDS)
        start = last = time.perf_counter()
        os.write(self.terminal, key.encode())
        size = 0
        while output := self._read_output((quiet_seconds if size else 1.0) - (time.perf_counter() - last)):
            last, size = time.perf_counter(), size + len(output)
        return (last - start) * 1000, size

    def drain(self, seconds: float = QUIET_SECONDS) -> None:
        """Read until nothing comes for this time."""
        while self._read_output(seconds):
            pass

    def read_resident_mib(self) -> float:
        """Resident memory of the program in MiB."""
        match = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{self.pid}/status").read_text())
        return int(match[1]) / 1024 if match else float("nan")

    def read_processor_ms(self) -> float:
        """Processor time of the program so far, user and system, in milliseconds."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rsplit(") ", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")

    def _read_output(self, seconds: float) -> bytes:
        if not select.select([self.terminal], [], [], max(seconds, 0))[0]:
            return b""
        try:
            return os.read(self.terminal, 1 << 18)
        except OSError:  # the other end was closed
            return b""


@contextmanager
def open_terminal(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Iterator[Terminal]:
    """Run a command in a pseudo-terminal and kill it at the end."""
    pid, terminal = pty.fork()
    if pid == 0:
        _exec_command(command, environment or {})
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
    try:
        yield Terminal(pid, terminal)
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(terminal)


def _exec_command(command: Sequence[str], environment: Mapping[str, str]) -> None:
    terminal = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "COLUMNS": f"{COLUMNS}", "LINES": f"{LINES}"}
    try:
        os.execvpe(command[0], list(command), build_environment({**terminal, **environment}))
    finally:
        os._exit(127)


def make_paint(
    name: str, command: Sequence[str], words: Sequence[str], environment: Mapping[str, str] | None = None
) -> Program:
    """Return a program whose value is the time to the first paint of all words, and its memory then."""

    def run() -> Reading:
        start = time.perf_counter()
        with open_terminal(command, environment) as terminal:
            terminal.wait_for_words(words)
            return Reading((time.perf_counter() - start) * 1000, terminal.read_resident_mib())

    return Program(name, run)


def make_keys(
    name: str,
    command: Sequence[str],
    words: Sequence[str],
    keys: Sequence[str],
    *,
    before: Sequence[tuple[str, Sequence[str]]] = (),
    bytes_only: bool = False,
    quiet_seconds: float = QUIET_SECONDS,
) -> Program:
    """Return a program whose value is the 95th percentile of the latency of keys in ms, or of their output in bytes.

    `before` are keys that lead to the list, each with the words that it draws.
    """
    (program,) = make_percentiles(
        *(name, command, words, keys, [95]),
        before=before,
        bytes_only=bytes_only,
        quiet_seconds=quiet_seconds,
    )
    return program


def make_percentiles(
    name: str,
    command: Sequence[str],
    words: Sequence[str],
    keys: Sequence[str],
    percentiles: Sequence[int],
    *,
    before: Sequence[tuple[str, Sequence[str]]] = (),
    bytes_only: bool = False,
    quiet_seconds: float = QUIET_SECONDS,
) -> list[Program]:
    """Return a program as `make_keys` does for each percentile; they share the runs of the first."""
    runs: list[KeyRun] = []

    def press_keys() -> KeyRun:
        with open_terminal(command) as terminal:
            terminal.wait_for_words(words)
            for key, drawn in before:
                os.write(terminal.terminal, key.encode())
                terminal.wait_for_words(drawn)
            time.sleep(0.5)
            results = [terminal.press_key(key, quiet_seconds) for key in keys]
            values = [float(size) if bytes_only else ms for ms, size in results if size]
            return KeyRun(quantiles(values, n=100, method="inclusive"), terminal.read_resident_mib())

    def make_percentile(percentile: int) -> Program:
        numbers = count()

        def run() -> Reading:
            if percentile == percentiles[0] or not runs:
                runs.append(press_keys())
            percentiles_of_run, resident_mib = runs[next(numbers) % len(runs)]
            return Reading(percentiles_of_run[percentile - 1], resident_mib)

        return Program(name, run)

    return [make_percentile(percentile) for percentile in percentiles]


def make_memory(name: str, command: Sequence[str], words: Sequence[str], keys: Sequence[str] = ()) -> Program:
    """Return a program whose value is the resident memory in MiB after groups of keys, drawn one after the other."""

    def run() -> Reading:
        with open_terminal(command) as terminal:
            terminal.wait_for_words(words)
            for group in keys:
                terminal.press_key(group)
            terminal.drain()
            return Reading(terminal.read_resident_mib())

    return Program(name, run)


def make_first_key(
    name: str, command: Sequence[str], words: Sequence[str], key: str, drawn: Sequence[str], wait_seconds: float = 0
) -> Program:
    """Return a program whose value is the time from a key, pressed this long after the first paint, to the words that
    it draws.
    """

    def run() -> Reading:
        with open_terminal(command) as terminal:
            terminal.wait_for_words(words)
            time.sleep(wait_seconds)
            start = time.perf_counter()
            os.write(terminal.terminal, key.encode())
            terminal.wait_for_words(drawn)
            return Reading((time.perf_counter() - start) * 1000, terminal.read_resident_mib())

    return Program(name, run)


def make_start(name: str, command: Sequence[str], words: Sequence[str], seconds: float = 5) -> Program:
    """Return a program whose value is the processor time in ms of the first seconds after its first paint."""

    def run() -> Reading:
        with open_terminal(command) as terminal:
            terminal.wait_for_words(words)
            time.sleep(seconds)
            return Reading(terminal.read_processor_ms(), terminal.read_resident_mib())

    return Program(name, run)


def make_idle(name: str, command: Sequence[str], words: Sequence[str], seconds: float = 5) -> Program:
    """Return a program whose value is the processor time in ms per second while nothing is pressed."""

    def run() -> Reading:
        with open_terminal(command) as terminal:
            terminal.wait_for_words(words)
            terminal.drain()
            time.sleep(SETTLING_SECONDS)
            before = terminal.read_processor_ms()
            time.sleep(seconds)
            return Reading((terminal.read_processor_ms() - before) / seconds, terminal.read_resident_mib())

    return Program(name, run)
