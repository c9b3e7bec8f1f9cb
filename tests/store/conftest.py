"""Fixtures of the state machines: an office with one person, on three laptops."""

from __future__ import annotations

from pathlib import Path

import pytest

from ahtc_tui.services import backup
from ahtc_tui.services.opening import make_workspace, open_workspace
from ahtc_tui.store.engine.database import Database
from ahtc_tui.store.privacy import erasure_register
from tests.builders import TODAY, make_party
from tests.store.laptops import LAPTOPS, NAME, Laptops, copy_workspace
from tests.store.seeded_world import DAY_NS, START_NS, World


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with one person that all laptops know, the same in every run."""
    folder = tmp_path_factory.mktemp("shared") / "office"
    with pytest.MonkeyPatch.context() as patch:
        World(0, START_NS - DAY_NS).install(patch)
        make_workspace(folder, None)
        office = open_workspace(folder, TODAY)
        make_party(office, NAME, "zebedee-quill", kind="person")
        office.close()
    for name in LAPTOPS:
        copy_workspace(folder, folder.parent / "laptops" / name, name).close()
    return folder.parent / "laptops"


@pytest.fixture
def quick(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Skip backups, and the compaction after an erasure."""

    def clear_pending(database: Database) -> None:
        with database.read() as cursor:
            cursor.execute("DELETE FROM setting WHERE name = ?", (erasure_register.PENDING,))

    monkeypatch.setattr(erasure_register, "compact_database", clear_pending)
    monkeypatch.setattr(backup, "back_up_before", lambda _workspace, _what: None)
    monkeypatch.setattr(backup, "back_up_after_erasure", lambda _workspace: None)
    monkeypatch.setattr(Laptops, "world", shared, raising=False)
