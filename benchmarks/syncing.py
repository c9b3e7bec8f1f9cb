"""Time of syncs with the office hub. `python -m benchmarks.syncing [ROWS ...]`."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from ahtc_tui.services.replication.hub_sync import sync_with_hub
from benchmarks.merging import SIZES, make_laptops, print_timing
from tests.hubs import Server

LATER = 450
"""Number of edits before the last syncs."""


def main() -> None:
    """Sync the first laptop, the second one, and both again after some edits."""
    for rows in [int(word) for word in sys.argv[1:]] or SIZES:
        with TemporaryDirectory(prefix="ahtc-bench-") as folder:
            office, laptop = make_laptops(Path(folder), rows)
            server = Server()
            url = server.create_hub().url
            print_timing(rows, "first sync", partial(sync_with_hub, laptop, url))
            print_timing(rows, "second laptop", partial(sync_with_hub, office, url))
            keys = [key for (key,) in office.database.connection.execute("SELECT id FROM actions LIMIT ?", (LATER,))]
            with office.database.write("later") as ledger:
                for key in keys:
                    ledger.update("actions", key, {"detail": "later"})
            print_timing(rows, f"{LATER} edits sent", partial(sync_with_hub, office, url))
            print_timing(rows, f"{LATER} edits fetched", partial(sync_with_hub, laptop, url))
            print_timing(rows, "sync again: nothing new", partial(sync_with_hub, laptop, url))
            office.close()
            laptop.close()
            server.stop()


if __name__ == "__main__":
    main()
