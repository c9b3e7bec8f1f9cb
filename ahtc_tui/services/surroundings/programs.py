"""Other programs: opens a file, folder or link with the program of the system, and a text in the user's editor."""

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

EDITORS = ("notepad",) if sys.platform == "win32" else ("nano", "vi")
"""Editors that are tried, in this order, where neither VISUAL nor EDITOR is set."""


def open_with_system(target: Path | str) -> None:
    """Open a file, a folder or a link and return at once.

    Raises NotFound if the file is gone, ProgramError without a program for it.
    """
    if isinstance(target, Path) and not target.exists():
        raise NotFound(_("{path} no longer exists.").format(path=target))
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


def find_editor() -> list[str]:
    """Return the command of the editor. Raises ProgramError where there is none."""
    import shlex

    try:
        words = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "")
    except ValueError:  # an unclosed quotation mark
        words = [""]
    program = shutil.which(words[0]) if words else next(filter(None, map(shutil.which, EDITORS)), None)
    if program is None:
        raise ProgramError(_("There is no editor. Set EDITOR to your program, for example nano."))
    return [program, *words[1:]]


def edit_in_editor(text: str, folder: Path) -> str:
    """Open a text in the editor and return the saved text, without line breaks at its end.

    The file is readable by its owner alone, in `folder`, and removed at the end. Raises ProgramError.
    """
    from ahtc_tui.domain.files.temporary_files import hold_temporary_file

    command = find_editor()
    with hold_temporary_file(folder, ".txt") as path:
        path.write_text(text, encoding="utf-8")
        try:
            result = subprocess.run([*command, str(path)], check=False)
            edited = path.read_bytes().decode("utf-8")
        except (OSError, ValueError) as error:
            raise ProgramError(_("The editor {name} failed. The text is as it was.").format(name=command[0])) from error
    if result.returncode:
        raise ProgramError(_("The editor {name} failed. The text is as it was.").format(name=command[0]))
    return edited.rstrip("\r\n")
