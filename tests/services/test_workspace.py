"""Tests of the workspace: choice of folder, settings, and creation."""

from __future__ import annotations

import os
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from platformdirs import user_data_path

from ahtc_tui.domain.errors import NotFound, Refused, StoreError
from ahtc_tui.services.opening import make_workspace, open_workspace
from ahtc_tui.services.paths import find_root
from ahtc_tui.services.workspace import SETTINGS, Workspace, read_system_date
from tests.builders import TODAY


def test_the_workspace_folder_is_chosen_in_a_fixed_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("AHTC_WORKSPACE", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    assert find_root() == tmp_path / "share" / "ahtc"
    make_workspace(tmp_path, None)
    assert find_root() == tmp_path
    monkeypatch.setenv("AHTC_WORKSPACE", "~/office")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert find_root() == tmp_path / "home" / "office"
    assert find_root("here") == tmp_path / "here"


@pytest.mark.parametrize("home", [None, "", "/home/desk", "/home/desk/", "/", "desk", "~", "//host/desk"])
@pytest.mark.parametrize("data_home", [None, "", " ", "/data", "data"])
def test_the_default_folder_is_that_of_platformdirs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: str | None, data_home: str | None
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, value in (("AHTC_WORKSPACE", None), ("HOME", home), ("XDG_DATA_HOME", data_home)):
        if value is None:
            monkeypatch.delenv(name, raising=False)
        else:
            monkeypatch.setenv(name, value)
    assert find_root() == user_data_path("ahtc", appauthor=False)


def test_the_system_date_is_used_unless_a_date_is_given(workspace: Workspace) -> None:
    assert workspace.today() == TODAY
    with closing(open_workspace(workspace.root)) as live:
        assert live.today() == read_system_date()
        assert isinstance(live.today(), date)


def test_created_files_are_private_to_their_owner(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        path = make_workspace(tmp_path / "office", "wales-2013")
        os.umask(0o022)
        with closing(open_workspace(tmp_path / "office", TODAY)) as office:
            exports = office.exports
        later_file = path.with_name("whatever the desk writes later")
        later_file.touch()
    finally:
        os.umask(before)
    modes = [each.stat().st_mode & 0o777 for each in (path.parent, path, exports, later_file)]
    assert modes == [0o700, 0o600, 0o700, 0o600]
    with pytest.raises(Refused, match="exists already"):
        make_workspace(tmp_path / "office", None)


def test_a_reader_is_the_same_workspace(workspace: Workspace) -> None:
    with closing(workspace.open_reader()) as reader:
        assert (reader.root, reader.today()) == (workspace.root, TODAY)


def test_no_database_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="There is no database"):
        open_workspace(tmp_path)


def test_an_unusable_exports_folder_is_refused_in_one_sentence(workspace: Workspace) -> None:
    (workspace.root / "exports").write_text("a file where the folder should be")
    with pytest.raises(StoreError, match="exports cannot be created"):
        assert workspace.exports


def test_settings_choose_keys_and_theme(workspace: Workspace) -> None:
    (workspace.root / SETTINGS).write_text('theme = "nord"\n[keymap]\nundo = "ctrl+z"\n')
    with closing(open_workspace(workspace.root)) as office:
        assert (office.theme, office.keymap) == ("nord", {"undo": "ctrl+z"})
    assert (workspace.theme, workspace.keymap) == ("", {})
