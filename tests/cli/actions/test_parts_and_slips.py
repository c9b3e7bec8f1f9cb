"""Parts of actions, and due dates that move more than once."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from tests.cli.promises import Captured, read_json, run_command

AS_AT = ("--as-at", "2014-01-28")


def edit(*fields: str) -> int:
    return run_command(*AS_AT, "actions", "edit", "DP-45", *fields)


@pytest.fixture
def action(office: Path, capsys: Captured) -> Path:
    """An action that is due in February."""
    assert run_command(*AS_AT, "actions", "add", "Gŵyl", "--due", "2014-02-10", "--part-of", "dp-01") == 0
    capsys.readouterr()
    return office


def show(capsys: Captured) -> dict[str, object]:
    capsys.readouterr()
    card: dict[str, object] = read_json(capsys, *AS_AT, "actions", "show", "DP-45")
    return card


def test_an_action_is_made_a_part_of_another_and_taken_out_again(action: Path, capsys: Captured) -> None:
    assert str(show(capsys)["part_of"]).startswith("DP-01 ")
    assert edit("part_of=DP-02") == 0
    assert str(show(capsys)["part_of"]).startswith("DP-02 ")
    assert edit("part_of=") == 0
    assert show(capsys)["part_of"] is None


def test_an_action_is_never_a_part_of_itself_or_of_its_parts(action: Path, capsys: Captured) -> None:
    assert edit("part_of=DP-45") == 6
    assert run_command(*AS_AT, "actions", "edit", "DP-01", "part_of=DP-45") == 6
    assert "part of itself" in capsys.readouterr().err
    assert edit("part_of=DP-999") == 3


def test_a_date_that_is_cleared_and_set_again_has_slipped_twice(action: Path, capsys: Captured) -> None:
    assert edit("due=") == 0
    assert edit("due=2014-03-10") == 0
    card = show(capsys)
    assert (card["slips"], card["original_due"]) == (2, "2014-02-10")


def test_a_date_that_moves_again_without_a_reason_is_pointed_out(action: Path, capsys: Captured) -> None:
    assert edit("due=2014-03-10") == 0
    assert "moved before" not in capsys.readouterr().err
    assert edit("due=2014-04-10") == 0
    assert "The date of DP-45 has moved before. Record why with reason=..." in capsys.readouterr().err
    assert edit("due=2014-04-10", "title=Other") == 0
    assert edit("due=2014-05-10", "reason=No room") == 0
    assert "moved before" not in capsys.readouterr().err


def test_the_reason_is_asked_on_a_terminal(action: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    assert edit("due=2014-03-10") == 0
    monkeypatch.setattr("sys.stdin", Terminal("The minister is away\n"))
    assert edit("due=2014-04-10") == 0
    assert "The minister is away" in str(show(capsys)["slipped"])
