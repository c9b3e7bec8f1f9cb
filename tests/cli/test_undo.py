"""`ahtc undo` and `ahtc redo` name the step and who wrote it; on a terminal they ask before another person's step."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from ahtc_tui.cli.console import progress_line
from ahtc_tui.services.workspace import Workspace
from tests.builders import make_action
from tests.cli.promises import run_command
from tests.services.replication.merging import leave_office

Captured = pytest.CaptureFixture[str]


class Terminal(io.StringIO):
    """Standard input of a person who has typed an answer."""

    def isatty(self) -> bool:
        return True


def write_as(user: str, monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setenv("AHTC_USER", user)
    return run_command(*words)


def test_undo_and_redo_name_the_step_and_its_author(
    office: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert write_as("note-taker", monkeypatch, "actions", "done", "DP-05") == 0
    assert write_as("secretariat", monkeypatch, "undo") == 0
    assert "Undone: complete DP-05 (note-taker, " in capsys.readouterr().err
    assert write_as("secretariat", monkeypatch, "redo") == 0
    assert "Redone: complete DP-05 (undone by secretariat, " in capsys.readouterr().err


@pytest.mark.parametrize(("answer", "code"), [("n\n", 6), ("\n", 6), ("y\n", 0)])
def test_undo_of_another_persons_step_asks_on_a_terminal(
    office: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch, answer: str, code: int
) -> None:
    write_as("note-taker", monkeypatch, "actions", "done", "DP-05")
    monkeypatch.setattr("sys.stdin", Terminal(answer))
    assert write_as("secretariat", monkeypatch, "undo") == code
    assert "note-taker, " in capsys.readouterr().err


def test_undo_asks_neither_for_own_steps_nor_with_yes(
    office: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_as("note-taker", monkeypatch, "actions", "done", "DP-05")
    monkeypatch.setattr("sys.stdin", Terminal(""))
    assert write_as("note-taker", monkeypatch, "undo") == 0
    assert write_as("secretariat", monkeypatch, "redo", "--yes") == 0
    assert "[y/N]" not in capsys.readouterr().err


class ErrorTerminal(io.StringIO):
    """Standard error that is a terminal."""

    def isatty(self) -> bool:
        return True


def test_a_long_import_and_its_undo_show_their_progress_on_a_terminal(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress_line, "MIN_ROWS", 5)
    monkeypatch.setattr(progress_line, "MIN_BYTES", 5)
    log = tmp_path / "log.csv"
    log.write_text("\n".join(("Action,Status", *(f"Write report {n} for the board,Planned" for n in range(20)))))
    for words, texts in (
        (("import", "actions", str(log)), ("\rReading log.csv", "\rSaving")),
        (("undo",), ("\r0 of 20", "\rSaving")),
    ):
        screen = ErrorTerminal()
        monkeypatch.setattr("sys.stderr", screen)
        assert run_command(*words) == 0
        assert all(text in screen.getvalue() for text in texts)
        monkeypatch.setattr("sys.stderr", screen := ErrorTerminal())
    assert run_command("--quiet", "redo") == 0
    assert screen.getvalue() == ""


def test_the_undo_of_a_merge_says_what_leaves_and_asks_first(
    wales: Workspace, office: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    peer = leave_office(wales, "there")
    make_action(peer, "Made there")
    assert run_command("merge", str(peer.database.path)) == 0
    capsys.readouterr()
    monkeypatch.setattr("sys.stdin", Terminal("n\n"))
    assert run_command("undo") == 6
    question = capsys.readouterr().err
    assert "Undo the merge from there on " in question
    assert (
        "1 action leaves this laptop. It stays on the other laptop and comes back when you merge it again." in question
    )
    monkeypatch.setattr("sys.stdin", Terminal("y\n"))
    assert run_command("undo") == 0
    assert "Undone: merge ahtc.db" in capsys.readouterr().err
    monkeypatch.setattr("sys.stdin", io.StringIO())
    assert run_command("redo") == 0
    assert run_command("undo", "--yes") == 0
    assert "1 action leaves this laptop." in capsys.readouterr().err
