"""Backups and archives of an older schema are migrated when they are restored or imported."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.services.backup import make_backup
from ahtc_tui.services.doctor import find_faults
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.recovery.full_export import export_everything, import_everything
from ahtc_tui.services.recovery.restore import restore_backup
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine import driver, migrate
from ahtc_tui.store.engine.driver import SCHEMA_VERSION
from tests.builders import TODAY, make_action, query_rows

NEXT = f"""
from alembic import op

revision = "{SCHEMA_VERSION + 1:04}"
down_revision = "{SCHEMA_VERSION:04}"


def upgrade() -> None:
    op.execute("ALTER TABLE views ADD COLUMN colour VARCHAR")
"""
COLOURS = "SELECT count(*) FROM pragma_table_info('views') WHERE name = 'colour'"


@pytest.fixture
def older(busy: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """A backup and an archive of the present schema, read by a program with one more migration."""
    make_action(busy, title="Before the change")
    file = make_backup(busy, tmp_path / "copy.db").file
    archive = export_everything(busy, tmp_path / "all.zip").file
    scripts = tmp_path / "migrations"
    shutil.copytree(migrate.SCRIPTS, scripts)
    (scripts / "versions" / f"{SCHEMA_VERSION + 1:04}_colours.py").write_text(NEXT)
    monkeypatch.setattr(migrate, "SCRIPTS", scripts)
    monkeypatch.setattr(driver, "SCHEMA_VERSION", SCHEMA_VERSION + 1)
    return file, archive


def test_older_files_are_migrated_to_the_present_schema(older: tuple[Path, Path], tmp_path: Path) -> None:
    file, archive = older
    assert restore_backup(tmp_path / "one", file, TODAY, dry_run=True).records > 500
    original = file.read_bytes()
    restore_backup(tmp_path / "one", file, TODAY)
    import_everything(tmp_path / "two", archive, TODAY)
    for root in (tmp_path / "one", tmp_path / "two"):
        with closing(open_workspace(root, TODAY)) as office:
            assert query_rows(office, COLOURS) == [(1,)]
            assert query_rows(office, "SELECT count(*) FROM actions WHERE title = 'Before the change'") == [(1,)]
            assert find_faults(office) == []
        assert not (root / "data" / "backups").exists(), "nothing stood there to be kept"
    assert file.read_bytes() == original, "the backup itself is only read"


def test_an_older_backup_that_was_changed_is_refused_before_it_is_migrated(
    older: tuple[Path, Path], tmp_path: Path
) -> None:
    data = bytearray(older[0].read_bytes())
    data[data.index(b"Before the change")] ^= 1
    older[0].write_bytes(data)
    with pytest.raises(BadFile, match="seal"):
        restore_backup(tmp_path / "one", older[0], TODAY)
