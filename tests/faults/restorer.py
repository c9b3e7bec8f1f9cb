"""Restores, backs up or imports and is killed each time: `restorer.py OFFICE WORK BACKUP ARCHIVE SEED N`.

Each round is a fork in a fresh copy of the office: the first of each kind runs to its end, the others are killed at a
random moment. What the office holds afterwards, as it stands and in each backup, comes out as JSON.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

from ahtc_tui.services.backup import list_backups, make_backup
from ahtc_tui.services.doctor import find_faults
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.recovery.full_import import import_everything
from ahtc_tui.services.recovery.restore import restore_backup
from ahtc_tui.store.backup.snapshot import open_snapshot
from tests.builders import TODAY

MARK = "SELECT count(*) FROM actions WHERE title = 'Since then'"
KINDS = ("restore", "restore", "restore", "backup", "import")


def back_up(root: Path) -> None:
    """Make one backup in another folder and one in the office."""
    with closing(open_workspace(root, TODAY)) as office:
        make_backup(office, root / "out.db")
        make_backup(office)


def run_and_kill(work: Callable[[], object], pause: float | None) -> float:
    """Work in a child process and kill it after a pause or not at all; return the seconds."""
    child = os.fork()
    if child == 0:
        work()
        os._exit(0)
    began = time.monotonic()
    if pause is not None:
        time.sleep(pause)
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return time.monotonic() - began


def check_workspace(root: Path) -> dict[str, object]:
    """Return the contents of the office and of each backup, and all their faults."""
    with closing(open_workspace(root, TODAY)) as office:
        with office.database.read() as cursor:
            count = cursor.execute(MARK).fetchone()[0]
        broken = find_faults(office)
        rows = list_backups(office)
    kept = []
    for row in rows:
        broken += row.faults
        with open_snapshot(row.file) as copy, copy.read() as cursor:
            kept.append(cursor.execute(MARK).fetchone()[0])
    if (root / "out.db").exists():
        restore_backup(root / "drill", root / "out.db", TODAY)  # refuses whatever is not whole
    was_imported = (root / "new" / "data" / "ahtc.db").exists()
    if was_imported:
        with closing(open_workspace(root / "new", TODAY)) as office:
            broken += find_faults(office)
    return {"stands": count, "kept": kept, "faults": broken, "came": was_imported}


def main() -> None:
    """Run all rounds."""
    office, work, file, archive, seed, rounds = sys.argv[1:]
    chance = random.Random(int(seed))
    results: list[dict[str, object]] = []
    longest: dict[str, float] = {}
    work_by_kind: dict[str, Callable[[Path], object]] = {
        "restore": lambda root: restore_backup(root, Path(file), TODAY),
        "backup": back_up,
        "import": lambda root: import_everything(root / "new", Path(archive), TODAY),
    }
    for n in range(int(rounds)):
        kind, root = KINDS[n % len(KINDS)], Path(work) / str(n)
        shutil.copytree(office, root)
        pause = chance.uniform(0.0, longest[kind]) if kind in longest else None
        took = run_and_kill(partial(work_by_kind[kind], root), pause)
        longest.setdefault(kind, took)
        results.append({"kind": kind, **check_workspace(root)})
        shutil.rmtree(root)
    sys.stdout.write(json.dumps(results))


if __name__ == "__main__":
    main()
