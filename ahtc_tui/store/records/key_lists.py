"""Any number of keys in one parameter of a query."""

from __future__ import annotations

import json
from collections.abc import Iterable

from ahtc_tui.domain.keys import RowKey

KEYS = "(SELECT unhex(value) FROM json_each({}))"
"""SQL for any number of keys in one parameter, as `encode_keys` writes it."""


def encode_keys(keys: Iterable[RowKey]) -> str:
    """Return keys as one parameter of a query."""
    return json.dumps([key.hex() for key in keys])
