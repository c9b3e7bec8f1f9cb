"""The life cycle of minutes on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ahtc_tui.cli.main import run
from tests.cli.minutes.test_minutes import folder, read_json, run_ahtc, template

__all__ = ["folder", "template"]
REF = "LG-2013-01"


@pytest.fixture
def minuted_office(folder: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A workspace with minutes: a note, a decision and an action without a lead."""
    for text in ("n: heard", "d: the course is adopted", "a: write to the boards"):
        assert run_ahtc(folder, "minute", REF, text, "--item", "2") == 0
    capsys.readouterr()
    return folder


def test_gaps_are_listed_with_exit_code_1(minuted_office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_ahtc(minuted_office, "gaps", REF) == 1
    out = capsys.readouterr().out
    assert "nothing is recorded" in out
    assert f"{REF}/01" in out
    assert run_ahtc(minuted_office, "gaps", REF, "--json") == 1
    kinds = [gap["kind"] for gap in json.loads(capsys.readouterr().out)]
    assert {"no_owner", "no_date", "nothing_recorded", "no_attendance"} <= set(kinds)


def test_a_copy_is_issued_listed_and_compared(minuted_office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_ahtc(minuted_office, "issue", REF) == 1, "gaps are left for a person to decide"
    assert "1" in capsys.readouterr().out
    run_ahtc(minuted_office, "minute", REF, "more was said", "--item", "1")
    assert run_ahtc(minuted_office, "issue", REF, "--cut", "chair") == 1
    copies = read_json(capsys, minuted_office, "issued", REF)
    assert [(copy["version"], copy["cut"], copy["issued_on"]) for copy in copies] == [
        (1, "circulated", "2013-12-31"),
        (2, "chair", "2013-12-31"),
    ]
    assert run_ahtc(minuted_office, "compare", REF, "1", "2") == 0
    assert "+ 1.1 more was said" in capsys.readouterr().out
    differing = read_json(capsys, minuted_office, "compare", REF, "1", "2")
    assert "1.1 more was said" in [line for passage in differing["differences"] for line in passage["now"]]
    assert run_ahtc(minuted_office, "compare", REF, "1", "9") == 3
    assert "No version 9" in capsys.readouterr().err


def test_a_circulated_copy_is_not_exported_as_published(
    minuted_office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run_ahtc(minuted_office, "issue", REF)
    export = [
        "--workspace",
        str(minuted_office),
        "export",
        "minutes",
        REF,
        str(minuted_office / "v1.md"),
        "--issued",
        "1",
    ]
    assert run([*export, "--cut", "published"]) == 6
    assert "issued as the circulated copy" in capsys.readouterr().err
    assert not (minuted_office / "v1.md").exists()
    assert run([*export, "--cut", "circulated"]) == 0


def test_a_welsh_copy_lists_its_english_passages(minuted_office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert run_ahtc(minuted_office, "issue", REF, "--lang", "cy", "--marking", "official-sensitive") == 1
    assert "Dim testun Cymraeg, felly defnyddir y Saesneg: 2.1" in capsys.readouterr().err
    copy = read_json(capsys, minuted_office, "issued", REF)[0]
    assert (copy["language"], copy["marking"]) == ("cy", "official-sensitive")


def test_agreed_minutes_can_only_be_amended(minuted_office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_ahtc(minuted_office, "amend", REF, "2.1", "heard twice") == 6
    agree = ("meetings", "state", REF, "agreed", "--at", "LG-2014-01", "--subject-to", "2.2")
    assert run(["--workspace", str(minuted_office), "--as-at", "2013-12-31", *agree]) == 6
    assert run(["--workspace", str(minuted_office), "--as-at", "2014-03-11", *agree]) == 0
    assert "Agreed at LG-2014-01 on 11 March 2014, subject to 2.2" in capsys.readouterr().out
    shown = read_json(capsys, minuted_office, "state", REF)
    assert (shown["minutes_state"], shown["locked"]) == ("agreed", True)
    assert run_ahtc(minuted_office, "minute", REF, "late", "--item", "1") == 6
    assert "agreed and locked" in capsys.readouterr().err
    assert run_ahtc(minuted_office, "amend", REF, "2.1", "heard twice", "--reason", "Gwent asked") == 0
    assert capsys.readouterr().out == "2.1  was: heard\n2.1  is: heard twice\n"
    assert run_ahtc(minuted_office, "amend", REF, "7.7", "words") == 3
    assert run_ahtc(minuted_office, "state", REF, "circulated", "--at", "LG-2014-01") == 2
    assert run_ahtc(minuted_office, "state", REF, "circulated") == 0
    assert run_ahtc(minuted_office, "state", "LG-2099-01") == 3


def test_a_line_is_removed_and_an_item_was_not_reached(
    minuted_office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    removed = read_json(capsys, minuted_office, "minute", REF, "--remove", "2.3")
    assert removed == {"line": "2.3", "removed": True, "action": f"{REF}/01", "decision": None}
    assert run_ahtc(minuted_office, "minute", REF, "--remove", "2.3") == 3
    assert run_ahtc(minuted_office, "minute", REF, "n: heard", "--remove", "2.2") == 2
    agenda = read_json(capsys, minuted_office, "agenda", REF, "--edit", "1", "outcome=not_reached")
    assert agenda[0]["outcome"] == "not_reached"


def test_fields_of_an_agreed_meeting_are_amended(minuted_office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_ahtc(minuted_office, "state", REF, "agreed") == 0
    assert run_ahtc(minuted_office, "edit", REF, "venue=Cathays Park") == 6
    assert f"`ahtc meetings amend {REF} field=value --reason R`" in capsys.readouterr().err
    change = ("amend", REF, "venue=Cathays Park", "--reason", "It was written wrongly")
    data = read_json(capsys, minuted_office, *change)
    assert [(row["paragraph"], row["now"]) for row in data["amendments"]] == [("venue", "Cathays Park")]
    assert run_ahtc(minuted_office, "amend", REF, "2.1") == 2
    assert run_ahtc(minuted_office, "amend", REF, "place=Newport", "--reason", "The place was missing") == 0
    assert capsys.readouterr().out == "Place  was: –\nPlace  is: Newport\n"


def test_one_day_of_a_series_is_moved(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rule = "FREQ=MONTHLY;BYDAY=1MO;COUNT=12"
    capsys.readouterr()
    assert run_ahtc(folder, "add", "--group", "LG", "--starts", "2014-04-07 10:00", "--repeat", rule) == 0
    ref = capsys.readouterr().out.strip()
    assert run_ahtc(folder, "move", ref, "2014-05-05", "14:00") == 0
    own = capsys.readouterr().out.strip()
    days = read_json(capsys, folder, "dates", ref, "--from", "2014-05-01", "--to", "2014-05-31")
    assert [(day["planned"], day["starts"], day["ref"]) for day in days] == [
        ("2014-05-05T10:00", "2014-05-05T14:00", own)
    ]
    assert run_ahtc(folder, "occurrence", ref, "2014-05-06") == 3
    assert run_ahtc(folder, "occurrence", ref, "sometime") == 2
    assert run_ahtc(folder, "dates", REF) == 2
    assert run_ahtc(folder, "cancel", ref, "--on", "2014-06-02") == 0
    assert run_ahtc(folder, "close", ref, "--yes") == 6
