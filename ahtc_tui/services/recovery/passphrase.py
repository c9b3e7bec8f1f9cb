"""The passphrase of a database and of its backups: set, changed or taken away, each by a whole new file."""

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
    """Whether a file, such as a pack or a backup, opens only with a passphrase."""
    return is_encrypted(file)


def set_passphrase(workspace: Workspace, passphrase: str) -> tuple[str, ...]:
    """Encrypt the database and the copies in `data/backups`. The workspace is done with.

    Returns the copies that could not be opened and stay as they were. Raises Refused where it has a passphrase,
    BadInput for one that protects nothing, StoreError.
    """
    if workspace.database.key:
        raise Refused(_("The database has a passphrase already: `ahtc passphrase change` gives it another."))
    return _change_passphrase(workspace, check_passphrase(passphrase))


def change_passphrase(workspace: Workspace, passphrase: str) -> tuple[str, ...]:
    """Encrypt the database and its copies under another passphrase; else as `set_passphrase`."""
    _refuse_plain(workspace)
    return _change_passphrase(workspace, check_passphrase(passphrase))


def remove_passphrase(workspace: Workspace) -> tuple[str, ...]:
    """Make the database and its copies plain files, which any SQLite program opens; else as `set_passphrase`."""
    _refuse_plain(workspace)
    return _change_passphrase(workspace, None)


def _change_passphrase(workspace: Workspace, passphrase: str | None) -> tuple[str, ...]:
    """The database first: where an older copy fails, it is what counts that is done."""
    before, after = workspace.database.key, derive_new_key(passphrase) if passphrase else None
    rekey_database(workspace.database, after)
    older = list_backups(workspace.root)
    return tuple(name for name in older if not rekey_copy(workspace.root / name, before, after))


def _refuse_plain(workspace: Workspace) -> None:
    if not workspace.database.key:
        raise Refused(_("The database has no passphrase: `ahtc passphrase set` gives it one."))
