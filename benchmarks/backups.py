"""Time of backups, restores and full exports, relative to a bare copy: `python -m benchmarks.backups`.

By default 10,000 actions and 50,000 updates; medians of three. A backup is copied, checked, replayed and sealed.
"""

from __future__ import annotations

import shutil
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.workspaces import TODAY, generate_workspace

ROUNDS = 3


def measure_seconds(call: Callable[[int], object]) -> float:
    """Median in seconds; `call` gets the number of the round."""
    times = []
    for number in range(ROUNDS):
        start = time.perf_counter()
        call(number)
        times.append(time.perf_counter() - start)
    return median(times)


def measure_backups(folder: Path, actions: int, updates: int) -> None:
    """Create the workspace, measure each operation and print."""
    from ahtc_tui.services.backup import list_backups, make_backup
    from ahtc_tui.services.opening import open_workspace
    from ahtc_tui.services.recovery.full_export import export_everything
    from ahtc_tui.services.recovery.full_import import import_everything
    from ahtc_tui.services.recovery.restore import restore_backup

    root, zipped = folder / "office", folder / "0.zip"
    generate_workspace(root, actions, updates)
    with closing(open_workspace(root, TODAY)) as office:
        path = office.database.path
        floor = measure_seconds(lambda n: shutil.copyfile(path, folder / f"bare{n}.db"))
        cases: dict[str, Callable[[int], object]] = {
            "backup, checked and sealed": lambda n: make_backup(office, folder / f"{n}.db"),
            "restore into an empty folder": lambda n: restore_backup(folder / f"restored{n}", folder / "0.db", TODAY),
            "export everything": lambda n: export_everything(office, folder / f"{n}.zip"),
            "import everything": lambda n: import_everything(folder / f"imported{n}", zipped, TODAY),
            "list of one backup": lambda _n: list_backups(office),
        }
        make_backup(office)
        sys.stdout.write(f"{actions} actions, {updates} updates: {path.stat().st_size / 1e6:.1f} MB\n")
        sys.stdout.write(f"{'bare copy of the file':34} {floor:8.2f} s\n")
        for name, call in cases.items():
            seconds = measure_seconds(call)
            sys.stdout.write(f"{name:34} {seconds:8.2f} s {seconds / floor:8.1f} x bare\n")
    sys.stdout.write(f"{'archive':34} {zipped.stat().st_size / 1e6:8.1f} MB\n")


if __name__ == "__main__":
    parser = ArgumentParser(prog="python -m benchmarks.backups", description=__doc__)
    parser.add_argument("--actions", type=int, default=10_000, metavar="N")
    parser.add_argument("--updates", type=int, default=50_000, metavar="N")
    args = parser.parse_args()
    with TemporaryDirectory(prefix="ahtc-backups-") as passing:
        measure_backups(Path(passing), args.actions, args.updates)
