"""Open screens name each other; one on another computer makes the later ones read-only."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ahtc_tui.cli.main import run
from ahtc_tui.domain.errors import Refused
from ahtc_tui.services.backup import make_backup
from ahtc_tui.services.doctor import examine_setup
from ahtc_tui.services.surroundings import windows
from ahtc_tui.services.surroundings.windows import WindowRegistration, register_window
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.shell.app import AhtcApp
from tests.builders import make_action
from tests.journeys.hands import Hands

NOW = datetime(2013, 12, 31, 9, 30, tzinfo=UTC)
OTHER = {"pid": 77, "host": "laptop-2", "user": "secretariat", "since": "2013-12-31 09:00"}
EDIT = ["actions", "edit", "DP-07", "title=Edited here", "reason=agreed"]
HOLDER = """
import sys, time
from datetime import datetime
from pathlib import Path
from ahtc_tui.services.surroundings.windows import WindowRegistration
registration = WindowRegistration(Path(sys.argv[1]), "secretariat", datetime.now())
print("open", flush=True)
time.sleep(60)
"""


def write_other(office: Workspace, age: float = 0) -> Path:
    """Write the file of a screen on another computer whose lock does not reach this one."""
    path = office.database.path.with_name(".open-other")
    path.write_text(json.dumps(OTHER), encoding="utf-8")
    os.utime(path, (time.time() - age, time.time() - age))
    return path


def test_a_second_screen_names_the_first_until_it_ends(wales: Workspace) -> None:
    own = WindowRegistration(wales.root, "note-taker", NOW)
    assert own.find_others() == []
    command = [sys.executable, "-c", HOLDER, str(wales.root)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as first:
        assert first.stdout
        first.stdout.readline()
        [window] = own.find_others()
        assert (window.pid, window.host, window.user) == (first.pid, socket.gethostname(), "secretariat")
        assert f"process {first.pid}" in window.format_banner()
        assert any(name == "open screen" and ok for name, ok, _detail in examine_setup(wales.root))
        first.kill()
        first.wait()
    assert own.find_others() == []
    own.close()
    assert list(wales.database.path.parent.glob(".open-*")) == []


def test_a_screen_here_does_not_stop_another_from_writing(wales: Workspace) -> None:
    first = WindowRegistration(wales.root, "note-taker", NOW)
    second = register_window(wales)
    assert [window.user for window in second.find_others()] == ["note-taker"]
    make_action(wales)
    first.close()
    second.close()


def test_a_screen_on_another_computer_makes_this_one_read_only(wales: Workspace) -> None:
    write_other(wales)
    registration = register_window(wales)
    with pytest.raises(Refused, match=r"READ ONLY: open on laptop-2, secretariat, process 77, since 2013-12-31 09:00"):
        make_action(wales)
    assert registration.find_others()[0].host == "laptop-2"
    registration.close()


def test_the_screen_that_was_open_first_may_write_and_names_the_other_computer(wales: Workspace) -> None:
    first = register_window(wales)
    write_other(wales)
    [window] = first.find_others()
    assert window.format_banner() == (
        "Also open on another computer: secretariat on laptop-2, process 77, since 2013-12-31 09:00. Work on one only."
    )
    make_action(wales)
    findings = [(ok, detail) for name, ok, detail in examine_setup(wales.root) if name == "open screen"]
    assert (False, window.format_banner()) in findings
    first.close()


@pytest.mark.parametrize("content", ["", "[]", '{"pid": "x"}', "\udcff"])
def test_files_that_are_silent_or_not_understood_do_not_count(wales: Workspace, content: str) -> None:
    write_other(wales, age=windows.SILENT_SECONDS + 60)
    wales.database.path.with_name(".open-broken").write_bytes(content.encode("utf-8", "surrogateescape"))
    registration = register_window(wales)
    assert registration.find_others() == []
    make_action(wales)
    registration.close()


async def test_the_banner_is_above_every_screen_and_goes_with_the_other(wales: Workspace) -> None:
    other = write_other(wales)
    registration = register_window(wales)
    async with AhtcApp(wales, windows=registration).run_test(size=(80, 24)) as pilot:
        desk = Hands(pilot)
        await desk.wait_until_idle()
        assert "READ ONLY: open on laptop-2" in desk.text
        await desk.press_keys("2")
        assert "READ ONLY: open on laptop-2" in desk.text
        assert "DP-07" in desk.text
    wales.database.read_only_reason = ""
    other.unlink()
    first = WindowRegistration(wales.root, "note-taker", NOW)
    async with AhtcApp(wales, windows=registration).run_test(size=(80, 24)) as pilot:
        desk = Hands(pilot)
        await desk.wait_until_idle()
        assert "Also open: note-taker" in desk.text
        first.close()
        await desk.app._find_other_windows()
        await desk.wait_until_idle()
        assert "Also open" not in desk.text
    registration.close()


def test_a_command_beside_a_screen_on_another_computer_reads_and_changes_nothing(
    wales: Workspace, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    make_action(wales)
    copy = make_backup(wales, tmp_path / "copy.db").file
    wales.close()
    monkeypatch.setenv("AHTC_WORKSPACE", str(wales.root))
    other, before = write_other(wales), wales.database.path.read_bytes()
    assert run(["actions", "show", "DP-07"]) == 0
    assert run(["export", "actions", str(tmp_path / "log.xlsx")]) == 0
    capsys.readouterr()
    for words in (EDIT, ["undo"], ["restore", str(copy), "--yes"]):
        assert run(words) == 6
        assert "READ ONLY: open on laptop-2, secretariat, process 77" in capsys.readouterr().err
    assert wales.database.path.read_bytes() == before
    other.unlink()
    assert run(EDIT) == 0


def test_a_command_on_the_computer_of_the_first_screen_may_write(
    wales: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = WindowRegistration(wales.root, "note-taker", NOW.replace(hour=8))
    write_other(wales)
    monkeypatch.setenv("AHTC_WORKSPACE", str(wales.root))
    assert run(EDIT) == 0
    first.close()
