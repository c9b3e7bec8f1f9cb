"""Progress updates on the command line: who reported them, their correction and their removal."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.promises import Captured, run_command

UPDATE = ("actions", "update", "DP-07")


@pytest.fixture
def updates(office: Path, capsys: Captured) -> None:
    """Two updates of an action, the later one amber."""
    assert run_command(*UPDATE, "The draft was read.", "--on", "2013-11-04", "--by", "AHTC") == 0
    assert run_command(*UPDATE, "The draft is late.", "--on", "2013-11-20", "--brag", "A") == 0
    capsys.readouterr()


def read_card(capsys: Captured) -> dict[str, Any]:
    assert run_command("actions", "show", "DP-07", "--json") == 0
    card: dict[str, Any] = json.loads(capsys.readouterr().out)
    return card


def test_an_update_names_who_reported_it(updates: None, capsys: Captured) -> None:
    assert read_card(capsys)["updates"][1]["said_by"] == "Anti Human Trafficking Co-ordinator"
    assert run_command("actions", "show", "DP-07") == 0
    assert "2  04 Nov 2013  –  The draft was read. (Anti Human Trafficking Co-ordinator)" in capsys.readouterr().out


def test_a_corrected_update_keeps_its_day_and_reporter(updates: None, capsys: Captured) -> None:
    assert run_command(*UPDATE, "The draft was agreed.", "--edit", "2") == 0
    capsys.readouterr()
    update = read_card(capsys)["updates"][1]
    assert (update["text"], update["said_on"]) == ("The draft was agreed.", "2013-11-04")
    assert update["said_by"] == "Anti Human Trafficking Co-ordinator"


def test_a_corrected_rating_of_the_latest_update_is_that_of_the_action(updates: None, capsys: Captured) -> None:
    assert run_command(*UPDATE, "The draft is on time.", "--edit", "1", "--brag", "G") == 0
    capsys.readouterr()
    assert read_card(capsys)["brag"] == "G"
    assert run_command(*UPDATE, "The draft was read.", "--edit", "2", "--brag", "R") == 0
    capsys.readouterr()
    assert read_card(capsys)["brag"] == "G"


def test_a_removed_update_comes_back_with_undo(updates: None, capsys: Captured) -> None:
    assert run_command(*UPDATE, "--remove", "1") == 0
    capsys.readouterr()
    assert [update["text"] for update in read_card(capsys)["updates"]] == ["The draft was read."]
    assert run_command("undo") == 0
    assert "remove update 1 of DP-07" in capsys.readouterr().err
    assert len(read_card(capsys)["updates"]) == 2


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("--remove", "3"), 3, "DP-07 has no update 3. The latest is 1, the number of updates is 2."),
        (("Again.", "--edit", "9"), 3, "DP-07 has no update 9. The latest is 1, the number of updates is 2."),
        (("--remove", "last"), 2, '"last" is not a number from 1 to 9999'),
        (("Again.", "--remove", "1"), 2, "an update needs a text, and --remove takes none"),
        ((), 2, "give TEXT"),
        (("--remove", "1", "--brag", "R"), 2, "--remove takes no other values of the update"),
        (("--remove", "1", "--by", "bawso"), 2, "--remove takes no other values of the update"),
        (("--remove", "1", "--dry-run"), 2, "--dry-run shows a new update"),
        (("Again.", "--edit", "1", "--dry-run"), 2, "--dry-run shows a new update"),
        (("Again.", "--by", "Somebody Else"), 3, 'No contact or group is called "Somebody Else".'),
        (("Again.", "--on", "2014-11-20"), 2, "20 November 2014 is in the future"),
        (("Again.", "--edit", "1", "--on", "2014-11-20"), 2, "20 November 2014 is in the future"),
    ],
)
def test_an_update_that_is_not_possible_is_refused_with_a_sentence(
    updates: None, capsys: Captured, words: tuple[str, ...], code: int, sentence: str
) -> None:
    assert run_command("--as-at", "2013-11-30", *UPDATE, *words) == code
    assert sentence in capsys.readouterr().err
    assert len(read_card(capsys)["updates"]) == 2
