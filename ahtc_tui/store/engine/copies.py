"""Copies of a whole database under another key or none, and the replacement of a database by such a copy."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from pathlib import Path

from sqlcipher3 import dbapi2

from ahtc_tui.domain.errors import StoreError
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.running_job import refuse_stopped
from ahtc_tui.store.engine import creation, integrity_check
from ahtc_tui.store.engine.creation import create_temporary_file
from ahtc_tui.store.engine.database import Database
from ahtc_tui.store.engine.driver import build_store_error, open_connection
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.fields import read_setting, remove_setting, store_setting

FORMER_KEY = "former_key"
"""The setting with the key of the backups, empty for none, until all of them have the key of the database."""


def copy_database(
    path: Path, key: str | None, target: Path, new_key: str | None, finish: Callable[[Cursor], None] | None = None
) -> None:
    """Fill the empty file `target` with a consistent copy of the database at `path`; `finish` may write to the copy.

    Raises StoreError, Cancelled. The copy is not checked here.
    """
    try:
        with contextlib.closing(open_connection(target, new_key, new=True)) as copy:
            copy.execute("PRAGMA foreign_keys = OFF")  # the tables are filled in any order
            copy.execute("ATTACH ? AS source KEY ?", (str(path), key or ""))
            copy.execute("BEGIN")
            copy.execute("SELECT sqlcipher_export('main', 'source')")
            _refuse_lost_rows(copy, path)
            for stamp in ("application_id", "user_version"):
                value = copy.execute(f"PRAGMA source.{stamp}").fetchone()[0]
                copy.execute(f"PRAGMA main.{stamp} = {value}")
            if finish:
                finish(copy.cursor())
            refuse_stopped()
            copy.execute("COMMIT")
            copy.execute("DETACH source")
    except dbapi2.Error as error:
        raise build_store_error(error, target) from error


def _refuse_lost_rows(copy: Cursor, path: Path) -> None:
    """Raise StoreError where a table of the copy has fewer or more rows than its source."""
    tables = copy.execute(
        "SELECT name FROM source.sqlite_master WHERE type = 'table' AND rootpage > 0 AND name NOT LIKE 'sqlite_%'"
    )
    for (table,) in tables.fetchall():
        counts = [
            copy.execute(f'SELECT count(*) FROM {schema}."{table}"').fetchone()[0] for schema in ("source", "main")
        ]
        if counts[0] != counts[1]:
            raise StoreError(
                _("The copy of {path} is incomplete ({table}). Nothing was changed.").format(path=path, table=table)
            )


def refuse_damaged(path: Path, key: str | None) -> None:
    """Raise StoreError where `ahtc check` finds a fault in the copy."""
    with contextlib.closing(Database(path, key)) as copy:
        faults = integrity_check.find_faults(copy)
    if faults:
        sentence = _(
            "The database is damaged: nothing was created from it. `ahtc check` lists the faults, first: {fault}"
        )
        raise StoreError(sentence.format(fault=faults[0]))


def rekey_database(database: Database, new_key: str | None, finish: Callable[[Cursor], None] | None = None) -> None:
    """Replace the open file by a checked copy under another key or none; close the database after this.

    `finish` may write to the copy. After a crash the file has either the old key or the new one. Raises StoreError.
    """
    path = database.path
    with database.block_writers(), create_temporary_file(path) as part:
        copy_database(path, database.key, part, new_key, finish)
        refuse_damaged(part, new_key)
        creation.replace_file(part, path, database)


def note_former_key(cursor: Cursor, key: str | None) -> None:
    """Write the former key into a copy under a new one, for the backups."""
    store_setting(cursor, FORMER_KEY, key or "")


def read_former_key(database: Database) -> str | None:
    """Return the former key while backups may still have it, an empty text where they had none; else None."""
    with database.read() as cursor:
        return read_setting(cursor, FORMER_KEY)


def forget_former_key(database: Database) -> None:
    """Delete the former key; its bytes are overwritten."""
    with database.read() as cursor:
        remove_setting(cursor, FORMER_KEY)


def rekey_copy(path: Path, key: str | None, new_key: str | None) -> bool:
    """Put a copy that nobody has open under another key; its modification time is kept.

    Returns False, with the file unchanged, where `key` does not open it. Raises StoreError.
    """
    try:
        open_connection(path, key).close()
    except StoreError:
        return False
    with create_temporary_file(path) as part:
        status = path.stat()
        copy_database(path, key, part, new_key)
        with contextlib.closing(open_connection(part, new_key)) as copy:
            if copy.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                return False
        os.utime(part, ns=(status.st_atime_ns, status.st_mtime_ns))
        creation.replace_file(part, path)
    return True
