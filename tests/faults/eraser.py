"""Erases a person in copies of an office and kills the process each time: `eraser.py MADE WORK REF SEED ROUNDS`.

Each round is a fork: the first runs to its end, the second is killed at once, the others at a random moment. What was
found of it comes out as JSON: for each round how many bytes of the name stood after the kill and after the next start,
and what was whole.
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

from ahtc_tui.domain.errors import NotFound
from ahtc_tui.services.doctor import find_faults
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.privacy.erasure import erase_person
from tests.builders import TODAY

SURNAME = b"Quillfeather"


def erase_until_killed(root: Path, ref: str) -> None:
    """Open the office and erase the person."""
    office = open_workspace(root, TODAY)
    erase_person(office, ref, exports=True)
    office.close()
    os._exit(0)


def run_round(root: Path, ref: str, pause: float | None) -> dict[str, object]:
    """Erase in a child process, kill it after a pause or not at all, then erase again."""
    child = os.fork()
    if child == 0:
        erase_until_killed(root, ref)
    began = time.monotonic()
    if pause is not None:
        time.sleep(pause)
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    took = time.monotonic() - began
    hot = (root / "data" / "ahtc.db-journal").exists()
    office = open_workspace(root, TODAY)
    started = office.database.path.read_bytes().count(SURNAME)
    faults_found = find_faults(office)
    try:
        erase_person(office, ref, exports=True)
    except NotFound:
        faults_found.append("neither there nor erased")
    faults_found += find_faults(office)
    office.close()
    ended = sum(path.read_bytes().count(SURNAME) for path in root.rglob("*") if path.is_file())
    return {"hot": hot, "started": started, "ended": ended, "faults": faults_found, "took": took}


def main() -> None:
    """Run all rounds."""
    prepared, work, ref, seed, rounds = sys.argv[1:]
    chance = random.Random(int(seed))
    results: list[dict[str, object]] = []
    longest = 0.0
    for n in range(int(rounds)):
        root = Path(work) / str(n)
        shutil.copytree(prepared, root)
        pause = (None, 0.0)[n] if n < 2 else chance.uniform(0.0, longest)
        results.append(run_round(root, ref, pause))
        longest = longest or float(str(results[0]["took"]))
        shutil.rmtree(root)
    sys.stdout.write(json.dumps(results))


if __name__ == "__main__":
    main()
