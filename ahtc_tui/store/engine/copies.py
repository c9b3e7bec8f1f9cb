"""A whole copy of a database in a new file, under another key or none; and such a copy in the place of the first.

Never a backup: which copies there are, and for how long, is for others to say.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2

from ahtc_tui.domain.errors import StoreError
from ahtc_tui.domain.i18n import _
from ahtc_tui.store.engine import atomic_replace, integrity_check
from ahtc_tui.store.engine.creation import create_temporary_file
from ahtc_tui.store.engine.database import Database
from ahtc_tui.store.engine.driver import build_store_error, open_connection
from ahtc_tui.store.engine.migrate import remove_database_file

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor


def copy_database(
    path: Path, key: str | None, target: Path, new_key: str | None, finish: Callable[[Cursor], None] | None = None
) -> None:
    """Fill the empty file `target` with all that the database at `path` holds; `then` may write to the copy.

    One moment of the database: others write before or after. Raises StoreError; the copy is not checked here.
    """
    try:
        with contextlib.closing(open_connection(target, new_key, new=True)) as copy:
            copy.execute("PRAGMA foreign_keys = OFF")  # tables are filled one after the other
            copy.execute("ATTACH ? AS source KEY ?", (str(path), key or ""))
            copy.execute("BEGIN")
            copy.execute("SELECT sqlcipher_export('main', 'source')")
            _refuse_lost_rows(copy, path)
            for stamp in ("application_id", "user_version"):
                value = copy.execute(f"PRAGMA source.{stamp}").fetchone()[0]
                copy.execute(f"PRAGMA main.{stamp} = {value}")
            if finish:
                finish(copy.cursor())
            copy.execute("COMMIT")
            copy.execute("DETACH source")
    except dbapi2.Error as error:
        raise build_store_error(error, target) from error


def _refuse_lost_rows(copy: Cursor, path: Path) -> None:
    """Raise StoreError where a table of the copy has not as many rows as the one it was made of."""
    tables = copy.execute(
        "SELECT name FROM source.sqlite_master WHERE type = 'table' AND rootpage > 0 AND name NOT LIKE 'sqlite_%'"
    )
    for (table,) in tables.fetchall():
        counts = [
            copy.execute(f'SELECT count(*) FROM {schema}."{table}"').fetchone()[0] for schema in ("source", "main")
        ]
        if counts[0] != counts[1]:
            raise StoreError(
                _("The copy of {path} is not whole ({table}): nothing was changed.").format(path=path, table=table)
            )


def refuse_damaged(path: Path, key: str | None) -> None:
    """Read a copy through as `ahtc check` does. Raises StoreError where anything is wrong with it."""
    with contextlib.closing(Database(path, key)) as copy:
        faults = integrity_check.find_faults(copy)
    if faults:
        raise StoreError(
            _("The database is not whole, so nothing was made of it: `ahtc check` names each fault. The first: {fault}")
            .format(fault=faults[0])
        )  # fmt: skip


def rekey_database(database: Database, new_key: str | None) -> None:
    """Put a checked copy under another key, or none, in the place of the open file, which is done with after this.

    Whole or not at all: a laptop that dies at any moment has the one file or the other. Raises StoreError.
    """
    path = database.path
    with database.block_writers():
        remove_leftovers(path)
        with create_temporary_file(path) as part:
            copy_database(path, database.key, part, new_key)
            refuse_damaged(part, new_key)
            atomic_replace.replace_file(part, path, database)


def rekey_copy(path: Path, key: str | None, new_key: str | None) -> bool:
    """Put an older copy, which nobody has open, under another key as well; when it was made stays what it was.

    False where it does not open with the key: then it is not touched. Raises StoreError where the disk says no.
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
        atomic_replace.replace_file(part, path)
    return True


def remove_leftovers(path: Path) -> None:
    """Remove what a copy left beside the database when it was broken off. Only while nobody else can be making one."""
    for leftover in list_leftovers(path):
        remove_database_file(leftover)


def remove_stale_leftovers(database: Database) -> None:
    """Remove what a copy of an encrypted file left when it was broken off: it may be one without a passphrase."""
    if list_leftovers(database.path):
        with contextlib.suppress(StoreError, OSError), database.block_writers():
            remove_leftovers(database.path)


def list_leftovers(path: Path) -> list[Path]:
    """Unfinished copies beside a database."""
    return sorted(path.parent.glob(f".{path.name}.*.new"))
