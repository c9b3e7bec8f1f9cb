"""The package on a faked Windows: every module is imported, and the commands of a first day are run in one process.

Nothing here ran on Windows itself. `fake_windows` says what it imitates.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest

PASSPHRASE = "correct horse battery staple nine\n"
REF = "DP-01"


class Run(NamedTuple):
    """What one process on the faked Windows did."""

    folder: Path
    failed: dict[str, str]
    results: dict[str, dict[str, Any]]


def run_faked(folder: Path, commands: dict[str, list[str]], inputs: dict[str, str]) -> Run:
    """Run commands, each under a name, in one process and return their results by name."""
    (folder / "temp").mkdir()
    home = str(folder)
    names = {"HOME": home, "USERPROFILE": home, "APPDATA": home, "LOCALAPPDATA": home, "TEMP": str(folder / "temp")}
    environment = {**names, "USERNAME": "secretariat", "PATH": os.environ["PATH"], "PYTHONPATH": str(Path.cwd())}
    process = subprocess.run(
        [sys.executable, "-m", "tests.faults.fake_windows", str(folder / "office")],
        input=json.dumps([{"words": words, "input": inputs.get(name, "")} for name, words in commands.items()]),
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert process.returncode == 0, process.stderr
    document = json.loads(process.stdout)
    return Run(folder, document["failed"], dict(zip(commands, document["results"], strict=True)))


@pytest.fixture(scope="module")
def first_day(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The commands of a first day, in their order."""
    folder = tmp_path_factory.mktemp("windows")
    deep = folder / "/".join(["a long name of a folder"] * 10)
    deep.mkdir(parents=True)
    words = {
        "help": ["--help"],
        "init": ["init"],
        "add": ["actions", "add", "Brief the SPOCs", "--due", "2013-11-30"],
        "list": ["actions", "list", "--json"],
        "today": ["today"],
        "log": ["export", "actions", f"{folder}/log.xlsx"],
        "lead": ["contacts", "add", "Bawso", "--kind", "organisation"],
        "led": ["actions", "edit", REF, "lead=Bawso"],
        "returns": ["export", "returns", f"{folder}/returns"],
        "import": ["import", "actions", f"{folder}/log.xlsx", "--dry-run"],
        "calendar": ["export", "deadlines", f"{folder}/deadlines.ics"],
        "backup": ["backup", f"{folder}/kept.db"],
        "pack": ["pack", f"{folder}/forum.ahtc", "--passphrase-stdin"],
        "undo": ["undo"],
        "restore": ["restore", f"{folder}/kept.db", "--yes"],
        "passphrase set": ["passphrase", "set", "--passphrase-stdin"],
        "passphrase change": ["passphrase", "change", "--passphrase-stdin"],
        "passphrase remove": ["passphrase", "remove", "--passphrase-stdin"],
        "check": ["check"],
        "doctor": ["doctor"],
        "show": ["actions", "show", REF, "--json"],
        "setting": ["config", "set", "backups.days", "9"],
        "device": ["export", "actions", f"{folder}/CON.xlsx"],
        "device in capitals": ["export", "actions", f"{folder}/Com1.tar.xlsx"],
        "stream": ["export", "actions", f"{folder}/log 10:30.xlsx"],
        "deep": ["export", "actions", f"{deep}/{'log ' * 6}.xlsx"],
    }
    changed = PASSPHRASE.replace("nine", "eleven")
    inputs = {"pack": PASSPHRASE, "passphrase set": PASSPHRASE, "passphrase remove": changed}
    return run_faked(folder, words, inputs | {"passphrase change": PASSPHRASE + changed})


def test_every_module_can_be_imported_on_windows(first_day: Run) -> None:
    assert first_day.failed == {}


REFUSED = {"device": "device", "device in capitals": "device", "stream": "Leave out", "deep": "too long"}


def test_the_commands_of_a_first_day_succeed_on_windows(first_day: Run) -> None:
    codes = {name: result["code"] for name, result in first_day.results.items()}
    decisions = {"returns"}  # a lead without an address
    assert {name for name, code in codes.items() if code} == decisions | set(REFUSED)
    assert {codes[name] for name in decisions} == {1}


def test_no_command_fails_after_the_database_was_replaced_on_windows(first_day: Run) -> None:
    assert "Restored" in first_day.results["restore"]["messages"]
    assert "encrypted" in first_day.results["passphrase set"]["messages"]
    assert "no longer encrypted" in first_day.results["passphrase remove"]["messages"]
    assert json.loads(first_day.results["show"]["out"])["title"] == "Brief the SPOCs"


def test_no_temporary_file_stays_on_windows(first_day: Run) -> None:
    assert {name: result["left"] for name, result in first_day.results.items() if result["left"]} == {}


@pytest.mark.parametrize(("name", "words"), REFUSED.items())
def test_a_name_that_windows_cannot_have_is_refused_with_a_sentence(first_day: Run, name: str, words: str) -> None:
    result = first_day.results[name]
    assert result["code"] == 2
    assert words in result["messages"]
