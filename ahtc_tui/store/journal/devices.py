"""The device id of this copy of the database and its former ids, which decide what undo may reverse.

A copy that replaces another gets a new device id, so that its changes differ from the changes of the replaced copy. The
steps of its former ids still count as its own.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable
from typing import NamedTuple

from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.fields import DEVICE, read_device, read_setting, store_setting
from ahtc_tui.store.records.references import mark_departure
from ahtc_tui.store.records.rows import select_rows, select_value

DEVICE_NAME, FORMER_DEVICES, CLOSED_DEVICES = "device_name", "former_devices", "closed_devices"
"""Settings: the name that a person gave to this copy, its former device ids, and those that others were found to use.
"""

OWN_STEPS = (
    "SELECT s.* FROM step s WHERE s.device = (SELECT value FROM setting WHERE name = 'device') OR EXISTS"
    " (SELECT 1 FROM json_each((SELECT value FROM setting WHERE name = 'former_devices')) f"
    " WHERE s.device = f.value ->> 0 AND s.seq <= f.value ->> 1)"
)
"""The steps of this device, and of each former id up to the copy."""


def read_last_own_write(cursor: Cursor) -> int:
    """Return the time of the last step of this device in milliseconds, 0 without one."""
    own = "SELECT max(wall_ms) FROM step WHERE device = (SELECT value FROM setting WHERE name = 'device')"
    return int(select_value(cursor, own) or 0)


class FormerDevice(NamedTuple):
    """A former device id, and the sequence number of the last step under it."""

    device: str
    last: int


def read_lineage(cursor: Cursor) -> list[FormerDevice]:
    """Return the device ids of this copy, the oldest first; the present one only if it wrote a step."""
    stored = json.loads(read_setting(cursor, FORMER_DEVICES) or "[]")
    former = [FormerDevice(str(device), int(last)) for device, last in stored]
    query = """SELECT d.value AS device, max(s.seq) AS last FROM setting d JOIN step s ON s.device = d.value
 WHERE d.name = 'device' GROUP BY d.value"""
    return [*former, *select_rows(cursor, FormerDevice, query)]


def list_own_devices(cursor: Cursor) -> set[str]:
    """Return the ids under which only this copy writes: the present one, and those that others were found to use."""
    device, closed = read_setting(cursor, DEVICE), read_setting(cursor, CLOSED_DEVICES)
    return {*([device] if device else []), *json.loads(closed or "[]")}


def close_device(cursor: Cursor) -> None:
    """Go on under a new device id, because another copy wrote under the present one; never accept more lines of it."""
    own_devices = list_own_devices(cursor)
    assign_new_device(cursor)
    store_setting(cursor, CLOSED_DEVICES, json.dumps(sorted(own_devices)))


def list_own_ids(cursor: Cursor) -> list[str]:
    """Return the present device id of this copy and its former ones."""
    return list(dict.fromkeys((read_device(cursor), *(former.device for former in read_lineage(cursor)))))


def assign_new_device(cursor: Cursor, former: Iterable[FormerDevice] | None = None) -> str:
    """Assign a new device id and return it; `former` replaces the stored former ids."""
    devices = list(read_lineage(cursor) if former is None else former)
    name = read_setting(cursor, DEVICE_NAME)
    device = f"{name}-{secrets.token_hex(4)}" if name is not None else secrets.token_hex(8)
    store_setting(cursor, DEVICE, device)
    store_setting(cursor, FORMER_DEVICES, json.dumps(devices))
    mark_departure(cursor)
    return device
