"""Opens a text in the editor that the person has set."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from ahtc_tui.domain.errors import ProgramError
from ahtc_tui.domain.files.temporary_files import hold_temporary_file
from ahtc_tui.domain.i18n import _

EDITORS = ("notepad",) if sys.platform == "win32" else ("nano", "vi")
"""Editors that are tried, in this order, where neither VISUAL nor EDITOR is set."""


def find_editor() -> list[str]:
    """Return the command of the editor. Raises ProgramError where there is none."""
    try:
        words = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "")
    except ValueError:  # an unclosed quotation mark
        words = [""]
    program = shutil.which(words[0]) if words else next(filter(None, map(shutil.which, EDITORS)), None)
    if program is None:
        raise ProgramError(_("There is no editor: set EDITOR to the program that you use, for example nano."))
    return [program, *words[1:]]


def edit_in_editor(text: str, folder: Path) -> str:
    """Open a text in the editor and return what was saved there, without line breaks at its end.

    The file is readable by its owner alone, in `folder`, and removed at the end. Raises ProgramError.
    """
    command = find_editor()
    with hold_temporary_file(folder, ".txt") as path:
        path.write_text(text, encoding="utf-8")
        try:
            result = subprocess.run([*command, str(path)], check=False)
            edited = path.read_bytes().decode("utf-8")
        except (OSError, ValueError) as error:
            raise ProgramError(_("The editor {name} failed: the text is as it was.").format(name=command[0])) from error
    if result.returncode:
        raise ProgramError(_("The editor {name} failed: the text is as it was.").format(name=command[0]))
    return edited.rstrip("\r\n")
