"""Passphrases of a database and its backups: each change writes a new file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.privacy.passphrases import check_passphrase
from ahtc_tui.services.privacy.erasure_files import list_backups
from ahtc_tui.store.engine.copies import rekey_copy, rekey_database
from ahtc_tui.store.engine.encryption import derive_new_key, is_encrypted

if TYPE_CHECKING:
    from ahtc_tui.services.workspace import Workspace


def wants_passphrase(file: Path) -> bool:
    """Whether a file, such as a pack or a backup, is encrypted."""
    return is_encrypted(file)


def set_passphrase(workspace: Workspace, passphrase: str) -> tuple[str, ...]:
    """Encrypt the database and its backups, and close the workspace after this.

    Returns the backups that could not be opened and are unchanged. Raises Refused where it is encrypted, BadInput for a
    weak passphrase, StoreError.
    """
    if workspace.database.key:
        raise Refused(_("The database has a passphrase already: `ahtc passphrase change` gives it another."))
    return _change_passphrase(workspace, check_passphrase(passphrase))


def change_passphrase(workspace: Workspace, passphrase: str) -> tuple[str, ...]:
    """Encrypt the database and its backups under another passphrase; see `set_passphrase`."""
    _refuse_plain(workspace)
    return _change_passphrase(workspace, check_passphrase(passphrase))


def remove_passphrase(workspace: Workspace) -> tuple[str, ...]:
    """Decrypt the database and its backups; see `set_passphrase`."""
    _refuse_plain(workspace)
    return _change_passphrase(workspace, None)


def _change_passphrase(workspace: Workspace, passphrase: str | None) -> tuple[str, ...]:
    """Rekey the database first, so that a failing backup does not prevent it."""
    before, after = workspace.database.key, derive_new_key(passphrase) if passphrase else None
    rekey_database(workspace.database, after)
    older = list_backups(workspace.root)
    return tuple(name for name in older if not rekey_copy(workspace.root / name, before, after))


def _refuse_plain(workspace: Workspace) -> None:
    if not workspace.database.key:
        raise Refused(_("The database has no passphrase: `ahtc passphrase set` gives it one."))
