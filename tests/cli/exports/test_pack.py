"""The meeting pack on the command line: nothing is saved where the pack cannot be."""

from __future__ import annotations

from pathlib import Path

from tests.cli.promises import Captured, read_json, run_command


def test_a_pack_that_cannot_be_written_leaves_the_agenda_empty(office: Path, capsys: Captured) -> None:
    assert run_command("meetings", "add", "Meeting", "--group", "LG", "--starts", "2014-03-11 10:00") == 0
    ref = capsys.readouterr().out.strip()
    assert run_command("export", "pack", ref, "pack.xlsx") == 2
    assert capsys.readouterr().err == (
        'ahtc: Several files are saved, so "pack.xlsx" cannot be a .xlsx file. Name a folder.\n'
    )
    assert run_command("meetings", "cancel", ref) == 0
    assert run_command("export", "pack", ref, "pack") == 6
    capsys.readouterr()
    assert read_json(capsys, "meetings", "show", ref)["agenda"] == []
    assert not list(office.glob("pack*"))
    (office / "pack.v2").mkdir()
    assert run_command("export", "returns", "pack.v2", "--lead", "Bawso") == 1
