"""Reviews, subject access and erasure on the command line."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from ahtc_tui.cli.main import run
from ahtc_tui.services.workspace import Workspace

Captured = pytest.CaptureFixture[str]


def run_ahtc(wales: Workspace, *words: str) -> int:
    return run(["--workspace", str(wales.root), "--as-at", "2013-12-31", *words])


class Terminal(io.StringIO):
    """Typed input that claims to come from a terminal."""

    def isatty(self) -> bool:
        """A terminal."""
        return True


@pytest.fixture
def gwen(wales: Workspace, capsys: Captured) -> str:
    """A person with one action; returns the reference."""
    assert run_ahtc(wales, "contacts", "add", "Gwen Quillfeather", "--kind", "person") == 0
    assert run_ahtc(wales, "actions", "add", "Ask Gwen Quillfeather and Gwen") == 0
    capsys.readouterr()
    return "gwen-quillfeather"


def test_the_lawful_basis_is_shown_and_overdue_reviews_are_listed(
    wales: Workspace, gwen: str, capsys: Captured
) -> None:
    assert run_ahtc(wales, "contacts", "edit", gwen, "lawful_basis=public task", "review_on=2013-12-01") == 0
    assert run_ahtc(wales, "contacts", "show", gwen) == 0
    assert "Lawful basis  public task" in capsys.readouterr().out
    assert run_ahtc(wales, "contacts", "reviews") == 0
    assert "review on 1 December 2013, as stated" in capsys.readouterr().out
    assert run_ahtc(wales, "contacts", "reviews", "--all", "--json") == 0
    rows = json.loads(capsys.readouterr().out)
    assert rows[0]["days_over"] == 30
    assert len(rows) == 7


def test_subject_access_prints_the_due_date(wales: Workspace, gwen: str, tmp_path: Path, capsys: Captured) -> None:
    out = str(tmp_path / "out.zip")
    assert run_ahtc(wales, "contacts", "subject-access", gwen, out, "--received", "31 jan 2013") == 0
    captured = capsys.readouterr()
    assert captured.out.strip() == out
    assert "due on 28 February 2013" in captured.err
    assert run_ahtc(wales, "contacts", "subject-access", gwen, out, "--force", "--json") == 0
    assert json.loads(capsys.readouterr().out)["due"] == "2014-01-31"


def test_a_dry_run_lists_removals_and_remaining_names(wales: Workspace, gwen: str, capsys: Captured) -> None:
    assert run_ahtc(wales, "contacts", "erase", gwen, "--dry-run") == 1
    shown = capsys.readouterr().out
    assert shown.startswith("What would be removed")
    assert "action: Ask a former member and Gwen" in shown
    assert run_ahtc(wales, "contacts", "show", gwen) == 0


def test_erase_without_a_terminal_needs_yes(
    wales: Workspace, gwen: str, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(gwen + "\n"))
    assert run_ahtc(wales, "contacts", "erase", gwen) == 6
    captured = capsys.readouterr()
    assert (captured.out, captured.err.startswith("What would be removed")) == ("", True)
    assert run_ahtc(wales, "contacts", "erase", gwen, "--json") == 6
    captured = capsys.readouterr()
    assert (captured.out, json.loads(captured.err)["error"]["details"][0]) == ("", "What would be removed")
    monkeypatch.setattr(sys, "stdin", Terminal("yes\n"))
    assert run_ahtc(wales, "contacts", "erase", gwen) == 6
    assert "Nothing was erased" in capsys.readouterr().err
    assert run_ahtc(wales, "contacts", "show", gwen) == 0
    monkeypatch.setattr(sys, "stdin", Terminal(gwen + "\n"))
    assert run_ahtc(wales, "contacts", "erase", gwen, "--also", "Gwen") == 0
    assert "Neither this nor earlier changes can be undone" in capsys.readouterr().err
    assert run_ahtc(wales, "contacts", "show", gwen) == 3
    assert run_ahtc(wales, "undo") == 6
    assert run_ahtc(wales, "check") == 0


def test_files_with_the_name_are_exit_code_1_until_removed(wales: Workspace, gwen: str, capsys: Captured) -> None:
    for number in range(15):
        (wales.exports / f"list-{number}.txt").write_text("Gwen Quillfeather", encoding="utf-8")
    erasing = ("contacts", "erase", "Gwen Quillfeather", "--yes", "--also", "Gwen")
    assert run_ahtc(wales, *erasing, "--json") == 1
    assert len(json.loads(capsys.readouterr().out)["files"]) == 15
    assert run_ahtc(wales, *erasing, "--exports", "remove") == 0
    assert "exports/list-14.txt" in capsys.readouterr().out
    assert list(wales.exports.iterdir()) == []


def test_an_erased_person_is_added_again_only_with_yes(wales: Workspace, gwen: str, capsys: Captured) -> None:
    run_ahtc(wales, "contacts", "edit", gwen, "email=gq@example.org")
    assert run_ahtc(wales, "contacts", "erase", gwen, "--yes") in (0, 1)
    capsys.readouterr()
    adding = ("contacts", "add", "--kind", "person")
    appointing = ("contacts", "appoint", "GWEN Quillfeather", "spoc-gwent", "--from", "2014-02-10", "--new")
    for words in ((*adding, "gwen quillfeather"), (*adding, "G Q", "--email", "GQ@example.org"), appointing):
        assert run_ahtc(wales, *words) == 6
        captured = capsys.readouterr()
        assert not captured.out
        assert captured.err.splitlines() == [
            "ahtc: A person with this name or address was erased on 31 December 2013."
            " To add the person anyway, use --yes."
        ]
    assert run_ahtc(wales, "contacts", "add", "--kind", "post", "Gwen Quillfeather") == 0
    assert run_ahtc(wales, *appointing, "--yes") == 0
    assert run_ahtc(wales, *adding, "gwen quillfeather", "--yes") == 0
