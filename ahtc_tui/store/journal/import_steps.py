"""Which steps brought the content of a file: a setting of this copy names them."""

from __future__ import annotations

import json
from collections.abc import Iterable

from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.records.cursor import KEYS, Cursor
from ahtc_tui.store.records.fields import read_setting, store_setting

SETTING = "import_steps"
STEPS = KEYS.format("(SELECT value FROM setting WHERE name = ?)")
HAS_IMPORTS = f"""SELECT EXISTS (SELECT 1 FROM step s WHERE s.id IN {STEPS}
 AND NOT EXISTS (SELECT 1 FROM step u WHERE u.reverses = s.id
 AND NOT EXISTS (SELECT 1 FROM step r WHERE r.reverses = u.id)))"""
"""Whether there is an import that was not undone."""


def note_imports(cursor: Cursor, steps: Iterable[RowKey]) -> None:
    """Remember steps as imports."""
    known = json.loads(read_setting(cursor, SETTING) or "[]")
    store_setting(cursor, SETTING, json.dumps([*known, *(step.hex() for step in steps)]))


def has_imports(cursor: Cursor) -> bool:
    """Return whether a file was imported, and its import not undone."""
    return bool(cursor.execute(HAS_IMPORTS, (SETTING,)).fetchone()[0])
