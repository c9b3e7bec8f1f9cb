"""Snapshots: copies of the whole database, sealed with a digest of their contents that detects any changed bit."""

from __future__ import annotations

import hashlib
import json
import marshal
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from itertools import islice
from math import inf
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from ahtc_tui.domain.backup.model import BackupContent
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.engine import integrity_check
from ahtc_tui.store.engine.database import SEAL, Database
from ahtc_tui.store.engine.driver import BUSY_SECONDS, build_store_error, open_connection
from ahtc_tui.store.journal import devices
from ahtc_tui.store.journal.screen_state import LIST_PLACES, UNSAVED_TEXTS
from ahtc_tui.store.privacy.erasure_register import REDACTED
from ahtc_tui.store.records.columns import list_record_tables
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.fields import read_setting, remove_setting, store_setting
from ahtc_tui.store.records.outgoing_paths import OUTGOING_PATHS
from ahtc_tui.store.records.references import DEPARTURE
from ahtc_tui.store.records.rows import select_column, select_mapping

PASSING_SETTINGS = (SEAL, DEPARTURE, OUTGOING_PATHS, LIST_PLACES, UNSAVED_TEXTS, REDACTED)
"""Settings that may differ between two copies with the same contents."""

DIGEST, FORMER_DIGEST = "sha256_of_rows", "sha256"
"""Names of the digest in a seal, of which the second encodes each row as Python shows it."""
DIGEST_ROWS = 1_000
"""Rows that are encoded together; other seals would follow from another number."""
ROW_ENCODERS: dict[str, Callable[[list[Any]], bytes]] = {
    DIGEST: lambda rows: marshal.dumps(rows, 2),
    FORMER_DIGEST: lambda rows: "".join(map(ascii, rows)).encode(),
}
"""Bytes of a batch of rows by the name of the digest. Version 2 of the format of `marshal` is the last one without
references between values, so that its bytes depend on the values alone.
"""


PAGES_AT_ONCE = 2_048
"""Pages (8 MB) that a snapshot copies while it holds off writers."""
MOST_RESTARTS = 3
"""Times that a snapshot begins again because another program wrote, before it holds off writers until its end."""


def write_snapshot(database: Database, target: Path) -> None:
    """Write a copy of the database to `target`, which is empty or does not exist. Raises StoreError.

    The copy is made in parts, between which others can write; it holds the state after the last such write.
    """
    try:
        with closing(open_connection(target, database.key, new=True)) as copy:
            copy.execute("PRAGMA cache_spill = 1000")  # otherwise all its pages would be in memory until the commit
            try:
                database.connection.backup(copy, pages=PAGES_AT_ONCE, progress=_Progress().refuse_delay, sleep=0.02)
            except _WritesGoOn:
                database.connection.backup(copy, sleep=0.02, progress=_Progress(most_restarts=inf).refuse_delay)
    except dbapi2.Error as error:
        raise build_store_error(error, target) from error


class _WritesGoOn(Exception):
    """Others write more often than a snapshot in parts can be made."""


class _Progress:
    """Watches a snapshot, and ends it where it does not get on."""

    def __init__(self, most_restarts: float = MOST_RESTARTS) -> None:
        self._most_restarts = most_restarts
        self._restarts = 0
        self._remaining: int | None = None
        self._moved_at = time.monotonic()

    def refuse_delay(self, _status: int, remaining: int, _total: int) -> None:
        """Raise where others have written too often, or block all reads for longer than a write may take."""
        if self._remaining is not None and remaining > self._remaining:
            self._restarts += 1
        if remaining != self._remaining:
            self._moved_at = time.monotonic()
        self._remaining = remaining
        if self._restarts > self._most_restarts:
            raise _WritesGoOn
        if time.monotonic() - self._moved_at > BUSY_SECONDS:
            raise dbapi2.OperationalError("database is locked")


def seal_snapshot(database: Database, created_at: str, reason: str) -> None:
    """Store in a copy when and why it was made, and the digest of its contents."""
    with database.read() as cursor:
        text = json.dumps({"made": created_at, "what": reason, DIGEST: compute_digest(cursor)})
        store_setting(cursor, SEAL, text)


def read_seal(cursor: Cursor) -> dict[str, str]:
    """Return the seal of a copy: empty without one, an empty digest where it cannot be read."""
    seal = read_setting(cursor, SEAL)
    try:
        values = {} if seal is None else json.loads(seal)
    except (ValueError, TypeError):
        values = {DIGEST: ""}
    return {str(name): str(value) for name, value in values.items()} if isinstance(values, dict) else {DIGEST: ""}


def is_seal_valid(cursor: Cursor, seal: Mapping[str, str]) -> bool:
    """Return whether the contents of a copy match its seal, which may be of an older version of this program."""
    name = FORMER_DIGEST if FORMER_DIGEST in seal else DIGEST
    return seal.get(name) == compute_digest(cursor, name)


def compute_digest(cursor: Cursor, digest_name: str = DIGEST) -> str:
    """Return the SHA-256 digest of the schema and of every row of every table except the seal."""
    encode_rows = ROW_ENCODERS[digest_name]
    hasher = hashlib.sha256()
    for pragma in ("application_id", "user_version"):
        hasher.update(ascii(cursor.execute(f"PRAGMA {pragma}").fetchone()).encode())
    schema = cursor.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name").fetchall()
    hasher.update(ascii(schema).encode())
    for name in _list_stored_tables(cursor):
        hasher.update(f"\n{name}\n".encode())
        condition = f" WHERE name <> '{SEAL}'" if name == "setting" else ""
        rows = iter(cursor.execute(f'SELECT * FROM "{name}" NOT INDEXED{condition}'))
        while batch := list(islice(rows, DIGEST_ROWS)):
            hasher.update(encode_rows(batch))
    return hasher.hexdigest()


def _list_stored_tables(cursor: Cursor) -> list[str]:
    """List the tables with rows, including those of the search index."""
    rows = cursor.execute(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'shadow')"
        " AND name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY name"
    )
    return [name for (name,) in rows]


def find_faults(database: Database, *, quick: bool = False) -> list[str]:
    """Return a sentence for each fault of a copy: its seal, then the integrity check.

    With `quick` a valid seal replaces the replay of the journal, which was checked when it was made.
    """
    faults: list[str] = []
    with database.read() as cursor:
        try:
            seal = read_seal(cursor)
            if seal and not is_seal_valid(cursor, seal):
                faults.append(_("The copy was changed after it was made. It does not match the seal."))
        except (dbapi2.Error, UnicodeDecodeError) as error:
            return [_("The file cannot be read to the end: {error}.").format(error=error)]
    if quick and seal and not faults:
        return integrity_check.find_file_faults(database)
    return faults + integrity_check.find_faults(database)


def count_content(cursor: Cursor) -> BackupContent:
    """Count records, steps and changes."""
    by_table = {
        table: cursor.execute(f'SELECT count(*) FROM "{table}" WHERE NOT deleted').fetchone()[0]
        for table in list_record_tables(cursor)
    }
    numbers = {table: cursor.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("step", "change")}
    filled: dict[str, int] = {table: number for table, number in by_table.items() if number}
    return BackupContent(sum(filled.values()), numbers["step"], numbers["change"], filled)


def read_state(cursor: Cursor) -> tuple[Any, ...]:
    """Return a value that is equal for two copies with the same contents."""
    journal = cursor.execute(
        "SELECT (SELECT count(*) FROM step), (SELECT max(id) FROM step), (SELECT count(*) FROM change)"
    ).fetchone()
    unjournalled = [
        tuple(cursor.execute(query).fetchall())
        for query in (
            "SELECT pattern, last FROM counter ORDER BY pattern",
            "SELECT row_id FROM erasure ORDER BY row_id",
            f"SELECT name, value FROM setting WHERE name NOT IN {PASSING_SETTINGS} ORDER BY name",
        )
    ]
    return (journal, *unjournalled)


def count_unsaved_steps(cursor: Cursor, since_ms: int) -> tuple[int, int | None]:
    """Count the steps of people after a time in milliseconds, and return the time of the first."""
    times = select_column(cursor, "SELECT wall_ms FROM step WHERE wall_ms > ? AND kind <> 'load'", (since_ms,))
    return len(times), min(times, default=None)


def read_last_write(cursor: Cursor) -> int:
    """Return the time of the last step in milliseconds."""
    wall_ms: int = cursor.execute("SELECT coalesce(max(wall_ms), 0) FROM step").fetchone()[0]
    return wall_ms


def read_erasures(cursor: Cursor) -> dict[RowKey, str]:
    """Return the day of erasure of each erased person."""
    return select_mapping(cursor, "SELECT row_id AS key, erased_on AS value FROM erasure WHERE marks <> '[]'")


def initialize_restored(database: Database) -> None:
    """Give a restored copy a new device id and remove its seal."""
    with database.write("") as ledger:
        devices.assign_new_device(ledger.cursor)
        remove_setting(ledger.cursor, SEAL)


def read_counters(cursor: Cursor) -> list[tuple[str, int]]:
    """Return the last number issued under each pattern."""
    return list(select_mapping(cursor, "SELECT pattern AS key, last AS value FROM counter").items())


def raise_counters(database: Database, counters: list[tuple[str, int]]) -> None:
    """Raise counters, so that no number issued after the copy is issued again."""
    with database.write("") as ledger:
        ledger.cursor.executemany(
            "INSERT INTO counter (pattern, last) VALUES (?, ?)"
            " ON CONFLICT (pattern) DO UPDATE SET last = max(last, excluded.last)",
            counters,
        )


def open_snapshot(path: Path, key: str | None = None) -> closing[Database]:
    """Open a file read-only and close it at the end. Raises StoreError, NotFound."""
    return closing(Database.open_immutable(path, key))
