"""Temporary files of libraries are in a folder of this program; what a killed program left there is removed."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from ahtc_tui.domain.files import temporary_files
from ahtc_tui.domain.files.temporary_files import (
    find_own_folder,
    hold_temporary_folder,
    list_left_files,
    redirect_temporary_files,
    remove_stale_files,
)

KILLED = """
import os, signal, sys, tempfile
from pathlib import Path
from ahtc_tui.domain.files.temporary_files import redirect_temporary_files
with redirect_temporary_files():
    handle, name = tempfile.mkstemp(prefix="openpyxl.")
    os.write(handle, b"plain sheet")
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def system_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder for temporary files of the system."""
    former = find_own_folder()
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    find_own_folder.cache_clear()
    yield tmp_path
    find_own_folder.cache_clear()
    monkeypatch.setenv("TMPDIR", str(former.parent))
    assert find_own_folder() == former


def test_libraries_write_into_the_own_folder_which_only_its_owner_reads(system_folder: Path) -> None:
    former = tempfile.tempdir
    with redirect_temporary_files():
        handle, name = tempfile.mkstemp()
        os.close(handle)
        assert find_own_folder() in Path(name).parents
        assert find_own_folder().stat().st_mode & 0o077 == 0
    assert not Path(name).exists()
    assert tempfile.tempdir == former
    assert list(find_own_folder().iterdir()) == []


def test_what_a_killed_program_left_is_removed_and_what_another_uses_is_not(system_folder: Path) -> None:
    subprocess.run([sys.executable, "-c", KILLED], check=False, env={**os.environ, "TMPDIR": str(system_folder)})
    assert [path.read_bytes() for path in list_left_files() if path.name.startswith("openpyxl.")] == [b"plain sheet"]
    with hold_temporary_folder() as folder:
        (folder / "in use").write_text("text")
        remove_stale_files(find_own_folder())
        assert [path.name for path in list_left_files()] == ["in use"]


def test_files_that_earlier_versions_left_are_found(system_folder: Path) -> None:
    (system_folder / "openpyxl.abc").write_text("plain sheet")
    (system_folder / "ahtc-xyz").mkdir()
    (system_folder / "ahtc-xyz" / "minutes.docx").write_text("text")
    (system_folder / "other").write_text("text")
    assert [path.name for path in list_left_files()] == ["openpyxl.abc", "minutes.docx"]


def test_a_folder_of_another_account_is_not_used(system_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(temporary_files, "_is_own", lambda _path: False)
    with pytest.raises(PermissionError), hold_temporary_folder():
        pass
