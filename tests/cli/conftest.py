"""Where the commands run: an office to work in, and a shelf to look at."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ahtc_tui.services.workspace import Workspace
from tests.conftest import Worlds


@pytest.fixture(scope="module")
def reference_office(world: Worlds, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A copy of the Wales 2013 data that no command of these tests may change."""
    folder = tmp_path_factory.mktemp("kept") / "office"
    shutil.copytree(world("wales"), folder)
    file = folder / "data" / "ahtc.db"
    original = file.read_bytes()
    yield folder
    assert file.read_bytes() == original


@pytest.fixture
def read_only_office(reference_office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder from which the commands look at the data that stay as they are."""
    monkeypatch.setenv("AHTC_WORKSPACE", str(reference_office))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def office(wales: Workspace, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the Wales 2013 data in which the commands run."""
    monkeypatch.setenv("AHTC_WORKSPACE", str(wales.root))
    monkeypatch.chdir(wales.root)
    return wales.root
