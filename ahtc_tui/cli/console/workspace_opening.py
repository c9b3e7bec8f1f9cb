"""Opening the workspace of a command: at once, or with its passphrase. Never says or keeps a passphrase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ahtc_tui.cli.console import passphrase_input
from ahtc_tui.domain.errors import StoreError
from ahtc_tui.domain.i18n import _

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from ahtc_tui.services.workspace import Workspace


def unlocked(root: Path, as_at: date | None, keys: dict[Path, str], said: list[str] | None = None) -> Workspace:
    """The workspace of an encrypted database. `said` are lines of standard input, the first of which is taken.

    Asks once for several openings by one command. Raises StoreError where the passphrase is not right, or nobody
    can be asked.
    """
    from ahtc_tui.services.opening import open_workspace

    key = keys.get(root) or (said.pop(0) if said else passphrase_input.from_file())
    if key is None and passphrase_input.on_a_terminal():
        return _asked(root, as_at, keys)
    if key is None:
        raise StoreError(
            _("{root} has a passphrase, or is damaged: name a file that holds it in {name}, or use a terminal.").format(
                root=root, name=passphrase_input.FILE
            )
        )
    return _kept(root, keys, open_workspace(root, as_at, key))


def _asked(root: Path, as_at: date | None, keys: dict[Path, str]) -> Workspace:
    """Ask, and ask again."""
    from ahtc_tui.cli.console.output import tell
    from ahtc_tui.services.opening import open_workspace

    for left in reversed(range(passphrase_input.TRIES)):
        key = passphrase_input.typed(_("Passphrase of {root}").format(root=root))
        try:
            return _kept(root, keys, open_workspace(root, as_at, key))
        except StoreError as error:
            if not left:
                raise
            tell(str(error))
    raise AssertionError


def _kept(root: Path, keys: dict[Path, str], workspace: Workspace) -> Workspace:
    """Remember the raw key while the command runs."""
    if workspace.database.key:
        keys[root] = workspace.database.key
    return workspace
