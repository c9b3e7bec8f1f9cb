"""Passphrases of a database and its backups: each change writes a new file and names the unencrypted ones."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ahtc_tui.domain.errors import Refused, StoreError
from ahtc_tui.domain.files.temporary_files import find_own_folder, list_left_files, remove_stale_files
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.privacy.passphrases import check_passphrase
from ahtc_tui.services.backup import back_up_before, rekey_backups
from ahtc_tui.services.privacy.erasure_files import PACK
from ahtc_tui.services.workspace import EXPORTS, Workspace
from ahtc_tui.store.engine.copies import forget_former_key, note_former_key, rekey_database
from ahtc_tui.store.engine.database import Database
from ahtc_tui.store.engine.driver import is_plain_database
from ahtc_tui.store.engine.encryption import derive_new_key, is_encrypted, is_passphrase_of
from ahtc_tui.store.minutes.transcripts import rekey_transcripts
from ahtc_tui.store.records.outgoing_paths import read_paths

SERVICE = "ahtc"
"""Name of the entries; the account of an entry is the folder of the workspace."""


def read_passphrase(root: Path) -> str | None:
    """Return the stored passphrase of a workspace, None without one. Raises StoreError."""
    passphrase: str | None = _call_keyring("get_password", root)
    return passphrase


def store_passphrase(root: Path, passphrase: str) -> None:
    """Store the passphrase of a workspace. Raises StoreError."""
    _call_keyring("set_password", root, passphrase)


def forget_passphrase(root: Path) -> bool:
    """Remove the stored passphrase of a workspace; return whether there was one. Raises StoreError."""
    if read_passphrase(root) is None:
        return False
    _call_keyring("delete_password", root)
    return True


def _call_keyring(function: str, root: Path, *values: str) -> Any:
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError as error:
        sentence = _('The keyring needs more Python packages. Install them with `pip install "ahtc[keyring]"`.')
        raise StoreError(sentence) from error
    try:
        return getattr(keyring, function)(SERVICE, str(root.resolve()), *values)
    except KeyringError as error:
        sentence = _("The keyring on this computer cannot be used: {reason}")
        raise StoreError(sentence.format(reason=" ".join(str(error).split()) or type(error).__name__)) from error


TEMPORARY_PREFIX = ".ahtc"
"""Beginning of the names of temporary files, which may hold half of a database."""


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
    """Return whether a file, such as a pack or a backup, is encrypted."""
    return is_encrypted(file)


def is_passphrase(workspace: Workspace, passphrase: str) -> bool:
    """Return whether a text is the passphrase of the open database. It takes a quarter of a second."""
    key = workspace.database.key
    return key is not None and is_passphrase_of(key, passphrase)


def set_passphrase(workspace: Workspace, passphrase: str) -> KeyChangeReport:
    """Encrypt the database and its backups, and close the workspace after this.

    A verified backup is made first. Raises Refused where it is encrypted, BadInput for a weak passphrase, StoreError.
    """
    if workspace.database.key:
        raise Refused(_("The database has a passphrase already. To change it, run `ahtc passphrase change`."))
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
    rekey_transcripts(workspace.database.path, before, after)
    unchanged = rekey_backups(workspace.root, before, after)
    if after:
        with closing(Database(workspace.database.path, after)) as rekeyed:
            forget_former_key(rekeyed)
    return KeyChangeReport(backup, unchanged, tuple(filter(is_plain_file, plain_copies)))


def _refuse_plain(workspace: Workspace) -> None:
    if not workspace.database.key:
        raise Refused(_("The database has no passphrase. To set one, run `ahtc passphrase set`."))


def find_plain_copies(workspace: Workspace) -> tuple[Path, ...]:
    """Return the unencrypted files: databases anywhere in the workspace, exports, and files written elsewhere.

    Temporary files of killed programs are removed. Files written elsewhere are known from the time when they were
    written; those moved since are not found. Raises StoreError.
    """
    with workspace.database.read() as cursor:
        outside = [Path(text) for text in read_paths(cursor)]
    for folder in {path.parent for path in outside} | {find_own_folder()}:
        remove_stale_files(folder)
    elsewhere = [path for path in (*outside, *list_left_files()) if is_plain_file(path)]
    return tuple(dict.fromkeys([*_list_plain_files(workspace.root), *elsewhere]))


def _list_plain_files(root: Path) -> Iterator[Path]:
    """Yield the plain databases, temporary files and exports of a workspace; hidden folders are left out."""
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        is_export = (root / EXPORTS) in (path := Path(folder), *path.parents)
        for file in (path / name for name in sorted(names)):
            if file.is_symlink():
                continue
            is_temporary = file.name.startswith(TEMPORARY_PREFIX) and not is_encrypted(file)
            if is_plain_database(file) or is_temporary or (is_export and is_plain_file(file)):
                yield file


def is_plain_file(path: Path) -> bool:
    """Return whether a file exists and is neither a pack nor an encrypted database."""
    try:
        is_encrypted_file = path.suffix.lower() == PACK or (path.suffix.lower() == ".db" and is_encrypted(path))
        return path.is_file() and not is_encrypted_file
    except OSError:
        return False
