"""`ahtc backup`, `restore`, and the full export and import."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.launch_screen import open_screen
from ahtc_tui.cli.main import run
from ahtc_tui.domain.errors import NotFound
from ahtc_tui.domain.i18n import Language
from ahtc_tui.services.actions.service import show_action
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.base.service_threads import Desk
from ahtc_tui.tui.shell.opening import Opening
from tests.builders import TODAY, edit_database_directly, query_rows
from tests.cli.privacy.test_protection import Terminal
from tests.cli.promises import Captured, read_json, run_command


def has_action(office: Path, ref: str) -> bool:
    """Return whether the workspace has the action."""
    workspace = open_workspace(office, TODAY)
    try:
        return show_action(workspace, ref).row.ref == ref
    except NotFound:
        return False
    finally:
        workspace.close()


@pytest.fixture
def backup_file(office: Path, capsys: Captured) -> Path:
    """A backup made before DP-45 was added."""
    assert run(["backup", "before.db", "--quiet"]) == 0
    assert run(["actions", "add", "Since then"]) == 0
    capsys.readouterr()
    return office / "before.db"


def test_backup_reports_its_path_and_its_check(office: Path, capsys: Captured) -> None:
    assert run(["backup"]) == 0
    captured = capsys.readouterr()
    path = Path(captured.out.strip())
    assert path.parent == office / "data" / "backups"
    report = read_json(capsys, "backup", "out.db")
    assert (report["file"], report["whole"], report["steps"]) == (str(office / "out.db"), True, 1)
    assert report["records"] > 500
    assert captured.err.strip() == f"{report['records']} records, 1 step of history: complete."
    assert report["bytes"] == (office / "out.db").stat().st_size
    assert run(["backup", "out.db"]) == 6
    assert run(["backup", "out.db", "--force"]) == 0


def test_the_list_shows_day_size_and_check_of_each_backup(office: Path, capsys: Captured) -> None:
    assert run(["backup", "--list"]) == 0
    assert capsys.readouterr() == ("", "There are no backups yet. `ahtc backup` creates one.\n")
    assert run(["backup", "--quiet"]) == 0
    path = Path(capsys.readouterr().out.strip())
    [row] = read_json(capsys, "backup", "--list")
    assert (row["file"], row["whole"], row["what"], row["faults"]) == (str(path), True, "asked", [])
    assert row["bytes"] == path.stat().st_size
    path.write_bytes(path.read_bytes()[:-4096])
    assert run(["backup", "--list"]) == 1
    captured = capsys.readouterr()
    assert "DAMAGED" in captured.out
    assert f"{path.name} is damaged: " in captured.err


def test_restore_without_a_terminal_needs_yes(backup_file: Path, office: Path, capsys: Captured) -> None:
    assert run(["restore", str(backup_file)]) == 2
    assert capsys.readouterr().err.startswith("ahtc: Add --yes to ")
    assert has_action(office, "DP-45")
    report = read_json(capsys, "restore", str(backup_file), "--yes")
    assert report["done"]
    assert Path(report["replaced"]).parent == office / "data" / "backups"
    assert not has_action(office, "DP-45")
    assert run(["restore", report["replaced"], "--yes"]) == 0
    assert "before a restore" in capsys.readouterr().out
    assert has_action(office, "DP-45")


@pytest.mark.sample(3)
@pytest.mark.parametrize(("answer", "code"), [("y\n", 0), ("\n", 6), ("", 6)])
def test_restore_on_a_terminal_describes_the_backup_and_asks(
    backup_file: Path, office: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch, answer: str, code: int
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(answer))
    assert run(["restore", str(backup_file)]) == code
    captured = capsys.readouterr()
    assert " records, 1 step of history" in captured.err
    assert "Replace " in captured.err
    assert has_action(office, "DP-45") == (code == 6)


def test_a_folder_without_a_database_is_restored_without_a_question(backup_file: Path, tmp_path: Path) -> None:
    assert run(["--workspace", str(tmp_path / "new"), "restore", str(backup_file)]) == 0
    assert (tmp_path / "new" / "data" / "ahtc.db").exists()


def test_a_dry_run_changes_nothing(backup_file: Path, office: Path, capsys: Captured) -> None:
    assert run(["restore", str(backup_file), "--dry-run"]) == 0
    captured = capsys.readouterr()
    assert captured.err == "Nothing was saved (--dry-run).\n"
    assert has_action(office, "DP-45")


def test_bad_backup_is_exit_code_4_and_faulty_database_5(backup_file: Path, office: Path, capsys: Captured) -> None:
    (office / "words.db").write_text("words", encoding="utf-8")
    assert run(["restore", "words.db", "--yes"]) == 4
    assert run(["restore", "data/ahtc.db", "--yes"]) == 6
    edit_database_directly(office / "data" / "ahtc.db", "UPDATE actions SET title = 'x' WHERE ref = 'DP-01'")
    assert run(["backup", "x.db"]) == 5
    assert "is damaged" in capsys.readouterr().err
    assert not (office / "x.db").exists()


@pytest.mark.long
def test_a_full_export_is_imported_again(office: Path, tmp_path: Path, capsys: Captured) -> None:
    report = read_json(capsys, "export", "everything", "all.zip", "--marking", "official-sensitive")
    assert report == {
        "file": str(office / "all.zip"),
        "records": report["records"],
        "rows": report["rows"],
        "tables": report["tables"],
        "marking": "official-sensitive",
    }
    assert 500 < report["records"] < report["rows"]
    new = ("--workspace", str(tmp_path / "new"))
    for flags in (["--dry-run"], ["--take", "none"]):
        assert run([*new, "import", "everything", "all.zip", "--json", *flags]) == 0
        plan = json.loads(capsys.readouterr().out)
        assert (plan["read"], plan["changed"], plan["questions"], plan["warnings"]) == (report["rows"], [], [], [])
        assert {"ref", "row", "values"} <= plan["added"][0].keys()
    assert run([*new, "import", "everything", "all.zip"]) == 0
    captured = capsys.readouterr()
    assert "actions" in captured.out
    assert "with history and undo" in captured.err
    assert run([*new, "check"]) == 0
    assert run([*new, "actions", "show", "DP-07"]) == 0
    assert run([*new, "import", "everything", "all.zip"]) == 6
    assert run(["import", "everything", "all.zip"]) == 6


def test_the_screen_opens_again_after_a_restore(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The screen closes first: nothing else may have the database open while it is replaced."""
    assert run_command("backup") == 0
    backup_file = next((office / "data" / "backups").glob("*.db"))
    assert run_command("actions", "add", "Since") == 0
    messages: list[Any] = []

    class FakeApp:
        crash_message = closing_message = ""
        wants_own_office = False
        return_code = 0
        backup_to_restore: Path | None = None

        def __init__(
            self, workspace: Workspace, *, schedule_gc: bool, opening: Opening, windows: object, desk: Desk
        ) -> None:
            messages.append(opening.message)
            self.close_threads = desk.close
            self._has_new_action = bool(query_rows(workspace, "SELECT 1 FROM actions WHERE title = 'Since'"))

        def run(self) -> None:
            self.close_threads()
            self.backup_to_restore = backup_file if len(messages) == 1 else None
            messages.append(self._has_new_action)

    monkeypatch.setattr("ahtc_tui.tui.shell.app.AhtcApp", FakeApp)
    for stream in (sys.stdin, sys.stdout):
        monkeypatch.setattr(stream, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("gc.disable", lambda: None)
    assert open_screen(Context(str(office), None, quiet=False, language=Language.EN)) == 0
    assert (messages[1], messages[3]) == (True, False)
    assert messages[2].startswith(f"Restored: {backup_file.name}. The former database is kept as ahtc-")
