"""Odd values for actions and the plan: one sentence, the right exit code, no change."""

from __future__ import annotations

import io
import json
import shlex
from pathlib import Path
from typing import Any

import pytest

from ahtc_tui.cli.main import run
from ahtc_tui.services.actions.service import show_action
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.actions.screen import build_sections
from ahtc_tui.tui.widgets.detail_pane import Fact
from tests.builders import TODAY, make_action
from tests.cli.promises import Captured, run_command

AS_AT = ("--as-at", "2014-01-28")


def read_json(capsys: Captured, line: str) -> Any:
    """Return the JSON document that a command prints."""
    assert run([*AS_AT, *shlex.split(line), "--json"]) == 0, line
    return json.loads(capsys.readouterr().out)


@pytest.mark.sample(3)
@pytest.mark.parametrize(
    ("line", "exit_code", "sentence"),
    [
        ("actions list --lead ''", 2, "--lead: it needs a value"),
        ("actions list --view ' '", 2, "--view: it needs a value"),
        ("actions list --due-before ''", 2, "it needs a value"),
        ("actions list --no-update-since ''", 2, "it needs a value"),
        ("actions list --objective 99", 3, 'no objective "99"'),
        ("actions list --group AHTC", 3, '"AHTC"'),
        ("actions edit DP-07 =x", 2, 'Enter field=value, not "=x"'),
        ("actions edit DP-07 review-on=2014-05-01 review_on=2014-06-01", 2, '"review_on" is given twice'),
        ("actions edit DP-07 raised_on=2099-01-01", 2, "is in the future"),
        ("actions edit DP-07 status=done closed_on=2099", 2, "is in the future"),
        ("actions done DP-07 --on 2099-01-01", 2, "is in the future"),
        ("actions done DP-07 --on 2014-02-01", 2, "1 February 2014 is in the future"),
        ("actions add X --due 1914", 2, "1914 is more than 20 years ago. Check the year"),
        ("actions edit DP-07 review_on=1914-01-01", 2, "more than 20 years ago"),
        ("actions done DP-07 --on ''", 2, "Enter a date"),
        ("actions update DP-07 Said --on 2099-01-01", 2, "is in the future"),
        ("actions update DP-07 Said --on 'nov 2013'", 2, "is not an exact date"),
        ("actions add X --repeat monthly --due ASAP", 6, "needs an exact due date"),
        ("actions add X --due '12 smarch 2014'", 2, '"12 smarch 2014" is not a date'),
        ("actions edit DP-07 due='30 Febtober'", 2, '"30 Febtober" is not a date'),
        ("actions propose DP-01", 6, "closed already"),
        ("plan trend --quarters 0", 2, '"0" is not a number from 1 to 40'),
        ("plan burn-down --months 241", 2, '"241" is not a number from 1 to 240'),
        ("plan burn-down --months ²", 2, "is not a number from"),
        ("plan compare --from '' --to ''", 2, "it needs a value"),
        ("plan counts --on ''", 2, "it needs a value"),
        ("plan milestone add X --objective ''", 2, "a title and an objective"),
    ],
)
def test_odd_values_are_refused_in_one_sentence(
    office: Path, capsys: Captured, line: str, exit_code: int, sentence: str
) -> None:
    before = read_json(capsys, "actions list --all")
    assert run_command(*AS_AT, *shlex.split(line)) == exit_code
    captured = capsys.readouterr()
    assert sentence in captured.err
    assert (captured.out, captured.err.count("\n")) == ("", 1)
    assert read_json(capsys, "actions list --all") == before


def test_an_update_may_have_an_earlier_date(office: Path, capsys: Captured) -> None:
    run([*AS_AT, "actions", "update", "DP-05", "Figures in", "--brag", "G", "--on", "2 dec 2013"])
    run(
        [
            *AS_AT,
            "actions",
            "update",
            "DP-05",
            "First table",
            "--brag",
            "A",
            "--status",
            "on_hold",
            "--on",
            "1 aug 2013",
        ]
    )
    capsys.readouterr()
    card = read_json(capsys, "actions show DP-05")
    assert [(line["said_on"], line["brag"]) for line in card["updates"]] == [("2013-12-02", "G"), ("2013-08-01", "A")]
    assert (card["brag"], card["status"]) == ("G", "in_progress"), "the latest line says how it stands"
    assert read_json(capsys, "plan counts --on 2013-09-30")["total"]["by_brag"]["A"] == 1


def test_show_counts_and_lists_slips(office: Path, capsys: Captured) -> None:
    for words in (("due=2014-02-28",), ("due=2014-03-31", "reason=Snow")):
        run([*AS_AT, "actions", "edit", "DP-05", *words])
    capsys.readouterr()
    card = read_json(capsys, "actions show DP-05")
    assert (card["slips"], card["original_due"]) == (1, "2014-02-28")
    assert card["slipped"] == [
        {"from_due": "2014-02-28", "to_due": "2014-03-31", "reason": "Snow", "slipped_on": "2014-01-28"}
    ]


def test_show_and_the_card_have_a_row_for_outcome_and_note(wales: Workspace, office: Path, capsys: Captured) -> None:
    ref = make_action(wales, outcome="Fewer calls", note="See the plan").ref
    assert run(["actions", "show", ref]) == 0
    lines = [line.split(maxsplit=1) for line in capsys.readouterr().out.splitlines()]
    assert ["Outcome", "Fewer calls"] in lines
    assert ["Note", "See the plan"] in lines
    facts = [section for section in build_sections(show_action(wales, ref), TODAY) if isinstance(section, Fact)]
    assert facts[-2:] == [Fact("Outcome", "Fewer calls"), Fact("Note", "See the plan")]


@pytest.mark.parametrize("line", ["actions list {}", "actions {} list", "{} actions list"])
def test_as_at_is_accepted_anywhere(office: Path, capsys: Captured, line: str) -> None:
    assert run([*shlex.split(line.format("--as-at 2014-01-28")), "--late", "--json"]) == 0
    assert [row["ref"] for row in json.loads(capsys.readouterr().out)] == ["DP-07"]


def test_several_actions_are_previewed_and_edited_in_one_step(office: Path, capsys: Captured) -> None:
    before = read_json(capsys, "actions list --all")
    assert run([*AS_AT, "actions", "edit", "DP-05,DP-06", "priority=high", "--dry-run"]) == 0
    captured = capsys.readouterr()
    assert captured.out == "DP-05  priority – → high\nDP-06  priority – → high\n"
    assert "2 actions would change. Nothing was saved." in captured.err
    assert read_json(capsys, "actions list --all") == before
    assert run([*AS_AT, "actions", "edit", "DP-05, DP-06", "priority=high"]) == 0
    assert capsys.readouterr().out == "DP-05\nDP-06\n"
    assert run([*AS_AT, "undo"]) == 0
    capsys.readouterr()
    assert read_json(capsys, "actions list --all") == before
    assert run_command(*AS_AT, "actions", "edit", "DP-05,DP-99", "priority=high") == 3
    assert run_command(*AS_AT, "actions", "edit", ",", "priority=high") == 3


STEPS = (
    ("actions edit DP-05 due=2014-03-01 lead=", {"due": "2014-03-01", "lead": None}),
    ("actions edit DP-05 due= objective=", {"due": None, "objective": None, "slips": 1}),
    ("actions edit DP-05 blocked_by='DP-06, DP-07;DP-08'", {"blocked": True}),
    ("actions update DP-05 'Standing duty now' --status continuing", {"status": "continuing", "late": False}),
    ("actions propose DP-05 --evidence 'Table sent'", {"status": "proposed_complete", "evidence": "Table sent"}),
    ("actions done DP-05 --on 2014-01-20 --yes", {"status": "done", "closed_on": "2014-01-20", "brag": "B"}),
    ("actions reopen DP-05", {"status": "in_progress", "closed_on": None, "brag": None}),
    ("actions edit DP-05 title='Ŵyl y môr, â ŷ'", {"title": "Ŵyl y môr, â ŷ"}),
)


@pytest.mark.long
def test_each_write_is_undone_and_redone(office: Path, capsys: Captured) -> None:
    for line, expected in STEPS:
        before = read_json(capsys, "actions show DP-05")
        assert run([*AS_AT, *shlex.split(line)]) == 0, line
        capsys.readouterr()
        after = read_json(capsys, "actions show DP-05")
        assert {name: after[name] for name in expected} == expected, line
        assert run([*AS_AT, "undo"]) == 0
        capsys.readouterr()
        undone = read_json(capsys, "actions show DP-05")
        assert {**undone, "changes": 0} == {**before, "changes": 0}, line
        assert run([*AS_AT, "redo"]) == 0
        capsys.readouterr()
        assert {**read_json(capsys, "actions show DP-05"), "changes": 0} == {**after, "changes": 0}, line


@pytest.mark.parametrize(
    "line",
    [
        "actions add X --due 'when funding allows'",
        "actions edit DP-07 due='when funding allows'",
        "actions edit DP-07,DP-08 due='when funding allows'",
        "plan milestone add X --objective 1 --due 'when funding allows'",
        "commissions add X --due 'when funding allows'",
    ],
)
def test_a_date_that_is_kept_as_words_is_named(office: Path, capsys: Captured, line: str) -> None:
    assert run_command(*AS_AT, *shlex.split(line)) == 0
    assert '"when funding allows" is kept as text. It is not a date' in capsys.readouterr().err


def test_several_actions_are_closed_in_one_step_or_not_at_all(office: Path, capsys: Captured) -> None:
    assert run([*AS_AT, "actions", "done", "DP-07,DP-01", "--on", "2014-01-20"]) == 6
    assert read_json(capsys, "actions show DP-07")["status"] != "done"
    assert run([*AS_AT, "actions", "done", "DP-07, DP-08", "--on", "2014-01-20"]) == 0
    assert capsys.readouterr().out.split() == ["DP-07", "DP-08"]
    assert run([*AS_AT, "undo"]) == 0
    capsys.readouterr()
    assert {read_json(capsys, f"actions show {ref}")["closed_on"] for ref in ("DP-07", "DP-08")} == {None}


def test_a_filter_is_previewed_and_needs_a_yes_before_it_is_written(office: Path, capsys: Captured) -> None:
    update = [*AS_AT, "actions", "update", "@bawso", "Met the lead", "--brag", "A"]
    assert run([*update, "--dry-run", "--json"]) == 0
    previews = json.loads(capsys.readouterr().out)
    assert [preview["ref"] for preview in previews] == ["DP-29"]
    assert {change["now"] for change in previews[0]["changes"]} == {"Amber", "Met the lead"}
    assert run(update) == 6
    assert read_json(capsys, "actions show DP-29")["updates"] == []
    assert run([*update, "--yes"]) == 0
    capsys.readouterr()
    assert [line["text"] for line in read_json(capsys, "actions show DP-29")["updates"]] == ["Met the lead"]


def test_an_update_is_read_from_standard_input(office: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("Met the forces ŵ\n"))
    assert run([*AS_AT, "actions", "update", "DP-29", "-"]) == 0
    capsys.readouterr()
    assert read_json(capsys, "actions show DP-29")["updates"][0]["text"] == "Met the forces ŵ"


def test_the_title_of_an_action_is_read_from_standard_input(
    office: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("Brief the forces\n"))
    assert run([*AS_AT, "actions", "add", "-"]) == 0
    assert read_json(capsys, f"actions show {capsys.readouterr().out.strip()}")["title"] == "Brief the forces"
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert run([*AS_AT, "actions", "add", "-"]) == 2


def test_a_line_of_minutes_is_read_from_standard_input(
    office: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run([*AS_AT, "meetings", "add", "--group", "LG", "--starts", "14 jan 2014 10am"]) == 0
    monkeypatch.setattr("sys.stdin", io.StringIO("n: Two courses were held\n"))
    assert run([*AS_AT, "meetings", "minute", "LG-2014-01", "-"]) == 0
    capsys.readouterr()
    assert [line["text"] for line in read_json(capsys, "meetings show LG-2014-01")["lines"]] == [
        "Two courses were held"
    ]
