"""`ahtc import minutes FILE|-` prints the plan with the keys of the contract."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import run_ahtc
from tests.services.imports.minutes.shapes import BOARD

KEYS = {"kind", "meeting", "attendance", "items", "changes", "comments", "questions", "kept as notes"}


def test_the_plan_has_the_promised_keys_and_writes_nothing(
    read_only_office: Path, reference_office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = read_only_office / "old.txt"
    file.write_text(BOARD.text, encoding="utf-8")
    code = run_ahtc(reference_office, "import", "minutes", str(file), "--group", "LG", "--dry-run", "--json")
    plan = json.loads(capsys.readouterr().out)
    assert code == 0
    assert plan.keys() >= KEYS
    line = plan["items"][2]["lines"][-1]
    assert line.keys() >= {"kind", "text", "owner", "due", "source"}
    assert plan["kept as notes"] == 5
    assert not plan["applied"]


def test_a_missing_file_is_named(
    read_only_office: Path, reference_office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_ahtc(reference_office, "import", "minutes", "missing.docx") == 4
    assert "missing.docx" in capsys.readouterr().err
