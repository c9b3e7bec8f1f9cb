"""`ahtc export contacts`, `ahtc import contacts` and `ahtc import meetings` on the command line."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from ahtc_tui.cli.main import run
from ahtc_tui.services.workspace import Workspace

Captured = pytest.CaptureFixture[str]
CARD = "BEGIN:VCARD\nVERSION:3.0\nFN:Siân Wyn\nORG:Gwent Polise\nEND:VCARD\n"
MEETING = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART:20140314T100000\nSUMMARY:LG\nEND:VEVENT\nEND:VCALENDAR\n"


def run_command(wales: Workspace, *words: str) -> int:
    """Run a command on 1 February 2014 and return its exit code."""
    return run(["--workspace", str(wales.root), "--as-at", "2014-02-01", *words])


def read_json(capsys: Captured) -> Any:
    return json.loads(capsys.readouterr().out)


def test_contacts_are_exported_by_filter_and_ending(wales: Workspace, tmp_path: Path, capsys: Captured) -> None:
    counts = {}
    for name, words in (
        ("all.vcf", []),
        ("posts.csv", ["--kind", "post"]),
        ("gwent.xlsx", ["--organisation", "Gwent Police"]),
        ("group.vcf", ["--group", "idmg", "--vcard", "4"]),
        ("wales.csv", ["--area", "Wales", "--kind", "organisation"]),
        ("words.csv", ["single", "point"]),
    ):
        assert run_command(wales, "export", "contacts", str(tmp_path / name), *words, "--json") == 0
        report = read_json(capsys)
        assert (report["file"], report["marking"]) == (str(tmp_path / name), "official")
        counts[name] = report["contacts"]
    assert counts["all.vcf"] == 91
    assert counts["posts.csv"] == 26
    assert all(0 < count < 59 for name, count in counts.items() if name not in ("all.vcf", "posts.csv")), counts
    assert (tmp_path / "group.vcf").read_text(encoding="utf-8").count("VERSION:4.0") == counts["group.vcf"]
    with (tmp_path / "posts.csv").open(encoding="utf-8-sig", newline="") as file:
        posts = {row["Ref"]: row for row in csv.DictReader(file)}
    assert (posts["ahtc"]["In post"], posts["ahtc"]["Email"]) == ("Stephen Chapman", "ahtc@example.invalid")
    assert "LG" not in posts["ahtc"]["Groups"].split("; ")


def test_a_second_export_has_the_same_bytes(wales: Workspace, tmp_path: Path) -> None:
    for ending in ("vcf", "csv", "xlsx"):
        targets = [tmp_path / f"{name}.{ending}" for name in ("one", "two")]
        for target in targets:
            assert run_command(wales, "export", "contacts", str(target)) == 0
        assert targets[0].read_bytes() == targets[1].read_bytes()


def test_existing_files_and_unknown_endings_are_refused(wales: Workspace, tmp_path: Path) -> None:
    assert run_command(wales, "export", "contacts", str(tmp_path / "all.vcf")) == 0
    assert run_command(wales, "export", "contacts", str(tmp_path / "all.vcf")) == 6
    assert run_command(wales, "export", "contacts", str(tmp_path / "all.vcf"), "--force", "nobody", "here") == 0
    assert run_command(wales, "export", "contacts", str(tmp_path / "all.doc")) == 2
    assert run_command(wales, "export", "contacts", str(tmp_path / "x.vcf"), "--organisation", "No Such Body") == 3


def test_importing_contacts_prints_the_contract_document(wales: Workspace, tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "a.vcf").write_text(CARD, encoding="utf-8")
    assert run_command(wales, "import", "contacts", str(tmp_path / "a.vcf"), "--dry-run", "--json") == 1
    report = read_json(capsys)
    assert list(report)[:7] == ["file", "read", "added", "changed", "unchanged", "questions", "warnings"]
    assert set(report["questions"][0]) >= {"id", "ref", "field", "base", "ours", "theirs", "reason", "cell"}
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps({report["questions"][0]["id"]: "ours"}), encoding="utf-8")
    assert run_command(wales, "import", "contacts", str(tmp_path / "a.vcf"), "--answers", str(answers), "--json") == 0
    assert read_json(capsys)["added"][0]["ref"] == "sian-wyn"
    assert run_command(wales, "undo") == 0
    assert run_command(wales, "contacts", "show", "sian-wyn") == 3


def test_a_column_can_be_mapped_on_the_command_line(wales: Workspace, tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "a.csv").write_text("Name,Line\nSiân Wyn,029 2064 4633\n", encoding="utf-8")
    assert run_command(wales, "import", "contacts", str(tmp_path / "a.csv"), "--map", "Line=phone") == 0
    assert "029 2064 4633" in capsys.readouterr().out
    for wrong in ("Line", "=phone", "Line=", "Line=fax"):
        assert run_command(wales, "import", "contacts", str(tmp_path / "a.csv"), "--map", wrong) == 2


def test_meetings_are_imported_and_bad_files_refused(wales: Workspace, tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "a.ics").write_text(MEETING, encoding="utf-8")
    (tmp_path / "b.ics").write_text("BEGIN:VCALENDAR\nEND:VCALENDAR\n", encoding="utf-8")
    assert run_command(wales, "import", "meetings", str(tmp_path / "a.ics"), "--json") == 0
    assert read_json(capsys)["added"][0]["values"]["starts"] == "2014-03-14T10:00:00"
    assert run_command(wales, "import", "meetings", str(tmp_path / "b.ics")) == 4
    errors = capsys.readouterr().err
    assert "contains no meeting" in errors
    assert len(errors.splitlines()) == 1
    assert run_command(wales, "import", "contacts", str(tmp_path / "b.ics")) == 4


LEFT_OUT = {
    "private": "DTSTART:20140314T100000\nCLASS:PRIVATE",
    "without a start": "SUMMARY:LG",
    "with an invalid start": "DTSTART:soon",
}


@pytest.mark.parametrize("case", LEFT_OUT)
def test_a_calendar_of_which_nothing_is_taken_exits_1(
    case: str, wales: Workspace, tmp_path: Path, capsys: Captured
) -> None:
    file = tmp_path / "work.ics"
    file.write_text(f"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\n{LEFT_OUT[case]}\nEND:VEVENT\nEND:VCALENDAR\n")
    assert run_command(wales, "import", "meetings", str(file)) == 1
    messages = capsys.readouterr().err
    assert "Nothing was imported from work.ics." in messages
    assert ("add --private" in messages) == (case == "private")


@pytest.mark.parametrize("rows", ["Name,E-mail\n", "Name,E-mail\n,post@example.org\n"])
def test_a_list_of_contacts_of_which_nothing_is_taken_exits_1(
    rows: str, wales: Workspace, tmp_path: Path, capsys: Captured
) -> None:
    file = tmp_path / "people.csv"
    file.write_text(rows)
    assert run_command(wales, "import", "contacts", str(file)) == 1
    assert "Nothing was imported from people.csv." in capsys.readouterr().err


def test_private_events_are_imported_with_a_flag(wales: Workspace, tmp_path: Path, capsys: Captured) -> None:
    file = tmp_path / "work.ics"
    file.write_text(MEETING.replace("SUMMARY", "CLASS:PRIVATE\nSUMMARY"))
    assert run_command(wales, "import", "meetings", str(file), "--private", "--json") == 0
    assert len(read_json(capsys)["added"]) == 1


def test_a_plan_of_a_calendar_begins_with_totals(wales: Workspace, tmp_path: Path, capsys: Captured) -> None:
    file = tmp_path / "work.ics"
    private = "BEGIN:VEVENT\nUID:{n}\nDTSTART:20140314T100000\nCLASS:PRIVATE\nEND:VEVENT\n"
    events = "".join(private.format(n=n) for n in range(3))
    file.write_text(MEETING.replace("END:VCALENDAR", f"{events}END:VCALENDAR"))
    assert run_command(wales, "import", "meetings", str(file), "--dry-run") == 0
    lines = capsys.readouterr().err.splitlines()
    assert lines[:2] == [
        "work.ics: 1 to add, 4 warnings",
        "is marked as private, and is left out (3 times, first VEVENT 2)",
    ]
    assert run_command(wales, "import", "meetings", str(file), "--details") == 0
    lines = capsys.readouterr().err.splitlines()
    assert lines[:2] == ["work.ics: 1 added, 4 warnings", "VEVENT 2: is marked as private, and is left out"]
    assert [line.count("work.ics") for line in lines] == [1, *([0] * (len(lines) - 1))]
