"""Backups after kills, on full disks and with a flipped bit: nothing is lost, and no damaged copy is restored."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from ahtc_tui.domain.errors import BadFile, StoreError
from ahtc_tui.services import backup
from ahtc_tui.services.backup import make_backup
from ahtc_tui.services.doctor import find_faults
from ahtc_tui.services.opening import make_workspace, open_workspace
from ahtc_tui.services.recovery.full_export import export_everything, import_everything
from ahtc_tui.services.recovery.passphrase import set_passphrase
from ahtc_tui.services.recovery.restore import restore_backup
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.backup import snapshot as stored
from ahtc_tui.store.backup.snapshot import open_snapshot
from tests.builders import TODAY, make_action, read_live_rows
from tests.faults.restorer import PLAIN_WORD, SHEET_ROWS
from tests.faults.rounds import count_rounds
from tests.faults.test_full_disk import small_disk

__all__ = ["small_disk"]

pytestmark = [pytest.mark.faults, pytest.mark.backups]

ROUNDS = count_rounds(20)
"""Rounds of each kind of work."""
SEED = 20131231
PASSPHRASE = "carreg afon lleuad"
FLIPS = 400


def kill_rounds(*words: Path | str) -> list[dict[str, Any]]:
    """Run all rounds of `restorer` in a process of its own and return their results."""
    *paths, passphrase = map(str, words)
    flags = (str(SEED), str(ROUNDS), *([passphrase] if passphrase else []))
    process = subprocess.run(
        [sys.executable, "-m", "tests.faults.restorer", *paths, *flags],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
        timeout=3400,
    )
    results: list[dict[str, Any]] = json.loads(process.stdout)
    return results


@pytest.mark.long
def test_a_kill_leaves_no_plain_copy_of_an_encrypted_office_after_the_next_start(
    workspace: Workspace, tmp_path: Path
) -> None:
    """The plain backup that is restored is the only plain file at any time but for the temporary copies."""
    make_action(workspace, title=PLAIN_WORD.decode())
    file = make_backup(workspace, tmp_path / "copy.db").file
    make_action(workspace, title="Since then")
    set_passphrase(workspace, PASSPHRASE)
    workspace.close()
    rounds = kill_rounds(workspace.root, tmp_path / "rounds", file, "", PASSPHRASE)
    assert [round_result["faults"] for round_result in rounds if round_result["faults"]] == []
    assert [round_result["remains"] for round_result in rounds if round_result["remains"]] == []
    left = [round_result for round_result in rounds if round_result["left"]]
    assert len(left) > ROUNDS // 10, "hardly any kill left a copy: the test shows nothing"


@pytest.mark.long
def test_a_kill_during_restore_backup_import_undo_export_or_pack_loses_nothing(
    workspace: Workspace, tmp_path: Path
) -> None:
    file = make_backup(workspace, tmp_path / "copy.db").file
    archive = export_everything(workspace, tmp_path / "all.zip").file
    make_action(workspace, title="Since then")
    workspace.database.close()
    rounds = kill_rounds(workspace.root, tmp_path / "rounds", file, archive, "")
    assert [round_result["remains"] for round_result in rounds if round_result["remains"]] == []
    assert [round_result["faults"] for round_result in rounds if round_result["faults"]] == []
    assert all(round_result["stands"] == 1 or round_result["kept"] == [1] for round_result in rounds), (
        "what was written last is somewhere, whole"
    )
    assert {round_result["stands"] for round_result in rounds if round_result["kind"] == "restore"} == {0, 1}, (
        "no kill before or none after"
    )
    files = {kind: {True, False} for kind in ("import", "export", "pack", "open")}
    for kind, ends in {**files, "sheet": {0, SHEET_ROWS}, "undo": {0, SHEET_ROWS}}.items():
        outcomes = {round_result["came"] for round_result in rounds if round_result["kind"] == kind}
        assert outcomes == ends, f"{kind}: done by halves, or no kill before its end or none after"


def everything_in(database: Any) -> str:
    """Return the digest of the contents of a database."""
    with database.read() as cursor:
        return stored.compute_digest(cursor)


@pytest.mark.long
def test_no_flipped_bit_is_restored_as_wrong_data(wales: Workspace, tmp_path: Path) -> None:
    file = make_backup(wales, tmp_path / "copy.db").file
    with open_snapshot(file) as copy:
        original = everything_in(copy)
    data, chance, target = file.read_bytes(), random.Random(SEED), tmp_path / "turned.db"
    refused = harmless = 0
    for _flip in range(FLIPS):
        turned = bytearray(data)
        turned[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        target.write_bytes(turned)
        try:
            restore_backup(tmp_path / "office", target, TODAY, dry_run=True)
        except BadFile:
            refused += 1
            continue
        with open_snapshot(target) as copy:
            assert everything_in(copy) == original, "a bit was turned, the content is another, and nobody said so"
        harmless += 1
    assert refused > FLIPS // 4, "the others lie where nothing is saved: half of the file is room"
    assert refused + harmless == FLIPS


def fill_disk(disk: Path, left: int) -> None:
    """Fill a disk until this number of bytes is free."""
    free = shutil.disk_usage(disk).free
    (disk / "ballast").write_bytes(bytes(max(free - left, 0)))


def test_a_backup_on_a_full_disk_leaves_nothing(small_disk: Path) -> None:
    make_workspace(small_disk, "wales-2013")
    with closing(open_workspace(small_disk, TODAY)) as office:
        make_action(office)
        before = read_live_rows(office)
        fill_disk(small_disk, 600_000)
        for target in (None, small_disk / "copy.db"):
            with pytest.raises(StoreError, match="full") as full:
                make_backup(office, target)
            assert ".ahtc-" not in str(full.value)
            assert ".db. Make room" in str(full.value)
        with pytest.raises(StoreError, match="full"):
            backup.back_up_before(office, "import")
        assert read_live_rows(office) == before
        assert find_faults(office) == []
        assert list(office.backups.iterdir()) == []
        assert sorted(path.name for path in small_disk.iterdir()) == ["ballast", "data"]


@pytest.mark.long
def test_a_restore_or_import_on_a_full_disk_changes_nothing(wales: Workspace, small_disk: Path, tmp_path: Path) -> None:
    file = make_backup(wales, tmp_path / "copy.db").file
    archive = export_everything(wales, tmp_path / "all.zip").file
    make_workspace(small_disk, "wales-2013")
    with closing(open_workspace(small_disk, TODAY)) as office:
        make_action(office)
        before = read_live_rows(office)
        fill_disk(small_disk, 600_000)
        with pytest.raises(StoreError, match="No space left"):
            restore_backup(small_disk, file, TODAY)
        with pytest.raises(StoreError, match="full"):
            import_everything(small_disk / "new", archive, TODAY)
        (small_disk / "ballast").unlink()
        fill_disk(small_disk, 20_000)
        with pytest.raises(StoreError, match="full"):
            export_everything(office, small_disk / "all.zip")
        assert read_live_rows(office) == before
        assert find_faults(office) == []
    left = sorted(path.name for path in small_disk.rglob("*") if path.is_file())
    assert left == ["ahtc.db", "ballast"]
