"""Opening the workspace of a command: at once, or with its passphrase. Never says or keeps a passphrase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ahtc_tui.cli import asking
from ahtc_tui.domain.errors import StoreError
from ahtc_tui.domain.words import _

if TYPE_CHECKING:
    from pathlib import Path

    from ahtc_tui.cli.context import Context
    from ahtc_tui.services.workspace import Workspace


def unlocked(context: Context, root: Path, said: list[str] | None = None) -> Workspace:
    """The workspace of an encrypted database. `said` are lines of standard input, the first of which is taken.

    Asks once for several openings by one command. Raises StoreError where the passphrase is not right, or nobody
    can be asked.
    """
    from ahtc_tui.services.workspace import open_workspace

    key = context.keys.get(root) or (said.pop(0) if said else asking.from_file())
    if key is None and asking.on_a_terminal():
        return _asked(context, root)
    if key is None:
        raise StoreError(
            _("{root} has a passphrase, or is damaged: name a file that holds it in {name}, or use a terminal.").format(
                root=root, name=asking.FILE
            )
        )
    return _kept(context, root, open_workspace(root, context.as_at, key))


def _asked(context: Context, root: Path) -> Workspace:
    """Ask, and ask again."""
    from ahtc_tui.cli.output import tell
    from ahtc_tui.services.workspace import open_workspace

    for left in reversed(range(asking.TRIES)):
        key = asking.typed(_("Passphrase of {root}").format(root=root))
        try:
            return _kept(context, root, open_workspace(root, context.as_at, key))
        except StoreError as error:
            if not left:
                raise
            tell(str(error))
    raise AssertionError


def _kept(context: Context, root: Path, workspace: Workspace) -> Workspace:
    """Remember the raw key while the command runs."""
    if workspace.database.key:
        context.keys[root] = workspace.database.key
    return workspace
