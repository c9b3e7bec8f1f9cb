"""Merges that are killed: each round copies an office, merges a file into it in a child process and kills the child.

python -m tests.faults.merger OFFICE FILE ROUNDS SECONDS SEED     leaves a folder a round beside OFFICE
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import time
from pathlib import Path

from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.replication.merge import merge_file
from ahtc_tui.services.workspace import DATABASE
from tests.builders import TODAY


def time_merge(root: Path, path: Path) -> float:
    """Merge without a kill and return the seconds."""
    began = time.perf_counter()
    office = open_workspace(root, TODAY)
    merge_file(office, path)
    office.close()
    return time.perf_counter() - began


def run_round(root: Path, path: Path, seconds: float) -> bool:
    """Merge in a child process that is killed; return whether it left a rollback journal."""
    child = os.fork()
    if child == 0:
        try:
            time_merge(root, path)
        finally:
            os._exit(0)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return (root / DATABASE).with_name(f"{DATABASE.name}-journal").exists()


def main() -> None:
    """Run all rounds, then one without a kill into the folder `whole`."""
    office, path = Path(sys.argv[1]), Path(sys.argv[2])
    rounds, seed = int(sys.argv[3]), int(sys.argv[4])
    chance = random.Random(seed)
    longest = time_merge(shutil.copytree(office, office.parent / "whole"), path)
    hot = 0
    for turn in range(rounds):
        root = shutil.copytree(office, office.parent / f"round-{turn}")
        hot += run_round(root, path, chance.uniform(0.1, 1.3) * longest)
    sys.stdout.write(json.dumps({"hot": hot}))


if __name__ == "__main__":
    main()
