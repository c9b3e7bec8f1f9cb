"""A full disk or a read-only file gives one sentence, and nothing is half-written."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from ahtc_tui.domain.drafts.contacts import build_contact_draft
from ahtc_tui.domain.errors import StoreError
from ahtc_tui.services.contacts.service import add_contact
from ahtc_tui.services.doctor import find_faults
from ahtc_tui.services.history import list_steps
from ahtc_tui.services.opening import make_workspace, open_workspace
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY, make_action, make_update, query_rows, read_live_rows
from tests.clients.programs import skip_missing

pytestmark = pytest.mark.faults


def fill_up(office: Workspace) -> int:
    """Write until the disk is full; return the number of acknowledged writes."""
    steps = len(list_steps(office, 9999))
    with pytest.raises(StoreError, match=r"The disk is full\. Nothing was changed") as full:  # noqa: PT012
        while True:
            before = read_live_rows(office)
            make_action(office, title="A long story", detail="word " * 3000, support="Bawso")
            make_update(office, "DP-01", "And another. " * 500)
    assert full.value.exit_code == 5
    stored = len(list_steps(office, 9999)) - steps
    now = read_live_rows(office)
    assert len(now["actions"]) + len(now["updates"]) == 44 + stored
    assert all(len(now[table]) >= len(before[table]) for table in now)
    assert find_faults(office) == []
    return stored


def test_a_size_limit_keeps_every_write_atomic(wales: Workspace) -> None:
    [(pages,)] = query_rows(wales, "PRAGMA page_count")
    query_rows(wales, f"PRAGMA max_page_count = {pages + 60}")
    assert fill_up(wales) > 3
    query_rows(wales, "PRAGMA max_page_count = 1000000")
    make_action(wales, title="There is room again")
    assert find_faults(wales) == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 4 MB; the test is skipped, or fails in continuous integration, where none can be mounted."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = os.geteuid() == 0 and shutil.which("mount")
    command = ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(disk)]
    if not mounted or subprocess.run(command, check=False, capture_output=True).returncode:
        skip_missing("a small disk", "run the tests as root, with the program mount")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_keeps_every_write_atomic(small_disk: Path) -> None:
    make_workspace(small_disk, "wales-2013")
    with closing(open_workspace(small_disk, TODAY)) as office:
        assert fill_up(office) > 3


def test_a_database_is_not_created_on_a_full_disk(small_disk: Path) -> None:
    (small_disk / "ballast").write_bytes(bytes(5_900_000))
    with pytest.raises(StoreError, match="full"):
        make_workspace(small_disk, "wales-2013")
    assert list(small_disk.iterdir()) == [small_disk / "ballast"]


@pytest.mark.long
def test_an_erasure_without_room_to_rewrite_the_file_says_so_and_reading_goes_on(small_disk: Path) -> None:
    make_workspace(small_disk, "wales-2013")
    with closing(open_workspace(small_disk, TODAY)) as office:
        ref = add_contact(office, build_contact_draft({"name": "Gwen Quillfeather", "kind": "person"}, TODAY)).ref
    disk = os.statvfs(small_disk)
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(disk.f_bavail * disk.f_frsize - 700_000))
    erase = ["contacts", "erase", ref, "--yes"]
    process = run_ahtc(small_disk, *erase)
    assert process.returncode == 1, process.stderr
    assert "The person is erased, but one step remains." in process.stderr
    assert "nothing was changed" not in process.stderr
    listed = run_ahtc(small_disk, "contacts", "list", "--json")
    assert (listed.returncode, "Quillfeather" in listed.stdout) == (0, False), listed.stderr
    assert "was not rewritten after an erasure" in run_ahtc(small_disk, "doctor").stdout
    ballast.unlink()
    assert run_ahtc(small_disk, "contacts", "list").returncode == 0
    assert "was not rewritten after an erasure" not in run_ahtc(small_disk, "doctor").stdout
    assert b"Quillfeather" not in (small_disk / "data" / "ahtc.db").read_bytes()


def run_ahtc(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command as a process of its own."""
    command = [sys.executable, "-m", "ahtc_tui", "--workspace", str(root), "--as-at", TODAY.isoformat(), *words]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])


READ_ONLY = """
import os, sys
from pathlib import Path
from tests.builders import TODAY, make_action
from ahtc_tui.domain.errors import StoreError
from ahtc_tui.domain.actions.filters import ActionFilter
from ahtc_tui.services.actions.service import list_actions
from ahtc_tui.services.doctor import find_faults
from ahtc_tui.services.opening import open_workspace

office = open_workspace(Path(sys.argv[1]), TODAY)
print(len(list_actions(office, ActionFilter())))
find_faults(office)  # imports what it needs before the library of Python may become unreadable
office.close()
os.chmod(Path(sys.argv[1]) / "data" / "ahtc.db", 0o444)
if os.geteuid() == 0:
    os.setuid(65534)
office = open_workspace(Path(sys.argv[1]), TODAY)
try:
    make_action(office)
except StoreError as error:
    print(error.exit_code, error)
print(find_faults(office))
"""


def test_a_read_only_database_is_readable_and_refuses_writes(wales: Workspace) -> None:
    wales.close()
    with TemporaryDirectory() as passing:
        root = Path(passing)
        shutil.copytree(wales.root, root, dirs_exist_ok=True)
        for folder in (root, root / "data"):
            folder.chmod(0o755)
        process = subprocess.run(
            [sys.executable, "-c", READ_ONLY, passing],
            capture_output=True,
            text=True,
            check=True,
            cwd=Path(__file__).parents[2],
        )
        assert (root / "data" / "ahtc.db").read_bytes() == wales.database.path.read_bytes()
    count, sentence, rows_found = process.stdout.splitlines()
    assert (count, rows_found) == ("28", "[]")
    assert sentence.startswith("5 ")
    assert "cannot be saved. Nothing was changed." in sentence


@pytest.mark.sample(2)
@pytest.mark.parametrize("words", ["actions log.xlsx", "brief leadership-group brief.docx"])
def test_an_export_on_a_full_disk_leaves_nothing(wales: Workspace, tmp_path: Path, words: str) -> None:
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100)); from ahtc_tui.cli.main import main"
    call = f"{limit}; main(['--workspace', {str(wales.root)!r}, 'export', *{words.split()}])"
    command = [sys.executable, "-B", "-c", call]  # Python would cut compiled modules off at the limit, and keep them
    process = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (process.returncode, process.stdout, process.stderr.count("\n")) == (5, "", 1), process.stderr
    assert "was not saved: " in process.stderr
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == []
