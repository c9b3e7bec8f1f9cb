"""`ahtc contacts add` with a name that the register has already."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from ahtc_tui.cli.main import run


def test_a_name_that_is_in_the_register_already_is_pointed_out(
    wales_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(wales_folder, tmp_path / "desk")
    command = ["--workspace", str(tmp_path / "desk"), "contacts", "add", "BAWSO", "--kind", "organisation", "--json"]
    assert run(command) == 0
    captured = capsys.readouterr()
    assert json.loads(captured.out)["namesakes"] == ["bawso"]
    assert "in the register already: bawso" in captured.err
    assert run([*command[:4], "Zebedee Quill", *command[5:6], "person", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["namesakes"] == []
