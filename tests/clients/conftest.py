"""Fixtures of the tests with other programs."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.clients.calendars import SCRIPT_FOLDER, run_program
from tests.clients.programs import find_program


@pytest.fixture(scope="session")
def node_modules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the packages of package.json: that of AHTC_NODE_MODULES, or a new one from the registry."""
    if ready := os.environ.get("AHTC_NODE_MODULES"):
        return Path(ready)
    npm = find_program("npm", "install Node 20 or later, or name a folder with the packages in AHTC_NODE_MODULES")
    folder = tmp_path_factory.mktemp("node")
    shutil.copy(SCRIPT_FOLDER / "package.json", folder)
    quietly = ["--no-save", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts"]
    run_program(npm, "install", "--prefix", folder, *quietly, home=Path.home())
    return folder / "node_modules"
