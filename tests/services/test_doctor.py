"""`ahtc doctor`: each part of the set-up, with what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from ahtc_tui.services.doctor import examine, where
from ahtc_tui.services.workspace import Workspace
from tests.builders import foreign_hand


def findings(root: Path) -> dict[str, tuple[bool, str]]:
    return {name: (well, detail) for name, well, detail in examine(root)}


def test_a_healthy_office_is_well(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", "vim")
    found = findings(workspace.root)
    assert all(well for well, _detail in found.values())
    assert found["database"] == (True, "whole")
    assert found["only you can read it"] == (True, "0o600")
    assert found["editor for long text"] == (True, "vim")


def test_no_database_is_said_and_no_editor_is_no_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    found = findings(tmp_path)
    assert found["database"][0] is False
    assert "ahtc init" in found["database"][1]
    assert found["editor for long text"] == (True, "none set ($EDITOR)")


def test_a_database_that_others_can_read_or_that_a_foreign_hand_changed_is_said(wales: Workspace) -> None:
    wales.database.path.chmod(0o644)
    foreign_hand(wales.database.path, "UPDATE actions SET title = 'x' WHERE ref IN ('DP-01', 'DP-02')")
    found = findings(wales.root)
    assert found["only you can read it"] == (False, "0o644")
    assert found["database"] == (False, "3 faults: `ahtc check`")


def test_the_places_of_a_workspace_are_told(tmp_path: Path) -> None:
    assert where(tmp_path) == {
        "workspace": str(tmp_path),
        "database": str(tmp_path / "data" / "ahtc.db"),
        "backups": str(tmp_path / "data" / "backups"),
        "exports": str(tmp_path / "exports"),
        "settings": str(tmp_path / "ahtc.toml"),
    }
