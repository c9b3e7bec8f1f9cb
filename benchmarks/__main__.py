"""`python -m benchmarks`: medians of one run on one machine, and their ratios to a lower bound or another program.

Ratios of the same run are comparable between machines; times are not.
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

from benchmarks.peers import build_taskwarrior_cases
from benchmarks.processes import Case, build_ahtc_command, measure_cases
from benchmarks.terminal import NotPainted, Paint, measure_first_paint
from benchmarks.workspaces import TODAY, generate_workspace

PAGE = 40
BARE = [sys.executable, "-m", "benchmarks.bare"]
BARE_WORDS = ("Bare row 30", "Leave")


def main() -> None:
    """Create the workspaces, measure and print."""
    args = _parse_arguments()
    sizes = f"{args.actions} actions, {args.updates} updates, {args.rounds} rounds"
    print(f"Python {platform.python_version()}, {sizes}", flush=True)
    with tempfile.TemporaryDirectory(prefix="ahtc-bench-") as temporary:
        root = Path(temporary) / "ours"
        start = time.perf_counter()
        generate_workspace(root, args.actions, args.updates)
        print(f"workspace created in {time.perf_counter() - start:.1f} s\n")
        _measure_commands(root, Path(temporary) / "task", args)
        _measure_screens(root, args)


def _parse_arguments() -> Namespace:
    parser = ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--actions", type=int, default=10_000, metavar="N")
    parser.add_argument("--updates", type=int, default=0, metavar="N")
    parser.add_argument("--rounds", type=int, default=11, metavar="N")
    parser.add_argument("--screen", metavar="COMMAND", help="what to measure as the screen, not ahtc")
    parser.add_argument("--words", nargs="+", default=["Today", "LATE"], metavar="WORD", help="what the screen shows")
    return parser.parse_args()


def _measure_commands(root: Path, peer_folder: Path, args: Namespace) -> None:
    """Measure single commands, `python -c pass` and Taskwarrior."""
    workspace_args = ("--workspace", str(root), "--as-at", TODAY.isoformat())
    floor = Case("python -c pass", [sys.executable, "-c", "pass"])
    help_page = Case("ahtc --help", build_ahtc_command("--help"))
    page = Case(
        f"ahtc actions list --limit {PAGE}",
        build_ahtc_command(*workspace_args, "actions", "list", "--limit", str(PAGE)),
    )
    full_list = Case("ahtc actions list", build_ahtc_command(*workspace_args, "actions", "list"))
    search = Case(
        f"ahtc search training --limit {PAGE}",
        build_ahtc_command(*workspace_args, "search", "training", "--limit", str(PAGE)),
    )
    peers = build_taskwarrior_cases(peer_folder, args.actions, PAGE)
    if not peers:
        print("Taskwarrior (`task`) is not installed and not measured.\n")
    cases = [floor, help_page, page, full_list, search, *peers]
    measure_cases(cases, args.rounds)
    print(f"{'whole process':40} {'wall ms':>9} {'cpu ms':>9} {'x pass':>8}")
    for case in cases:
        print(
            f"{case.name:40} {case.median_wall_ms:9.1f} {case.median_cpu_ms:9.1f}"
            f" {case.median_wall_ms / floor.median_wall_ms:8.2f}"
        )
    for mine, peer in zip((page, full_list), peers, strict=False):
        print(f"{mine.name} takes {mine.median_wall_ms / peer.median_wall_ms:.2f} of the time of {peer.name}")
    print()


def _measure_screens(root: Path, args: Namespace) -> None:
    """Measure the first full paint of the screen and of a bare Textual app."""
    command = (
        shlex.split(args.screen)
        if args.screen
        else build_ahtc_command("--workspace", str(root), "--as-at", TODAY.isoformat())
    )
    try:
        floor, screen = _measure_paints([(BARE, BARE_WORDS), (command, args.words)], args.rounds)
    except NotPainted as error:
        print(f"The screen did not show {' and '.join(args.words)}: {error}")
        return
    print(f"{'first full paint, 120x40':40} {'wall ms':>9} {'MiB':>9} {'x bare':>8}")
    for name, paint in (("bare Textual", floor), (args.screen or "ahtc", screen)):
        print(f"{name:40} {paint.wall_ms:9.1f} {paint.resident_mib:9.1f} {paint.wall_ms / floor.wall_ms:8.2f}")


def _measure_paints(programs: Sequence[tuple[Sequence[str], Sequence[str]]], rounds: int) -> list[Paint]:
    """Median paint of each program, measured in turn, after one unmeasured run."""
    paints: list[list[Paint]] = [[] for _program in programs]
    for counted in [False] + [True] * rounds:
        for samples, (command, words) in zip(paints, programs, strict=True):
            paint = measure_first_paint(command, words)
            if counted:
                samples.append(paint)
    return [
        Paint(median(sample.wall_ms for sample in samples), median(sample.resident_mib for sample in samples))
        for samples in paints
    ]


if __name__ == "__main__":
    main()
