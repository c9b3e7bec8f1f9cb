"""`ahtc import actions` on the command line: a file of which nothing is taken never exits 0."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ahtc_tui.cli.main import run
from ahtc_tui.services.workspace import Workspace

Captured = pytest.CaptureFixture[str]
TEXTS = ["Ring the harbour about the rota", "Book a room for the forum", "Write to the ports again"]
PLAIN = "".join(f"{text},Bawso,31/01/2014\n" for text in TEXTS)


def import_text(workspace: Workspace, folder: Path, text: str, *words: str) -> int:
    """Import a text as a CSV file; return the exit code."""
    path = folder / "log.csv"
    path.write_text(text, encoding="utf-8")
    return run(["--workspace", str(workspace.root), "--as-at", "2014-02-01", "import", "actions", str(path), *words])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Action,Lead,Due\n", 1),
        ("Action,Lead,Due\n,Bawso,\n", 1),
        ("Action,Lead,Due\nTask,Owner,Due date\n", 1),
        ("Zyx of it,Who,By when\nRing the harbour about it,Bawso,\n", 1),
        ("Action,Support,Due\nRing the harbour about it,Bawso,31/01/2014\n", 0),
    ],
)
def test_a_file_of_which_nothing_is_taken_never_exits_0(
    wales: Workspace, tmp_path: Path, capsys: Captured, text: str, code: int
) -> None:
    assert import_text(wales, tmp_path, text) == code
    output = capsys.readouterr()
    assert (output.err + output.out).strip()
    assert import_text(wales, tmp_path, text, "--dry-run", "--json") == code


def test_a_log_without_headings_is_mapped_by_letter_and_keeps_its_first_row(
    wales: Workspace, tmp_path: Path, capsys: Captured
) -> None:
    code = import_text(wales, tmp_path, PLAIN, "--map", "Column A=title", "--map", "Column B=", "--dry-run", "--json")
    report = json.loads(capsys.readouterr().out)
    assert [added["values"]["title"] for added in report["added"]] == TEXTS
    assert code == 1
    assert [question["theirs"] for question in report["questions"]] == ["Column C"]
