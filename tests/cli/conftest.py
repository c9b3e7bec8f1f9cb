"""Workspaces for the commands: one to write in, and one that tests may only read."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ahtc_tui.services.workspace import Workspace
from tests.conftest import Worlds


@pytest.fixture(scope="module")
def reference_office(world: Worlds, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A copy of the Wales 2013 data that stays unchanged; the fixture checks that at the end."""
    folder = tmp_path_factory.mktemp("kept") / "office"
    shutil.copytree(world("wales"), folder)
    file = folder / "data" / "ahtc.db"
    original = file.read_bytes()
    yield folder
    assert file.read_bytes() == original


@pytest.fixture
def read_only_office(reference_office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder, with `reference_office` as the workspace."""
    monkeypatch.setenv("AHTC_WORKSPACE", str(reference_office))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def office(wales: Workspace, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the Wales 2013 data, which is the workspace and the current folder."""
    monkeypatch.setenv("AHTC_WORKSPACE", str(wales.root))
    monkeypatch.chdir(wales.root)
    return wales.root
