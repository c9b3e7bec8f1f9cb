"""Plan, sessions, evidence and recommendations on the command line, as text and as JSON."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import Any

import pytest

from ahtc_tui.cli.main import run


def run_lines(capsys: pytest.CaptureFixture[str], *lines: str) -> str:
    """Run commands, each with exit code 0, and return the stdout of the last."""
    out = ""
    for line in lines:
        assert run(["--as-at", "2014-01-28", *shlex.split(line)]) == 0, line
        out = capsys.readouterr().out
    return out


def read_json(capsys: pytest.CaptureFixture[str], *lines: str) -> Any:
    """Run commands and return the JSON document of the last."""
    *before, last = lines
    return json.loads(run_lines(capsys, *before, f"{last} --json"))


def test_changes_since_a_date_are_whole_on_a_narrow_terminal(
    read_only_office: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    out = run_lines(capsys, "plan since --from 2013-06-01")
    assert "Done, 18 October 2013" in out
    assert "First Responders, forces and cohesion co-ordinators" in out


@pytest.mark.parametrize(
    ("line", "holds"),
    [
        ("plan compare --from 2013-09-30 --to 2013-12-31 --by lead", "30 → 28"),
        ("plan trend --quarters 2 --to 'dec 2013'", "Oct to Dec 2013   44    28"),
        ("plan burn-down", "June 2013            0       1    30"),
        ("plan counts --by group --on 2013-12-31", "All actions"),
        ("plan timeline", "DP-08  Publish the findings of the…"),
        ("plan versions", "In force   yes"),
        ("practice matrix", "A   22 authorities"),
        ("practice matrix --authorities", "35"),
        ("practice sessions --missing 12m", "Newport City Council"),
        ("evidence show nrm-uk-2012", "2013  1,746"),
        ("evidence list --data-sets", "ds-nrm"),
        ("recommendations documents --awaited", "by the end of 2013, LATE"),
    ],
)
def test_every_view_is_printed(
    read_only_office: Path, capsys: pytest.CaptureFixture[str], line: str, holds: str
) -> None:
    assert holds in run_lines(capsys, line)


@pytest.mark.parametrize(
    ("line", "path", "value"),
    [
        ("plan compare --from 2013-09-30 --to 2013-12-31", ("total", "to", "open"), 28),
        ("plan trend", ("quarters", 0, "quarter"), "2013-Q1"),
        ("plan burn-down", ("months", 0, "closed"), 2),
        ("plan counts", ("rows", 0, "total"), 6),
        ("plan timeline", (0, "end_text"), "by the end of 2013"),
        ("plan versions", (0, "in_force"), True),
        ("practice matrix", ("said",), 22),
        ("practice sessions --missing 12m", (21, "last_on"), None),
        ("evidence show nrm-uk-2012", ("series", 2, "value"), 1746),
        ("recommendations documents --awaited", (0, "overdue"), True),
    ],
)
def test_every_view_is_json_as_well(
    read_only_office: Path, capsys: pytest.CaptureFixture[str], line: str, path: tuple[str | int, ...], value: object
) -> None:
    value_at_path = read_json(capsys, line)
    for step in path:
        value_at_path = value_at_path[step]
    assert value_at_path == value


def test_a_milestone_without_a_day_is_an_outcome(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    add = "plan milestone add 'Responders know whom to call' --objective 3"
    assert "Outcome  M-01 Responders know whom to call" in run_lines(capsys, add, "plan show 3")
    assert "Milestone  M-01" in run_lines(capsys, "plan milestone edit M-01 due=2014-06-30", "plan show 3")


def test_a_version_and_its_milestones(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run_lines(capsys, "plan version 2 --agreed-on 'november 2013'")
    assert [version["version"] for version in read_json(capsys, "plan versions")] == ["2", None]
    assert run_lines(capsys, "plan milestone add 'Four courses' --objective 6 --due 'end of march 2014'") == "M-01\n"
    assert "6  Four courses  end of march 2014  not yet met" in run_lines(capsys, "plan milestone list")
    [milestone] = read_json(capsys, "plan milestone met M-01 --on 2014-01-20", "plan milestone list")
    assert milestone["met_on"] == "2014-01-20"
    assert read_json(capsys, "plan milestone remove M-01", "plan milestone list") == []


def test_aims_and_objectives_are_written(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_lines(capsys, "plan aim add 'Know the scale' --source 'para 2.5'") == "aim-1\n"
    assert "aim-1        Know its scale" in run_lines(
        capsys, "plan aim edit aim-1 text='Know its scale'", "plan aim list"
    )
    assert run_lines(capsys, "plan objective add Prevent --aims aim-1 --basis grouping") == "objective-8\n"
    shown = read_json(capsys, "plan objective edit 8 number=9 basis=stated", "plan show 9")
    assert (shown["aims"], shown["aim_refs"], shown["basis"]) == (["Know its scale"], ["aim-1"], "stated")
    run_lines(capsys, "plan objective remove 9", "plan aim remove aim-1")
    assert [aim["ref"] for aim in read_json(capsys, "plan aim list")] == ["aim-hostile", "aim-support"]


def test_sessions_are_listed_with_attendance_numbers(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run_lines(capsys, "practice session add sio-training --on '5 nov 2013' --place Hydra --people 'Gwynedd Council=12'")
    run_lines(capsys, "practice session edit SES-01 numbers='Gwynedd Council=11; Bawso=1'")
    line = run_lines(capsys, "practice session list")
    assert "5 November 2013  Training" in line
    assert "12 people  Gwynedd Council 11, Bawso 1" in line
    assert read_json(capsys, "practice sessions")[0]["people"] == 12
    assert len(read_json(capsys, "practice sessions --missing 12m")) == 21
    assert run_lines(capsys, "practice set sio-training 'Gwent Police' not_said") == "sio-training/gwent-police\n"


def test_figures_data_sets_and_web_pages_are_written(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        run_lines(capsys, "evidence data-set add 'Helpline calls' --tier secondary --next-due '1 dec 2013'")
        == "DS-01\n"
    )
    run_lines(capsys, "evidence data-set edit DS-01 holder=Bawso")
    [late] = read_json(capsys, "evidence list --late")
    assert (late["ref"], late["holder"], late["standing"]) == ("DS-01", "Bawso", "missing")
    run_lines(capsys, "evidence page add 'Human trafficking' --owner AHTC --cycle-days 90")
    assert [page["subject"] for page in read_json(capsys, "evidence pages --overdue")] == ["Human trafficking"]
    assert "Human trafficking" in run_lines(capsys, "evidence page edit WEB-01 languages='en, cy'", "evidence pages")
    assert read_json(capsys, "evidence page reviewed WEB-01", "evidence pages --overdue") == []


def test_another_source_of_a_figure_is_shown(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = run_lines(capsys, "evidence show nrm-uk-2012")
    assert "1,156 referrals   Welsh Government written statement, 13 January 2014   not used" in shown
    assert "yes: it includes the parts. Do not add them together." in shown
    assert "2012: the source used, where several exist." in shown
    [other_source] = read_json(capsys, "evidence show nrm-uk-2012")["beside"]
    assert (other_source["value"], other_source["source"]) == (
        1156,
        "Welsh Government written statement, 13 January 2014",
    )
    run_lines(
        capsys,
        "evidence add 'NRM referrals, United Kingdom' --value 1190 --unit referrals --period 2012"
        " --area 'United Kingdom' --source 'a later note'",
    )
    shown = read_json(capsys, "evidence show nrm-uk-2012-statement")
    assert [(row["value"], row["used"]) for row in shown["beside"]] == [(1186, True), (1190, False)]
    assert shown["in_use"] == "no: 1,186 (nrm-uk-2012) is used. Do not add them together."


def test_a_recommendation_links_its_document_and_an_action(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = run_lines(
        capsys, "recommendations document add 'OSCE review' --body Bawso --expected-on 'spring 2014' --awaited"
    )
    document = document.strip()
    run_lines(capsys, f"recommendations document edit {document} note='Asked for in May'")
    assert read_json(capsys, "recommendations documents --awaited")[-1]["ref"] == document
    ref = run_lines(capsys, f"recommendations add 'Train the boards' --document {document} --owner AHTC").strip()
    assert ref in run_lines(capsys, "recommendations list --open --without-action")
    run_lines(capsys, f"recommendations edit {ref} evidence='Minutes, item 4'", f"recommendations link {ref} DP-10")
    row = read_json(capsys, f"recommendations show {ref}")
    assert (row["actions"], row["evidence"], row["open"]) == (["DP-10"], "Minutes, item 4", True)
    assert ref not in run_lines(capsys, "recommendations list --without-action")
    assert read_json(capsys, f"recommendations unlink {ref} DP-10", f"recommendations show {ref}")["actions"] == []


@pytest.mark.parametrize(
    ("line", "code", "sentence"),
    [
        ("plan compare --from 2014-01-01 --to 2013-01-01", 2, "earlier date first"),
        ("practice sessions --missing soon", 2, "is not a period"),
        ("recommendations edit greta-2012 title=", 2, "cannot be empty"),
        ("recommendations document edit greta-report-2012 title=", 2, "needs a title"),
        ("recommendations link greta-2012 DP-99", 3, "DP-99"),
        ("evidence page edit WEB-99 subject=x", 3, "WEB-99"),
        ("plan milestone met M-99", 3, "M-99"),
        ("export evidence figures.pdf", 2, "end in .xlsx"),
    ],
)
def test_a_refusal_is_one_sentence(
    read_only_office: Path, capsys: pytest.CaptureFixture[str], line: str, code: int, sentence: str
) -> None:
    assert run(["--as-at", "2014-01-28", *shlex.split(line)]) == code
    captured = capsys.readouterr()
    assert sentence in captured.err
    assert (captured.out, captured.err.count("\n")) == ("", 1)


def test_the_timeline_prints_words_of_a_date_as_the_day_they_mean(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = run_lines(capsys, 'actions add "Agree dates" --due "end jan"', "plan timeline")
    assert "31 January 2014" in output
    assert "end jan" not in output
