"""What a command loads: a plain command must start at once, so the heavy libraries stay out of it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ahtc_tui.services.workspace import make_workspace
from tests.shape.tree import ROOT

HEAVY = {
    "alembic",
    "icalendar",
    "openpyxl",
    "pendulum",
    "pydantic",
    "rich",
    "sqlalchemy",
    "sqlmodel",
    "textual",
}
SCRIPT = """
import sys
from ahtc_tui.cli.main import run
code = run(sys.argv[1:])
print("LOADED", *sorted({name.partition(".")[0] for name in sys.modules}))
sys.exit(code)
"""


def loaded_by(*words: str) -> set[str]:
    """The top-level modules that a process holds after it ran the command."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, *words], capture_output=True, text=True, cwd=ROOT, env=os.environ, check=False
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.rpartition("LOADED")[2].split())


@pytest.mark.parametrize("word", ["--help", "--version"])
def test_help_loads_no_heavy_library(word: str) -> None:
    assert not loaded_by(word) & HEAVY


@pytest.mark.parametrize(
    "words",
    [
        ("actions", "list"),
        ("actions", "list", "--json"),
        ("actions", "list", "training", "--late"),
        ("actions", "show", "DP-07"),
        ("search", "training"),
        ("history",),
    ],
    ids=" ".join,
)
def test_reading_loads_no_heavy_library(words: tuple[str, ...], tmp_path: Path) -> None:
    make_workspace(tmp_path, "wales-2013")
    assert not loaded_by("--workspace", str(tmp_path), *words) & HEAVY
