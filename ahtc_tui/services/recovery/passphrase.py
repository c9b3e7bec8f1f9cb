"""The passphrase of a database and of its backups: set, changed or taken away, each by a whole new file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.privacy.passphrases import fit
from ahtc_tui.services.privacy.erasure_files import backups
from ahtc_tui.store.engine.copies import put_in_place, put_older_in_place
from ahtc_tui.store.engine.encryption import is_encrypted, new_key

if TYPE_CHECKING:
    from ahtc_tui.services.workspace import Workspace


def wants_one(file: Path) -> bool:
    """Whether a file, such as a pack or a backup, opens only with a passphrase."""
    return is_encrypted(file)


def set_passphrase(workspace: Workspace, passphrase: str) -> tuple[str, ...]:
    """Encrypt the database and the copies in `data/backups`. The workspace is done with.

    Returns the copies that could not be opened and stay as they were. Raises Refused where it has a passphrase,
    BadInput for one that protects nothing, StoreError.
    """
    if workspace.database.key:
        raise Refused(_("The database has a passphrase already: `ahtc passphrase change` gives it another."))
    return _under(workspace, fit(passphrase))


def change_passphrase(workspace: Workspace, passphrase: str) -> tuple[str, ...]:
    """Encrypt the database and its copies under another passphrase; else as `set_passphrase`."""
    _refuse_none(workspace)
    return _under(workspace, fit(passphrase))


def remove_passphrase(workspace: Workspace) -> tuple[str, ...]:
    """Make the database and its copies plain files, which any SQLite program opens; else as `set_passphrase`."""
    _refuse_none(workspace)
    return _under(workspace, None)


def _under(workspace: Workspace, passphrase: str | None) -> tuple[str, ...]:
    """The database first: where an older copy fails, it is what counts that is done."""
    before, after = workspace.database.key, new_key(passphrase) if passphrase else None
    put_in_place(workspace.database, after)
    older = backups(workspace.root)
    return tuple(name for name in older if not put_older_in_place(workspace.root / name, before, after))


def _refuse_none(workspace: Workspace) -> None:
    if not workspace.database.key:
        raise Refused(_("The database has no passphrase: `ahtc passphrase set` gives it one."))
