"""A database of an earlier schema loses the option of its search index that made every edit slow."""

from __future__ import annotations

from pathlib import Path

import pytest

from ahtc_tui.store.engine.creation import create_database
from ahtc_tui.store.engine.database import Database


@pytest.mark.long
def test_removed_entries_are_marked_not_rewritten(tmp_path: Path) -> None:
    path = tmp_path / "ahtc.db"
    create_database(path)
    with Database(path).read() as cursor:
        options = dict(cursor.execute("SELECT k, v FROM search_config").fetchall())
    assert not options.get("secure-delete")
