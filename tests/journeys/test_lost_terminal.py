"""What a screen does when its editor fails, when its terminal closes or stops reading, and when two start at once."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from ahtc_tui.domain.dates.formatting import format_weekday_date
from ahtc_tui.domain.text.cleaning import capitalise
from ahtc_tui.services.doctor import find_faults
from ahtc_tui.services.settings.screen_state import read_unsaved_texts
from ahtc_tui.services.surroundings.windows import list_windows
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY
from tests.clients.programs import find_program
from tests.journeys.test_terminal import COLUMNS, COMMAND, ENTER, ESCAPE, LINES, Terminal, open_terminal

pytestmark = pytest.mark.terminal

F4 = "\x1bOQe"
EXIT_SECONDS = 5.0
"""Longest time in which the program ends after its terminal was lost."""

KILLED_EDITOR = '#!/bin/sh\necho changed > "$1"\nkill -9 $$\n'
REFUSING_EDITOR = '#!/bin/sh\necho changed > "$1"\nexit 1\n'
SAVING_EDITOR = "#!/bin/sh\necho 'Edited outside' > \"$1\"\n"


def write_editor(folder: Path, script: str) -> str:
    """Return the path of an editor that is this shell script."""
    path = folder / "editor.sh"
    path.write_text(script, encoding="utf-8")
    path.chmod(0o700)
    return str(path)


def open_update(desk: Terminal, text: str) -> None:
    """Open the form of an update and type a text."""
    desk.press_keys("2")
    desk.wait_for("by due")
    desk.press_keys("U")
    desk.wait_for("ctrl+s")
    desk.press_keys(*text)
    desk.wait_for(text)


@pytest.mark.parametrize("script", [None, REFUSING_EDITOR, KILLED_EDITOR], ids=["missing", "refusing", "killed"])
def test_text_and_screen_stay_where_the_editor_fails(
    wales: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str | None
) -> None:
    monkeypatch.setenv("EDITOR", write_editor(tmp_path, script) if script else str(tmp_path / "absent"))
    with open_terminal(wales) as desk:
        open_update(desk, "Clerks briefed")
        desk.press_keys(F4)
        desk.wait_for("editor")
        desk.wait_for("Clerks briefed")
        desk.press_keys(*" twice")
        desk.wait_for("Clerks briefed twice")
        assert desk.child.isalive()


@pytest.mark.clients
def test_text_stays_where_vim_is_left_with_an_error(wales: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", f"{find_program('vim', 'apt-get install vim')} -u NONE -T vt100")
    with open_terminal(wales) as desk:
        open_update(desk, "Clerks briefed")
        desk.press_keys(F4)
        desk.wait_for("14 bytes")  # vim has read the file, and its message fills more than a line
        desk.press_keys(ENTER, *"ccChanged")
        desk.wait_for("Changed")
        desk.press_keys(ESCAPE, *":w\r:cq\r")
        desk.wait_for("vim failed")
        assert "Changed" not in desk.text
        desk.press_keys(*" twice")
        desk.wait_for("Clerks briefed twice")


def test_text_that_the_editor_saved_comes_back(
    wales: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", write_editor(tmp_path, SAVING_EDITOR))
    with open_terminal(wales) as desk:
        open_update(desk, "Clerks briefed")
        desk.press_keys(F4)
        desk.wait_for("Edited outside")


def close_terminal(desk: Terminal) -> None:
    """Close the terminal under the program, to which the system sends SIGHUP."""
    desk.child.ptyproc.fileobj.close()
    desk.child.ptyproc.closed = True


def wait_for_end(desk: Terminal, seconds: float = EXIT_SECONDS) -> None:
    """Wait until the program has ended."""
    end = time.monotonic() + seconds
    while desk.child.ptyproc.isalive():
        assert time.monotonic() < end, "the program still runs"
        time.sleep(0.02)


def fill_terminal(desk: Terminal) -> None:
    """Have the screen drawn again and again without reading it, until its output waits."""
    for number in range(80):
        desk.child.setwinsize(LINES + number % 3, COLUMNS)
        time.sleep(0.03)


@pytest.mark.parametrize("is_full", [False, True], ids=["read", "full"])
def test_closed_terminal_ends_the_program_and_keeps_typed_text(wales: Workspace, is_full: bool) -> None:
    with open_terminal(wales) as desk:
        open_update(desk, "Clerks briefed")
        if is_full:
            fill_terminal(desk)
        close_terminal(desk)
        wait_for_end(desk)
    assert list_windows(wales.root) == []
    assert find_faults(wales) == []
    [values] = read_unsaved_texts(wales).values()
    assert values == {"text": "Clerks briefed"}
    desk = Terminal(wales)
    try:
        desk.wait_for("ended while you typed")
        desk.wait_for("by due")
        desk.press_keys("U")
        desk.wait_for("Clerks briefed")
        desk.wait_for("is back. It is not")
        desk.press_keys(ESCAPE)
        desk.wait_for("Leave without saving")
        desk.press_keys("y")
        desk.wait_for("by due")
        assert desk.quit_app() == 0
    finally:
        desk.close()
    assert read_unsaved_texts(wales) == {}


def test_closed_terminal_ends_the_program_that_gets_no_signal(wales: Workspace) -> None:
    """Only the first process of a session gets one, such as a shell that has gone on to ignore it."""
    command = f"trap '' HUP; {sys.executable} {' '.join(COMMAND)} {wales.root} & wait"
    desk = Terminal(wales, "/bin/bash", ["-c", f"set -m; {command.removesuffix(' & wait')}; sleep 60"])
    try:
        desk.wait_for(capitalise(format_weekday_date(TODAY)))
        open_update(desk, "Clerks briefed")
        desk.child.ptyproc.fileobj.close()
        desk.child.ptyproc.closed = True
        end = time.monotonic() + EXIT_SECONDS
        while list_windows(wales.root):
            assert time.monotonic() < end, "the program still runs"
            time.sleep(0.05)
    finally:
        desk.child.ptyproc.terminate(force=True)
    assert list(read_unsaved_texts(wales).values()) == [{"text": "Clerks briefed"}]


def test_terminal_that_does_not_read_ends_with_a_signal(wales: Workspace) -> None:
    with open_terminal(wales) as desk:
        open_update(desk, "Clerks briefed")
        fill_terminal(desk)
        os.kill(desk.child.pid, signal.SIGTERM)
        wait_for_end(desk)
    assert list(read_unsaved_texts(wales).values()) == [{"text": "Clerks briefed"}]


def test_two_screens_started_in_the_same_second_show_no_error(busy: Workspace) -> None:
    first, second = Terminal(busy), Terminal(busy)
    try:
        for desk in (first, second):
            desk.wait_for("Also open")
        end = time.monotonic() + 8
        while time.monotonic() < end:
            for desk in (first, second):
                desk.read_output(0.1)
                assert "exists already" not in desk.text
                assert "automatic.db" not in desk.text
        assert list(busy.backups.glob("*-automatic*.db"))
        for desk in (first, second):
            assert desk.quit_app() == 0
    finally:
        for desk in (first, second):
            desk.close()


@pytest.mark.long
def test_a_hundred_closed_terminals_leave_no_process(wales: Workspace) -> None:
    for number in range(100):
        with open_terminal(wales, "by due" if number else None) as desk:
            desk.press_keys("2")
            desk.wait_for("by due")
            desk.press_keys("e")
            desk.wait_for("ctrl+s")
            desk.press_keys(*f"Title {number}", ENTER)
            if number % 2:
                fill_terminal(desk)
            close_terminal(desk)
            wait_for_end(desk, 6 * EXIT_SECONDS)  # other tests use the processor as well
        assert list_windows(wales.root) == []
