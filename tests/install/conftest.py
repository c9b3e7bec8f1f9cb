"""A clean copy of the checkout and a Python environment of its own for each test of the installation."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.shape.tree import ROOT

OUTER = ("AHTC_", "ARGS", "GNUMAKE", "MAKE", "MFLAGS", "VENV", "VIRTUAL", "WORKERS")
"""Variables of the outer run that must not reach the command."""
TIMEOUT = 600
"""Seconds for one command; a download over a slow line counts in."""


def run_in(
    folder: Path, *command: str, environment: dict[str, str] | None = None, accepted: tuple[int, ...] = (0,)
) -> str:
    """Run a command without cache and home; return its output, fail with it where the exit code is not accepted."""
    variables = {
        **{name: value for name, value in os.environ.items() if not name.startswith(OUTER)},
        "HOME": str(folder),
        "PIP_NO_CACHE_DIR": "1",
        "NO_COLOR": "1",
        **(environment or {}),
    }
    completed = subprocess.run(
        command,
        cwd=folder,
        env=variables,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=TIMEOUT,
        check=False,
    )
    output = completed.stdout + completed.stderr
    assert completed.returncode in accepted, f"{' '.join(command)} ended with {completed.returncode}:\n{output[-4000:]}"
    return output


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The files of this checkout without what was built or installed in it."""
    built = shutil.ignore_patterns(".*", "__pycache__", "build", "dist", "node_modules", "*.mo", "*.db", "backups")
    return shutil.copytree(ROOT, tmp_path / "checkout", ignore=built)
