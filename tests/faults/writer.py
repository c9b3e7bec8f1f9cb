"""Writes to an office and is killed each time. Run by `test_kill`: `writer.py FOLDER SEED ROUNDS`.

Everything is imported once, and each round is a fork that is killed at a random moment. What a round acknowledged,
after its commit, comes out as JSON.
"""

from __future__ import annotations

import json
import os
import random
import select
import shutil
import signal
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NoReturn

from ahtc_tui.domain.drafts.actions import build_action_draft, build_update_draft
from ahtc_tui.services.actions.service import add_action, close_action, edit_actions, reopen_action, update_action
from ahtc_tui.services.opening import open_workspace
from tests.builders import TODAY

LONGEST_MS = 60


def write_until_killed(root: Path, chance: random.Random, output: int) -> NoReturn:
    """Add, edit, update and close actions; acknowledge the token of each write once it is stored."""
    office = open_workspace(root, TODAY)
    for turn in range(1_000_000):
        token = f"token{chance.getrandbits(60):x}"
        match turn % 3:
            case 0:
                row = add_action(office, build_action_draft({"title": token, "detail": token}, TODAY))
            case 1:
                draft = build_action_draft({"title": token, "detail": token, "evidence": token}, TODAY)
                edit_actions(office, [row.ref, "DP-01"], draft)
            case _:
                update_action(office, row.ref, build_update_draft(token, "A"))
        os.write(output, f"{token} {turn % 3}\n".encode())
        if turn % 7 == 5:
            close_action(office, row.ref)
            reopen_action(office, row.ref)
    raise SystemExit(1)


def run_round(root: Path, chance: random.Random, seed: int) -> tuple[list[str], bool]:
    """Return the lines acknowledged before the kill, and whether a rollback journal was left."""
    input_end, output = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(input_end)
        write_until_killed(root, random.Random(seed), output)
    os.close(output)
    if seed % 2:  # however slow the machine: half of the writers acknowledge something
        select.select([input_end], [], [], 60)
    time.sleep(chance.uniform(0, LONGEST_MS) / 1000)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(input_end) as lines:
        acknowledged = [line.strip() for line in lines if line.endswith("\n")]
    return acknowledged, (root / "data" / "ahtc.db-journal").exists()


def warm_up(root: Path) -> None:
    """Import every module that a write needs before the first fork, by writing to a copy of the office."""
    with TemporaryDirectory() as folder:
        copy = shutil.copytree(root, Path(folder) / "office")
        office = open_workspace(copy, TODAY)
        row = add_action(office, build_action_draft({"title": "warm", "brag": "G"}, TODAY))
        edit_actions(office, [row.ref], build_action_draft({"title": "warmer"}, TODAY))
        update_action(office, row.ref, build_update_draft("warmest", "A"))
        close_action(office, row.ref)
        reopen_action(office, row.ref)
        office.close()


def main() -> None:
    """Run all rounds."""
    folder, seed, rounds = sys.argv[1:]
    warm_up(Path(folder))
    chance = random.Random(int(seed))
    results = [run_round(Path(folder), chance, chance.getrandbits(60)) for _round in range(int(rounds))]
    sys.stdout.write(
        json.dumps({"acknowledged": [lines for lines, _hot in results], "hot": sum(hot for _l, hot in results)})
    )


if __name__ == "__main__":
    main()
