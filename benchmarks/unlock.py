"""What a passphrase costs: `python -m benchmarks.unlock [ACTIONS]`. Medians, beside the same file without one."""

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
from ahtc_tui.services.replication.office_pack import open_pack, pack
from ahtc_tui.services.workspace import DATABASE
from ahtc_tui.store.engine.database import Database
from benchmarks.world import TODAY, make_world

ROUNDS = 11
PASSPHRASE = "carreg afon lleuad"


def milliseconds(act: Callable[[], object], rounds: int = ROUNDS) -> float:
    """How long it takes, as the median of some rounds."""
    took = []
    for _round in range(rounds):
        began = time.perf_counter()
        act()
        took.append(time.perf_counter() - began)
    return median(took) * 1000


def openings(path: Path, key: str | None) -> tuple[float, float]:
    """The first opening of a command, and that of each further connection."""
    with closing(Database(path, key)) as first:
        return (
            milliseconds(lambda: Database(path, key).close()),
            milliseconds(lambda: first.reader().close()),
        )


def listing(root: Path, key: str | None) -> float:
    """The action list, on an open database."""
    with closing(open_workspace(root, TODAY, key)) as office:
        return milliseconds(lambda: list_actions(office, ActionFilter()), 3)


def main(actions: int) -> None:
    """Measure without and with a passphrase, then a pack."""
    with tempfile.TemporaryDirectory(prefix="ahtc-unlock-") as passing:
        root = Path(passing) / "office"
        make_world(root, actions, 0)
        path = root / DATABASE
        print(f"{actions} actions, {path.stat().st_size / 1e6:.1f} MB, load of the machine not taken out\n")
        plain = (*openings(path, None), listing(root, None))
        with closing(open_workspace(root, TODAY)) as office:
            took = milliseconds(lambda: set_passphrase(office, PASSPHRASE), 1)
        locked = (*openings(path, PASSPHRASE), listing(root, PASSPHRASE))
        for name, before, after in zip(("unlock", "further connection", "the action list"), plain, locked, strict=True):
            print(f"{name:24} without {before:8.1f} ms   with {after:8.1f} ms")
        print(f"{'passphrase set':24} {took:16.1f} ms")
        with closing(open_workspace(root, TODAY, PASSPHRASE)) as office:
            file = Path(passing) / "forum.ahtc"
            print(f"{'pack':24} {milliseconds(lambda: pack(office, file, PASSPHRASE), 1):16.1f} ms")
        opened = milliseconds(lambda: open_pack(file, Path(passing) / "laptop", PASSPHRASE), 1)
        print(f"{'open-pack':24} {opened:16.1f} ms")


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 10_000)
