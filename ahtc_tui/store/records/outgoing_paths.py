"""Where files with data of this database were written outside the workspace: a setting that no other copy takes over.

It serves to name the unencrypted ones when a passphrase is set. An erasure removes the paths that name the person.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable

from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.fields import read_setting, store_setting

OUTGOING_PATHS = "outgoing_paths"
"""The setting: a JSON list of absolute paths, oldest first."""
MOST_PATHS = 500


def note_paths(cursor: Cursor, paths: Iterable[str]) -> None:
    """Add paths; the oldest are dropped above `MOST_PATHS`."""
    known = read_paths(cursor)
    joined = list(dict.fromkeys([*known, *paths]))[-MOST_PATHS:]
    if joined != known:
        store_setting(cursor, OUTGOING_PATHS, json.dumps(joined))


def read_paths(cursor: Cursor) -> list[str]:
    """Return the paths, oldest first."""
    return list(json.loads(read_setting(cursor, OUTGOING_PATHS) or "[]"))


def forget_paths(cursor: Cursor, is_forgotten: Callable[[str], bool]) -> None:
    """Remove the paths for which the function holds."""
    known = read_paths(cursor)
    remaining = [path for path in known if not is_forgotten(path)]
    if remaining != known:
        store_setting(cursor, OUTGOING_PATHS, json.dumps(remaining))
