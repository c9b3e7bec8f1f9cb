"""Settings of one database file: texts by name, outside the journal. Another copy does not take them over."""

from __future__ import annotations

from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.rows import select_value

DEVICE = "device"
"""The setting with the device id of this copy."""


def read_setting(cursor: Cursor, name: str) -> str | None:
    """Return a setting; None where it is not set."""
    value: str | None = select_value(cursor, "SELECT value FROM setting WHERE name = ?", (name,))
    return value


def store_setting(cursor: Cursor, name: str, value: str) -> None:
    """Set a setting."""
    cursor.execute("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", (name, value))


def remove_setting(cursor: Cursor, name: str) -> None:
    """Remove a setting; the bytes of its value are overwritten."""
    cursor.execute("DELETE FROM setting WHERE name = ?", (name,))


def read_device(cursor: Cursor) -> str:
    """Return the device id of this copy, under which it writes changes."""
    return str(read_setting(cursor, DEVICE))
