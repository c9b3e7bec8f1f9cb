"""Opening a workspace that has a passphrase. The passphrase is neither printed nor stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ahtc_tui.cli.console import passphrase_input
from ahtc_tui.domain.errors import StoreError
from ahtc_tui.domain.i18n import _

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from ahtc_tui.services.workspace import Workspace


def open_encrypted_workspace(
    root: Path, as_at: date | None, keys: dict[Path, str], stdin_lines: list[str] | None = None
) -> Workspace:
    """Open an encrypted workspace; the first of `stdin_lines` may be its passphrase.

    Asks on the terminal once for each command. Raises StoreError if the passphrase is wrong or missing.
    """
    from ahtc_tui.services.opening import open_workspace

    key = keys.get(root) or (stdin_lines.pop(0) if stdin_lines else passphrase_input.read_passphrase_file())
    if key is None and passphrase_input.is_terminal():
        return _ask_and_open(root, as_at, keys)
    if key is None:
        raise StoreError(
            _("{root} needs a passphrase, or is damaged: set {name} to a file with it, or use a terminal.").format(
                root=root, name=passphrase_input.FILE_VARIABLE
            )
        )
    return _remember_key(root, keys, open_workspace(root, as_at, key))


def _ask_and_open(root: Path, as_at: date | None, keys: dict[Path, str]) -> Workspace:
    """Ask for the passphrase until it is right, at most MAX_ATTEMPTS times."""
    from ahtc_tui.cli.console.output import print_message
    from ahtc_tui.services.opening import open_workspace

    for attempts_left in reversed(range(passphrase_input.MAX_ATTEMPTS)):
        key = passphrase_input.ask_passphrase(_("Passphrase of {root}").format(root=root))
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
