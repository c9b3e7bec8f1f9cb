"""The list of who was erased, without names: in the database, and beside it for what is restored from before.

A line says which record, when, and salted hashes of names and addresses. The salt stays in the database: the list
beside it tells nobody anything.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ahtc_tui.domain.errors import StoreError
from ahtc_tui.domain.i18n import _
from ahtc_tui.store.contacts.party_lookup import folded

if TYPE_CHECKING:
    from ahtc_tui.store.engine.database import Database
    from ahtc_tui.store.records.cursor import Cursor

SALT, PENDING = "erasure_salt", "erasure_pending"


class Erased(NamedTuple):
    """One erased record of a person."""

    key: bytes
    on: str
    marks: tuple[str, ...]


def path_of(database: Database) -> Path:
    """Where the list beside the database stands."""
    return database.path.parent / "erasures"


def held(cursor: Cursor) -> list[Erased]:
    """The list in the database: persons only, in the order of erasure."""
    found = cursor.execute(
        "SELECT row_id, erased_on, marks FROM erasure WHERE marks <> '[]' ORDER BY erased_on, row_id"
    )
    return [Erased(key, on, tuple(json.loads(marks))) for key, on, marks in found]


def erased_keys(cursor: Cursor) -> set[bytes]:
    """Every record that refuses each later write: persons, and what went with them."""
    return {key for (key,) in cursor.execute("SELECT row_id FROM erasure")}


def salt(cursor: Cursor, *, make: bool = False) -> bytes | None:
    """What the hashes of this office are salted with; made when first needed."""
    found = cursor.execute("SELECT value FROM setting WHERE name = ?", (SALT,)).fetchone()
    if found is None and make:
        made = secrets.token_hex(16)
        cursor.execute("INSERT INTO setting (name, value) VALUES (?, ?)", (SALT, made))
        return bytes.fromhex(made)
    return bytes.fromhex(found[0]) if found else None


def mark(said: str, with_salt: bytes) -> str:
    """The hash of a name or address, written in any case and with any accents."""
    return hashlib.blake2b(folded(said).encode(), key=with_salt, digest_size=16).hexdigest()


class ErasedMarks:
    """Whether what somebody is called was erased."""

    def __init__(self, cursor: Cursor) -> None:
        self._salt = salt(cursor)
        self._days = {one: row.on for row in held(cursor) for one in row.marks} if self._salt else {}

    def day_of(self, said: Iterable[str | None]) -> str | None:
        """The day on which somebody of one of these names or addresses was erased; None for nobody."""
        if not self._days or self._salt is None:
            return None
        marks = [mark(one, self._salt) for one in said if one]
        return next((self._days[one] for one in marks if one in self._days), None)


def is_kept(cursor: Cursor, row: Erased) -> bool:
    """Whether the list in the database has this line, or the record as one that went with a person."""
    return cursor.execute("SELECT 1 FROM erasure WHERE row_id = ?", (row.key,)).fetchone() is not None


def keep(cursor: Cursor, row: Erased) -> None:
    """Keep a line of the list for a record that this copy of the database never had."""
    cursor.execute(
        "INSERT OR IGNORE INTO erasure (row_id, erased_on, ground, marks) VALUES (?, ?, ?, ?)",
        (row.key, row.on, "erased before the restore", json.dumps(row.marks)),
    )


def pending(cursor: Cursor) -> bool:
    """Whether an erasure was stored and the file not written anew since."""
    return cursor.execute("SELECT 1 FROM setting WHERE name = ?", (PENDING,)).fetchone() is not None


def set_pending(cursor: Cursor) -> None:
    """Remember within an erasure that the file is to be written anew."""
    cursor.execute("INSERT OR REPLACE INTO setting (name, value) VALUES (?, '1')", (PENDING,))


def compact(database: Database) -> None:
    """Write the file anew, so that no free page and no gap in one holds what was. Raises StoreError."""
    with database.read() as cursor:
        cursor.execute("VACUUM")
        cursor.execute("DELETE FROM setting WHERE name = ?", (PENDING,))


def read_beside(path: Path) -> list[Erased]:
    """The list beside the database; a line that cannot be read is left out. Raises StoreError."""
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines() if path.exists() else []
    except OSError as error:
        raise StoreError(_("{path} cannot be read: {reason}.").format(path=path, reason=error.strerror)) from error
    found = []
    for line in lines:
        try:
            said = json.loads(line)
            found.append(Erased(bytes.fromhex(said["record"]), str(said["on"]), tuple(map(str, said["marks"]))))
        except (ValueError, KeyError, TypeError):
            continue
    return found


def write_beside(path: Path, rows: Iterable[Erased]) -> None:
    """Put the list beside the database in its place, whole or not at all. Raises StoreError."""
    lines = [json.dumps({"record": row.key.hex(), "on": row.on, "marks": row.marks}) for row in rows]
    part = path.with_name(f".{path.name}.new")
    try:
        with open(part, "w", encoding="utf-8", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
            file.write("".join(line + "\n" for line in lines))
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise StoreError(_("{path} cannot be written: {reason}.").format(path=path, reason=error.strerror)) from error
