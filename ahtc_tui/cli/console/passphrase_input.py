"""Sources of a passphrase: the terminal without echo, the file of AHTC_PASSPHRASE_FILE, or standard input.

Never the arguments of a command, which other programs on the machine can read. A passphrase is never printed or stored.
"""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path
from stat import S_ISREG

from ahtc_tui.domain.errors import BadInput, StoreError
from ahtc_tui.domain.i18n import _
from ahtc_tui.services.workspace import Workspace, read_settings

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
        path = Path(name).expanduser()
        text = path.read_text(encoding="utf-8")
        _warn_of_readers(path)
    except (OSError, RuntimeError, ValueError) as error:
        reason = getattr(error, "strerror", None) or _("it is not UTF-8 text")
        raise StoreError(
            _("{name}: the file {path} cannot be read: {reason}.").format(name=FILE_VARIABLE, path=name, reason=reason)
        ) from error
    return _strip_line_end(text)


def _warn_of_readers(path: Path) -> None:
    """Print a warning where other accounts can read the file; Windows has no such mode."""
    status = path.stat()
    if sys.platform == "win32" or not S_ISREG(status.st_mode) or not status.st_mode & 0o077:
        return
    from ahtc_tui.cli.console.output import print_message

    sentence = _("Warning: other accounts can read the passphrase in {path}. Run `chmod 600 {path}`.")
    print_message(sentence.format(path=path))


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


def find_file_passphrase(name: str, from_stdin: bool = False) -> str:
    """Return the passphrase of an encrypted file from standard input, its file or the terminal.

    Raises StoreError if there is none.
    """
    passphrase = next(iter(read_stdin_lines(1)), "") if from_stdin else read_passphrase_file()
    if passphrase is None and is_terminal():
        passphrase = ask_passphrase(_("Passphrase of {name}").format(name=name))
    if not passphrase:
        sentence = _("{name} needs a passphrase. Use {flag}, set {file} to a file with it, or use a terminal.")
        raise StoreError(sentence.format(name=name, flag=STDIN_FLAG, file=FILE_VARIABLE))
    return passphrase


def _strip_line_end(line: str) -> str:
    return line.removesuffix("\n").removesuffix("\r")


def open_encrypted_workspace(
    root: Path, as_at: date | None, keys: dict[Path, str], stdin_lines: list[str] | None
) -> Workspace:
    """Open an encrypted workspace; the first of `stdin_lines` may be its passphrase.

    Asks on the terminal once for each command. Raises StoreError if the passphrase is wrong or missing.
    """
    from ahtc_tui.services.opening import open_workspace

    key = keys.get(root) or (stdin_lines.pop(0) if stdin_lines else read_passphrase_file())
    if key is not None:
        return _remember_key(root, keys, open_workspace(root, as_at, key))
    if workspace := _open_by_keyring(root, as_at):
        return _remember_key(root, keys, workspace)
    if is_terminal():
        return _ask_and_open(root, as_at, keys)
    sentence = _("{root} needs a passphrase, or is damaged. Set {name} to a file with it, or use a terminal.")
    raise StoreError(sentence.format(root=root, name=FILE_VARIABLE))


def _open_by_keyring(root: Path, as_at: date | None) -> Workspace | None:
    """Open a workspace whose settings allow the keyring; None, with a message, where that fails."""
    if not read_settings(root).keyring:
        return None
    from ahtc_tui.cli.console.output import print_message
    from ahtc_tui.services.opening import open_workspace
    from ahtc_tui.services.recovery.passphrase import read_passphrase

    try:
        passphrase = read_passphrase(root)
        if passphrase is not None:
            return open_workspace(root, as_at, passphrase)
        print_message(
            _("The keyring has no passphrase for this workspace. To save it, run `ahtc passphrase remember`.")
        )
    except StoreError as error:
        print_message(str(error))
    return None


def _ask_and_open(root: Path, as_at: date | None, keys: dict[Path, str]) -> Workspace:
    """Ask for the passphrase until it is right, at most MAX_ATTEMPTS times."""
    from ahtc_tui.cli.console.output import print_message
    from ahtc_tui.services.opening import open_workspace

    for attempts_left in reversed(range(MAX_ATTEMPTS)):
        key = ask_passphrase(_("Passphrase of {root}").format(root=root))
        try:
            return _remember_key(root, keys, open_workspace(root, as_at, key))
        except StoreError as error:
            if not attempts_left:
                raise
            print_message(str(error))
    raise AssertionError


def _remember_key(root: Path, keys: dict[Path, str], workspace: Workspace) -> Workspace:
    """Store the raw key for further openings by the same command, and return the workspace."""
    if workspace.database.key:
        keys[root] = workspace.database.key
    return workspace
