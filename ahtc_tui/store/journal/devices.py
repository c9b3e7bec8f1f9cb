"""Which device this copy of the database is, and which it was: what undo may reverse follows from both.

A copy that was put in place of another takes a device of its own: what it writes from then on is never taken for what
the other one wrote. What stood in it under its former devices is still this desk's own work.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

FORMER_DEVICES = "former_devices"

OWN_STEPS = (
    "SELECT s.* FROM step s WHERE s.device = (SELECT value FROM setting WHERE name = 'device') OR EXISTS"
    " (SELECT 1 FROM json_each((SELECT value FROM setting WHERE name = 'former_devices')) f"
    " WHERE s.device = f.value ->> 0 AND s.seq <= f.value ->> 1)"
)
"""The steps of this desk: of its device, and of each former one up to the copy that was put in place."""


class FormerDevice(NamedTuple):
    """A device that this desk was, and the last step that stood when it became another."""

    device: str
    last: int


def read_lineage(cursor: Cursor) -> list[FormerDevice]:
    """The devices of this desk, the oldest first; the present one only where it wrote anything."""
    row = cursor.execute("SELECT value FROM setting WHERE name = ?", (FORMER_DEVICES,)).fetchone()
    former = [FormerDevice(str(device), int(last)) for device, last in json.loads(row[0])] if row else []
    device, last = cursor.execute(
        "SELECT d.value, (SELECT max(seq) FROM step WHERE device = d.value) FROM setting d WHERE d.name = 'device'"
    ).fetchone()
    return former if last is None else [*former, FormerDevice(device, last)]


def assign_new_device(cursor: Cursor, former: Iterable[FormerDevice] | None = None) -> str:
    """Become a new device; returns its name. `former` says which devices the desk was, where the copy does not."""
    devices = list(read_lineage(cursor) if former is None else former)
    device = secrets.token_hex(8)
    rows = [
        ("device", device),
        (FORMER_DEVICES, json.dumps([[former_device.device, former_device.last] for former_device in devices])),
    ]
    cursor.executemany("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", rows)
    return device
