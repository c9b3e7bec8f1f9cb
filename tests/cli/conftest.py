"""Workspaces for the commands: one to write in, and one that tests may only read; and the commands on a day."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ahtc_tui.cli.main import run
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


@pytest.fixture
def folder(wales_folder: Path, tmp_path: Path) -> Path:
    """A copy of the Wales 2013 data."""
    return Path(shutil.copytree(wales_folder, tmp_path / "desk"))


def run_ahtc(folder: Path, *words: str) -> int:
    """Run a command on 31 December 2013 and return its exit code."""
    return run(["--workspace", str(folder), "--as-at", "2013-12-31", *words])


def read_json(capsys: pytest.CaptureFixture[str], folder: Path, *words: str) -> Any:
    """Return the JSON document that a command prints."""
    assert run_ahtc(folder, *words, "--json") == 0
    return json.loads(capsys.readouterr().out)
