"""Keys of records."""

from __future__ import annotations

from typing import NewType

RowKey = NewType("RowKey", bytes)
"""Primary key of a record: a UUIDv7, 16 bytes, sortable by time of creation."""

NO_KEY = RowKey(b"")
"""The key of what is not stored yet."""


def parse_key(text: str) -> RowKey:
    """Return the key that JSON and files hold as hexadecimal digits. Raises ValueError."""
    return RowKey(bytes.fromhex(text))
