"""Fixtures of the tests with other programs."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from pathlib import Path

import pytest

from tests.clients.calendars import SCRIPT_FOLDER, run_program
from tests.clients.programs import find_program


@pytest.fixture(scope="session")
def node_modules(request: pytest.FixtureRequest) -> Path:
    """The packages of package.json: those of AHTC_NODE_MODULES, or those that are kept in the cache of pytest."""
    if ready := os.environ.get("AHTC_NODE_MODULES"):
        return Path(ready)
    npm = find_program("npm", "install Node 20 or later, or name a folder with the packages in AHTC_NODE_MODULES")
    list_of_packages = SCRIPT_FOLDER / "package.json"
    cache = request.config.cache.mkdir("node")
    kept = cache / hashlib.sha256(list_of_packages.read_bytes()).hexdigest()
    if kept.is_dir():
        return kept / "node_modules"
    folder = Path(tempfile.mkdtemp(dir=cache))
    shutil.copy(list_of_packages, folder)
    quietly = ["--no-save", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts"]
    run_program(npm, "install", "--prefix", folder, *quietly, home=Path.home())
    try:
        folder.rename(kept)
    except OSError:  # another process of this run was faster
        shutil.rmtree(folder)
    return kept / "node_modules"
