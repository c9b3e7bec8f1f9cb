"""LibreOffice converts our files; where it is missing, fails or hangs there is one sentence and nothing remains."""

from __future__ import annotations

import os
import signal
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from ahtc_tui.domain.errors import ProgramError
from ahtc_tui.formats.files.atomic_write import write_file_atomically
from ahtc_tui.formats.libreoffice import conversion

InstallProgram = Callable[[str], None]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "minutes.docx"
    path.write_bytes(b"a Word file")
    return path


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> InstallProgram:
    """Return a function that installs a shell script as LibreOffice, and moves temporary folders to this test's."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")

    def install_script(script: str) -> None:
        program = folder / "soffice"
        program.write_text(f'#!/bin/sh\nlog="{tmp_path}/log"\n{script}\n')
        program.chmod(0o755)

    return install_script


def has_ended(process: int) -> bool:
    """Return whether a process that was killed ends within some seconds; the system does not do it at once."""
    limit = time.monotonic() + 5
    while _is_alive(process) and time.monotonic() < limit:
        time.sleep(0.02)
    return not _is_alive(process)


def _is_alive(process: int) -> bool:
    with suppress(OSError):
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


WRITES_ITS_OUTPUT = """
for last; do :; done
while [ "$1" != "--outdir" ]; do case "$1" in -env:*) echo "$1" >> "$log";; esac; shift; done
mkdir -p "$2"
cp "$last" "$2/minutes.pdf"
"""
STARTS_ANOTHER_AND_HANGS = 'sleep 300 & echo $! > "$log"; wait'


@pytest.mark.parametrize(
    ("manager", "ending", "command"),
    [
        ("apt-get", ".pdf", "sudo apt-get install libreoffice-writer"),
        ("dnf", ".odt", "sudo dnf install libreoffice-writer"),
        ("brew", ".pdf", "brew install --cask libreoffice"),
        ("", ".odt", "sudo apt-get install libreoffice-writer"),
    ],
)
def test_a_missing_libreoffice_is_one_sentence_with_the_command_that_installs_it(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, manager: str, ending: str, command: str
) -> None:
    folder = tmp_path / "programs"
    folder.mkdir()
    if manager:
        (folder / manager).write_text("#!/bin/sh\n")
        (folder / manager).chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(conversion, "USUAL_PLACES", ())
    with pytest.raises(ProgramError) as caught:
        conversion.convert_file(source, tmp_path / f"out{ending}")
    assert str(caught.value) == (
        f'LibreOffice is needed for "out{ending}" and is not installed. To install it, run {command}'
    )
    assert caught.value.exit_code == 5


def test_a_workbook_needs_the_part_of_libreoffice_for_workbooks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(conversion, "USUAL_PLACES", ())
    with pytest.raises(ProgramError, match=r"install libreoffice-calc$"):
        conversion.convert_file(tmp_path / "log.xlsx", tmp_path / "log.ods")


def test_each_conversion_has_a_profile_of_its_own_that_is_removed(
    source: Path, tmp_path: Path, install: InstallProgram
) -> None:
    install(WRITES_ITS_OUTPUT)
    for name in ("one.pdf", "two.pdf"):
        write_file_atomically(tmp_path / name, lambda path: conversion.convert_file(source, path))
        assert (tmp_path / name).read_bytes() == b"a Word file"
    profiles = (tmp_path / "log").read_text().split()
    assert len(set(profiles)) == 2
    assert list((tmp_path / "temporary").iterdir()) == []


def test_a_conversion_does_not_connect_to_the_print_service(
    source: Path, tmp_path: Path, install: InstallProgram
) -> None:
    install(f'test "$SAL_DISABLE_CUPS" || exit 1\n{WRITES_ITS_OUTPUT}')
    write_file_atomically(tmp_path / "one.pdf", lambda path: conversion.convert_file(source, path))
    assert (tmp_path / "one.pdf").read_bytes() == b"a Word file"


@pytest.mark.parametrize("script", ["exit 1", "exit 0", "kill -9 $$"])
def test_a_conversion_that_fails_writes_nothing(
    source: Path, tmp_path: Path, install: InstallProgram, script: str
) -> None:
    install(script)
    target = tmp_path / "minutes.pdf"
    with pytest.raises(ProgramError) as caught:
        write_file_atomically(target, lambda path: conversion.convert_file(source, path))
    assert "Nothing was saved." in str(caught.value)
    assert {path.name for path in tmp_path.iterdir()} == {"minutes.docx", "programs", "temporary"}
    assert list((tmp_path / "temporary").iterdir()) == []


def test_a_conversion_that_hangs_is_ended_with_all_that_it_started(
    source: Path, tmp_path: Path, install: InstallProgram
) -> None:
    install(STARTS_ANOTHER_AND_HANGS)
    with pytest.raises(ProgramError, match=r'did not finish "minutes\.pdf" within'):
        conversion.convert_file(source, tmp_path / "minutes.pdf", seconds=1)
    assert has_ended(int((tmp_path / "log").read_text()))
    assert not (tmp_path / "minutes.pdf").exists()
    assert list((tmp_path / "temporary").iterdir()) == []


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Let ctrl+c interrupt the tests, which a run in the background of a shell ignores."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_ctrl_c_ends_the_conversion_and_removes_its_folder(
    source: Path, tmp_path: Path, install: InstallProgram, interruptible: None
) -> None:
    install(STARTS_ANOTHER_AND_HANGS)

    def interrupt_when_started() -> None:
        while not ((tmp_path / "log").exists() and (tmp_path / "log").read_text().strip()):
            time.sleep(0.02)
        os.kill(os.getpid(), signal.SIGINT)

    interrupter = threading.Thread(target=interrupt_when_started)
    interrupter.start()
    with pytest.raises(KeyboardInterrupt):
        conversion.convert_file(source, tmp_path / "minutes.pdf")
    interrupter.join()
    assert has_ended(int((tmp_path / "log").read_text()))
    assert list((tmp_path / "temporary").iterdir()) == []
