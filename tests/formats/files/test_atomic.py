"""Written files are complete and private, and replace another file only on request."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from ahtc_tui.domain.errors import BadInput, Refused, StoreError
from ahtc_tui.formats.files.atomic_write import write_file_atomically


def create_writer(text: str) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        path.write_text(text)

    return write


def create_failing_writer(error: BaseException) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        path.write_text("half of")
        raise error

    return write


def test_a_new_file_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    target = tmp_path / "log.xlsx"
    write_file_atomically(target, create_writer("whole"))
    assert target.read_text() == "whole"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [target]


def test_a_file_recreated_by_the_writer_stays_private(tmp_path: Path) -> None:
    def recreate_file(path: Path) -> None:
        path.unlink()
        path.write_text("whole")
        path.chmod(0o644)

    write_file_atomically(tmp_path / "log.xlsx", recreate_file)
    assert stat.S_IMODE((tmp_path / "log.xlsx").stat().st_mode) == 0o600


def test_the_file_is_synced_before_it_is_renamed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target, existed = tmp_path / "log.xlsx", []
    fsync = os.fsync

    def record_fsync(handle: int) -> None:
        existed.append(target.exists())
        fsync(handle)

    monkeypatch.setattr(os, "fsync", record_fsync)
    write_file_atomically(target, create_writer("whole"))
    assert existed[0] is False


def test_the_temporary_file_has_the_suffix_of_the_target(tmp_path: Path) -> None:
    paths: list[Path] = []

    def write(path: Path) -> None:
        paths.append(path)
        path.write_text("whole")

    write_file_atomically(tmp_path / "log.xlsx", write)
    assert paths[0].suffix == ".xlsx"
    assert paths[0].parent == tmp_path


def test_an_existing_file_is_refused_without_force(tmp_path: Path) -> None:
    target = tmp_path / "log.xlsx"
    target.write_text("old")
    with pytest.raises(Refused, match="exists already") as refusal:
        write_file_atomically(target, create_writer("new"))
    assert refusal.value.exit_code == 6
    assert target.read_text() == "old"


def test_force_replaces_the_file(tmp_path: Path) -> None:
    target = tmp_path / "log.xlsx"
    target.write_text("old")
    write_file_atomically(target, create_writer("new"), force=True)
    assert target.read_text() == "new"


def test_a_file_created_during_the_write_is_not_replaced(tmp_path: Path) -> None:
    target = tmp_path / "log.xlsx"

    def write(path: Path) -> None:
        path.write_text("mine")
        target.write_text("a colleague's")

    with pytest.raises(Refused):
        write_file_atomically(target, write)
    assert target.read_text() == "a colleague's"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("force", [True, False])
def test_a_folder_is_never_replaced(tmp_path: Path, force: bool) -> None:
    with pytest.raises(Refused, match="is a folder"):
        write_file_atomically(tmp_path, create_writer("new"), force=force)


def test_a_missing_folder_gives_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r'The folder ".*nowhere" does not exist'):
        write_file_atomically(tmp_path / "nowhere" / "log.xlsx", create_writer("new"))


@pytest.mark.faults
@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EROFS, "the disk is read-only"),
        (errno.EACCES, "cannot be saved in that folder"),
        (errno.EIO, os.strerror(errno.EIO)),
    ],
)
def test_a_disk_error_leaves_the_old_file_unchanged(tmp_path: Path, number: int, reason: str) -> None:
    target = tmp_path / "log.xlsx"
    target.write_text("old")
    with pytest.raises(StoreError, match=reason) as refusal:
        write_file_atomically(target, create_failing_writer(OSError(number, os.strerror(number))), force=True)
    assert refusal.value.exit_code == 5
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.faults
@pytest.mark.parametrize("stop", [KeyboardInterrupt(), ValueError("a defect")])
def test_an_interrupted_write_leaves_no_file(tmp_path: Path, stop: BaseException) -> None:
    with pytest.raises(type(stop)):
        write_file_atomically(tmp_path / "log.xlsx", create_failing_writer(stop))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.faults
def test_a_name_that_is_too_long_gives_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"is too long\. Choose a shorter one"):
        write_file_atomically(tmp_path / f"{'x' * 300}.xlsx", create_writer("new"))


@pytest.mark.parametrize("name", ["CON.xlsx", "nul.csv", "Com1.tar.gz"])
def test_a_name_of_a_device_in_windows_is_refused_on_every_system(name: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="the name of a device"):
        write_file_atomically(tmp_path / name, create_writer("new"))
    assert list(tmp_path.iterdir()) == []
