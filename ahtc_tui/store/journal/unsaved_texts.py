"""Text that was typed and not saved when the screen lost its terminal: a setting that other copies do not take over.

It can name a person, so that an erasure removes it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.fields import read_setting, remove_setting, store_setting

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
