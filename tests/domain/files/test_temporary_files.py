"""Temporary files of a program that ended are removed; those of a running one stay, whatever the clock says."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ahtc_tui.domain.files import temporary_files
from ahtc_tui.domain.files.temporary_files import hold_temporary_file, remove_stale_files

HOLDER = """
import sys, time
from pathlib import Path
from ahtc_tui.domain.files.temporary_files import hold_temporary_file
with hold_temporary_file(Path(sys.argv[1]), ".db") as part:
    part.write_text("half")
    part.with_name(part.name + "-journal").write_text("half")
    print(part.name, flush=True)
    time.sleep(60)
"""


def list_names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_system_without_locks_has_temporary_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a lock nothing shows that a program ended: its files stay."""
    monkeypatch.setattr(temporary_files, "try_lock", lambda _handle: False)
    with hold_temporary_file(tmp_path, ".db") as part:
        part.write_text("whole")
        assert len(list_names(tmp_path)) == 2
        remove_stale_files(tmp_path)
        assert part.read_text() == "whole"
    assert list_names(tmp_path) == []


def test_a_renamed_file_stays_and_nothing_else(tmp_path: Path) -> None:
    with hold_temporary_file(tmp_path, ".db") as part:
        part.write_text("whole")
        part.with_name(f"{part.name}-journal").write_text("half")
        part.replace(tmp_path / "ahtc.db")
    assert list_names(tmp_path) == ["ahtc.db"]
    with pytest.raises(ValueError, match="writer"), hold_temporary_file(tmp_path, ".db"):
        raise ValueError("writer")
    assert list_names(tmp_path) == ["ahtc.db"]


def test_files_in_use_stay_whatever_their_time(tmp_path: Path) -> None:
    with hold_temporary_file(tmp_path, ".db") as part:
        os.utime(part, (0, 0))
        (sidecar := part.with_name(f"{part.name}-journal")).write_text("half")
        remove_stale_files(tmp_path)
        assert part.exists()
        assert sidecar.exists()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows has no SIGKILL")
def test_files_of_a_killed_program_are_removed_at_once(tmp_path: Path) -> None:
    (tmp_path / ".ahtc.db.abc123.new").write_text("left by an earlier version")
    (tmp_path / "ahtc.db-journal").write_text("no temporary file")
    command = [sys.executable, "-c", HOLDER, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout
        name = holder.stdout.readline().strip()
        remove_stale_files(tmp_path)
        assert (tmp_path / name).read_text() == "half"
        holder.kill()
        holder.wait()
    assert len(list_names(tmp_path)) == 4
    remove_stale_files(tmp_path)
    assert list_names(tmp_path) == ["ahtc.db-journal"]
    remove_stale_files(tmp_path / "no folder")
