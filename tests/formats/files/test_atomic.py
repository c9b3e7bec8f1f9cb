"""A file that leaves the office is whole, private, and never replaces another by accident."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from ahtc_tui.domain.errors import Refused, StoreError
from ahtc_tui.formats.files.atomic_write import write_whole


def writes(text: str) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        path.write_text(text)

    return write


def fails(error: BaseException) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        path.write_text("half of")
        raise error

    return write


def test_a_new_file_is_written_for_its_owner_only_and_nothing_else_is_left(tmp_path: Path) -> None:
    target = tmp_path / "log.xlsx"
    write_whole(target, writes("whole"))
    assert target.read_text() == "whole"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [target]


def test_a_library_that_makes_the_file_anew_does_not_open_it_to_others(tmp_path: Path) -> None:
    def anew(path: Path) -> None:
        path.unlink()
        path.write_text("whole")
        path.chmod(0o644)

    write_whole(tmp_path / "log.xlsx", anew)
    assert stat.S_IMODE((tmp_path / "log.xlsx").stat().st_mode) == 0o600


def test_the_bytes_are_on_the_disk_before_the_file_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, seen = tmp_path / "log.xlsx", []
    to_the_disk = os.fsync

    def watched(handle: int) -> None:
        seen.append(target.exists())
        to_the_disk(handle)

    monkeypatch.setattr(os, "fsync", watched)
    write_whole(target, writes("whole"))
    assert seen[0] is False


def test_the_temporary_file_has_the_ending_of_the_target(tmp_path: Path) -> None:
    seen: list[Path] = []

    def write(path: Path) -> None:
        seen.append(path)
        path.write_text("whole")

    write_whole(tmp_path / "log.xlsx", write)
    assert seen[0].suffix == ".xlsx"
    assert seen[0].parent == tmp_path


def test_an_existing_file_is_refused_without_force(tmp_path: Path) -> None:
    target = tmp_path / "log.xlsx"
    target.write_text("old")
    with pytest.raises(Refused, match="exists already") as refusal:
        write_whole(target, writes("new"))
    assert refusal.value.exit_code == 6
    assert target.read_text() == "old"


def test_force_replaces_the_file(tmp_path: Path) -> None:
    target = tmp_path / "log.xlsx"
    target.write_text("old")
    write_whole(target, writes("new"), force=True)
    assert target.read_text() == "new"


def test_a_file_that_appears_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    target = tmp_path / "log.xlsx"

    def write(path: Path) -> None:
        path.write_text("mine")
        target.write_text("a colleague's")

    with pytest.raises(Refused):
        write_whole(target, write)
    assert target.read_text() == "a colleague's"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("force", [True, False])
def test_a_folder_is_never_replaced(tmp_path: Path, force: bool) -> None:
    with pytest.raises(Refused, match="is a folder"):
        write_whole(tmp_path, writes("new"), force=force)


def test_a_missing_folder_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r'The folder ".*nowhere" does not exist'):
        write_whole(tmp_path / "nowhere" / "log.xlsx", writes("new"))


@pytest.mark.faults
@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EROFS, "the disk can only be read"),
        (errno.EACCES, "not allowed"),
        (errno.EIO, os.strerror(errno.EIO)),
    ],
)
def test_when_the_disk_says_no_the_old_file_stays_whole(tmp_path: Path, number: int, reason: str) -> None:
    target = tmp_path / "log.xlsx"
    target.write_text("old")
    with pytest.raises(StoreError, match=reason) as refusal:
        write_whole(target, fails(OSError(number, os.strerror(number))), force=True)
    assert refusal.value.exit_code == 5
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.faults
@pytest.mark.parametrize("stop", [KeyboardInterrupt(), ValueError("a defect")])
def test_whatever_stops_the_writer_leaves_nothing_behind(tmp_path: Path, stop: BaseException) -> None:
    with pytest.raises(type(stop)):
        write_whole(tmp_path / "log.xlsx", fails(stop))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.faults
def test_a_name_that_is_too_long_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="the name is too long"):
        write_whole(tmp_path / ("l" * 300 + ".xlsx"), writes("new"))
    assert list(tmp_path.iterdir()) == []
