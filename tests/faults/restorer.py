"""Restores a backup, or makes one, until it is killed, again and again: `restorer.py OFFICE WORK BACKUP SEED ROUNDS`.

Each round is a fork in a fresh copy of the office: the first runs to its end, the others are killed at a random moment.
What the office holds afterwards comes out as JSON, as it stands and in each backup.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import NoReturn

from ahtc_tui.services.backup import list_backups, make_backup
from ahtc_tui.services.doctor import faults
from ahtc_tui.services.restore import restore
from ahtc_tui.services.workspace import open_workspace
from ahtc_tui.store.backup import looked_at
from tests.builders import TODAY

MARK = "SELECT count(*) FROM actions WHERE title = 'Since then'"


def work_until_killed(root: Path, file: Path, *, only_backup: bool) -> NoReturn:
    """Make a backup, or restore one."""
    if only_backup:
        with closing(open_workspace(root, TODAY)) as office:
            make_backup(office, root / "out.db")
            make_backup(office)
    else:
        restore(root, file, TODAY)
    os._exit(0)


def one_round(root: Path, file: Path, pause: float | None, *, only_backup: bool) -> dict[str, object]:
    """Kill after a pause, or not at all; then look at everything that is left."""
    child = os.fork()
    if child == 0:
        work_until_killed(root, file, only_backup=only_backup)
    began = time.monotonic()
    if pause is not None:
        time.sleep(pause)
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    took = time.monotonic() - began
    with closing(open_workspace(root, TODAY)) as office:
        with office.database.read() as cursor:
            stands = cursor.execute(MARK).fetchone()[0]
        broken = faults(office)
        rows = list_backups(office)
    kept = []
    for row in rows:
        broken += row.faults
        with looked_at(row.file) as copy, copy.read() as cursor:
            kept.append(cursor.execute(MARK).fetchone()[0])
    if (root / "out.db").exists():
        restore(root / "drill", root / "out.db", TODAY)  # refuses whatever is not whole
    return {"stands": stands, "kept": kept, "faults": broken, "took": took}


def main() -> None:
    """All rounds."""
    office, work, file, seed, rounds = sys.argv[1:]
    chance = random.Random(int(seed))
    told: list[dict[str, object]] = []
    longest = 0.0
    for n in range(int(rounds)):
        root = Path(work) / str(n)
        shutil.copytree(office, root)
        pause = None if n < 2 else chance.uniform(0.0, longest)
        told.append(one_round(root, Path(file), pause, only_backup=n % 5 == 1))
        longest = max(longest, float(str(told[-1]["took"]))) if n < 2 else longest
        shutil.rmtree(root)
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
