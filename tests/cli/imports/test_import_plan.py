"""The plan of an import as a secretary reads it: totals, one line for each kind, and one answer for all of a kind."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.promises import run_command

Captured = pytest.CaptureFixture[str]
HEAD = "Ref,Action,Owner,Due date,Widget code,Who helps"
ROWS = (
    "1,Train the trainers in every force area,AHTC,31/01/2014,A1,Bawso",
    "2,Book the room for the forum,Nobody Atall,Q3,A2,New Pathways",
    "3,Send the minutes to the board,Somebody Else,end Jan,A3,Bawso",
    "4,Call the chairs of the regions,Third Name,end Feb,A4,Gwent Police",
    ",Insert new rows above this line,,,,",
    ",More rows: insert rows above this line,,,,",
)


@pytest.fixture
def log(office: Path, tmp_path: Path) -> Path:
    path = tmp_path / "log.csv"
    path.write_text("\n".join((HEAD, *ROWS)), encoding="utf-8")
    return path


def read_plan(log: Path, capsys: Captured, *flags: str) -> list[str]:
    capsys.readouterr()
    run_command("import", "actions", str(log), "--dry-run", *flags)
    return capsys.readouterr().err.splitlines()


def test_the_totals_come_first_and_name_the_file_once(log: Path, capsys: Captured) -> None:
    lines = read_plan(log, capsys)
    assert lines[0].startswith("log.csv: 4 to add, 3 questions, 2 rows left out, ")
    assert sum("log.csv" in line for line in lines) == 1


def test_warnings_of_one_kind_are_one_line_with_their_number(log: Path, capsys: Captured) -> None:
    lines = read_plan(log, capsys)
    assert [line for line in lines if "a line of the template" in line] == [
        'a line of the template, left out: "Insert new rows above this line" (2 times, first B6)'
    ]
    detailed = [line for line in read_plan(log, capsys, "--details") if "a line of the template" in line]
    assert [line.partition(":")[0] for line in detailed] == ["B6", "B7"]


def test_unknown_columns_are_named_in_full_with_the_field_that_suits_one(log: Path, capsys: Captured) -> None:
    (line,) = [line for line in read_plan(log, capsys) if "unknown column" in line]
    assert '"Widget code", "Who helps"' in line
    assert line.endswith('--map "Who helps=support"')


def test_questions_of_one_kind_are_one_line_and_one_answer(log: Path, capsys: Captured, tmp_path: Path) -> None:
    (line,) = [line for line in read_plan(log, capsys) if "not applied" in line]
    assert "and 2 more like it" in line
    kind = re.findall(r"\[(all-[0-9a-f]+)\]", line)[0]
    assert len([line for line in read_plan(log, capsys, "--details") if "not applied" in line]) == 3
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps({kind: "theirs"}))
    lines = read_plan(log, capsys, "--answers", str(answers))
    assert not any("not applied" in line for line in lines)


def test_the_answer_to_one_question_counts_more_than_that_to_its_kind(
    log: Path, capsys: Captured, tmp_path: Path
) -> None:
    lines = read_plan(log, capsys, "--details")
    single = next(re.findall(r"\[([0-9a-f]+)\]", line)[0] for line in lines if "Somebody Else" in line and "[" in line)
    kind = re.findall(r"\[(all-[0-9a-f]+)\]", "\n".join(read_plan(log, capsys)))[0]
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps({kind: "theirs", single: "Bawso"}))
    capsys.readouterr()
    run_command("import", "actions", str(log), "--dry-run", "--json", "--answers", str(answers))
    added = {
        record["values"]["title"]: record["values"]["lead"] for record in json.loads(capsys.readouterr().out)["added"]
    }
    assert "Bawso" in added["Send the minutes to the board"]
    assert "Third Name" in added["Call the chairs of the regions"]
