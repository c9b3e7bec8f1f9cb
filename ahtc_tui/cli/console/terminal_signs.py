"""What a terminal can show besides text: links on files, progress, a notice at the end, and the window title.

Each is an operating system command (OSC) of ECMA-48, which a terminal without it ignores. Links are OSC 8, progress is
OSC 9;4 of ConEmu, notices are OSC 9 of iTerm2, and the title is OSC 2.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from ahtc_tui.cli.console.output import EscapedLine, is_accessible, is_plain_terminal
from ahtc_tui.domain.text.cleaning import escape_controls

END = "\x1b\\"
PROGRESS_PROGRAMS = ("ghostty", "WezTerm", "iTerm.app")
"""Values of TERM_PROGRAM with OSC 9;4. Others may show the command as a notice, so they get none."""
PROGRESS_VARIABLES = ("WT_SESSION", "ConEmuPID")
"""Set by Windows Terminal and ConEmu, which show progress as well."""


def format_file(path: Path) -> str:
    """Return the path as a line, on a terminal as a link that opens the file or folder."""
    text = escape_controls(str(path))
    if is_plain_terminal() or os.environ.get("TERM") == "linux":
        return text
    return EscapedLine(f"\x1b]8;;{path.absolute().as_uri()}{END}{text}\x1b]8;;{END}")


def shows_progress(variables: Mapping[str, str] = os.environ) -> bool:
    """Return whether stderr is a terminal that shows progress and notices."""
    if is_accessible() or not sys.stderr.isatty():
        return False
    return variables.get("TERM_PROGRAM") in PROGRESS_PROGRAMS or any(map(variables.get, PROGRESS_VARIABLES))


def show_progress(completed: int, total: int) -> None:
    """Show the share that is done in the tab or task bar of the terminal; a complete one is removed."""
    if shows_progress():
        state = f"1;{100 * completed // total}" if completed < total else "0;"
        _send(f"\x1b]9;4;{state}{END}")


def show_notice(text: str) -> None:
    """Let the terminal show a notice of the desktop, for a person who works in another window meanwhile."""
    if shows_progress():
        _send(f"\x1b]9;{escape_controls(text)}{END}")


@contextmanager
def name_window(title: str) -> Iterator[None]:
    """Give the window of the terminal a title until the end of a `with` block; then it has the former one again."""
    if not sys.stdout.isatty() or os.environ.get("TERM", "dumb") == "dumb":  # the console of Windows prints the command
        yield
        return
    _send(f"\x1b[22;2t\x1b]2;{escape_controls(title)}{END}", sys.stdout.fileno())
    try:
        yield
    finally:
        _send("\x1b[23;2t", sys.stdout.fileno())


def _send(command: str, descriptor: int | None = None) -> None:
    with suppress(OSError):  # the terminal was closed
        os.write(sys.stderr.fileno() if descriptor is None else descriptor, command.encode())
