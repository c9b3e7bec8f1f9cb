"""Creates database files atomically."""

from __future__ import annotations

import contextlib
import os
import secrets
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.domain.errors import Refused, StoreError
from ahtc_tui.domain.files.temporary_files import hold_temporary_file, list_missing_folders, sync_to_disk
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.saved_work import note_saved_work, record_saved_work
from ahtc_tui.store.engine.database import Database
from ahtc_tui.store.engine.driver import APPLICATION_ID, follow_link, remove_sidecars
from ahtc_tui.store.engine.migrate import build_creation_error, run_migrations

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from ahtc_tui.store.engine.database import Database


def create_database(path: Path, key: str | None = None, fill: Callable[[Database], None] | None = None) -> None:
    """Create a new database file at `path` atomically; `fill` writes its first records.

    Raises Refused where a file exists, StoreError where it cannot be created.
    """
    refuse_existing(path)
    with create_temporary_file(path) as part:
        run_migrations(part, key, stamp_new_file, new=True)
        if fill:
            with contextlib.closing(Database(part, key)) as database, record_saved_work():  # not in place yet
                fill(database)
        refuse_existing(path)
        remove_sidecars(path)
        link_into_place(part, path)


def refuse_existing(path: Path) -> None:
    """Raise Refused where a file exists."""
    if path.exists():
        raise Refused(_("{path} exists already. Nothing was changed.").format(path=path))


@contextlib.contextmanager
def create_temporary_file(path: Path, message: str = "", **places: object) -> Iterator[Path]:
    """Create an empty file with a unique name in the folder of `path`, or of the file it links to; remove it and its
    sidecars at the end, unless it was renamed. New folders go again where an error is raised.

    Raises StoreError for any OSError: with `message`, filled with `places` and the `{reason}`, where there is one.
    """
    path = follow_link(path)
    new_folders = list_missing_folders(path.parent)
    try:
        with _remove_empty_on_failure(new_folders):
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with hold_temporary_file(path.parent, ".db") as part:
                yield part
    except OSError as error:
        if message:
            raise StoreError(message.format(**places, reason=error.strerror or error)) from error
        raise build_creation_error(path, error) from error


@contextlib.contextmanager
def _remove_empty_on_failure(folders: Sequence[Path]) -> Iterator[None]:
    try:
        yield
    except BaseException:
        for folder in reversed(folders):
            with contextlib.suppress(OSError):
                folder.rmdir()
        raise


def link_into_place(part: Path, path: Path) -> None:
    """Give the finished file its name; of two processes the first wins, where the file system has hard links."""
    _rename_or_link(part, path)
    note_saved_work(_("{path} created").format(path=path))


def _rename_or_link(part: Path, path: Path) -> None:
    try:
        os.link(part, path)
    except FileExistsError:
        refuse_existing(path)
        part.replace(path)  # a dangling link has the name
    except OSError:
        part.replace(path)


def stamp_new_file(connection: Connection) -> None:
    """Write the application id, a device id and the salt of the erasure register."""
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    device = secrets.token_hex(8)
    connection.exec_driver_sql("INSERT INTO setting (name, value) VALUES ('device', ?)", (device,))
    salt = secrets.token_hex(16)  # every backup has the same salt
    connection.exec_driver_sql("INSERT INTO setting (name, value) VALUES ('erasure_salt', ?)", (salt,))


def replace_file(part: Path, target: Path, database: Database | None = None) -> None:
    """Rename `part` to `target`, or to the file it links to; `database` is the open database there, whose writers are
    blocked.

    Sidecar files of the old database are removed first, because SQLite would play back a stale journal. Raises
    StoreError.
    """
    target = follow_link(target)
    try:
        remove_sidecars(part)
        with part.open("rb+") as file:
            # A rename can reach the disk before the bytes of the file do.
            os.fsync(file.fileno())
        remove_sidecars(target)
        if database and sys.platform == "win32":
            database.close()  # Windows cannot replace an open file
        part.replace(target)
        note_saved_work(_("{path} replaced").format(path=target))
        sync_to_disk(target.parent)
    except OSError as error:
        sentence = _("{path} was not replaced: {reason}. The existing file is unchanged.")
        raise StoreError(sentence.format(path=target, reason=error.strerror or error)) from error
