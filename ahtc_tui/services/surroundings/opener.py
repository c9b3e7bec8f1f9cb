"""Opens a file, folder or link with the program that the system has for it."""

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


def open_with_system(target: Path | str) -> None:
    """Open a file, a folder or a link and return at once.

    Raises NotFound if the file is gone, ProgramError without a program for it.
    """
    if isinstance(target, Path) and not target.exists():
        raise NotFound(_("{path} is no longer there.").format(path=target))
    if sys.platform == "win32":
        os.startfile(target)
        return
    program = next(filter(None, map(shutil.which, OPENERS)), None)
    has_display = sys.platform == "darwin" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if program is None or not has_display:
        sentence = _("This computer has no program to open it. It is in {path}")
        if isinstance(target, str):
            sentence = _("This computer has no program to open {path}")
        raise ProgramError(sentence.format(path=target))
    command = [program, "open", str(target)] if Path(program).name == "gio" else [program, str(target)]
    subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
