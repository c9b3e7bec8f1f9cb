"""`python -m tests.services.imports.foreign_logs`: prints the score of the import of foreign logs as a table."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from ahtc_tui.services.opening import make_workspace, open_workspace
from tests.builders import TODAY
from tests.services.imports.foreign_logs.scoring import Score, score_corpus

COLUMNS = ("logs", "found", "missed", "asked", "unexpected", "unasked", "invented")


def main() -> None:
    """Print a line for each fault and the total; with --faults also what is not as expected."""
    with tempfile.TemporaryDirectory() as folder:
        make_workspace(Path(folder), "wales-2013")
        print_scores(dict(score_corpus(open_workspace(Path(folder), TODAY), Path(folder))))


def print_scores(scores: Mapping[str, Score]) -> None:
    """Print the score of each fault, and the total."""
    total = Score()
    _write_line("", COLUMNS)
    for fault, score in scores.items():
        _write_line(fault, [getattr(score, name) for name in COLUMNS])
        if "--faults" in sys.argv:
            sys.stdout.writelines(f"    {line}\n" for line in score.faults)
        total.add(score)
    _write_line("total", [getattr(total, name) for name in COLUMNS])


def _write_line(name: str, values: Iterable[object]) -> None:
    sys.stdout.write(f"{name:28}" + "".join(f"{value:>11}" for value in values) + "\n")


if __name__ == "__main__":
    main()
