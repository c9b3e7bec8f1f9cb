"""The verbs that a note-taker without the screen uses, and what they print."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ahtc_tui.cli.main import run


@pytest.fixture
def desk(world: Callable[[str], Path], tmp_path: Path) -> Path:
    """A workspace with a Leadership Group in December, another in March, and two items."""
    shutil.copytree(world("wales"), tmp_path / "desk")
    root = tmp_path / "desk"
    for starts in ("2013-12-10 10:00", "2014-03-11 10:00"):
        assert ahtc(root, "add", "--group", "LG", "--starts", starts) == 0
    for title in ("Welcome", "Training"):
        assert ahtc(root, "agenda", "LG-2013-01", "--add", title, "--minutes", "10") == 0
    return root


def ahtc(desk: Path, *words: str) -> int:
    """A verb of meetings on the last day of 2013; its exit code."""
    return run(["--workspace", str(desk), "--as-at", "2013-12-31", "meetings", *words])


def said(capsys: pytest.CaptureFixture[str], desk: Path, *words: str) -> Any:
    """The JSON document that a verb prints."""
    capsys.readouterr()
    assert ahtc(desk, *words, "--json") == 0
    return json.loads(capsys.readouterr().out)


def test_the_agenda_is_read_back_in_order(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert [item["title"] for item in said(capsys, desk, "agenda", "LG-2013-01")] == ["Welcome", "Training"]
    ahtc(desk, "agenda", "LG-2013-01")
    assert capsys.readouterr().out.splitlines()[1].split() == ["2", "10:10", "Training", "10", "min"]


def test_a_line_prints_the_reference_that_it_makes(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    for text, printed in (("n: heard", "2.1"), ("d: agreed", "D-2013-01/1"), ("a: write @jeff", "LG-2013-01/01")):
        assert ahtc(desk, "minute", "LG-2013-01", text, "--item", "2") == 0
        assert capsys.readouterr().out.strip() == printed
    assert said(capsys, desk, "minute", "LG-2013-01", "and more")["item"] == 2


def test_a_line_and_its_welsh_are_one_undo(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ahtc(desk, "minute", "LG-2013-01", "d: agreed", "--item", "2", "--cy", "cytunwyd")
    ahtc(desk, "minute", "LG-2013-01", "all agreed", "--line", "2.1", "--cy", "cytunodd pawb")
    line = said(capsys, desk, "show", "LG-2013-01")["lines"][0]
    assert (line["text"], line["text_cy"]) == ("all agreed", "cytunodd pawb")
    for left in (["agreed", "cytunwyd"], []):
        assert run(["--workspace", str(desk), "undo"]) == 0
        lines = said(capsys, desk, "show", "LG-2013-01")["lines"]
        assert [line[key] for line in lines for key in ("text", "text_cy")] == left


def test_a_meeting_shows_who_was_there_and_its_minutes_as_the_paper_numbers_them(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ahtc(desk, "attend", "LG-2013-01", "SPOC Gwent", "deputy", "--for", "Jeff Farrar", "--items", "1-2")
    ahtc(desk, "minute", "LG-2013-01", "n: heard", "--item", "2")
    ahtc(desk, "minute", "LG-2013-01", "d: agreed", "--item", "2", "--cy", "cytunwyd")
    capsys.readouterr()
    ahtc(desk, "show", "LG-2013-01")
    shown = "\n".join(" ".join(line.split()) for line in capsys.readouterr().out.splitlines())
    assert "Single Point of Contact, Gwent Police deputy for Jeff Farrar, items 1-2" in shown
    assert "2.1 note: heard\n2.2 decision: agreed (D-2013-01/1)\ncytunwyd" in shown


def test_an_owner_whom_nobody_answers_to_is_said(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ahtc(desk, "minute", "LG-2013-01", "a: find a room @nobodyatall @jeff", "--item", "2")
    assert '"@nobodyatall" is nobody, or more than one' in capsys.readouterr().err


def test_attendance_is_said_in_words_and_in_json(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert ahtc(desk, "attend", "LG-2013-01", "Jeff Farrar", "apologies", "--reason", "leave") == 0
    assert capsys.readouterr().out == "Jeff Farrar  apologies\n"
    row = said(capsys, desk, "attend", "LG-2013-01", "SPOC Gwent", "deputy", "--for", "Jeff Farrar")
    assert (row["state"], row["deputy_for"]) == ("deputy", "Jeff Farrar")


def test_what_goes_forward_is_said_before_anything_is_closed(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ahtc(desk, "minute", "LG-2013-01", "n: heard", "--item", "1")
    verdicts = said(capsys, desk, "carry", "LG-2013-01")
    assert [(one["item"], one["goes_forward"]) for one in verdicts] == [("Welcome", False), ("Training", True)]
    assert ahtc(desk, "close", "LG-2013-01") == 1, "without a terminal only --yes closes"
    assert said(capsys, desk, "show", "LG-2013-01")["state"] == "confirmed"


def test_closing_carries_to_the_next_meeting_and_says_where(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert ahtc(desk, "close", "LG-2013-01", "--yes") == 0
    assert capsys.readouterr().out.splitlines()[-1] == "carried to LG-2014-01"
    assert len(said(capsys, desk, "agenda", "LG-2014-01")) == 2
    assert ahtc(desk, "close", "LG-2014-01", "--yes") == 1, "what is open waits for a next meeting"
    assert "2 items wait for a next meeting" in capsys.readouterr().err


def test_carrying_by_hand_names_the_other_meeting(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ahtc(desk, "carry", "LG-2013-01", "--to", "LG-2014-01") == 0
    assert "carried to LG-2014-01" in capsys.readouterr().out
