"""Opens a file or folder with the program that the system has for it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from ahtc_tui.domain.errors import NotFound, ProgramError
from ahtc_tui.domain.i18n import _

OPENERS = ("open",) if sys.platform == "darwin" else ("xdg-open", "gio")
"""Programs that open a file as a double click does, in the order in which they are tried."""


def open_with_system(target: Path) -> None:
    """Open a file or folder and return at once. Raises NotFound if it is gone, ProgramError without such a program."""
    if not target.exists():
        raise NotFound(_("{path} is no longer there.").format(path=target))
    if sys.platform == "win32":
        os.startfile(target)
        return
    program = next(filter(None, map(shutil.which, OPENERS)), None)
    has_display = sys.platform == "darwin" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if program is None or not has_display:
        raise ProgramError(_("This computer has no program to open it. It is in {path}").format(path=target))
    command = [program, "open", str(target)] if Path(program).name == "gio" else [program, str(target)]
    subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
