"""With --as-at a command that reads shows the records as they stood on that day; the journal has what came later."""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ahtc_tui.cli.console.parser import CommandParser
from ahtc_tui.cli.main import COMMANDS, build_command_tree
from tests.cli.promises import Captured, read_json, run_command


def write_at(day: str, *words: str) -> None:
    assert run_command("--as-at", day, *words) in (0, 1)


def read_at(capsys: Captured, day: str, *words: str) -> str:
    capsys.readouterr()
    assert run_command("--as-at", day, *words) == 0
    return capsys.readouterr().out


def test_a_card_has_the_updates_that_were_known_on_the_day(office: Path, capsys: Captured) -> None:
    write_at("2014-01-10", "actions", "update", "DP-10", "First report", "--brag", "G")
    write_at("2014-02-10", "actions", "update", "DP-10", "Second report", "--brag", "A")
    capsys.readouterr()
    cards = {
        day: read_json(capsys, "--as-at", day, "actions", "show", "dp-10")
        for day in ("2014-01-09", "2014-01-10", "2014-02-09", "2014-02-10")
    }
    assert [card["latest_update"] for card in cards.values()] == [None, "First report", "First report", "Second report"]
    assert [card["brag"] for card in cards.values()] == [None, "G", "G", "A"]


def test_a_record_that_was_added_later_is_in_no_list_search_or_file(office: Path, capsys: Captured) -> None:
    write_at("2014-02-10", "actions", "add", "Gŵyl y Banc", "--lead", "Bawso")
    write_at("2014-02-10", "actions", "update", "DP-45", "Dechrau")
    assert "Gŵyl" in read_at(capsys, "2014-02-10", "actions", "list")
    assert "Gŵyl" not in read_at(capsys, "2014-02-09", "actions", "list")
    assert "Dechrau" not in read_at(capsys, "2014-02-09", "search", "Dechrau")
    assert "DP-45" not in read_at(capsys, "2014-02-09", "history")
    assert run_command("--as-at", "2014-02-09", "actions", "show", "DP-45") == 3
    for up_to in ("official", "official-sensitive"):
        file = office / f"{up_to}.csv"
        write_at("2014-02-09", "export", "actions", str(file), "--up-to", up_to)
        assert "Gŵyl" not in file.read_text(encoding="utf-8-sig")
    assert [path.name for path in (office / "data").iterdir() if path.name.startswith(".")] == []


def test_a_record_that_was_removed_or_renamed_later_is_shown_as_it_was(office: Path, capsys: Captured) -> None:
    write_at("2014-01-10", "meetings", "add", "Board", "--group", "leadership-group", "--starts", "2014-03-11 10:00")
    write_at("2014-02-10", "meetings", "edit", "LG-2014-01", "title=Extraordinary board")
    write_at("2014-02-11", "meetings", "remove", "LG-2014-01", "--yes")
    assert "Extraordinary" in read_at(capsys, "2014-02-10", "meetings", "show", "LG-2014-01")
    assert "Extraordinary" not in read_at(capsys, "2014-01-10", "meetings", "show", "LG-2014-01")
    assert run_command("--as-at", "2014-02-11", "meetings", "show", "LG-2014-01") == 3


def test_what_later_work_added_to_a_record_of_the_day_leaves_it_whole(office: Path, capsys: Captured) -> None:
    write_at("2014-02-10", "groups", "add", "Task group", "--kind", "sub-group")
    write_at("2014-01-20", "actions", "add", "Early action")
    write_at("2014-02-11", "actions", "edit", "DP-45", "group=task-group")
    capsys.readouterr()
    assert read_json(capsys, "--as-at", "2014-01-31", "actions", "show", "DP-45")["group"] is None
    assert run_command("actions", "edit", "DP-45", "group=task-group") == 0
    capsys.readouterr()
    assert read_json(capsys, "--as-at", "2014-01-31", "actions", "show", "DP-45")["group"] is None


def test_what_was_written_by_the_clock_is_shown_before_the_journal_begins_and_the_output_says_so(
    office: Path, capsys: Captured
) -> None:
    assert run_command("actions", "add", "Written today") == 0
    capsys.readouterr()
    assert run_command("--as-at", "2014-01-28", "actions", "show", "DP-45") == 0
    captured = capsys.readouterr()
    assert "Written today" in captured.out
    assert captured.err.startswith("The journal begins on ")
    assert run_command("--as-at", "2014-01-28", "actions", "show", "DP-44", "--quiet") == 0
    assert capsys.readouterr().err == ""


def test_what_was_written_by_the_clock_is_left_out_of_an_earlier_day_of_the_journal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setenv("AHTC_WORKSPACE", str(tmp_path))
    first_day = int(datetime(2014, 1, 6, 9, tzinfo=UTC).timestamp() * 1_000_000_000)
    with monkeypatch.context() as patch:
        patch.setattr(time, "time_ns", lambda: first_day)
        assert run_command("init", "--reference", "wales-2013") == 0
    assert run_command("actions", "add", "Written today") == 0
    capsys.readouterr()
    assert run_command("--as-at", "2014-01-06", "actions", "list") == 0
    captured = capsys.readouterr()
    assert "Written today" not in captured.out
    assert "Written today" in read_at(capsys, "2014-01-05", "actions", "list")
    assert captured.err.endswith("These are the records of 6 January 2014, without 1 later step.\n")


def test_an_export_that_would_record_what_it_sends_is_refused_for_an_earlier_day(
    office: Path, capsys: Captured
) -> None:
    write_at("2014-02-10", "actions", "update", "DP-10", "Second report")
    capsys.readouterr()
    assert run_command("--as-at", "2014-02-09", "export", "returns", "sent") == 6
    assert "Leave out --as-at" in capsys.readouterr().err
    assert not (office / "sent").exists() or list((office / "sent").iterdir()) == []
    assert run_command("--as-at", "2014-02-10", "export", "returns", "sent") in (0, 1)


def test_every_command_that_only_prints_shows_the_state_on_the_day() -> None:
    parsers = dict(list_parsers(build_command_tree(COMMANDS), ""))
    handlers = {path: parser.get_default("run").__name__ for path, parser in parsers.items()}
    reading = {path for path, parser in parsers.items() if parser.get_default("reads_state")}
    both = {
        "contacts departing",
        "contacts duplicates",
        "groups membership",
        "meetings answers",
        "meetings invite",
        "meetings poll-answers",
        "retention history",
    }
    without_records = {
        "config example",
        "config get",
        "config schema",
        "conflicts",
        "completion",
        "doctor",
        "man",
        "paths",
    }
    printing = {path for path, name in handlers.items() if name.startswith("print_")}
    assert printing - reading == both | without_records
    assert {handlers[path] for path in reading - printing} == {"run_limited", "list_exports"}


def list_parsers(parser: CommandParser, path: str) -> Iterator[tuple[str, CommandParser]]:
    parser.complete_arguments()
    groups = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    if not groups:
        yield path, parser
    for group in groups:
        for name, verb in group.choices.items():
            yield from list_parsers(verb, f"{path} {name}".strip())
