"""`python -m benchmarks.typing_lag`: latency of keys in the list of actions.

The command runs in a pseudo-terminal of 120x40, read by a terminal emulator. Latency is the time from the key to the
last change of the list. Keys that change nothing (the first letter of a word) are counted separately.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import tempfile
import termios
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles

import pyte

from benchmarks.processes import build_ahtc_command
from benchmarks.terminal import COLUMNS, LINES, exec_command, read_resident_mib
from benchmarks.workspaces import TODAY, generate_workspace

LIST_RIGHT = 70
"""Columns of the list, left of the detail pane."""
QUIET_SECONDS = 0.1
"""Silence after which a key is processed."""
PATIENCE_SECONDS = 0.25
"""Minimum waiting time for a key."""

DOWN, PAGE_DOWN, END, HOME, ESCAPE, ERASE = "\x1b[B", "\x1b[6~", "\x1b[F", "\x1b[H", "\x1b", "\x7f"
FILTERS = (
    "training", "review anglesey", "promote the website", "police forces", "gwent", "mw-4321",
    "uk border force swansea",
    "holyhead", "leaflet cardiff", "@ahtc", "!late", "due<30 nov 2013", "zebra", "jeff farrar", "w",
)  # fmt: skip


class TerminalScreen:
    """The running command with a terminal emulator."""

    def __init__(self, terminal: int, pid: int) -> None:
        self.terminal, self.pid = terminal, pid
        self.emulator = pyte.Screen(COLUMNS, LINES)
        self.stream = pyte.ByteStream(self.emulator)

    def wait_for_words(self, words: str, seconds: float = 20.0) -> None:
        """Read until the words are on the screen. Raises TimeoutError."""
        deadline = time.perf_counter() + seconds
        while words not in "\n".join(self.emulator.display):
            output = self._read_output(deadline - time.perf_counter())
            if output is None:
                raise TimeoutError(f"{words} did not appear:\n" + "\n".join(self.emulator.display))
            self.stream.feed(output[1])
        self._wait_until_quiet()

    def press_keys(self, keys: str) -> float | None:
        """Milliseconds from the key to the last change of the list; None if it did not change.

        Output is only read while time is measured, and fed to the slow emulator afterwards.
        """
        start = last = time.perf_counter()
        os.write(self.terminal, keys.encode())
        drawn: list[tuple[float, bytes]] = []
        while (left := max(start + PATIENCE_SECONDS, last + QUIET_SECONDS) - time.perf_counter()) > 0:
            if (output := self._read_output(left)) is not None:
                drawn.append(output)
                last = output[0]
        before, changed = self._read_list(), None
        for drawn_at, output_bytes in drawn:
            self.stream.feed(output_bytes)
            if (now := self._read_list()) != before:
                before, changed = now, drawn_at
        return None if changed is None else (changed - start) * 1000

    def _read_list(self) -> list[str]:
        return [line[:LIST_RIGHT] for line in self.emulator.display[2:-1]]

    def _read_output(self, seconds: float) -> tuple[float, bytes] | None:
        """Time and bytes of output, or None."""
        if not select.select([self.terminal], [], [], max(seconds, 0))[0]:
            return None
        drawn = os.read(self.terminal, 1 << 18)
        return time.perf_counter(), drawn

    def _wait_until_quiet(self) -> None:
        while output := self._read_output(0.5):
            self.stream.feed(output[1])


@contextmanager
def open_screen(root: Path) -> Iterator[TerminalScreen]:
    """Run the screen of a workspace and kill it at the end."""
    pid, terminal = pty.fork()
    if pid == 0:
        exec_command(build_ahtc_command("--workspace", str(root), "--as-at", TODAY.isoformat()), {})
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
    try:
        screen = TerminalScreen(terminal, pid)
        screen.wait_for_words("LATE")
        os.write(terminal, b"2")
        screen.wait_for_words("by due")
        yield screen
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(terminal)


def measure_moves(screen: TerminalScreen, keys: str, count: int, between: str = "") -> list[float | None]:
    """Latencies of a repeated key, with an unmeasured key in between."""
    milliseconds = []
    for _turn in range(count):
        if between:
            screen.press_keys(between)
        milliseconds.append(screen.press_keys(keys))
    return milliseconds


def measure_filter(screen: TerminalScreen, words: str) -> list[float | None]:
    """Latencies of typing the words and of erasing the last three letters."""
    screen.press_keys("/")
    milliseconds = [screen.press_keys(letter) for letter in words]
    milliseconds += [screen.press_keys(ERASE) for _letter in words[-3:]]
    screen.press_keys(ESCAPE)
    return milliseconds


def print_figures(name: str, milliseconds: list[float | None]) -> None:
    """Print one line of percentiles."""
    measured = sorted(ms for ms in milliseconds if ms is not None)
    if len(measured) < 2:
        print(
            f"{name:28} {'-':>8} {'-':>8} {'-':>8} {len(measured):6} {len(milliseconds) - len(measured):9}", flush=True
        )
        return
    high = quantiles(measured, n=20, method="inclusive")[-1]
    print(
        f"{name:28} {median(measured):8.1f} {high:8.1f} {measured[-1]:8.1f} {len(measured):6}"
        f" {len(milliseconds) - len(measured):9}",
        flush=True,
    )


def measure_workspace(root: Path, turns: int) -> None:
    """Measure every kind of key on one workspace."""
    with open_screen(root) as screen:
        print(f"resident at first {read_resident_mib(screen.pid):.1f} MiB")
        print(f"{'milliseconds':28} {'p50':>8} {'p95':>8} {'max':>8} {'keys':>6} {'no change':>9}")
        kinds: list[tuple[str, Callable[[], list[float | None]]]] = [
            ("line down", lambda: measure_moves(screen, DOWN, turns)),
            ("page down", lambda: measure_moves(screen, PAGE_DOWN, turns)),
            ("end", lambda: measure_moves(screen, END, turns // 3, HOME)),
            ("home", lambda: measure_moves(screen, HOME, turns // 3, END)),
        ]
        for name, run in kinds:
            print_figures(name, run())
        all_milliseconds: list[float | None] = []
        for words in FILTERS:
            milliseconds = measure_filter(screen, words)
            all_milliseconds += milliseconds
            print_figures(f"/ {words}", milliseconds)
        print_figures("every key of a filter", all_milliseconds)
        print(f"resident at last {read_resident_mib(screen.pid):.1f} MiB\n", flush=True)


def main() -> None:
    """Measure a small and a large workspace."""
    parser = ArgumentParser(prog="python -m benchmarks.typing_lag", description=__doc__)
    parser.add_argument("--actions", type=int, nargs="+", default=[1_000, 100_000], metavar="N")
    parser.add_argument("--turns", type=int, default=60, metavar="N")
    parser.add_argument("--workspaces", type=Path, metavar="DIR", help="keep the workspaces here and reuse them")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="ahtc-lag-") as temporary:
        for actions in args.actions:
            root = (args.workspaces or Path(temporary)) / f"w{actions}"
            if not root.exists():
                generate_workspace(root, actions, actions // 10)
            print(f"{actions:,} actions, Python {sys.version.split()[0]}")
            measure_workspace(root, args.turns)


if __name__ == "__main__":
    main()
