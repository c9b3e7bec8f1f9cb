"""`python -m benchmarks`: every figure in one run on one machine, as medians and as ratios to a floor or a peer.

Times of one machine say little about another; ratios taken in the same run say more.
"""

from __future__ import annotations

import platform
import shlex
import sys
import tempfile
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from benchmarks.peers import taskwarrior
from benchmarks.processes import Case, measure, ours
from benchmarks.terminal import NotPainted, Paint, first_paint
from benchmarks.world import TODAY, make_world

PAGE = 40
BARE = [sys.executable, "-m", "benchmarks.bare"]
BARE_WORDS = ("Bare row 30", "Leave")


def main() -> None:
    """Make the worlds, measure, print."""
    chosen = _arguments()
    asked = f"{chosen.actions} actions, {chosen.updates} updates, {chosen.rounds} rounds"
    print(f"Python {platform.python_version()}, {asked}", flush=True)
    with tempfile.TemporaryDirectory(prefix="ahtc-bench-") as passing:
        root = Path(passing) / "ours"
        start = time.perf_counter()
        make_world(root, chosen.actions, chosen.updates)
        print(f"the world made in {time.perf_counter() - start:.1f} s\n")
        _commands(root, Path(passing) / "task", chosen)
        _screens(root, chosen)


def _arguments() -> Namespace:
    parser = ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--actions", type=int, default=10_000, metavar="N")
    parser.add_argument("--updates", type=int, default=0, metavar="N")
    parser.add_argument("--rounds", type=int, default=11, metavar="N")
    parser.add_argument("--screen", metavar="COMMAND", help="what to measure as the screen, not ahtc")
    parser.add_argument("--words", nargs="+", default=["Today", "LATE"], metavar="WORD", help="what the screen shows")
    return parser.parse_args()


def _commands(root: Path, beside: Path, chosen: Namespace) -> None:
    """One-shot commands beside `python -c pass` and Taskwarrior."""
    here = ("--workspace", str(root), "--as-at", TODAY.isoformat())
    floor = Case("python -c pass", [sys.executable, "-c", "pass"])
    help_page = Case("ahtc --help", ours("--help"))
    page = Case(f"ahtc actions list --limit {PAGE}", ours(*here, "actions", "list", "--limit", str(PAGE)))
    whole = Case("ahtc actions list", ours(*here, "actions", "list"))
    found = Case(f"ahtc search training --limit {PAGE}", ours(*here, "search", "training", "--limit", str(PAGE)))
    peers = taskwarrior(beside, chosen.actions, PAGE)
    if not peers:
        print("Taskwarrior (`task`) is not installed: nothing is measured beside it.\n")
    cases = [floor, help_page, page, whole, found, *peers]
    measure(cases, chosen.rounds)
    print(f"{'whole process':40} {'wall ms':>9} {'cpu ms':>9} {'x pass':>8}")
    for case in cases:
        print(f"{case.name:40} {case.wall:9.1f} {case.cpu:9.1f} {case.wall / floor.wall:8.2f}")
    for mine, peer in zip((page, whole), peers, strict=False):
        print(f"{mine.name} takes {mine.wall / peer.wall:.2f} of the time of {peer.name}")
    print()


def _screens(root: Path, chosen: Namespace) -> None:
    """The first full paint of the screen beside that of a bare Textual app."""
    mine = shlex.split(chosen.screen) if chosen.screen else ours("--workspace", str(root), "--as-at", TODAY.isoformat())
    try:
        floor, screen = _paints([(BARE, BARE_WORDS), (mine, chosen.words)], chosen.rounds)
    except NotPainted as error:
        print(f"The screen did not show {' and '.join(chosen.words)}: {error}")
        return
    print(f"{'first full paint, 120x40':40} {'wall ms':>9} {'MiB':>9} {'x bare':>8}")
    for name, paint in (("bare Textual", floor), (chosen.screen or "ahtc", screen)):
        print(f"{name:40} {paint.wall_ms:9.1f} {paint.resident_mib:9.1f} {paint.wall_ms / floor.wall_ms:8.2f}")


def _paints(programs: Sequence[tuple[Sequence[str], Sequence[str]]], rounds: int) -> list[Paint]:
    """The median paint of each program, one of each a round, after one that does not count."""
    paints: list[list[Paint]] = [[] for _program in programs]
    for counted in [False] + [True] * rounds:
        for seen, (command, words) in zip(paints, programs, strict=True):
            paint = first_paint(command, words)
            if counted:
                seen.append(paint)
    return [Paint(median(one.wall_ms for one in seen), median(one.resident_mib for one in seen)) for seen in paints]


if __name__ == "__main__":
    main()
