"""A terminal gets links on files, progress, notices and a title; a file, a pipe and a screen reader get text alone."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from ahtc_tui.cli.console import progress_line, terminal_signs
from ahtc_tui.cli.console.output import EscapedLine
from ahtc_tui.cli.console.terminal_signs import format_file, name_window, show_notice, show_progress, shows_progress


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The commands that are sent to a terminal that takes all of them."""
    commands: list[str] = []
    monkeypatch.setattr(terminal_signs, "_send", lambda command, _descriptor=None: commands.append(command))
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("TERM_PROGRAM", "ghostty")
    for name in ("NO_COLOR", "ACCESSIBLE", "WT_SESSION", "ConEmuPID"):
        monkeypatch.delenv(name, raising=False)
    return commands


def test_a_file_is_a_link_on_a_terminal(sent: list[str]) -> None:
    line = format_file(Path("/srv/ŵyn a b.xlsx"))
    assert isinstance(line, EscapedLine)
    assert line == "\x1b]8;;file:///srv/%C5%B5yn%20a%20b.xlsx\x1b\\/srv/ŵyn a b.xlsx\x1b]8;;\x1b\\"


@pytest.mark.parametrize(
    ("name", "value"), [("NO_COLOR", "1"), ("ACCESSIBLE", "1"), ("TERM", "linux"), ("TERM", "dumb")]
)
def test_a_file_is_text_where_links_are_not_wanted(
    sent: list[str], monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    assert format_file(Path("/srv/a.xlsx")) == "/srv/a.xlsx"


def test_a_file_with_controls_in_its_name_cannot_command_the_terminal(sent: list[str]) -> None:
    assert "\x1b]0;owned" not in format_file(Path("/srv/\x1b]0;owned\x07.xlsx"))


def test_progress_is_a_share_that_ends(sent: list[str]) -> None:
    show_progress(2_500, 10_000)
    show_progress(10_000, 10_000)
    show_notice("Done")
    assert sent == ["\x1b]9;4;1;25\x1b\\", "\x1b]9;4;0;\x1b\\", "\x1b]9;Done\x1b\\"]


def test_a_terminal_that_would_take_progress_for_a_notice_gets_none(
    sent: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM_PROGRAM", "Apple_Terminal")
    show_progress(1, 2)
    show_notice("Done")
    assert sent == []
    monkeypatch.setenv("WT_SESSION", "1")
    assert shows_progress()


def test_the_window_has_the_title_until_the_screen_closes(sent: list[str]) -> None:
    with name_window("ahtc – Swyddfa\x07"):
        assert sent == ["\x1b[22;2t\x1b]2;ahtc – Swyddfa\x1b\\"]
    assert sent[1:] == ["\x1b[23;2t"]


def test_a_terminal_without_a_kind_gets_no_title(sent: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TERM")
    with name_window("ahtc"):
        assert sent == []


def test_the_share_of_a_command_that_fails_is_removed_at_its_end(
    sent: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ends: list[tuple[object, ...]] = []
    monkeypatch.setattr("atexit.register", lambda *call: ends.append(call))
    line = progress_line._ProgressLine()
    line.show_count(5_000, 10_000)
    line.show_count(6_000, 10_000)
    [(function, *values)] = ends
    assert callable(function)
    function(*values)
    assert sent[-1] == "\x1b]9;4;0;\x1b\\"


def test_a_closed_terminal_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    os.close(writer)
    terminal_signs._send("\x1b]2;x\x1b\\", writer)
