"""`ahtc import replies` and `ahtc export chasers` as people and other programs call them."""

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
    """The Wales 2013 data with a meeting to come."""
    assert ahtc(wales.root, "meetings", "add", "--group", "four-nations-officials", "--starts", "2014-03-11 10:00") == 0
    return wales.root


def ahtc(desk: Path, *words: str) -> int:
    """A command on 1 February 2014; its exit code."""
    return run(["--workspace", str(desk), "--as-at", "2014-02-01", *words])


def document(capsys: Captured) -> Any:
    return json.loads(capsys.readouterr().out)


def an_answer(desk: Path, capsys: Captured, said: str, email: str = "ahtc@example.invalid") -> Path:
    """What a guest's calendar sends back."""
    capsys.readouterr()
    assert ahtc(desk, "meetings", "list", "--coming", "--group", "four-nations-officials", "--json") == 0
    uid = document(capsys)[0]["uid"]
    lines = ("METHOD:REPLY", "BEGIN:VEVENT", f"UID:{uid}", f"ATTENDEE;PARTSTAT={said}:mailto:{email}", "END:VEVENT")
    path = desk / f"{said}-{email}.ics"
    path.write_text("\r\n".join(("BEGIN:VCALENDAR", *lines, "END:VCALENDAR", "")))
    return path


def test_one_file_is_one_document_with_the_keys_of_the_contract(desk: Path, capsys: Captured) -> None:
    file = an_answer(desk, capsys, "DECLINED")
    assert ahtc(desk, "import", "replies", str(file), "--json") == 0
    said = document(capsys)
    assert list(said)[:7] == ["file", "read", "added", "changed", "unchanged", "questions", "warnings"]
    assert (said["file"], said["read"], said["unchanged"]) == (str(file), 1, 0)
    assert {"ref", "row", "values"} <= set(said["added"][0])
    assert {"ref", "field", "was", "now", "cell"} <= set(said["changed"][0])


def test_several_files_are_a_list_and_a_question_is_exit_code_1(desk: Path, capsys: Captured) -> None:
    files = [an_answer(desk, capsys, "ACCEPTED"), an_answer(desk, capsys, "ACCEPTED", "stranger@example.invalid")]
    assert ahtc(desk, "import", "replies", *map(str, files), "--json", "--dry-run") == 1
    said = document(capsys)
    assert [len(file["changed"]) for file in said] == [1, 0]
    assert set(said[1]["questions"][0]) >= {"id", "ref", "field", "base", "ours", "theirs", "reason", "cell"}
    assert ahtc(desk, "import", "replies", *map(str, files)) == 1
    printed = capsys.readouterr()
    assert "reply: needs_action > accepted" in printed.out
    assert "not applied: stranger@example.invalid is not invited" in printed.err


@pytest.mark.parametrize("data", [b"", b"garbage", b"PK\x03\x04zip", b"BEGIN:VCALENDAR\nEND:VCALENDAR\n"])
def test_a_file_that_cannot_be_used_is_one_sentence_and_exit_code_4(data: bytes, desk: Path, capsys: Captured) -> None:
    (desk / "x.ics").write_bytes(data)
    capsys.readouterr()
    assert ahtc(desk, "import", "replies", str(desk / "x.ics"), "--json") == 4
    printed = capsys.readouterr()
    assert printed.out == ""
    assert len(printed.err.splitlines()) == 1


def test_undo_takes_an_import_back(desk: Path, capsys: Captured) -> None:
    file = an_answer(desk, capsys, "ACCEPTED")
    assert ahtc(desk, "import", "replies", str(file)) == 0
    assert ahtc(desk, "undo") == 0
    assert ahtc(desk, "import", "replies", str(file)) == 0
    assert ahtc(desk, "import", "replies", str(file)) == 0
    assert "Nothing to change." in capsys.readouterr().err


def test_chasers_name_their_files_and_who_has_no_address(desk: Path, capsys: Captured, tmp_path: Path) -> None:
    capsys.readouterr()
    assert ahtc(desk, "export", "chasers", str(tmp_path / "out"), "--json") == 1
    said = document(capsys)
    assert [Path(file).name for file in said["files"]] == ["uclan-2014-02-01.txt"]
    assert (said["chased"], said["marking"]) == (["DP-07"], "official")
    assert ahtc(desk, "export", "chasers", str(tmp_path / "out")) == 0
    assert "not again before 8 February 2014" in capsys.readouterr().err
    assert ahtc(desk, "export", "chasers", str(tmp_path / "out"), "--again") == 6
    assert ahtc(desk, "export", "chasers", str(tmp_path / "out"), "--again", "--force") == 1
    assert ahtc(desk, "export", "chasers", str(tmp_path / "out"), "--lead", "nobody at all") == 3
