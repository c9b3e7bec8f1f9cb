"""Blocked actions, the confirmation before one is closed, and what would move with a date."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ahtc_tui.services.workspace import Workspace
from tests.builders import make_action, query_rows
from tests.cli.promises import Captured, run_command


@pytest.fixture
def chain(office: Path, wales: Workspace) -> list[str]:
    """References of three actions, each of which waits for the one before."""
    first = make_action(wales, "Agree the brief", due="2014-01-10").ref
    second = make_action(wales, "Write the paper", due="2014-01-31", blocked_by=first).ref
    third = make_action(wales, "Send the paper", due="2014-02-14", blocked_by=second).ref
    return [first, second, third]


def read_json(capsys: Captured, *words: str, code: int = 0) -> Any:
    assert run_command(*words, "--json") == code, words
    return json.loads(capsys.readouterr().out)


def test_a_list_names_what_is_blocked_and_by_what(chain: list[str], capsys: Captured) -> None:
    first, second, third = chain
    blocked = read_json(capsys, "actions", "blocked", "paper")
    assert {row["ref"]: [other["ref"] for other in row["blocked_by"]] for row in blocked} == {
        second: [first],
        third: [second],
    }


def test_an_action_is_not_blocked_by_a_closed_one(chain: list[str], capsys: Captured) -> None:
    assert run_command("actions", "done", chain[0]) == 0
    capsys.readouterr()
    assert [row["ref"] for row in read_json(capsys, "actions", "blocked", "paper")] == [chain[2]]


@pytest.mark.parametrize(
    "words", [("done",), ("edit", "status=done"), ("update", "Sent.", "--status", "done")], ids=lambda words: words[0]
)
def test_closing_a_blocked_action_needs_a_confirmation(
    chain: list[str], wales: Workspace, capsys: Captured, words: tuple[str, ...]
) -> None:
    first, second, _third = chain
    verb, *rest = words
    changes = query_rows(wales, "SELECT count(*) FROM change")
    assert run_command("actions", verb, second, *rest) == 6
    message = f"ahtc: {second} is blocked by {first}, not closed yet. Add --yes to close it anyway.\n"
    assert capsys.readouterr().err == message
    assert query_rows(wales, "SELECT count(*) FROM change") == changes
    assert run_command("actions", verb, second, *rest, "--yes") == 0


def test_actions_closed_together_do_not_block_each_other(chain: list[str]) -> None:
    assert run_command("actions", "done", ",".join(chain)) == 0


@pytest.mark.parametrize(
    ("move", "days"),
    [
        ("+3w", ["2014-01-31"]),
        ("-10d", ["2013-12-31"]),
        ("+4w", ["2014-02-07", "2014-02-07"]),
        ("+1d", ["2014-01-13"]),
        ("+10wd", ["2014-01-24"]),
        ("15 feb 2014", ["2014-02-15", "2014-02-17", "2014-02-17"]),
        ("18 april 2014", ["2014-04-18", "2014-04-22", "2014-04-22"]),
    ],
)
def test_only_actions_whose_date_would_come_first_would_move_and_to_working_days(
    chain: list[str], wales: Workspace, capsys: Captured, move: str, days: list[str]
) -> None:
    changes = query_rows(wales, "SELECT count(*) FROM change")
    moves = read_json(capsys, "actions", "whatif", chain[0], move)
    assert [(row["ref"], row["would_be"]) for row in moves] == list(zip(chain, days, strict=False))
    assert [row["due"] for row in moves] == ["2014-01-10", "2014-01-31", "2014-02-14"][: len(days)]
    assert query_rows(wales, "SELECT count(*) FROM change") == changes


def test_a_move_to_a_past_day_would_be_late(chain: list[str], capsys: Captured) -> None:
    moves = read_json(capsys, "--as-at", "2014-01-28", "actions", "whatif", chain[0], "+1w")
    assert [row["late"] for row in moves] == [True]


def test_the_actions_of_a_back_plan_would_move_with_their_event(office: Path, capsys: Captured) -> None:
    """18 October 2014 is a Saturday, so that the plan is for the day before; tasks stay on working days."""
    plan = ("plan", "back-plan", "Anti-Slavery Day", "--on", "2014-10-18", "--group", "leadership-group")
    event = read_json(capsys, *plan)["event"]
    moves = read_json(capsys, "actions", "whatif", event, "+1d")
    assert moves[0] | {"title": ""} == moves[0] | {"ref": event, "would_be": "2014-10-18", "title": ""}
    assert len(moves) > 5
    assert all(row["would_be"] >= row["due"] for row in moves if row["due"] > "2014-10-17")


@pytest.mark.parametrize(("move", "code"), [("soon", 2), ("+3x", 2), ("next month", 2)])
def test_a_move_that_is_not_understood_is_named(chain: list[str], capsys: Captured, move: str, code: int) -> None:
    assert run_command("actions", "whatif", chain[0], move) == code
    assert f'"{move}" cannot move a date' in capsys.readouterr().err


def test_an_action_without_a_due_date_does_not_move(office: Path, capsys: Captured) -> None:
    assert read_json(capsys, "actions", "whatif", "DP-04", "+3w") == []
    assert run_command("actions", "whatif", "DP-04", "2014-02-01") == 2


@pytest.mark.parametrize(
    ("option", "words"),
    [
        (("--status", "on hold"), 'status:"on hold"'),
        (("--status", "done"), "status:done"),
        (("--brag", "-"), "brag:-"),
        (("--brag", "amber"), "brag:A"),
        (("--support", "bawso"), "support:bawso"),
    ],
)
def test_an_option_selects_what_its_term_selects(
    office: Path, capsys: Captured, option: tuple[str, str], words: str
) -> None:
    assert read_json(capsys, "actions", "list", *option) == read_json(capsys, "actions", "list", words)


def test_actions_are_merged_and_split_with_the_history_of_both(office: Path, capsys: Captured) -> None:
    assert read_json(capsys, "actions", "merge", "DP-04", "DP-03") == {"ref": "DP-04", "merged": "DP-03"}
    split = read_json(capsys, "actions", "split", "DP-04", "Agree the primary data set", "Agree the others")
    assert split == {"ref": "DP-04", "split": ["DP-45", "DP-46"]}
    for ref in ("DP-03", "DP-04", "DP-45"):
        history = read_json(capsys, "history", ref)
        names = {change["joined_ref"] for change in history}
        assert names == {None, "DP-03", "DP-04", "DP-45", "DP-46"} - {ref}
    assert run_command("actions", "merge", "DP-04", "DP-03") == 6
    assert run_command("actions", "split", "DP-99", "A title") == 3


def test_a_continuing_duty_is_not_closed_unasked(office: Path, capsys: Captured) -> None:
    update = ("update", "DP-03", "Over.", "--status", "done")
    for words in (("done", "DP-03"), ("edit", "DP-03", "status=done"), update):
        assert run_command("actions", *words) == 6, words
        assert "DP-03 is a continuing duty" in capsys.readouterr().err
    assert run_command("actions", "done", "DP-03", "--yes") == 0
    assert run_command("actions", "reopen", "DP-03") == 0
    capsys.readouterr()
    assert read_json(capsys, "actions", "show", "DP-03")["status"] == "continuing"
