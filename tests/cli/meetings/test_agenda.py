"""The verbs before a meeting: agenda, template, papers, forward plan, pack."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ahtc_tui.cli.main import run

REF = "LG-2014-01"


@pytest.fixture
def folder(world: Callable[[str], Path], tmp_path: Path) -> Path:
    """A workspace with a Leadership Group in February."""
    shutil.copytree(world("wales"), tmp_path / "desk")
    assert run_ahtc(tmp_path / "desk", "add", "--group", "LG", "--starts", "2014-02-11 10:00", "--minutes", "60") == 0
    return tmp_path / "desk"


def run_ahtc(folder: Path, *words: str, noun: str = "meetings") -> int:
    """Run a verb on 31 December 2013 and return its exit code."""
    return run(["--workspace", str(folder), "--as-at", "2013-12-31", noun, *words])


def read_json(capsys: pytest.CaptureFixture[str], folder: Path, *words: str) -> Any:
    """Return the JSON document that a verb prints."""
    capsys.readouterr()
    assert run_ahtc(folder, *words, "--json") == 0
    return json.loads(capsys.readouterr().out)


def test_an_agenda_from_a_template_is_changed_and_read_back(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_ahtc(folder, "agenda", REF, "--from-template") == 0
    assert "7 items were added from the template" in capsys.readouterr().err
    items = read_json(
        capsys, folder, "agenda", REF, "--add", "Training", "--minutes", "20", "--presenter", "Jeff Farrar"
    )
    assert [item["title"] for item in items][-3:] == ["Training", "Any other business", "Date of the next meeting"]
    assert (items[5]["starts"], items[5]["papers"], items[4]["matters"]) == ("10:35", [], [])
    items = read_json(capsys, folder, "agenda", REF, "--edit", "2", "title=Sorry", "minutes=")
    assert (items[1]["title"], items[1]["minutes"]) == ("Sorry", None)
    items = read_json(capsys, folder, "agenda", REF, "--move", "6", "--to", "1")
    assert [item["title"] for item in items][:3] == ["Training", "Welcome", "Sorry"]
    items = read_json(capsys, folder, "agenda", REF, "--remove", "3")
    assert [item["title"] for item in items][:3] == ["Training", "Welcome", "Declarations of interest"]
    assert run_ahtc(folder, "agenda", REF, "--add", "Long", "--minutes", "55") == 0
    notice = capsys.readouterr().err
    assert "minutes longer than the meeting" in notice
    assert "To end in time, leave out: " in notice
    assert "Long (55)" in notice
    items = read_json(capsys, folder, "agenda", REF, "--put-off", "1")
    assert items[0]["title"] == "Welcome"
    assert [row["title"] for row in read_json(capsys, folder, "forward", "LG")] == ["Training"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["agenda", REF, "--move", "1"], 2),
        (["agenda", REF, "--edit", "x", "title=y"], 2),
        (["agenda", REF, "--remove", "9"], 3),
        (["papers", REF, "--published", "4"], 3),
        (["forward", "LG", "--take", "1", REF], 3),
        (["template", "no group has this reference"], 3),
    ],
)
def test_an_unknown_item_is_one_sentence(
    folder: Path, capsys: pytest.CaptureFixture[str], words: list[str], code: int
) -> None:
    capsys.readouterr()
    assert run_ahtc(folder, *words) == code
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_template_is_shown_whether_or_not_it_is_the_groups_own(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_ahtc(folder, "template", "LG") == 0
    assert "The group has no template" in capsys.readouterr().err
    rows = read_json(capsys, folder, "template", "LG", "--add", "Action log", "--minutes", "10", "--closing")
    assert (rows[-1]["title"], rows[-1]["closing"], rows[-1]["own"]) == ("Action log", True, True)
    rows = read_json(capsys, folder, "template", "LG", "--remove", "1")
    assert rows[0]["title"] == "Apologies for absence"
    assert run_ahtc(folder, "agenda", REF, "--from-template") == 0
    assert len(read_json(capsys, folder, "template", "LG", "--from", REF)) == 7


def test_papers_and_the_forward_plan_are_written_and_listed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run_ahtc(folder, "agenda", REF, "--add", "Training")
    rows = read_json(capsys, folder, "papers", REF, "--add", "Courses", "--item", "1", "--author", "AHTC")
    assert (rows[0]["ref"], rows[0]["due"]) == (f"{REF}/P1", "2014-02-03")
    assert read_json(capsys, folder, "papers", REF, "--published", "1")[0]["published"]
    withhold = ("papers", REF, "--withheld", "1", "--reason", "commercial", "--note", "Counsel advised")
    row = read_json(capsys, folder, *withhold)[0]
    assert (row["withheld_reason"], row["withheld_because"]) == ("commercial", "Counsel advised")
    assert run_ahtc(folder, "agenda", REF) == 0
    assert f"{REF}/P1  Courses, withheld: commercial interests (Counsel advised)" in capsys.readouterr().out
    assert run_ahtc(folder, "papers", REF) == 0
    assert "3 February 2014  Withheld: commercial" in capsys.readouterr().out
    for wrong in (("--withheld", "1"), ("--reason", "legal"), ("--withheld", "1", "--reason", "Live police operation")):
        assert run_ahtc(folder, "papers", REF, *wrong) == 2
    reasons = read_json(capsys, folder, "papers", "--reasons")
    assert {"id": "personal-data", "en": "personal data", "cy": "data personol"}.items() <= reasons[5].items()
    assert reasons[5]["basis"] == "Freedom of Information Act 2000, section 40"
    assert run(["--workspace", str(folder), "--lang", "cy", "meetings", "papers", "--reasons"]) == 0
    assert "Deddf Rhyddid" in capsys.readouterr().out
    assert read_json(capsys, folder, "papers", REF, "--remove", "1") == []
    rows = read_json(capsys, folder, "forward", "LG", "--add", "NRM pilot", "--minutes", "15", "--for", "june 2014")
    assert (rows[0]["title"], rows[0]["for_on"]) == ("NRM pilot", "2014-06")
    assert run_ahtc(folder, "forward", "LG") == 0
    assert "June 2014" in capsys.readouterr().out
    assert read_json(capsys, folder, "forward", "LG", "--take", "1", REF) == []
    assert read_json(capsys, folder, "agenda", REF)[-1]["title"] == "NRM pilot"
    read_json(capsys, folder, "forward", "LG", "--add", "Never")
    assert read_json(capsys, folder, "forward", "LG", "--remove", "1") == []


@pytest.mark.parametrize("verb", ["show", "agenda"])
def test_papers_without_an_item_stand_with_the_meeting(
    folder: Path, capsys: pytest.CaptureFixture[str], verb: str
) -> None:
    assert run_ahtc(folder, "papers", REF, "--add", "Risk register", "--marking", "protect - management") == 0
    assert run_ahtc(folder, "agenda", REF, "--add", "Training") == 0
    capsys.readouterr()
    assert run_ahtc(folder, verb, REF) == 0
    lines = capsys.readouterr().out.splitlines()
    heading = lines.index("Papers without an agenda item")
    assert lines[heading + 1].strip() == f"{REF}/P1  Risk register (PROTECT), not published"


def test_the_meeting_shows_its_deadlines(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    card = read_json(capsys, folder, "show", REF)
    assert [card[name] for name in ("notice_on", "papers_on", "draft_on")] == ["2014-01-28", "2014-02-03", "2014-02-25"]
    assert run_ahtc(folder, "show", REF) == 0
    assert "Monday 3 February 2014" in capsys.readouterr().out


@pytest.mark.long
def test_the_pack_names_contacts_without_an_address(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert run_ahtc(folder, "pack", REF, str(tmp_path / "out"), noun="export") == 1
    captured = capsys.readouterr()
    assert len(captured.out.splitlines()) == 6
    assert "28 open actions" in captured.err
    assert "Jeff Farrar has no address" in captured.err
    assert run_ahtc(folder, "pack", REF, str(tmp_path / "out"), noun="export") == 6
    assert run_ahtc(folder, "pack", REF, str(tmp_path / "two"), "--json", noun="export") == 1
    report = json.loads(capsys.readouterr().out)
    assert (report["actions"], report["contacts"], len(report["contacts_without_address"])) == (28, 32, 24)
