"""Packs: a whole database as one encrypted file to take away, and a database of its own made of one elsewhere.

A pack is a database like any other, with two tables more: the small files of the workspace, and the letters of those
who opened it. Never decides where a pack lies or which files go in.
"""

from __future__ import annotations

import contextlib
import secrets
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sqlcipher3 import dbapi2

from ahtc_tui.domain.errors import BadFile, StoreError
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.replication.device_suffix import drawn, handed_out
from ahtc_tui.store.engine.atomic_replace import to_the_disk
from ahtc_tui.store.engine.copies import copy_to, refuse_faults
from ahtc_tui.store.engine.creation import give_name, part_beside, refuse_existing
from ahtc_tui.store.engine.database import Database
from ahtc_tui.store.engine.driver import connect, store_error
from ahtc_tui.store.engine.encryption import key_of, new_key
from ahtc_tui.store.engine.migrate import remove_sides
from ahtc_tui.store.privacy.erasure_register import PENDING, SALT
from ahtc_tui.store.records.references import LETTERS, letters

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

HANDED_OUT = "letters handed out"
"""In the table of counters: how many packs were made here. No undo forgets it."""
OF_PACK, DEVICE, DEVICE_NAME = "pack_letters", "device", "device_name"
"""Settings: the letters that a pack hands on; the id of a device, and what its person calls it."""
UNWRITTEN = ("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_FULL")
"""Faults of a pack that can be read but takes nothing more: a stick with a lock, a disc."""
TABLES = (
    "CREATE TABLE pack_files (name VARCHAR NOT NULL PRIMARY KEY, data BLOB NOT NULL)",
    "CREATE TABLE pack_openings (letters VARCHAR NOT NULL PRIMARY KEY, wall_ms BIGINT NOT NULL)",
)


class Opened(NamedTuple):
    """A database that was made of a pack."""

    device: str
    letters: str
    files: dict[str, bytes]
    marked: bool
    """Whether the pack remembers these letters: not where it lies on what can only be read."""


def next_letters(database: Database) -> str:
    """The letters for a pack that is made now; never the same again."""
    with database.write("pack") as ledger:  # without a change, so no step of the journal
        cursor = ledger.cursor
        found = cursor.execute("SELECT last FROM counter WHERE pattern = ?", (HANDED_OUT,)).fetchone()
        number = found[0] if found else 0
        cursor.execute("INSERT OR REPLACE INTO counter (pattern, last) VALUES (?, ?)", (HANDED_OUT, number + 1))
        return handed_out(letters(cursor), number)


def write_pack(database: Database, target: Path, passphrase: str, of_pack: str, files: Mapping[str, bytes]) -> None:
    """Fill the empty file `target` with a pack, and read it through. Raises StoreError."""

    def finish(cursor: Cursor) -> None:
        for statement in TABLES:
            cursor.execute(statement)
        cursor.executemany("INSERT INTO pack_files (name, data) VALUES (?, ?)", list(files.items()))
        cursor.execute("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", (OF_PACK, of_pack))

    key = new_key(passphrase)
    try:
        copy_to(database.path, database.key, target, key, finish)
        refuse_faults(target, key)
    finally:
        remove_sides(target)


def make_of_pack(pack: Path, passphrase: str, path: Path, name: str, then: Callable[[Opened], None]) -> Opened:
    """Make the database `path` of a pack, under the same passphrase, a device id and letters of its own.

    Whole or not at all: `then` puts the small files in their place before the database has its name. Raises BadFile for
    what is no pack or another passphrase, Refused where a database stands already, StoreError.
    """
    refuse_existing(path)
    key = key_of(pack, passphrase)
    own, marked = _take_letters(pack, key)
    with part_beside(path) as part:
        new = new_key(passphrase)
        copy_to(pack, key, part, new)
        opened = _settle(part, new, own, name, marked)
        refuse_faults(part, new)
        to_the_disk(part)
        then(opened)
        refuse_existing(path)
        remove_sides(path)
        give_name(part, path)
        to_the_disk(path.parent)
    return opened


def _take_letters(pack: Path, key: str | None) -> tuple[str, bool]:
    """The letters of whoever opens a pack now; and whether the pack remembers them, so that nobody else gets them."""
    try:
        connection = connect(pack, key)
    except StoreError as error:
        raise BadFile(str(error)) from error
    try:
        with contextlib.closing(connection):
            of_pack = connection.execute("SELECT value FROM setting WHERE name = ?", (OF_PACK,)).fetchone()
            if of_pack is None:
                raise BadFile(_("{path} is a database of ahtc, but no pack: `ahtc pack` makes one.").format(path=pack))
            try:
                connection.execute("BEGIN IMMEDIATE")
                gone = {one for (one,) in connection.execute("SELECT letters FROM pack_openings")}
                own = drawn(of_pack[0], gone)
                connection.execute("INSERT INTO pack_openings VALUES (?, ?)", (own, time.time_ns() // 1_000_000))
                connection.execute("COMMIT")
            except dbapi2.OperationalError as error:
                if not (error.sqlite_errorname or "").startswith(UNWRITTEN):
                    raise
                return drawn(of_pack[0]), False
            return own, True
    except dbapi2.Error as error:
        raise store_error(error, pack) from error


def _settle(part: Path, key: str, own: str, name: str, marked: bool) -> Opened:
    """Make the copy a database of its own: of the settings, which belong to one file, only what erasing needs stays."""
    device = f"{name}-{secrets.token_hex(4)}" if name else secrets.token_hex(8)
    with contextlib.closing(Database(part, key)) as made, made.read() as cursor:
        cursor.execute("BEGIN IMMEDIATE")
        files = dict(cursor.execute("SELECT name, CAST(data AS BLOB) FROM pack_files").fetchall())
        cursor.execute("DELETE FROM setting WHERE name NOT IN (?, ?)", (SALT, PENDING))
        cursor.execute("DELETE FROM counter WHERE pattern = ?", (HANDED_OUT,))
        said = {DEVICE: device, LETTERS: own, **({DEVICE_NAME: name} if name else {})}
        cursor.executemany("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", list(said.items()))
        cursor.execute("DROP TABLE pack_files")
        cursor.execute("DROP TABLE pack_openings")
        cursor.execute("COMMIT")
    return Opened(device, own, files, marked)
