"""`ahtc desk`: the name and post of the person at this desk, asked once and never without a terminal."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from ahtc_tui.services.desk_people import find_desk_person
from ahtc_tui.services.workspace import Workspace
from tests.builders import make_minuted_meeting
from tests.cli.promises import Captured, read_json, run_command


class Terminal(io.StringIO):
    """Standard input that is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def agreed_meeting(wales: Workspace, office: Path) -> str:
    """A meeting with agreed minutes."""
    ref = make_minuted_meeting(wales)
    assert run_command("meetings", "state", ref, "agreed") == 0
    return ref


def test_name_and_post_are_set_and_shown(office: Path, capsys: Captured) -> None:
    assert run_command("desk", "--name", "Example Officer", "--post", " Policy  Lead ") == 0
    capsys.readouterr()
    person = read_json(capsys, "desk")
    assert (person["name"], person["post"]) == ("Example Officer", "Policy Lead")
    assert run_command("desk", "--post", "") == 0
    assert "printed as  Secretariat" in capsys.readouterr().out
    assert read_json(capsys, "history")[0]["label"] == "load wales-2013", "it is a setting and no step"


def test_the_first_amendment_on_a_terminal_asks_once(
    wales: Workspace, agreed_meeting: str, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal("Example Officer\nPolicy Lead\n"))
    assert run_command("meetings", "amend", agreed_meeting, "1.1", "three courses", "--reason", "Recounted") == 0
    assert "Your post: " in capsys.readouterr().err
    assert run_command("meetings", "amend", agreed_meeting, "1.1", "four courses", "--reason", "Recounted") == 0
    assert "Your post: " not in capsys.readouterr().err
    amendments = read_json(capsys, "meetings", "show", agreed_meeting)["amendments"]
    assert [row["made_by"] for row in amendments] == ["Policy Lead", "Policy Lead"]


def test_an_empty_answer_is_not_asked_again(
    wales: Workspace, agreed_meeting: str, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal("\n\n"))
    assert run_command("meetings", "amend", agreed_meeting, "1.1", "three courses", "--reason", "Recounted") == 0
    capsys.readouterr()
    assert run_command("meetings", "amend", agreed_meeting, "1.1", "four courses", "--reason", "Recounted") == 0
    assert "Your post: " not in capsys.readouterr().err


def test_without_a_terminal_nobody_is_asked(wales: Workspace, agreed_meeting: str, capsys: Captured) -> None:
    assert run_command("meetings", "amend", agreed_meeting, "1.1", "three courses", "--reason", "Recounted") == 0
    assert "Your" not in capsys.readouterr().err
    assert find_desk_person(wales) is None
