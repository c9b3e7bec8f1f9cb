"""The register of erased persons, without names: in the database, and in a file for older copies.

An entry holds key, day and salted hashes of names and addresses; the salt is in the database only.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import secrets
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ahtc_tui.domain.errors import StoreError
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey, parse_key
from ahtc_tui.store.contacts.party_lookup import fold_name
from ahtc_tui.store.records.fields import read_setting, remove_setting, store_setting
from ahtc_tui.store.records.rows import select_column, select_rows, select_value
from ahtc_tui.store.search.index import rebuild_index

if TYPE_CHECKING:
    from ahtc_tui.store.engine.database import Database
    from ahtc_tui.store.records.cursor import Cursor, Table

PERSON_TABLES = ("parties", "people", "aliases", "addresses", "contact_points")
"""Tables with the records of a person."""
RETENTION_GROUND = "retention schedule"
"""Ground of the entries of destroyed records."""
DESTROYED_TABLES: tuple[Table, ...] = ("circulation_files", "interests", "issues", "minute_lines", "paper_files")
"""Tables of which the schedule destroys records; of people an erasure does."""
SALT, PENDING = "erasure_salt", "erasure_pending"
REDACTED = "redacted_lines"
"""The setting with `count_redactions` when the file was rewritten last."""

NAME_WORD = re.compile(r"[^\W_][\w.'’@+-]*")
LONGEST_MARK = 5
"""Words of a name that is recognized in a text."""


class ErasedPerson(NamedTuple):
    """An erasure with the hashes of the names that may not be imported again."""

    key: RowKey
    erased_on: str
    marks: tuple[str, ...]


class StoredErasure(NamedTuple):
    """A row of `erasure`; `marks` is a JSON list of hashes."""

    key: RowKey
    erased_on: str
    marks: str


def list_erased(cursor: Cursor) -> list[ErasedPerson]:
    """Return the erased persons in the order of erasure."""
    query = """SELECT row_id AS key, erased_on, marks FROM erasure WHERE marks <> '[]' ORDER BY erased_on, row_id"""
    rows = select_rows(cursor, StoredErasure, query)
    return [ErasedPerson(row.key, row.erased_on, tuple(json.loads(row.marks))) for row in rows]


def list_destroyed(cursor: Cursor) -> list[ErasedPerson]:
    """Return the records that were destroyed under the retention schedule: entries without hashes."""
    query = "SELECT row_id AS key, erased_on, marks FROM erasure WHERE marks = '[]' AND ground = ? ORDER BY row_id"
    rows = select_rows(cursor, StoredErasure, query, (RETENTION_GROUND,))
    return [ErasedPerson(row.key, row.erased_on, ()) for row in rows]


def list_erased_keys(cursor: Cursor, *, people: bool = False) -> set[RowKey]:
    """Return the keys of all erased records, dependent ones included; with `people`, those of persons."""
    condition = " WHERE marks <> '[]'" if people else ""
    return set(select_column(cursor, f"SELECT row_id FROM erasure{condition}"))


def build_erased_test(cursor: Cursor) -> Callable[[str, RowKey], bool]:
    """Return a function that says whether a record, by table and key, was erased.

    The key of an erased person covers the tables of persons only: it may be that of another record in another copy.
    """
    people = list_erased_keys(cursor, people=True)
    dependents = list_erased_keys(cursor) - people
    return lambda table, key: key in dependents or (key in people and table in PERSON_TABLES)


def read_salt(cursor: Cursor, *, create: bool = False) -> bytes | None:
    """Return the salt of the hashes; with `create`, make one where there is none."""
    salt = read_setting(cursor, SALT)
    if salt is None and create:
        salt = secrets.token_hex(16)
        store_setting(cursor, SALT, salt)
    return bytes.fromhex(salt) if salt else None


def hash_name(name: str, salt_bytes: bytes) -> str:
    """Return the hash of a name or address, normalized for case and accents."""
    return hashlib.blake2b(fold_name(name).encode(), key=salt_bytes, digest_size=16).hexdigest()


class ErasedMarks:
    """Finds names of erased persons."""

    def __init__(self, cursor: Cursor) -> None:
        self._salt = read_salt(cursor)
        self._days = {item: row.erased_on for row in list_erased(cursor) for item in row.marks} if self._salt else {}

    def find_day(self, names: Iterable[str | None]) -> str | None:
        """Return the day on which a person with one of these names or addresses was erased; None for other names."""
        if not self._days or self._salt is None:
            return None
        marks = [hash_name(item, self._salt) for item in names if item]
        return next((self._days[item] for item in marks if item in self._days), None)

    @property
    def has_names(self) -> bool:
        """Whether any person was erased."""
        return bool(self._days)

    def find_in_text(self, text: str) -> str | None:
        """Return the day on which a person named in full in a text was erased; None if no erased person is named."""
        if not self._days:
            return None
        words = [word.rstrip(".'’-+") for word in NAME_WORD.findall(text)]
        lengths = range(1, LONGEST_MARK + 1)
        phrases = {" ".join(words[start : start + length]) for start in range(len(words)) for length in lengths}
        return self.find_day(phrases)


def is_registered(cursor: Cursor, person: ErasedPerson) -> bool:
    """Return whether the database has an entry for the record."""
    return cursor.execute("SELECT 1 FROM erasure WHERE row_id = ?", (person.key,)).fetchone() is not None


def add_erased(cursor: Cursor, person: ErasedPerson, ground: str = "erased before the restore") -> None:
    """Add an entry for a record that this database never had, unless it has one."""
    cursor.execute(
        "INSERT OR IGNORE INTO erasure (row_id, erased_on, ground, marks) VALUES (?, ?, ?, ?)",
        (person.key, person.erased_on, ground, json.dumps(person.marks)),
    )


def is_compaction_pending(cursor: Cursor) -> bool:
    """Return whether the file must be rewritten after an erasure."""
    return read_setting(cursor, PENDING) is not None


def request_compaction(cursor: Cursor) -> None:
    """Record that the file must be rewritten."""
    store_setting(cursor, PENDING, "1")


def count_redactions(cursor: Cursor) -> str:
    """Return number and length of the lines that were redacted: both change with every redaction, whatever made it."""
    query = "SELECT count(*) || ' ' || coalesce(sum(length(value)), 0) FROM change WHERE salt IS NULL"
    return str(select_value(cursor, query))


def request_due_compaction(database: Database) -> None:
    """Record that the file must be rewritten, where lines were redacted since that was done last. Raises StoreError."""
    with database.read() as cursor:
        is_due = bool(list_erased_keys(cursor)) and count_redactions(cursor) != read_setting(cursor, REDACTED)
    if is_due:
        with database.write("erasure") as ledger:
            request_compaction(ledger.cursor)


def compact_database(database: Database) -> None:
    """Rewrite the file, so that no free page holds erased data. Raises StoreError; the erasure itself is kept then."""
    try:
        with database.write("compact") as ledger:
            rebuild_index(ledger.cursor)  # its segments hold words that its entries no longer have
            store_setting(ledger.cursor, REDACTED, count_redactions(ledger.cursor))
        with database.read() as cursor:
            cursor.execute("VACUUM")
            remove_setting(cursor, PENDING)
    except StoreError as error:
        raise StoreError(format_pending_compaction(database.path)) from error


def format_pending_compaction(path: Path) -> str:
    """Return the sentence about a file that is not rewritten yet."""
    sentence = _(
        "{path} was not rewritten after an erasure, so unused parts of it may still hold the name. Make room on the "
        "disk and close other programs using the file. The next command rewrites it."
    )
    return sentence.format(path=path)


def read_register_file(path: Path) -> list[ErasedPerson]:
    """Read the register file; invalid lines are skipped. Raises StoreError."""
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines() if path.exists() else []
    except OSError as error:
        raise StoreError(_("{path} cannot be read: {reason}.").format(path=path, reason=error.strerror)) from error
    people = []
    for line in lines:
        try:
            entry = json.loads(line)
            people.append(ErasedPerson(parse_key(entry["record"]), str(entry["on"]), tuple(map(str, entry["marks"]))))
        except (ValueError, KeyError, TypeError):
            continue
    return people


def write_register_file(path: Path, people: Iterable[ErasedPerson]) -> None:
    """Write the register file atomically. Raises StoreError."""
    lines = [
        json.dumps({"record": person.key.hex(), "on": person.erased_on, "marks": person.marks}) for person in people
    ]
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
        raise StoreError(_("{path} cannot be saved: {reason}.").format(path=path, reason=error.strerror)) from error
