"""Cost of a passphrase: `python -m benchmarks.unlock [ACTIONS]`. Medians with and without one."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from statistics import median

from ahtc_tui.domain.actions.filters import ActionFilter
from ahtc_tui.services.actions.service import list_actions
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.recovery.passphrase import set_passphrase
from ahtc_tui.services.replication.office_pack import create_pack, open_pack
from ahtc_tui.services.workspace import DATABASE
from ahtc_tui.store.engine.database import Database
from benchmarks.workspaces import TODAY, generate_workspace

ROUNDS = 11
PASSPHRASE = "carreg afon lleuad"


def measure_milliseconds(operation: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Median of `rounds` runs."""
    seconds = []
    for _round in range(rounds):
        start = time.perf_counter()
        operation()
        seconds.append(time.perf_counter() - start)
    return median(seconds) * 1000


def measure_openings(path: Path, key: str | None) -> tuple[float, float]:
    """Times of opening the database and of a further connection."""
    with closing(Database(path, key)) as first:
        return (
            measure_milliseconds(lambda: Database(path, key).close()),
            measure_milliseconds(lambda: first.open_reader().close()),
        )


def measure_listing(root: Path, key: str | None) -> float:
    """Time of the action list on an open database."""
    with closing(open_workspace(root, TODAY, key)) as office:
        return measure_milliseconds(lambda: list_actions(office, ActionFilter()), 3)


def main(actions: int) -> None:
    """Measure without and with a passphrase, then an office pack."""
    with tempfile.TemporaryDirectory(prefix="ahtc-unlock-") as temporary:
        root = Path(temporary) / "office"
        generate_workspace(root, actions, 0)
        path = root / DATABASE
        print(f"{actions} actions, {path.stat().st_size / 1e6:.1f} MB, not corrected for the load of the machine\n")
        plain = (*measure_openings(path, None), measure_listing(root, None))
        with closing(open_workspace(root, TODAY)) as office:
            elapsed = measure_milliseconds(lambda: set_passphrase(office, PASSPHRASE), 1)
        locked = (*measure_openings(path, PASSPHRASE), measure_listing(root, PASSPHRASE))
        for name, before, after in zip(("unlock", "further connection", "the action list"), plain, locked, strict=True):
            print(f"{name:24} without {before:8.1f} ms   with {after:8.1f} ms")
        print(f"{'passphrase set':24} {elapsed:16.1f} ms")
        with closing(open_workspace(root, TODAY, PASSPHRASE)) as office:
            file = Path(temporary) / "forum.ahtc"
            print(f"{'pack':24} {measure_milliseconds(lambda: create_pack(office, file, PASSPHRASE), 1):16.1f} ms")
        opened = measure_milliseconds(lambda: open_pack(file, Path(temporary) / "laptop", PASSPHRASE), 1)
        print(f"{'open-pack':24} {opened:16.1f} ms")


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 10_000)
