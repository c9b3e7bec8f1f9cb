"""No heavy library is imported before the first paint."""

from __future__ import annotations

import subprocess
import sys

from ahtc_tui.services.workspace import Workspace

HEAVY_MODULES = (
    "pydantic",
    "pendulum",
    "sqlmodel",
    "sqlalchemy",
    "openpyxl",
    "icalendar",
    "alembic",
    "textual_autocomplete",
)
PROGRAM = """
import asyncio, sys
from datetime import date
from pathlib import Path
from ahtc_tui.cli import main, launch_screen
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.tui.shell.app import AhtcApp

async def print_modules():
    workspace = open_workspace(Path(sys.argv[1]), date(2013, 12, 31))
    app = AhtcApp(workspace)
    async with app.run_test(size=(120, 40)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert app.screen.list_pane.total > 10
        loaded = set(sys.modules)
    print(*sorted(loaded))

asyncio.run(print_modules())
"""


def test_no_heavy_module_is_imported_before_first_paint(wales: Workspace) -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(wales.root)],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    ).stdout.split()
    assert "ahtc_tui.tui.today.screen" in loaded
    assert [name for name in loaded if name.split(".")[0] in HEAVY_MODULES] == []
    other_modes = [
        name for name in loaded if name.startswith("ahtc_tui.tui.") and name.split(".")[2] in ("actions", "plan")
    ]
    assert other_modes == []
