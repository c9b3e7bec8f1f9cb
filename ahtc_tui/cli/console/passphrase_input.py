"""Sources of a passphrase: the terminal without echo, the file of AHTC_PASSPHRASE_FILE, or standard input.

Never the arguments of a command, which other programs on the machine can read.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.domain.errors import BadInput, StoreError
from ahtc_tui.domain.i18n import _

if TYPE_CHECKING:
    pass

FILE_VARIABLE = "AHTC_PASSPHRASE_FILE"
STDIN_FLAG = "--passphrase-stdin"
MAX_ATTEMPTS = 3


def is_terminal() -> bool:
    """Return whether standard input is a terminal."""
    return sys.stdin.isatty()


def read_passphrase_file() -> str | None:
    """Return the passphrase in the file of AHTC_PASSPHRASE_FILE, None if the variable is not set.

    Raises StoreError if the file cannot be read.
    """
    name = os.environ.get(FILE_VARIABLE)
    if not name:
        return None
    try:
        text = Path(name).expanduser().read_text(encoding="utf-8")
    except (OSError, RuntimeError, ValueError) as error:
        reason = getattr(error, "strerror", None) or _("it is not UTF-8 text")
        raise StoreError(
            _("{name}: the file {path} cannot be read: {reason}.").format(name=FILE_VARIABLE, path=name, reason=reason)
        ) from error
    return _strip_line_end(text)


def read_stdin_lines(lines: int) -> list[str]:
    """Return at most `lines` lines of standard input, without line ends. Raises BadInput if they are not UTF-8."""
    try:
        texts = [sys.stdin.readline() for _line in range(lines)]
    except (OSError, ValueError) as error:
        raise BadInput(_("{flag}: standard input cannot be read as text in UTF-8.").format(flag=STDIN_FLAG)) from error
    return [_strip_line_end(line) for line in texts if line]


def ask_passphrase(question: str) -> str:
    """Return the passphrase typed on the terminal, without echo. Raises BadInput at end of input."""
    from getpass import getpass

    try:
        return getpass(f"{question}: ")
    except EOFError as error:
        raise BadInput(_("No passphrase was typed. Nothing was changed.")) from error


def ask_new_passphrase(lines: list[str] | None, prompt: str) -> str:
    """Return a new passphrase: the next line of standard input, or typed twice. Raises BadInput."""
    from ahtc_tui.domain.privacy.passphrases import check_passphrase, confirm_passphrase

    if lines is not None:
        if not lines:
            raise BadInput(_("{flag}: standard input has no passphrase.").format(flag=STDIN_FLAG))
        return check_passphrase(lines.pop(0))
    if not is_terminal():
        raise BadInput(_("Type the passphrase on a terminal, or use {flag}.").format(flag=STDIN_FLAG))
    first = check_passphrase(ask_passphrase(prompt))
    return confirm_passphrase(first, ask_passphrase(_("Repeat the passphrase")))


def find_file_passphrase(name: str, lines: list[str] | None = None) -> str:
    """Return the passphrase of an encrypted file from standard input, its file or the terminal.

    Raises StoreError if there is none.
    """
    passphrase = (lines.pop(0) if lines else "") if lines is not None else read_passphrase_file()
    if passphrase is None and is_terminal():
        passphrase = ask_passphrase(_("Passphrase of {name}").format(name=name))
    if not passphrase:
        raise StoreError(
            _("{name} needs a passphrase: use {flag}, set {file} to a file with it, or use a terminal.")
            .format(name=name, flag=STDIN_FLAG, file=FILE_VARIABLE)
        )  # fmt: skip
    return passphrase


def _strip_line_end(line: str) -> str:
    return line.removesuffix("\n").removesuffix("\r")
