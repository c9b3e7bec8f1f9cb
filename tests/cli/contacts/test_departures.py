"""A person leaves: everything that they hold is listed with an heir, and passes on in one step with one undo."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ahtc_tui.cli.main import run
from tests.cli.conftest import run_ahtc
from tests.cli.promises import Captured

ON = ("--on", "2014-03-31")
DEPARTING = "Dana Davies"
HEIR = "Hana Hughes"
DEPUTY = "Dee Dawes"
POST = "spoc-gwent"


def list_items(capsys: Captured, folder: Path, *words: str) -> list[dict[str, Any]]:
    """Return the items of the list that a command prints."""
    run_ahtc(folder, "contacts", "departing", DEPARTING, *ON, *words, "--json")
    items: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["items"]
    return items


def show(capsys: Captured, folder: Path, day: str, *words: str) -> Any:
    """Return what a command shows on a day."""
    capsys.readouterr()
    assert run(["--workspace", str(folder), "--as-at", day, *words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.fixture
def leaving(folder: Path, capsys: Captured) -> Path:
    """An office in which a person holds one thing of each kind."""
    for name in (DEPARTING, HEIR, DEPUTY):
        assert run_ahtc(folder, "contacts", "add", name, "--kind", "person") == 0
    commands = (
        ("contacts", "appoint", DEPARTING, POST, "--from", "2013-01-01"),
        ("groups", "seat", "leadership-group", DEPARTING, "--from", "2013-01-01", "--deputy", DEPUTY),
        ("groups", "seat", "gwent-forum", DEPARTING, "--role", "secretariat", "--from", "2013-01-01"),
        ("groups", "seat", "leadership-group", "bawso", "--from", "2012-01-01", "--person", DEPARTING),
        ("groups", "seat", "gwent-forum", "bawso", "--from", "2012-01-01", "--deputy", DEPARTING),
        ("actions", "add", "Brief the SPOCs", "--lead", DEPARTING),
        ("actions", "add", "Train the SPOCs", "--lead", "bawso", "--support", DEPARTING),
        ("meetings", "add", "Spring", "--group", "leadership-group", "--starts", "2014-04-10 10:00"),
        ("contacts", "interest", "add", DEPARTING, "Trustee", "--from", "2013-01-01"),
        ("contacts", "edit", DEPARTING, "language=cy"),
        ("promises", "add", "A note on referrals", "--by", DEPARTING),
    )
    for command in commands:
        assert run_ahtc(folder, *command) in (0, 1), command
    capsys.readouterr()
    return folder


def test_everything_is_listed_and_nothing_changes(leaving: Path, capsys: Captured) -> None:
    before = (leaving / "data" / "ahtc.db").read_bytes()
    items = {item["id"]: item for item in list_items(capsys, leaving)}
    assert {item["kind"] for item in items.values()} == {
        *("post", "seat", "representation", "deputy", "action", "support", "invitation", "promise"),
        *("interest", "language"),
    }
    assert items[f"post:{POST}"]["because"] in ("organisation", "none")
    seats = [item for item in items.values() if item["kind"] == "seat"]
    assert next((item["heir"], item["because"]) for item in seats) == (DEPUTY, "deputy")
    assert (leaving / "data" / "ahtc.db").read_bytes() == before


def test_everything_passes_to_one_heir_in_one_step(leaving: Path, capsys: Captured) -> None:
    steps = len(show(capsys, leaving, "2014-04-01", "history"))
    items = list_items(capsys, leaving, "--to", HEIR)
    assert {item["outcome"] for item in items if item["kind"] not in ("interest", "language")} == {"passed"}
    assert len(show(capsys, leaving, "2014-04-01", "history")) == steps + 1
    assert show(capsys, leaving, "2014-03-31", "contacts", "show", POST)["holder"] == DEPARTING
    assert show(capsys, leaving, "2014-04-01", "contacts", "show", POST)["holder"] == HEIR
    for day, person in (("2014-03-31", DEPARTING), ("2014-04-01", HEIR)):
        seats = show(capsys, leaving, day, "groups", "seats", "leadership-group")
        assert person in {seat["holder"] for seat in seats if seat["state"] != "future"}
    assert run_ahtc(leaving, "undo") == 0
    assert {item["outcome"] for item in list_items(capsys, leaving)} == {None}


def test_an_heir_takes_over_a_post_that_is_vacant_from_the_same_date(leaving: Path, capsys: Captured) -> None:
    assert run_ahtc(leaving, "contacts", "vacate", POST, *ON) in (0, 1)
    capsys.readouterr()
    assert {item["outcome"] for item in list_items(capsys, leaving, "--to", HEIR) if item["kind"] == "post"} == {
        "passed"
    }
    assert show(capsys, leaving, "2014-04-01", "contacts", "show", POST)["holder"] == HEIR
    assert run_ahtc(leaving, "undo") == 0
    assert run_ahtc(leaving, "check") == 0, "the search index has an heir who is none"


def test_what_follows_a_post_is_named_in_welsh_to_people_and_in_english_to_programs(
    leaving: Path, capsys: Captured
) -> None:
    assert run_ahtc(leaving, "--lang", "cy", "contacts", "vacate", "ahtc", *ON) in (0, 1)
    assert "DP-06 Nodi setiau data eilaidd" in capsys.readouterr().out
    assert run_ahtc(leaving, "undo") == 0
    capsys.readouterr()
    assert run_ahtc(leaving, "--lang", "cy", "contacts", "vacate", "ahtc", *ON, "--json") in (0, 1)
    assert "DP-06 Identify secondary data sets" in json.loads(capsys.readouterr().out)["actions"]


def test_answers_decide_item_by_item(leaving: Path, capsys: Captured) -> None:
    items = list_items(capsys, leaving)
    action = next(item["id"] for item in items if item["kind"] == "action")
    answers = leaving / "answers.json"
    answers.write_text(json.dumps({action: HEIR, f"post:{POST}": "none"}), encoding="utf-8")
    assert run_ahtc(leaving, "contacts", "departing", DEPARTING, *ON, "--answers", str(answers), "--json") == 1
    outcomes = {item["id"]: item["outcome"] for item in json.loads(capsys.readouterr().out)["items"]}
    assert (outcomes[action], outcomes[f"post:{POST}"]) == ("passed", "ended")
    assert None in outcomes.values()
    assert show(capsys, leaving, "2014-04-01", "contacts", "show", POST)["holder"] is None
    answers.write_text(json.dumps({"post:nosuch": "keep"}), encoding="utf-8")
    assert run_ahtc(leaving, "contacts", "departing", DEPARTING, *ON, "--answers", str(answers)) == 4
    assert "post:nosuch" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("Nobody Known", *ON), 3),
        ((DEPARTING, "--on", "when it suits"), 2),
        ((DEPARTING, *ON, "--to", DEPARTING), 6),
        ((DEPARTING, *ON, "--to", "Bawso"), 6),
        ((DEPARTING, *ON, "--to", "nosuch"), 3),
        ((DEPARTING, *ON, "--answers", "nosuch.json"), 4),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    leaving: Path, capsys: Captured, words: tuple[str, ...], code: int
) -> None:
    before = (leaving / "data" / "ahtc.db").read_bytes()
    assert run_ahtc(leaving, "contacts", "departing", *words) == code
    assert capsys.readouterr().err.count("\n") == 1
    assert (leaving / "data" / "ahtc.db").read_bytes() == before
