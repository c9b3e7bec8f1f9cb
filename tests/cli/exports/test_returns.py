"""Returns and action logs on the command line: output and exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ahtc_tui.cli.main import run as command
from ahtc_tui.services.workspace import Workspace
from tests.services.exports.return_files import write_workbook


def run_command(office: Workspace, *words: str) -> int:
    """Run a command on 31 December 2013 and return its exit code."""
    return command(["--workspace", str(office.root), "--as-at", "2013-12-31", *words])


def test_returns_print_files_and_missing_addresses(
    wales: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command(wales, "export", "returns", str(tmp_path / "out"), "--lead", "Bawso") == 1
    captured = capsys.readouterr()
    assert captured.out.splitlines() == [str(tmp_path / "out" / "2013-12-31 Action return, Bawso.xlsx")]
    assert "Bawso has no address. Send 2013-12-31 Action return, Bawso.xlsx another way" in captured.err
    assert run_command(wales, "export", "returns", str(tmp_path / "all"), "--json") == 1
    report = json.loads(capsys.readouterr().out)
    assert [file["lead"] for file in report["files"]][-1] is None
    assert run_command(wales, "export", "returns", str(tmp_path / "none"), "no such words") == 0
    assert "Nothing to send" in capsys.readouterr().err


def test_a_dry_run_prints_the_columns_of_a_log(
    wales: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [("DP-17", None, "tbc", None, "Complete", "Launched.")]
    file = str(write_workbook(tmp_path / "log.xlsx", rows))
    assert run_command(wales, "import", "actions", file, "--dry-run") == 1
    captured = capsys.readouterr()
    assert "Open  Status > status (95%)  Complete" in captured.out
    assert "DP-17  status: In progress → Proposed complete" in captured.out
    assert "DP-17 lead text: – → tbc: not applied" in captured.err
    assert run_command(wales, "import", "actions", file, "--json", "--map", "Lead=") == 0
    document = json.loads(capsys.readouterr().out)
    assert {"file", "read", "added", "changed", "unchanged", "questions", "warnings", "columns", "kept"} <= set(
        document
    )
    assert {
        "ref": "DP-17",
        "field": "status",
        "was": "in_progress",
        "now": "proposed_complete",
        "cell": "Open!E2",
        "party": None,
    } in (document["changed"])
    assert run_command(wales, "import", "actions", file) == 0
    assert "Nothing to change." in capsys.readouterr().err
    assert run_command(wales, "import", "actions", file, "--map", "no sign") == 2
    assert run_command(wales, "import", "actions", str(tmp_path / "absent.xlsx")) == 4
