"""Warnings of synchronised folders, network shares and a clock that went back."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from ahtc_tui.services.doctor import examine_setup
from ahtc_tui.services.surroundings import location
from ahtc_tui.services.workspace import Workspace
from tests.builders import make_action


@pytest.mark.parametrize(
    "folder", ["OneDrive", "OneDrive - Swyddfa Cymru", "dropbox", "Dropbox (Office)", "Google Drive", "iCloud Drive"]
)
def test_a_synchronised_folder_is_named(tmp_path: Path, folder: str) -> None:
    assert f'is in "{folder}"' in location.find_folder_warning(tmp_path / folder / "office")


@pytest.mark.parametrize("folder", ["one drive to remember", "Documents", "my driveway", "dropboxes"])
def test_other_folders_are_not(tmp_path: Path, folder: str) -> None:
    assert location.find_folder_warning(tmp_path / folder) == ""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lists its mounts in a file")
@pytest.mark.parametrize(("system", "warned"), [("cifs", True), ("nfs4", True), ("fuse.sshfs", True), ("ext4", False)])
def test_a_network_share_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: str, warned: bool) -> None:
    share = tmp_path / "office share"
    mounts = tmp_path / "mountinfo"
    place = str(share).replace(" ", "\\040")
    root = "22 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw"
    mounts.write_text(f"{root}\n36 22 0:40 / {place} rw shared:1 - {system} //server/office rw\n")
    monkeypatch.setattr(location, "MOUNTS", mounts)
    assert ("network share" in location.find_folder_warning(share)) is warned
    findings = [detail for name, _ok, detail in examine_setup(share) if name == "place of the data"]
    assert len(findings) == warned


def test_a_clock_behind_the_last_own_entry_is_named(wales: Workspace) -> None:
    assert location.find_clock_warning(wales) == ""
    make_action(wales)
    assert location.find_clock_warning(wales) == ""
    earlier = datetime.now().astimezone() - timedelta(days=30)
    assert "The clock on this computer went back" in location.find_clock_warning(replace(wales, now=lambda: earlier))
    assert location.find_warnings(replace(wales, now=lambda: earlier)) != []
