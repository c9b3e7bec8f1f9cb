"""Programs and libraries to compare with: from PyPI in an environment of their own, and from Debian where installed."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

from benchmarks.harness import Program
from benchmarks.processes import make_command
from benchmarks.workspaces import choose_due_day, make_title

PACKAGES = (
    "docxtpl", "harlequin", "icalendar", "kanban-tui", "khal", "khard", "openpyxl", "posting", "python-calamine",
    "rustpy-xlsxwriter", "setuptools", "sqlmodel", "todoman", "vobject", "xlsxwriter",
)  # fmt: skip


class Peers:
    """The environment of the peers."""

    def __init__(self, folder: Path) -> None:
        """Create the environment where it does not exist or was made for other packages.

        Packages that cannot be installed are named and left out.
        """
        self.folder = folder
        self.python = str(folder / "bin" / "python")
        complete, names = folder / "complete", " ".join(PACKAGES)
        if not complete.exists() or complete.read_text() != names:
            print(f"installing {', '.join(PACKAGES)} into {folder}", flush=True)
            subprocess.run([sys.executable, "-m", "venv", folder], check=True)
            for package in PACKAGES:
                installed = subprocess.run(
                    [self.python, "-m", "pip", "install", "--quiet", package], check=False, capture_output=True
                )
                if installed.returncode:
                    print(f"{package} cannot be installed and is not measured", flush=True)
            complete.write_text(names)

    def find_program(self, name: str) -> str | None:
        """Return the path of a program of this environment, else of the system; None if there is none."""
        own = self.folder / "bin" / name
        return str(own) if own.exists() else shutil.which(name)

    def make_commands(self, *commands: str) -> list[Program]:
        """Return the commands whose program is installed."""
        programs = []
        for command in commands:
            name, *words = command.split()
            if path := self.find_program(name):
                programs.append(make_command(command, [path, *words]))
        return programs


def make_taskwarrior(folder: Path, tasks: int, page: int) -> dict[str, list[Program]]:
    """Return Taskwarrior's list and search on as many tasks as there are actions; empty if it is not installed."""
    program = shutil.which("task")
    if program is None:
        return {"list": [], "search": []}
    folder.mkdir(parents=True)
    settings, records = folder / "taskrc", folder / "tasks.json"
    settings.write_text(f"data.location={folder}\nconfirmation=off\nverbose=nothing\ndefaultheight={page + 3}\n")
    records.write_text(json.dumps(_make_tasks(tasks)))
    environment = {"TASKRC": str(settings), "TASKDATA": str(folder)}
    subprocess.run(
        [program, "import", records],
        env={**os.environ, **environment},
        check=True,
        capture_output=True,
        stdin=subprocess.DEVNULL,
    )
    return {
        "list": [make_command("Taskwarrior", [program, "list", "limit:page"], environment)],
        "search": [make_command("Taskwarrior", [program, "/training/", "list", "limit:page"], environment)],
    }


def _make_tasks(tasks: int) -> list[dict[str, str]]:
    chance = random.Random(2013)
    records = []
    for _number in range(tasks):
        due = choose_due_day(chance)
        day = {"due": due.strftime("%Y%m%dT120000Z")} if due else {}
        records.append({"description": make_title(chance), "status": "pending", "project": "Wales", **day})
    return records
