"""Help and read commands load no heavy library."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

from tests.shape.tree import ROOT

HEAVY = {
    "alembic",
    "icalendar",
    "openpyxl",
    "pendulum",
    "psycopg",
    "pydantic",
    "rich",
    "sqlalchemy",
    "sqlmodel",
    "textual",
}
SCRIPT = """
import json, sys
from ahtc_tui.cli.main import run
for words in json.loads(sys.argv[1]):
    code = run(words)
    print("LOADED", code, *sorted({name.partition(".")[0] for name in sys.modules}))
"""
READING = (
    ("--help",),
    ("--version",),
    ("actions", "list"),
    ("actions", "list", "--json"),
    ("actions", "list", "training", "--late"),
    ("actions", "show", "DP-07"),
    ("search", "training"),
    ("history",),
)


def test_help_and_reading_load_no_heavy_library(wales_folder: Path) -> None:
    command_lines = json.dumps([["--workspace", str(wales_folder), *words] for words in READING])
    completed = subprocess.run(
        [sys.executable, "-c", SCRIPT, command_lines], capture_output=True, text=True, cwd=ROOT, check=True
    )
    loaded = [line.split()[1:] for line in completed.stdout.splitlines() if line.startswith("LOADED")]
    assert len(loaded) == len(READING), completed.stderr
    for words, (code, *modules) in zip(READING, loaded, strict=True):
        assert (code, set(modules) & HEAVY) == ("0", set()), words


def list_modules(wales_folder: Path, *words: str) -> set[str]:
    """Return the full names of the modules that a command loads in a process of its own."""
    script = SCRIPT.replace('name.partition(".")[0]', "name")
    command_line = json.dumps([["--workspace", str(wales_folder), *words]])
    command = [sys.executable, "-c", script, command_line]
    completed = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)
    return set(completed.stdout.rpartition("LOADED 0 ")[2].split())


def test_help_loads_no_row_class(wales_folder: Path) -> None:
    modules = list_modules(wales_folder, "--help")
    assert "ahtc_tui.cli.main" in modules
    assert "dataclasses" not in modules


def test_reading_imports_only_what_it_needs(wales_folder: Path) -> None:
    """Each module costs a start: what one verb or one language needs is imported where it runs."""
    for words, most in ((("actions", "list"), 90), (("today",), 80)):
        modules = {name for name in list_modules(wales_folder, *words) if name.partition(".")[0] == "ahtc_tui"}
        assert len(modules) <= most, words


def test_a_list_on_a_day_does_not_load_what_writes_the_journal(wales_folder: Path) -> None:
    modules = list_modules(wales_folder, "--as-at", "2013-12-31", "actions", "list")
    assert "ahtc_tui.store.journal.queries" in modules
    assert "ahtc_tui.store.journal.ledger" not in modules


def test_adding_an_action_does_not_load_the_words_of_imports(wales_folder: Path, tmp_path: Path) -> None:
    office = shutil.copytree(wales_folder, tmp_path / "office")
    modules = list_modules(office, "actions", "add", "Brief the regional forum", "--lead", "AHTC")
    assert "ahtc_tui.services.actions.writer" in modules
    assert "ahtc_tui.domain.returns.heading_vocabulary" not in modules
    assert "ahtc_tui.store.privacy.erasure_scope" not in modules
