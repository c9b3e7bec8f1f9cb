"""Changes the passphrase of a database and is killed each time. Run by `test_passphrase_kill`: FOLDER SEED ROUNDS.

Each round is a fork that is killed at a random moment. After each, the file is opened as it stands: what came out is
printed as JSON.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import NoReturn

from ahtc_tui.domain.errors import StoreError
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.store.engine.copies import rekey_database
from ahtc_tui.store.engine.database import Database
from ahtc_tui.store.engine.encryption import derive_new_key, is_encrypted
from ahtc_tui.store.engine.integrity_check import find_faults
from tests.builders import TODAY

KEYS: tuple[str | None, ...] = (None, derive_new_key("the first passphrase"), derive_new_key("the second passphrase"))
"""Passphrases before and after a step: set, change and remove lead from one to another."""


def rewrite_until_killed(path: Path, before: str | None, after: str | None, output: int) -> NoReturn:
    """Encrypt the file with another key, and report when it is done."""
    rekey_database(Database(path, before), after)
    os.write(output, b"done")
    time.sleep(60)
    raise SystemExit(1)


def warm_up(path: Path) -> float:
    """Set and remove a passphrase without a kill, to import all modules; return the seconds of the longer one."""
    took = []
    for before, after in ((None, KEYS[1]), (KEYS[1], None)):
        began = time.perf_counter()
        rekey_database(Database(path, before), after)
        took.append(time.perf_counter() - began)
    return max(took)


def run_round(root: Path, chance: random.Random, before: str | None, longest: float) -> tuple[str | None, str]:
    """Return the key of the file after a kill within one and a half times `longest` seconds, and what happened."""
    path = root / "data" / "ahtc.db"
    after = chance.choice([key for key in KEYS if key != before])
    input_end, output = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(input_end)
        rewrite_until_killed(path, before, after, output)
    os.close(output)
    time.sleep(chance.uniform(0, 1.5 * longest))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(input_end, "rb") as acknowledged:
        acknowledged_done = bool(acknowledged.read())
    left = [path_left.name for path_left in path.parent.iterdir() if path_left.name != path.name]
    opened = [key for key in (before, after) if _can_open(root, key)]
    stray = (
        [path_left.name for path_left in path.parent.iterdir() if path_left.name != path.name]
        if is_encrypted(path)
        else []
    )
    if len(opened) != 1 or stray:
        return before, f"broken: {len(opened)} keys open it, {stray} beside it"
    if acknowledged_done and opened == [before]:
        return before, "forgotten: it was done, and is not"
    outcome = "done" if acknowledged_done else "new" if opened == [after] else "old and a part" if left else "old"
    return opened[0], outcome


def _can_open(root: Path, key: str | None) -> bool:
    try:
        with closing(open_workspace(root, TODAY, key)) as office:
            faults_found = find_faults(office.database)
            with office.database.read() as cursor:
                if cursor.execute("SELECT count(*) FROM actions").fetchone() != (44,):
                    faults_found.append("actions are missing")
    except StoreError:
        return False
    return not faults_found


def main() -> None:
    """Run all rounds."""
    folder, seed, rounds = sys.argv[1:]
    chance = random.Random(int(seed))
    key: str | None = None
    results = []
    longest = 2 * warm_up(Path(folder) / "data" / "ahtc.db")
    for _round in range(int(rounds)):
        key, outcome = run_round(Path(folder), chance, key, longest)
        results.append(outcome)
    sys.stdout.write(json.dumps(results))


if __name__ == "__main__":
    main()
