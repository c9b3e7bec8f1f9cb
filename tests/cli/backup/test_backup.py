"""Backup, restore and the archive of everything from the command line: what is said, asked and returned."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from ahtc_tui.cli.main import run
from ahtc_tui.domain.errors import NotFound
from ahtc_tui.services.actions.service import show_action
from ahtc_tui.services.opening import open_workspace
from tests.builders import TODAY, foreign_hand
from tests.cli.privacy.test_protection import Terminal
from tests.cli.promises import Captured, data_of


def there(office: Path, ref: str) -> bool:
    """Whether an action stands in the office."""
    workspace = open_workspace(office, TODAY)
    try:
        return show_action(workspace, ref).row.ref == ref
    except NotFound:
        return False
    finally:
        workspace.close()


@pytest.fixture
def saved(office: Path, capsys: Captured) -> Path:
    """A backup from before DP-45."""
    assert run(["backup", "before.db", "--quiet"]) == 0
    assert run(["actions", "add", "Since then"]) == 0
    capsys.readouterr()
    return office / "before.db"


def test_a_backup_says_where_it_is_and_that_it_is_whole(office: Path, capsys: Captured) -> None:
    assert run(["backup"]) == 0
    said = capsys.readouterr()
    path = Path(said.out.strip())
    assert path.parent == office / "data" / "backups"
    told = data_of(capsys, "backup", "out.db")
    assert (told["file"], told["whole"], told["steps"]) == (str(office / "out.db"), True, 1)
    assert told["records"] > 500
    assert said.err.strip() == f"{told['records']} records, 1 step of history: whole."
    assert told["bytes"] == (office / "out.db").stat().st_size
    assert run(["backup", "out.db"]) == 6
    assert run(["backup", "out.db", "--force"]) == 0


def test_the_list_says_day_size_and_whether_each_is_whole(office: Path, capsys: Captured) -> None:
    assert run(["backup", "--list"]) == 0
    assert capsys.readouterr() == ("", "There is no backup yet: `ahtc backup` makes one.\n")
    assert run(["backup", "--quiet"]) == 0
    path = Path(capsys.readouterr().out.strip())
    [row] = data_of(capsys, "backup", "--list")
    assert (row["file"], row["whole"], row["what"], row["faults"]) == (str(path), True, "asked", [])
    assert row["bytes"] == path.stat().st_size
    path.write_bytes(path.read_bytes()[:-4096])
    assert run(["backup", "--list"]) == 1
    said = capsys.readouterr()
    assert "NOT WHOLE" in said.out
    assert f"{path.name} is not whole: " in said.err


def test_where_nobody_can_be_asked_a_restore_wants_yes(saved: Path, office: Path, capsys: Captured) -> None:
    assert run(["restore", str(saved)]) == 2
    assert capsys.readouterr().err.startswith("ahtc: Add --yes: ")
    assert there(office, "DP-45")
    told = data_of(capsys, "restore", str(saved), "--yes")
    assert told["done"]
    assert Path(told["replaced"]).parent == office / "data" / "backups"
    assert not there(office, "DP-45")
    assert run(["restore", told["replaced"], "--yes"]) == 0
    assert "before a restore" in capsys.readouterr().out
    assert there(office, "DP-45")


@pytest.mark.parametrize(("answer", "code"), [("y\n", 0), ("\n", 6), ("", 6)])
def test_on_a_terminal_it_says_what_the_backup_holds_and_asks(
    saved: Path, office: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch, answer: str, code: int
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(answer))
    assert run(["restore", str(saved)]) == code
    said = capsys.readouterr()
    assert " records, 1 step of history" in said.out
    assert "Put it in the place of" in said.err
    assert there(office, "DP-45") == (code == 6)


def test_a_folder_without_a_database_is_restored_without_a_question(saved: Path, tmp_path: Path) -> None:
    assert run(["--workspace", str(tmp_path / "new"), "restore", str(saved)]) == 0
    assert (tmp_path / "new" / "data" / "ahtc.db").exists()


def test_a_dry_run_changes_nothing(saved: Path, office: Path, capsys: Captured) -> None:
    assert run(["restore", str(saved), "--dry-run"]) == 0
    said = capsys.readouterr()
    assert said.err == "Nothing was written: --dry-run.\n"
    assert there(office, "DP-45")


def test_a_file_that_is_no_backup_is_4_and_a_database_with_faults_is_5(
    saved: Path, office: Path, capsys: Captured
) -> None:
    (office / "words.db").write_text("words", encoding="utf-8")
    assert run(["restore", "words.db", "--yes"]) == 4
    assert run(["restore", "data/ahtc.db", "--yes"]) == 6
    foreign_hand(office / "data" / "ahtc.db", "UPDATE actions SET title = 'x' WHERE ref = 'DP-01'")
    assert run(["backup", "x.db"]) == 5
    assert "not whole" in capsys.readouterr().err
    assert not (office / "x.db").exists()


def test_everything_goes_out_and_comes_in_with_one_command_each(office: Path, tmp_path: Path, capsys: Captured) -> None:
    told = data_of(capsys, "export", "everything", "all.zip", "--marking", "official-sensitive")
    assert told == {
        "file": str(office / "all.zip"),
        "records": told["records"],
        "rows": told["rows"],
        "tables": told["tables"],
        "marking": "official-sensitive",
    }
    assert 500 < told["records"] < told["rows"]
    new = ("--workspace", str(tmp_path / "new"))
    for flags in (["--dry-run"], ["--take", "none"]):
        assert run([*new, "import", "everything", "all.zip", "--json", *flags]) == 0
        plan = json.loads(capsys.readouterr().out)
        assert (plan["read"], plan["changed"], plan["questions"], plan["warnings"]) == (told["rows"], [], [], [])
        assert {"ref", "row", "values"} <= plan["added"][0].keys()
    assert run([*new, "import", "everything", "all.zip"]) == 0
    said = capsys.readouterr()
    assert "actions" in said.out
    assert "as it was" in said.err
    assert run([*new, "check"]) == 0
    assert run([*new, "actions", "show", "DP-07"]) == 0
    assert run([*new, "import", "everything", "all.zip"]) == 6
    assert run(["import", "everything", "all.zip"]) == 6
