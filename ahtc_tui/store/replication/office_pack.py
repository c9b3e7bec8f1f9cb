"""Office packs: a database as one encrypted file, and a new database created from it.

A pack has two additional tables: small files of the workspace, and the suffixes of those who opened it.

References that a workspace opened from a pack creates have a suffix: "DP-46BKT", not "DP-46". The office has none. A
pack carries the suffix of its maker and a pack code; opening it adds two random letters. No pack code is a prefix of
another, so suffixes from different packs differ.
"""

from __future__ import annotations

import contextlib
import secrets
import time
from collections.abc import Callable, Container, Mapping
from pathlib import Path
from typing import NamedTuple

from sqlcipher3 import dbapi2

from ahtc_tui.domain.errors import BadFile, StoreError
from ahtc_tui.domain.files.temporary_files import sync_to_disk
from ahtc_tui.domain.i18n import _
from ahtc_tui.store.engine.copies import FORMER_KEY, copy_database, refuse_damaged
from ahtc_tui.store.engine.creation import create_temporary_file, link_into_place, refuse_existing
from ahtc_tui.store.engine.database import Database
from ahtc_tui.store.engine.driver import build_store_error, open_connection, remove_sidecars
from ahtc_tui.store.engine.encryption import derive_key, derive_new_key
from ahtc_tui.store.engine.foreign_file import SchemaObject, check_tables, open_foreign_file, read_schema
from ahtc_tui.store.journal.devices import DEVICE_NAME
from ahtc_tui.store.journal.parked_lines import drop_lines
from ahtc_tui.store.journal.screen_state import LIST_PLACES, UNSAVED_TEXTS
from ahtc_tui.store.privacy.erasure_register import PENDING, SALT
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.fields import DEVICE, read_setting, remove_setting, store_setting
from ahtc_tui.store.records.outgoing_paths import OUTGOING_PATHS
from ahtc_tui.store.records.references import SUFFIX_SETTING, read_device_suffix
from ahtc_tui.store.records.rows import select_mapping

SUFFIX_COUNTER = "letters handed out"
"""Counter of packs, which no undo resets."""
PACK_SUFFIX = "pack_letters"
"""Settings: the suffix of a pack, and the id of a device."""
READ_ONLY_FAULTS = ("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_FULL")
"""Errors of a pack on read-only media."""
LOCAL_SETTINGS = (OUTGOING_PATHS, FORMER_KEY, LIST_PLACES, UNSAVED_TEXTS)
"""Settings that concern this laptop alone; opening a pack removes all others as well, except those of erasures."""
PACK_TABLE_STATEMENTS = {
    "pack_files": "CREATE TABLE pack_files (name VARCHAR NOT NULL PRIMARY KEY, data BLOB NOT NULL)",
    "pack_openings": "CREATE TABLE pack_openings (letters VARCHAR NOT NULL PRIMARY KEY, wall_ms BIGINT NOT NULL)",
}
PACK_SCHEMA = frozenset(
    item
    for name, statement in PACK_TABLE_STATEMENTS.items()
    for item in (
        SchemaObject("table", name, name, statement),
        SchemaObject("index", f"sqlite_autoindex_{name}_1", name, ""),
    )
)
"""What a pack has beside the tables of a database."""

PACK_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXY"
"""Without I and O, which look like digits; Z is the prefix of codes after the first round."""
RANDOM_LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
"""Consonants only, so that two letters do not form a word."""


class OpenedPack(NamedTuple):
    """A database created from a pack."""

    device: str
    letters: str
    files: dict[str, bytes]
    marked: bool
    """Whether the pack recorded the suffix, which read-only media do not allow."""


def draw_pack_suffix(database: Database) -> str:
    """Return a new suffix for a pack."""
    with database.write("pack") as ledger:  # without a change there is no step
        cursor = ledger.cursor
        row = cursor.execute("SELECT last FROM counter WHERE pattern = ?", (SUFFIX_COUNTER,)).fetchone()
        number = row[0] if row else 0
        cursor.execute("INSERT OR REPLACE INTO counter (pattern, last) VALUES (?, ?)", (SUFFIX_COUNTER, number + 1))
        return build_pack_suffix(read_device_suffix(cursor), number)


def write_pack(database: Database, target: Path, passphrase: str, pack_suffix: str, files: Mapping[str, bytes]) -> None:
    """Fill the empty file `target` with a checked pack. Raises StoreError."""

    def add_pack_tables(cursor: Cursor) -> None:
        drop_lines(cursor)
        for statement in PACK_TABLE_STATEMENTS.values():
            cursor.execute(statement)
        cursor.executemany("INSERT INTO pack_files (name, data) VALUES (?, ?)", list(files.items()))
        for name in LOCAL_SETTINGS:
            remove_setting(cursor, name)
        store_setting(cursor, PACK_SUFFIX, pack_suffix)

    key = derive_new_key(passphrase)
    try:
        copy_database(database.path, database.key, target, key, add_pack_tables)
        refuse_damaged(target, key)
    finally:
        remove_sidecars(target)


def create_from_pack(
    pack: Path, passphrase: str, path: Path, name: str, place_files: Callable[[OpenedPack], None]
) -> OpenedPack:
    """Create the database `path` from a pack, under the same passphrase, with its own device id and suffix.

    `place_files` writes the small files before the database gets its name. Raises BadFile for another file or
    passphrase, Refused where a database exists, StoreError.
    """
    refuse_existing(path)
    key = derive_key(pack, passphrase)
    suffix, marked = _reserve_suffix(pack, key, _read_pack_suffix(pack, key))
    with create_temporary_file(path) as part:
        new_raw_key = derive_new_key(passphrase)
        copy_database(pack, key, part, new_raw_key)
        opened = _initialize_copy(part, new_raw_key, suffix, name, marked)
        refuse_damaged(part, new_raw_key)
        sync_to_disk(part)
        place_files(opened)
        refuse_existing(path)
        remove_sidecars(path)
        link_into_place(part, path)
        sync_to_disk(path.parent)
    return opened


def _read_pack_suffix(pack: Path, key: str | None) -> str:
    """Return the suffix of a pack. Raises BadFile for a file that is no pack, has other tables, or is damaged."""
    with open_foreign_file(pack, key, extra=PACK_SCHEMA) as cursor:
        tables = {item.name for item in read_schema(cursor) if item.type == "table"}
        suffix = read_setting(cursor, PACK_SUFFIX)
        if suffix is None or not tables.issuperset(PACK_TABLE_STATEMENTS):
            raise BadFile(
                _("{path} is a database of ahtc, but not a pack. To create one, run `ahtc pack`.").format(path=pack)
            )
        if fault := check_tables(cursor, sorted(tables)):
            sentence = _("{path} is damaged: {fault}. Use an undamaged copy.")
            raise BadFile(sentence.format(path=pack, fault=fault.rstrip(".")))
    return suffix


def _reserve_suffix(pack: Path, key: str | None, pack_suffix: str) -> tuple[str, bool]:
    """Draw an unused suffix; return it, and whether the pack recorded it."""
    try:
        connection = open_connection(pack, key)
    except StoreError as error:
        raise BadFile(str(error)) from error
    try:
        with contextlib.closing(connection):
            try:
                connection.execute("BEGIN IMMEDIATE")
                taken = {suffix for (suffix,) in connection.execute("SELECT letters FROM pack_openings")}
                drawn_suffix = draw_suffix(pack_suffix, taken)
                connection.execute(
                    "INSERT INTO pack_openings VALUES (?, ?)", (drawn_suffix, time.time_ns() // 1_000_000)
                )
                connection.execute("COMMIT")
            except dbapi2.OperationalError as error:
                if not (error.sqlite_errorname or "").startswith(READ_ONLY_FAULTS):
                    raise
                return draw_suffix(pack_suffix), False
            return drawn_suffix, True
    except dbapi2.Error as error:
        raise build_store_error(error, pack) from error


def _initialize_copy(part: Path, key: str, suffix: str, name: str, marked: bool) -> OpenedPack:
    """Keep the settings that erasures need, and delete all other local state."""
    device = f"{name}-{secrets.token_hex(4)}" if name else secrets.token_hex(8)
    with contextlib.closing(Database(part, key)) as database, database.read() as cursor:
        cursor.execute("BEGIN IMMEDIATE")
        files = select_mapping(cursor, "SELECT name AS key, CAST(data AS BLOB) AS value FROM pack_files")
        cursor.execute("DELETE FROM setting WHERE name NOT IN (?, ?)", (SALT, PENDING))
        cursor.execute("DELETE FROM counter WHERE pattern = ?", (SUFFIX_COUNTER,))
        for table in ("merged_change", "conflicting_record", "duplicate_pair"):
            cursor.execute(f"DELETE FROM {table}")
        store_setting(cursor, DEVICE, device)
        store_setting(cursor, SUFFIX_SETTING, suffix)
        if name:
            store_setting(cursor, DEVICE_NAME, name)
        cursor.execute("DROP TABLE pack_files")
        cursor.execute("DROP TABLE pack_openings")
        cursor.execute("COMMIT")
    return OpenedPack(device, suffix, files, marked)


def build_pack_suffix(own: str, number: int) -> str:
    """Return the suffix of a pack by its number from 0; `own` is the suffix of the workspace that makes it."""
    return f"{own}{'Z' * (number // len(PACK_LETTERS))}{PACK_LETTERS[number % len(PACK_LETTERS)]}"


def draw_suffix(pack_suffix: str, taken: Container[str] = ()) -> str:
    """Return a suffix for a workspace opened from a pack: that of the pack and two random letters, not in `taken`."""
    free = [
        letters
        for first in RANDOM_LETTERS
        for second in RANDOM_LETTERS
        if (letters := f"{pack_suffix}{first}{second}") not in taken
    ]
    return secrets.choice(free) if free else draw_suffix(pack_suffix + secrets.choice(RANDOM_LETTERS), taken)
