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
from ahtc_tui.store.engine.creation import part_beside
from ahtc_tui.store.engine.database import Database
from ahtc_tui.store.engine.driver import connect, store_error
from ahtc_tui.store.engine.migrate import remove

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor


def copy_to(
    path: Path, key: str | None, target: Path, new_key: str | None, then: Callable[[Cursor], None] | None = None
) -> None:
    """Fill the empty file `target` with all that the database at `path` holds; `then` may write to the copy.

    One moment of the database: others write before or after. Raises StoreError; the copy is not checked here.
    """
    try:
        with contextlib.closing(connect(target, new_key, new=True)) as copy:
            copy.execute("PRAGMA foreign_keys = OFF")  # tables are filled one after the other
            copy.execute("ATTACH ? AS source KEY ?", (str(path), key or ""))
            copy.execute("BEGIN")
            copy.execute("SELECT sqlcipher_export('main', 'source')")
            _refuse_other_counts(copy, path)
            for stamp in ("application_id", "user_version"):
                value = copy.execute(f"PRAGMA source.{stamp}").fetchone()[0]
                copy.execute(f"PRAGMA main.{stamp} = {value}")
            if then:
                then(copy.cursor())
            copy.execute("COMMIT")
            copy.execute("DETACH source")
    except dbapi2.Error as error:
        raise store_error(error, target) from error


def _refuse_other_counts(copy: Cursor, path: Path) -> None:
    """Raise StoreError where a table of the copy has not as many rows as the one it was made of."""
    tables = copy.execute(
        "SELECT name FROM source.sqlite_master WHERE type = 'table' AND rootpage > 0 AND name NOT LIKE 'sqlite_%'"
    )
    for (table,) in tables.fetchall():
        counts = [copy.execute(f'SELECT count(*) FROM {of}."{table}"').fetchone()[0] for of in ("source", "main")]
        if counts[0] != counts[1]:
            raise StoreError(
                _("The copy of {path} is not whole ({table}): nothing was changed.").format(path=path, table=table)
            )


def refuse_faults(path: Path, key: str | None) -> None:
    """Read a copy through as `ahtc check` does. Raises StoreError where anything is wrong with it."""
    with contextlib.closing(Database(path, key)) as made:
        found = integrity_check.faults(made)
    if found:
        raise StoreError(
            _("The database is not whole, so nothing was made of it: `ahtc check` names each fault. The first: {fault}")
            .format(fault=found[0])
        )  # fmt: skip


def put_in_place(database: Database, new_key: str | None) -> None:
    """Put a checked copy under another key, or none, in the place of the open file, which is done with after this.

    Whole or not at all: a laptop that dies at any moment has the one file or the other. Raises StoreError.
    """
    path = database.path
    with database.held():
        sweep(path)
        with part_beside(path) as part:
            copy_to(path, database.key, part, new_key)
            refuse_faults(part, new_key)
            atomic_replace.put_in_place(part, path, database)


def put_older_in_place(path: Path, key: str | None, new_key: str | None) -> bool:
    """Put an older copy, which nobody has open, under another key as well; when it was made stays what it was.

    False where it does not open with the key: then it is not touched. Raises StoreError where the disk says no.
    """
    try:
        connect(path, key).close()
    except StoreError:
        return False
    with part_beside(path) as part:
        about = path.stat()
        copy_to(path, key, part, new_key)
        with contextlib.closing(connect(part, new_key)) as made:
            if made.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                return False
        os.utime(part, ns=(about.st_atime_ns, about.st_mtime_ns))
        atomic_replace.put_in_place(part, path)
    return True


def sweep(path: Path) -> None:
    """Remove what a copy left beside the database when it was broken off. Only while nobody else can be making one."""
    for left in leftovers(path):
        remove(left)


def tidy(database: Database) -> None:
    """Remove what a copy of an encrypted file left when it was broken off: it may be one without a passphrase."""
    if leftovers(database.path):
        with contextlib.suppress(StoreError, OSError), database.held():
            sweep(database.path)


def leftovers(path: Path) -> list[Path]:
    """Unfinished copies beside a database."""
    return sorted(path.parent.glob(f".{path.name}.*.new"))
