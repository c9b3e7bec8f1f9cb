"""`python -m benchmarks`: ahtc against floors and peers, measured in turn in one run.

Prints a table, and with `--page` writes it with machine, versions and method. An asterisk marks a row that falls short
of what it is to reach.
"""

from __future__ import annotations

import os
import platform
import sqlite3
import sys
import tempfile
import time
from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from benchmarks.harness import (
    HEADINGS,
    MIN_ROUNDS,
    Row,
    format_growth,
    format_reasons,
    format_row,
    format_table,
    measure_row,
)
from benchmarks.peers import Peers
from benchmarks.reasons import REASONS
from benchmarks.rows import GROUPS, Bench

SIZES = (1_000, 10_000, 100_000, 1_000_000)
QUICK_SIZES = (1_000,)
METHOD = """\
# Benchmarks
`make bench` measures ahtc, the least that could do the same work (the floor) and other programs and libraries (peers)
in turn in one run, and writes this page. Each value is the median of 3 to 15 rounds after one that is not measured; a
round longer than 3 seconds is the only one, and a program of several rows is measured in the first. Ratios of one run
are comparable between machines; times are not. An asterisk marks a row that falls short of what it is to reach; the
reasons are below the table. `QUICK=1 make bench`
measures small workspaces only, most rows once and with a third of the keys, and prints the table.

Workspaces are generated from a seed: the Wales 2013 data set and up to {largest:,} actions, with five updates each up
to 100,000, written through the journal. What a user can type is the command as a whole process: its wall time, the
processor time of the command with its children, and as MiB the largest resident memory of all its processes together.
Loads, edits, views and syncs are timed inside a process of their own, without its start, as are floors of files and
copies, and peers that are libraries. Screens run in a pseudo-terminal of 120x40. The floor of a page or a search is
plain SQLite in Python, of the screen Textual with header, table and footer, of files plain SQL and text or XML written
by hand, of a check the one of SQLite and one hash over each line of the journal, of a merge the same hashes and a union
in SQL. A copy of the file, the floor of checks and backups before, is their best peer.
"""
SHORT = """\
Rows that fall short, or grow faster than their work, and why:"""
GROWTH = """\
Growth is the slope of time against size, both logarithmic: 1 is linear, less is better."""


def main() -> None:
    """Measure the rows, print the table and write the page."""
    args = _parse_arguments()
    start = time.monotonic()
    sizes = args.sizes or (QUICK_SIZES if args.quick else SIZES)
    with tempfile.TemporaryDirectory(prefix="ahtc-bench-") as temporary:
        bench = Bench(args.workspaces or Path(temporary), sizes, Peers(args.peers.absolute()), args.quick)
        rows = _measure_groups(bench, args)
    minutes = (time.monotonic() - start) / 60
    print(f"\nmeasured in {minutes:.1f} minutes\n")
    print("\n".join([*format_table(rows), "", *format_reasons(rows, REASONS), "", *format_growth(rows)]))
    if args.page:
        args.page.write_text(_format_page(rows, max(sizes), minutes), encoding="utf-8")


def _parse_arguments() -> Namespace:
    parser = ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("groups", nargs="*", metavar="GROUP", help=f"what to measure: {', '.join(GROUPS)}; else all")
    parser.add_argument("--only", metavar="WORDS", help="measure the rows whose name contains these words")
    parser.add_argument("--sizes", type=int, nargs="+", metavar="N", help="numbers of actions")
    parser.add_argument("--seconds", type=float, metavar="S", help="time for a row")
    parser.add_argument("--quick", action="store_true", default=bool(os.environ.get("QUICK")), help="small sizes")
    parser.add_argument("--page", type=Path, metavar="FILE", help="write the table, machine and method")
    parser.add_argument("--workspaces", type=Path, metavar="DIR", help="keep generated workspaces here and use them")
    parser.add_argument("--peers", type=Path, default=Path(".bench"), metavar="DIR", help="environment of the peers")
    args = parser.parse_args()
    if unknown := set(args.groups) - set(GROUPS):
        parser.error(f"There is no group {', '.join(sorted(unknown))}: use {', '.join(GROUPS)}.")
    return args


def _measure_groups(bench: Bench, args: Namespace) -> list[Row]:
    seconds = args.seconds or (0.3 if args.quick else 2.5)
    rows: list[Row] = []
    for name in args.groups or GROUPS:
        for row in GROUPS[name](bench):
            if args.only and args.only not in row.name:
                continue
            try:
                measure_row(row, seconds, 1 if args.quick else MIN_ROUNDS)
            except Exception as error:  # one broken row must not lose the others
                print(f"{row.name}: not measured: {error}", file=sys.stderr, flush=True)
                continue
            rows.append(row)
            print("  ".join(f"{cell}" for cell in format_row(row)[: len(HEADINGS) - 1]), flush=True)
    return rows


def _format_page(rows: list[Row], largest: int, minutes: float) -> str:
    names = ("textual", "sqlalchemy", "openpyxl", "icalendar")
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    processors = os.cpu_count()
    machine = (
        f"Measured on {datetime.now(UTC):%-d %B %Y} in {minutes:.0f} minutes: {platform.system()} {platform.machine()},"
        f" {processors} processors,"
        f" Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {versions}.\n"
    )
    sections = ((SHORT, format_reasons(rows, REASONS)), (GROWTH, format_growth(rows)))
    lines = [METHOD.format(largest=largest), machine, *format_table(rows)]
    for heading, section in sections:
        lines += ["", heading, "", *section] if section else []
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    main()
