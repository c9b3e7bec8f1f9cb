"""Time of merging two journals. `python -m benchmarks.merging [ROWS ...]`."""

from __future__ import annotations

import shutil
import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from ahtc_tui.services.history import undo_step
from ahtc_tui.services.opening import make_workspace, open_workspace
from ahtc_tui.services.replication.conflicts import list_conflicts
from ahtc_tui.services.replication.merge import merge_file
from ahtc_tui.services.workspace import DATABASE, Workspace

TODAY = date(2013, 12, 31)
CHANGES_PER_ROW = 4
"""Changes of each row on the second laptop."""
CONFLICTING_ROWS = 50
"""Rows whose title is changed on both laptops."""
SIZES = (2_000, 25_000)


def make_laptops(root: Path, rows: int) -> tuple[Workspace, Workspace]:
    """Two copies of a workspace with concurrent changes."""
    make_workspace(root / "office", None)
    office = open_workspace(root / "office", TODAY)
    with office.database.write("base") as ledger:
        actions = [{"ref": f"X-{n}", "title": f"Base title {n}"} for n in range(rows)]
        keys = ledger.add_all("actions", actions)
    office.close()
    shutil.copytree(root / "office", root / "laptop")
    with closing(sqlite3.connect(root / "laptop" / DATABASE, isolation_level=None)) as connection:
        connection.execute("UPDATE setting SET value = 'laptop' WHERE name = 'device'")
    office, laptop = (open_workspace(root / name, TODAY) for name in ("office", "laptop"))
    for turn in range(CHANGES_PER_ROW):
        with laptop.database.write("away") as ledger:
            for key in keys:
                ledger.update("actions", key, {"detail" if turn % 2 else "title": f"there {turn}"})
    with office.database.write("here") as ledger:
        for key in keys[:CONFLICTING_ROWS]:
            ledger.update("actions", key, {"title": "here"})
    return office, laptop


def main() -> None:
    """Merge, merge again, list the conflicts, undo."""
    for rows in [int(word) for word in sys.argv[1:]] or SIZES:
        with TemporaryDirectory(prefix="ahtc-bench-") as folder:
            office, laptop = make_laptops(Path(folder), rows)
            path = laptop.database.path
            print_timing(rows, "merge", partial(merge_file, office, path))
            print_timing(rows, "merge again: nothing new", partial(merge_file, office, path))
            print_timing(rows, "conflicts", partial(list_conflicts, office))
            print_timing(rows, "undo", partial(undo_step, office))
            office.close()
            laptop.close()


def print_timing(rows: int, name: str, operation: Callable[[], object]) -> None:
    """Run the operation and print its time."""
    wall, cpu = time.perf_counter(), time.process_time()
    operation()
    seconds = f"{time.perf_counter() - wall:6.2f} s ({time.process_time() - cpu:.2f} s of processor)"
    print(f"{rows:>7,} rows {rows * CHANGES_PER_ROW:>8,} changes   {name:26} {seconds}")


if __name__ == "__main__":
    main()
