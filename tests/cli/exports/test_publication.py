"""Published copies on the command line: only a release is written, and no flag passes that."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.promises import Captured, read_json, run_command

REF = "LG-2013-01"


@pytest.fixture
def minuted_office(office: Path, capsys: Captured) -> Path:
    """The office with a meeting whose minutes hold a name and a telephone number."""
    assert run_command("meetings", "add", "Meeting", "--group", "LG", "--starts", "2013-12-10 10:00") == 0
    assert run_command("meetings", "minute", REF, "ring Mrs Jones on 029 2000 0000") == 0
    capsys.readouterr()
    return office


@pytest.mark.parametrize("kind", ["minutes", "agenda", "note"])
def test_no_flag_writes_what_was_not_released(minuted_office: Path, capsys: Captured, kind: str) -> None:
    command = ("export", kind, REF, "public.docx", "--cut", "published")
    for flags in ((), ("--force",), ("--up-to", "official-sensitive", "--force"), ("--marking", "official-sensitive")):
        assert run_command(*command, *flags) == 6
        assert len(capsys.readouterr().err.splitlines()) == 1
        assert not (minuted_office / "public.docx").exists()


def test_force_overwrites_a_file_and_passes_no_check(minuted_office: Path, capsys: Captured) -> None:
    answers = minuted_office / "answers.json"
    answers.write_text('{"*": "keep"}', encoding="utf-8")
    command = ("export", "minutes", REF, "public.md", "--cut", "published")
    assert run_command("meetings", "publish", REF, "--answers", str(answers)) == 0
    assert run_command(*command) == 0
    assert run_command(*command) == 6
    assert "exists already" in capsys.readouterr().err
    assert run_command(*command, "--force") == 0
    before = (minuted_office / "public.md").read_text(encoding="utf-8")
    assert run_command("meetings", "minute", REF, "She is in hospital") == 0
    assert run_command(*command, "--force") == 6
    assert (minuted_office / "public.md").read_text(encoding="utf-8") == before


def test_published_minutes_are_no_issued_copy(minuted_office: Path, capsys: Captured) -> None:
    assert run_command("meetings", "issue", REF, "--cut", "published") == 6
    assert f"ahtc meetings publish {REF}" in capsys.readouterr().err
    assert read_json(capsys, "meetings", "issued", REF) == []


def test_records_above_official_are_neither_listed_nor_published(minuted_office: Path, capsys: Captured) -> None:
    assert run_command("meetings", "agenda", REF, "--add", "Studies") == 0
    paper = ("papers", REF, "--add", "Heron study", "--item", "1", "--marking", "official-sensitive")
    assert run_command("meetings", *paper) == 0
    capsys.readouterr()
    listed = read_json(capsys, "meetings", "publish", REF, "--document", "agenda")
    assert [text["text"] for text in listed["texts"] if "Heron" in text["text"]] == []
