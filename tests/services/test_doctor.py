"""Tests of `ahtc doctor`, which reports the state of each part of the installation."""

from __future__ import annotations

from pathlib import Path

import pytest

from ahtc_tui.domain.drafts.groups import build_seat_draft
from ahtc_tui.services.doctor import examine_setup, list_paths
from ahtc_tui.services.groups.seats import give_seat
from ahtc_tui.services.workspace import Workspace, is_locked
from tests.builders import TODAY, edit_database_directly


def read_findings(root: Path) -> dict[str, tuple[bool, str]]:
    return {name: (well, detail) for name, well, detail in examine_setup(root)}


def test_a_healthy_workspace_has_no_finding(workspace: Workspace) -> None:
    results = read_findings(workspace.root)
    assert all(well for well, _detail in results.values())
    assert results["database"] == (True, "complete")
    assert results["only you can read it"] == (True, "0o600")
    assert results["settings"] == (True, "sound")


def test_an_editor_that_nothing_uses_is_not_reported(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", "vim")
    assert not [name for name, _well, detail in examine_setup(workspace.root) if "vim" in detail or "editor" in name]


def test_every_fault_of_the_settings_is_a_finding(workspace: Workspace) -> None:
    (workspace.root / "ahtc.toml").write_text("theme = 7\nsmal_counts = 3\n")
    findings = [detail for name, well, detail in examine_setup(workspace.root) if name == "settings" and not well]
    assert ["line 1: theme must be" in findings[0], 'Did you mean "small_counts"?' in findings[1]] == [True, True]
    assert ("database", True, "complete") in examine_setup(workspace.root)


def test_a_missing_database_is_a_fault(tmp_path: Path) -> None:
    results = read_findings(tmp_path)
    assert results["database"][0] is False
    assert "ahtc init" in results["database"][1]


def test_a_readable_or_altered_database_is_a_fault(wales: Workspace) -> None:
    wales.database.path.chmod(0o644)
    edit_database_directly(wales.database.path, "UPDATE actions SET title = 'x' WHERE ref IN ('DP-01', 'DP-02')")
    results = read_findings(wales.root)
    assert results["only you can read it"] == (False, "0o644")
    assert results["database"] == (False, "3 faults: `ahtc check`")


def test_the_paths_of_a_workspace_are_listed(tmp_path: Path) -> None:
    assert list_paths(tmp_path) == {
        "workspace": str(tmp_path),
        "database": str(tmp_path / "data" / "ahtc.db"),
        "backups": str(tmp_path / "data" / "backups"),
        "exports": str(tmp_path / "exports"),
        "settings": str(tmp_path / "ahtc.toml"),
        "headings": str(tmp_path / "headings.toml"),
    }


def test_a_folder_that_cannot_be_written_is_still_examined(workspace: Workspace) -> None:
    (workspace.root / "data" / "backups").write_text("in the way of the folder", encoding="utf-8")
    findings = {name: (passed, detail) for name, passed, detail in examine_setup(workspace.root)}
    assert findings["newest backup"] == (True, "none yet (`ahtc backup`)")


def test_a_database_that_cannot_be_read_is_not_called_encrypted(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ahtc_tui.store.engine.encryption._read_head", lambda _path: b"")
    assert not is_locked(workspace.root)


def test_overlapping_terms_of_a_seat_are_named(wales: Workspace) -> None:
    for dates in ({"from_on": "2012-01-01", "to_on": "2013-12-31"}, {"from_on": "2013-06-01"}):
        give_seat(wales, "forum-gwent", "bawso", build_seat_draft(dates, TODAY))
    assert read_findings(wales.root)["terms of seats"] == (
        True,
        "Bawso (forum-gwent/bawso-2): overlaps with forum-gwent/bawso",
    )
