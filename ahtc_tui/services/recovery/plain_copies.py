"""Finds the unencrypted files that hold data of an encrypted database, to name them to a person."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from ahtc_tui.domain.files.temporary_files import remove_stale_files
from ahtc_tui.services.privacy.erasure_files import PACK
from ahtc_tui.services.workspace import EXPORTS, Workspace
from ahtc_tui.store.engine.driver import is_plain_database
from ahtc_tui.store.engine.encryption import is_encrypted
from ahtc_tui.store.records.outgoing_paths import read_paths

TEMPORARY_PREFIX = ".ahtc"
"""Beginning of the names of temporary files, which may hold half of a database."""


def find_plain_copies(workspace: Workspace) -> tuple[Path, ...]:
    """Return the unencrypted files: databases anywhere in the workspace, exports, and files written elsewhere.

    Temporary files of killed programs are removed. Files written elsewhere are known from the time when they were
    written; those moved since are not found. Raises StoreError.
    """
    with workspace.database.read() as cursor:
        outside = [Path(text) for text in read_paths(cursor)]
    for folder in {path.parent for path in outside}:
        remove_stale_files(folder)
    elsewhere = [path for path in outside if is_plain_file(path)]
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
    """Whether a file exists and is neither a pack nor an encrypted database."""
    try:
        is_encrypted_file = path.suffix.lower() == PACK or (path.suffix.lower() == ".db" and is_encrypted(path))
        return path.is_file() and not is_encrypted_file
    except OSError:
        return False
