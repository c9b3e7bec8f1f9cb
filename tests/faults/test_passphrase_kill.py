"""After a kill while a passphrase is set, changed or removed, the file opens with the old or the new one."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from ahtc_tui.domain.errors import StoreError
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.recovery.passphrase import set_passphrase
from ahtc_tui.services.replication.office_pack import create_pack, open_pack
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY
from tests.faults.rounds import count_rounds
from tests.faults.test_full_disk import small_disk

__all__ = ["small_disk"]

ROUNDS = count_rounds(60)
SEED = 20131231
PASSPHRASE = "carreg afon lleuad"


@pytest.mark.long
@pytest.mark.faults
def test_a_kill_during_a_passphrase_change_leaves_one_of_the_two_keys(wales: Workspace) -> None:
    wales.close()
    process = subprocess.run(
        [sys.executable, "-m", "tests.faults.rewriter", str(wales.root), str(SEED), str(ROUNDS)],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
        timeout=1200,
    )
    ends = Counter(json.loads(process.stdout))
    assert set(ends) <= {"old", "old and a part", "new", "done"}, ends
    assert ends["old and a part"] > ROUNDS // 10, "hardly anybody was killed in the middle: the test shows nothing"
    assert ends["new"] + ends["done"] > ROUNDS // 10, ends


@pytest.mark.long
@pytest.mark.faults
def test_a_full_disk_leaves_the_database_unchanged(small_disk: Path, wales_folder: Path) -> None:
    shutil.copytree(wales_folder, small_disk / "office")
    path = small_disk / "office" / "data" / "ahtc.db"
    before = path.read_bytes()
    (small_disk / "filler").write_bytes(b"x" * (shutil.disk_usage(small_disk).free - 500_000))
    with closing(open_workspace(small_disk / "office", TODAY)) as office:
        with pytest.raises(StoreError, match="full"):
            set_passphrase(office, PASSPHRASE)
        with pytest.raises(StoreError, match="full"):
            create_pack(office, small_disk / "forum.ahtc", PASSPHRASE)
        made_elsewhere = create_pack(office, wales_folder.parent / "forum.ahtc", PASSPHRASE).file
    with pytest.raises(StoreError, match="full"):
        open_pack(made_elsewhere, small_disk / "laptop", PASSPHRASE)
    made_elsewhere.unlink()
    left = sorted(
        leftover.relative_to(small_disk).as_posix() for leftover in small_disk.rglob("*") if leftover.is_file()
    )
    assert left == ["filler", "office/data/ahtc.db"]
    with closing(open_workspace(small_disk / "office", TODAY)) as office:
        assert office.database.key is None
    assert len(path.read_bytes()) == len(before)
