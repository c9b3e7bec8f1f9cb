"""Columns that follow from others: kept for sorting, never journalled, checked by `ahtc check`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

DERIVED = {"actions": ("ref_key",)}
"""Table to the columns that `derived_values` makes."""


def ref_key(ref: str) -> str:
    """A reference that sorts as people count: "DP-2" before "DP-10"."""
    return re.sub(r"\d+", lambda digits: digits.group().zfill(8), ref.upper())


def derived_values(table: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """What follows from the values that are written; empty for most tables."""
    if table == "actions" and "ref" in values:
        return {"ref_key": ref_key(values["ref"])}
    return {}
