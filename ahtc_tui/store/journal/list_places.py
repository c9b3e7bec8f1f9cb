"""Filter and selected record of each list of the screen: a setting that other copies of the database do not take over.

Both can name a person, so that an erasure removes them all.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.fields import read_setting, remove_setting, store_setting
from ahtc_tui.store.records.rows import select_value

LIST_PLACES = "list_places"
"""The setting: JSON with filter and reference by list."""


def read_places(cursor: Cursor) -> dict[str, tuple[str, str]]:
    """Return filter and reference of the selected record, by list."""
    places = json.loads(read_setting(cursor, LIST_PLACES) or "{}")
    return {name: (filter_text, ref) for name, (filter_text, ref) in places.items()}


def store_places(cursor: Cursor, places: Mapping[str, tuple[str, str]]) -> None:
    """Store filter and reference of every list."""
    store_setting(cursor, LIST_PLACES, json.dumps(places, ensure_ascii=False))


def forget_list_places(cursor: Cursor) -> None:
    """Remove filters and references; their bytes are overwritten."""
    remove_setting(cursor, LIST_PLACES)


def count_erasures(cursor: Cursor) -> int:
    """Return the number of erased records."""
    return int(select_value(cursor, "SELECT count(*) FROM erasure") or 0)
