"""Passphrases of a database and its backups: each change writes a new file."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.privacy.passphrases import check_passphrase
from ahtc_tui.services.backup import back_up_before, rekey_backups
from ahtc_tui.services.recovery.plain_copies import find_plain_copies, is_plain_file
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine.copies import forget_former_key, note_former_key, rekey_database
from ahtc_tui.store.engine.database import Database
from ahtc_tui.store.engine.encryption import derive_new_key, is_encrypted, is_passphrase_of


@dataclass(frozen=True, slots=True)
class KeyChangeReport:
    """Result of setting, changing or removing a passphrase."""

    backup: Path
    """The verified backup made before, now under the new key."""
    unchanged: tuple[str, ...]
    """Files among the backups that neither key opens."""
    plain_copies: tuple[Path, ...]
    """Unencrypted files with data of the office; none after a removal."""


def wants_passphrase(file: Path) -> bool:
    """Whether a file, such as a pack or a backup, is encrypted."""
    return is_encrypted(file)


def is_passphrase(workspace: Workspace, passphrase: str) -> bool:
    """Whether a text is the passphrase of the open database. It takes a quarter of a second."""
    key = workspace.database.key
    return key is not None and is_passphrase_of(key, passphrase)


def set_passphrase(workspace: Workspace, passphrase: str) -> KeyChangeReport:
    """Encrypt the database and its backups, and close the workspace after this.

    A verified backup is made first. Raises Refused where it is encrypted, BadInput for a weak passphrase, StoreError.
    """
    if workspace.database.key:
        raise Refused(_("The database has a passphrase already: `ahtc passphrase change` gives it another."))
    return _change_passphrase(workspace, check_passphrase(passphrase))


def change_passphrase(workspace: Workspace, passphrase: str) -> KeyChangeReport:
    """Encrypt the database and its backups under another passphrase; see `set_passphrase`."""
    _refuse_plain(workspace)
    return _change_passphrase(workspace, check_passphrase(passphrase))


def remove_passphrase(workspace: Workspace) -> KeyChangeReport:
    """Decrypt the database and its backups; see `set_passphrase`."""
    _refuse_plain(workspace)
    return _change_passphrase(workspace, None)


def _change_passphrase(workspace: Workspace, passphrase: str | None) -> KeyChangeReport:
    """Back up, then rekey the database, then its backups: after a kill the next start continues with those."""
    before, after = workspace.database.key, derive_new_key(passphrase) if passphrase else None
    backup = back_up_before(workspace, "key change")
    plain_copies = find_plain_copies(workspace) if after else ()
    rekey_database(workspace.database, after, (lambda cursor: note_former_key(cursor, before)) if after else None)
    unchanged = rekey_backups(workspace.root, before, after)
    if after:
        with closing(Database(workspace.database.path, after)) as rekeyed:
            forget_former_key(rekeyed)
    return KeyChangeReport(backup, unchanged, tuple(filter(is_plain_file, plain_copies)))


def _refuse_plain(workspace: Workspace) -> None:
    if not workspace.database.key:
        raise Refused(_("The database has no passphrase: `ahtc passphrase set` gives it one."))
