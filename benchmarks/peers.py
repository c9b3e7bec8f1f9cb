"""Other programs with the same work: Taskwarrior with as many tasks as there are actions."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
from pathlib import Path

from benchmarks.processes import Case
from benchmarks.workspaces import choose_due_day, make_title


def build_taskwarrior_cases(folder: Path, tasks: int, page: int, seed: int = 2013) -> list[Case]:
    """Cases of `task` on a data folder filled by its import; empty if it is not installed."""
    program = shutil.which("task")
    if program is None:
        return []
    folder.mkdir()
    settings = folder / "taskrc"
    settings.write_text(f"data.location={folder}\nconfirmation=off\nverbose=nothing\ndefaultheight={page + 3}\n")
    (folder / "tasks.json").write_text(json.dumps(_make_tasks(random.Random(seed), tasks)))
    environment = {"TASKRC": str(settings), "TASKDATA": str(folder)}
    subprocess.run(
        [program, "import", folder / "tasks.json"],
        env={**os.environ, **environment},
        check=True,
        capture_output=True,
        stdin=subprocess.DEVNULL,
    )
    return [
        Case("task list limit:page", [program, "list", "limit:page"], environment),
        Case("task list", [program, "list"], environment),
    ]


def _make_tasks(chance: random.Random, tasks: int) -> list[dict[str, str]]:
    records = []
    for _number in range(tasks):
        due = choose_due_day(chance)
        day = {"due": due.strftime("%Y%m%dT120000Z")} if due else {}
        records.append({"description": make_title(chance), "status": "pending", "project": "Wales", **day})
    return records
