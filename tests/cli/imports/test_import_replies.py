"""`ahtc import replies` and `ahtc export chasers` on the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ahtc_tui.cli.main import run
from ahtc_tui.services.workspace import Workspace

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def desk(wales: Workspace) -> Path:
    """The Wales 2013 data with a future meeting."""
    assert (
        run_command(wales.root, "meetings", "add", "--group", "four-nations-officials", "--starts", "2014-03-11 10:00")
        == 0
    )
    return wales.root


def run_command(desk: Path, *words: str) -> int:
    """Run a command on 1 February 2014 and return its exit code."""
    return run(["--workspace", str(desk), "--as-at", "2014-02-01", *words])


def read_json(capsys: Captured) -> Any:
    return json.loads(capsys.readouterr().out)


def write_reply(desk: Path, capsys: Captured, partstat: str, email: str = "ahtc@example.invalid") -> Path:
    """Write the reply of a guest."""
    capsys.readouterr()
    assert run_command(desk, "meetings", "list", "--coming", "--group", "four-nations-officials", "--json") == 0
    uid = read_json(capsys)[0]["uid"]
    lines = ("METHOD:REPLY", "BEGIN:VEVENT", f"UID:{uid}", f"ATTENDEE;PARTSTAT={partstat}:mailto:{email}", "END:VEVENT")
    path = desk / f"{partstat}-{email}.ics"
    path.write_text("\r\n".join(("BEGIN:VCALENDAR", *lines, "END:VCALENDAR", "")))
    return path


def test_one_file_prints_the_contract_document(desk: Path, capsys: Captured) -> None:
    file = write_reply(desk, capsys, "DECLINED")
    assert run_command(desk, "import", "replies", str(file), "--json") == 0
    report = read_json(capsys)
    assert list(report)[:7] == ["file", "read", "added", "changed", "unchanged", "questions", "warnings"]
    assert (report["file"], report["read"], report["unchanged"]) == (str(file), 1, 0)
    assert {"ref", "row", "values"} <= set(report["added"][0])
    assert {"ref", "field", "was", "now", "cell"} <= set(report["changed"][0])


def test_several_files_print_a_list_and_questions_exit_1(desk: Path, capsys: Captured) -> None:
    files = [write_reply(desk, capsys, "ACCEPTED"), write_reply(desk, capsys, "ACCEPTED", "stranger@example.invalid")]
    assert run_command(desk, "import", "replies", *map(str, files), "--json", "--dry-run") == 1
    reports = read_json(capsys)
    assert [len(file["changed"]) for file in reports] == [1, 0]
    assert set(reports[1]["questions"][0]) >= {"id", "ref", "field", "base", "ours", "theirs", "reason", "cell"}
    assert run_command(desk, "import", "replies", *map(str, files)) == 1
    printed = capsys.readouterr()
    assert "reply: no answer → accepted" in printed.out
    assert "not applied: stranger@example.invalid is not invited" in printed.err


@pytest.mark.parametrize("data", [b"", b"garbage", b"PK\x03\x04zip", b"BEGIN:VCALENDAR\nEND:VCALENDAR\n"])
def test_an_unreadable_file_exits_4(data: bytes, desk: Path, capsys: Captured) -> None:
    (desk / "x.ics").write_bytes(data)
    capsys.readouterr()
    assert run_command(desk, "import", "replies", str(desk / "x.ics"), "--json") == 4
    printed = capsys.readouterr()
    assert printed.out == ""
    assert len(printed.err.splitlines()) == 1


def test_undo_reverts_an_import(desk: Path, capsys: Captured) -> None:
    file = write_reply(desk, capsys, "ACCEPTED")
    assert run_command(desk, "import", "replies", str(file)) == 0
    assert run_command(desk, "undo") == 0
    assert run_command(desk, "import", "replies", str(file)) == 0
    assert run_command(desk, "import", "replies", str(file)) == 0
    assert "Nothing to change." in capsys.readouterr().err


def test_chasers_print_files_and_missing_addresses(desk: Path, capsys: Captured, tmp_path: Path) -> None:
    capsys.readouterr()
    assert run_command(desk, "export", "chasers", str(tmp_path / "out"), "--json") == 1
    report = read_json(capsys)
    assert [Path(file).name for file in report["files"]] == [
        "2014-02-01 Your actions, University of Central Lancashire.docx"
    ]
    assert (report["chased"], report["marking"]) == (["DP-07"], "official")
    assert run_command(desk, "export", "chasers", str(tmp_path / "out")) == 0
    assert "not again before 8 February 2014" in capsys.readouterr().err
    assert run_command(desk, "export", "chasers", str(tmp_path / "out"), "--again") == 6
    assert run_command(desk, "export", "chasers", str(tmp_path / "out"), "--again", "--force") == 1
    assert run_command(desk, "export", "chasers", str(tmp_path / "out"), "--lead", "nobody at all") == 3


def test_a_folder_of_replies_is_read_without_its_other_files(desk: Path, capsys: Captured) -> None:
    replies = desk / "replies"
    replies.mkdir()
    assert run_command(desk, "import", "replies", str(replies)) == 4
    assert "has no .ics or .eml file" in capsys.readouterr().err
    (replies / "note.txt").write_text("not a reply")
    for partstat in ("ACCEPTED", "DECLINED"):
        file = write_reply(desk, capsys, partstat)
        file.rename(replies / file.name)
    assert run_command(desk, "import", "replies", str(replies), "--json", "--dry-run") in (0, 1)
    assert [Path(report["file"]).name[:8] for report in read_json(capsys)] == ["ACCEPTED", "DECLINED"]
