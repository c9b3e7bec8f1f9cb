"""Databases that a merge or a sync changed: each is checked once at the end of its test, not after every merge."""

from __future__ import annotations

from pathlib import Path

from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine import integrity_check
from ahtc_tui.store.engine.database import Database

_changed: dict[Path, str | None] = {}
"""The keys of the changed databases by path."""


def check_at_end(office: Workspace) -> None:
    """Check the database of a workspace when the test ends."""
    _changed[office.database.path] = office.database.key


def check_changed() -> None:
    """Fail where a database that changed since the last check is damaged; one that was removed is not checked."""
    while _changed:
        path, key = _changed.popitem()
        if path.exists():
            database = Database(path, key)
            try:
                assert integrity_check.find_faults(database) == [], path
            finally:
                database.close()


def forget_changed() -> None:
    """Check nothing more, after a test that failed."""
    _changed.clear()
