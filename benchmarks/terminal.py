"""Measurement of a terminal program: time until given words are drawn, and its memory at that time."""

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
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.processes import build_environment

COLUMNS, LINES = 120, 40
PATIENCE_SECONDS = 20.0
CONTROL_PATTERN = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[ -/]*[0-~])")
"""Control sequences of a terminal; the text between them is visible."""


class Paint(NamedTuple):
    """Time and memory of a first full paint."""

    wall_ms: float
    resident_mib: float


class NotPainted(Exception):
    """The words did not appear in time; the message holds the end of the output."""


def measure_first_paint(
    command: Sequence[str], words: Sequence[str], environment: Mapping[str, str] | None = None
) -> Paint:
    """Start the command in a pseudo-terminal of 120x40 and wait until all words are drawn. Raises NotPainted."""
    start = time.perf_counter()
    pid, terminal = pty.fork()
    if pid == 0:
        exec_command(command, environment or {})
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
    try:
        wait_for_words(terminal, [word.encode() for word in words], start + PATIENCE_SECONDS)
        return Paint((time.perf_counter() - start) * 1000, read_resident_mib(pid))
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(terminal)


def exec_command(command: Sequence[str], environment: Mapping[str, str]) -> None:
    """Replace the child process by the command."""
    terminal_environment = {
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "COLUMNS": str(COLUMNS),
        "LINES": str(LINES),
    }
    try:
        os.execvpe(command[0], list(command), {**build_environment(), **terminal_environment, **environment})
    finally:
        os._exit(127)


def wait_for_words(terminal: int, words: Sequence[bytes], deadline: float) -> None:
    """Read until every word is in the output. Raises NotPainted."""
    drawn = b""
    while not all(word in CONTROL_PATTERN.sub(b"", drawn) for word in words):
        ready, _writable, _failed = select.select([terminal], [], [], max(deadline - time.perf_counter(), 0))
        try:
            output = os.read(terminal, 65536) if ready else b""
        except OSError:  # the other end was closed
            output = b""
        if not output:
            raise NotPainted(
                CONTROL_PATTERN.sub(b"", drawn).decode(errors="replace").strip()[-400:] or "nothing was drawn"
            )
        drawn += output


def read_resident_mib(pid: int) -> float:
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        return float("nan")
    match = re.search(r"VmRSS:\s+(\d+) kB", status.read_text())
    return int(match[1]) / 1024 if match else float("nan")
