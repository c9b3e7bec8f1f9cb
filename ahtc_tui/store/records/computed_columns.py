"""Columns that follow from others: kept for sorting, never journalled, checked by `ahtc check`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ahtc_tui.store.records.table_names import Table

COMPUTED_COLUMNS = {"actions": ("ref_key",)}
"""Table to the columns that `derived_values` makes."""


def build_ref_key(ref: str) -> str:
    """A reference that sorts as people count: "DP-2" before "DP-10"."""
    return re.sub(r"\d+", lambda digits: digits.group().zfill(8), ref.upper())


def compute_columns(table: Table, values: Mapping[str, Any]) -> dict[str, Any]:
    """What follows from the values that are written; empty for most tables."""
    if table == "actions" and "ref" in values:
        return {"ref_key": build_ref_key(values["ref"])}
    return {}
