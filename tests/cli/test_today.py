"""Read commands for today, plan, practice, evidence and recommendations."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ahtc_tui.cli.main import run


def read_json(capsys: pytest.CaptureFixture[str], folder: Path, *words: str, as_at: str = "2014-02-01") -> Any:
    """Return the JSON document that a command prints."""
    assert run(["--workspace", str(folder), "--as-at", as_at, *words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_today_gives_every_section_and_its_total(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    today = read_json(capsys, folder, "today", as_at="2014-04-01")
    assert today["date"] == "2014-04-01"
    assert sorted(row["ref"] for row in today["late"]) == ["DP-07", "DP-08"]
    assert len(today["awaiting_review"]) == today["totals"]["awaiting_review"] == 15
    assert {row["status"] for row in today["awaiting_review"]} == {"continuing"}
    assert [row["name"] for row in today["chase"]] == ["University of Central Lancashire"]
    assert today["due_soon"] == today["proposed_complete"] == today["next_meetings"] == today["not_spoken_to"] == []


def test_today_applies_the_limit(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    today = read_json(capsys, folder, "today", "--limit", "3", as_at="2014-04-01")
    assert (len(today["awaiting_review"]), today["totals"]["awaiting_review"]) == (3, 15)


def test_today_prints_a_page(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--workspace", str(folder), "--as-at", "2014-04-01", "today"]) == 0
    page = capsys.readouterr().out
    assert page.startswith("Tuesday 1 April 2014")
    assert "91 d late" in page
    assert "No recent contact" not in page
    assert "… and 7 more" in page


def test_plan_show_marks_objectives_that_are_groupings(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan = read_json(capsys, folder, "plan", "show")
    assert len(plan["objectives"]) == 7
    assert [row["basis"] for row in plan["objectives"]].count("grouping") == 6
    assert plan["total"] == sum(row["total"] for row in plan["objectives"]) == 44
    assert plan["objectives"][0]["by_brag"] == {"B": 0, "R": 0, "A": 0, "G": 0, "none": 6}
    assert run(["--workspace", str(folder), "plan", "show"]) == 0
    assert capsys.readouterr().out.count("grouped by the secretariat") == 6


def test_the_matrix_has_a_value_for_every_cell(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    matrix = read_json(capsys, folder, "practice", "matrix")
    words = [word for row in matrix["rows"] for word in row["cells"].values()]
    assert (len(matrix["rows"]), len(matrix["places"]), len(words)) == (10, 35, 350)
    assert len(words) - words.count("not_said") == matrix["said"] == 22


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("practice list", 10),
        ("evidence list", 15),
        ("evidence list --data-sets", 3),
        ("recommendations documents", 10),
    ],
)
def test_every_list_is_complete_and_names_its_sources(
    folder: Path, capsys: pytest.CaptureFixture[str], words: str, count: int
) -> None:
    rows = read_json(capsys, folder, *words.split())
    assert len(rows) == count
    assert all(row["source"] for row in rows)
    assert run(["--workspace", str(folder), *words.split()]) == 0
    assert len(capsys.readouterr().out.splitlines()) == count


def test_open_recommendations_say_why_with_the_whole_answer(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = read_json(capsys, folder, "recommendations", "list", "--open")
    assert len(rows) == 6
    why = {row["ref"]: row["why"] for row in rows}
    assert (why["solace-2009"], why["celg-2014-services"]) == (
        ["DP-44: continuing, Chief Executive, Denbighshire County Council"],
        ["no action yet"],
    )
    assert all(row["source"] for row in rows)
    assert run(["--workspace", str(folder), "recommendations", "list", "--open"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "  greta-report-2012: Welsh Government works with partners to introduce and build on them" in lines
    assert "  DP-43: continuing, Welsh Government" in lines


@pytest.mark.parametrize(
    "words",
    ["practice show ht-marac", "evidence show nrm-wales-2012", "recommendations show solace-2009", "plan show 1"],
)
def test_show_prints_the_source_paragraph(folder: Path, capsys: pytest.CaptureFixture[str], words: str) -> None:
    assert run(["--workspace", str(folder), *words.split()]) == 0
    assert "Paragraph" in capsys.readouterr().out


@pytest.mark.parametrize("words", ["practice show x", "evidence show x", "recommendations show x", "plan show 12"])
def test_an_unknown_record_is_exit_code_3(folder: Path, capsys: pytest.CaptureFixture[str], words: str) -> None:
    assert run(["--workspace", str(folder), *words.split()]) == 3
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1


def test_practice_evidence_and_answers_are_written(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    figure = ["--value", "4 of 6", "--unit", "areas", "--period", "nov 2013", "--source", "LG-2013-04"]
    assert run(["--workspace", str(folder), "practice", "set", "ht-marac", "gwent", "planned"]) == 0
    assert run(["--workspace", str(folder), "evidence", "add", "Areas with a champion", *figure]) == 0
    assert run(["--workspace", str(folder), "evidence", "edit", "FIG-01", "caveat=Told by telephone"]) == 0
    assert run(["--workspace", str(folder), "recommendations", "answer", "solace-2009", "Done"]) == 0
    assert capsys.readouterr().out.split() == ["ht-marac/gwent", "FIG-01", "FIG-01", "solace-2009"]
    card = read_json(capsys, folder, "evidence", "show", "FIG-01")
    assert (card["value_text"], card["period"], card["caveat"]) == ("4 of 6", "2013-11", "Told by telephone")


@pytest.mark.parametrize("words", ["practice set ht-marac gwent yes", "evidence edit nrm-wales-2012 value=-1"])
def test_bad_input_is_exit_code_2(folder: Path, capsys: pytest.CaptureFixture[str], words: str) -> None:
    assert run(["--workspace", str(folder), *words.split()]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def list_loaded(folder: Path, words: str, modules: set[str]) -> tuple[int, str]:
    """Run a command in a process of its own; return its exit code, and those of the modules that it loads."""
    program = (
        "import sys; from ahtc_tui.cli.main import run;"
        f"code = run(['--workspace', {str(folder)!r}, *{words.split()!r}, '--json']);"
        f"sys.exit(' '.join({modules} & set(sys.modules)) or code)"
    )
    completed = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    return completed.returncode, completed.stderr


@pytest.mark.sample(3)
@pytest.mark.parametrize("words", ["today", "plan show", "practice matrix", "evidence list", "recommendations list"])
def test_reading_loads_no_heavy_library(folder: Path, words: str) -> None:
    heavy = {"pydantic", "pendulum", "icalendar", "openpyxl", "textual", "sqlmodel", "sqlalchemy", "alembic"}
    assert list_loaded(folder, words, heavy) == (0, "")


@pytest.mark.parametrize("words", ["today", "actions list"])
def test_a_list_of_actions_loads_no_card_of_a_meeting_and_no_grammar(folder: Path, words: str) -> None:
    modules = {"domain.meetings.model", "domain.plan.periods", "domain.dates.parser"}
    assert list_loaded(folder, words, {f"ahtc_tui.{name}" for name in modules}) == (0, "")
