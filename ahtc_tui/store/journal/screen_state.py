"""State of the screen as settings, which other copies of the database do not take over.

Filter and selected record of each list, and text that was typed and not saved when the screen lost its terminal. All
can name a person, so that an erasure removes them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

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


UNSAVED_TEXTS = "unsaved_texts"
"""The setting: JSON with the values of the fields by form."""


def read_texts(cursor: Cursor) -> dict[str, dict[str, Any]]:
    """Return the values of the fields by form."""
    texts: dict[str, dict[str, Any]] = json.loads(read_setting(cursor, UNSAVED_TEXTS) or "{}")
    return texts


def store_texts(cursor: Cursor, texts: Mapping[str, Mapping[str, Any]]) -> None:
    """Store the values of the fields by form; nothing is left where there are none."""
    if texts:
        store_setting(cursor, UNSAVED_TEXTS, json.dumps(texts, ensure_ascii=False))
    else:
        remove_setting(cursor, UNSAVED_TEXTS)
